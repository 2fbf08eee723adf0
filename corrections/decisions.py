"""Rewards and sanctions 考核奖惩 (C-8): which kinds there are, on which grounds, and how one comes about.

People decide. The machine counts what stands, with its records, for an officer to look at, and proposes
nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from corrections.machine import AGENCY, STAFF
from corrections.term import add_months
from kernel.codes import CodeTable
from kernel.codes.law import CorrectionCategory
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition


@law("C-8")
class DecisionKind(CodeTable):
    """C-8: a closed list (CCL-28)."""

    COMMENDATION = "commendation", "表扬", "commendation"
    ADMONITION = "admonition", "训诫", "admonition"
    WARNING = "warning", "警告", "warning"
    PENALTY = "penalty", "提请治安处罚", "proposal of a police penalty"
    REVOKE_SUSPENSION = "revoke_suspension", "提请撤销缓刑", "proposal to revoke the suspension"
    REVOKE_PAROLE = "revoke_parole", "提请撤销假释", "proposal to revoke parole"
    IMPRISON = "imprison", "提请收监执行", "proposal of imprisonment"
    COMMUTE = "commute", "提请减刑", "proposal of commutation"


class DecisionGround(CodeTable):
    """Why, as the measures list it for each kind (CCM-33 to CCM-36, CCL-X1, CCL-X2)."""

    GOOD_CONDUCT = "good_conduct", "接受矫正六个月以上且表现良好", "six months of good conduct"
    DEED = "deed", "突出表现", "an outstanding deed"
    LATE_SHORT = "late_short", "报到迟延或脱离监管不超过十日", "late or out of supervision up to ten days"
    LIGHT_BREACH = "light_breach", "轻微违反监督管理规定", "a light breach of the rules"
    NO_STUDY = "no_study", "不按规定参加学习且经教育不改", "no study after education"
    OTHER_LIGHT = "other_light", "其他轻微违规", "another light breach"
    LATE_LONG = "late_long", "报到迟延或脱离监管超过十日", "late or out of supervision over ten days"
    INJUNCTION_LIGHT = "injunction_light", "违反禁止令情节轻微", "a light breach of the injunction"
    HEAVIER_BREACH = "heavier_breach", "较重违反监督管理规定", "a heavier breach of the rules"
    NO_MEDICAL_REPORT = "no_medical_report", "不按规定提交病情复查", "no medical report"
    TWO_ADMONITIONS = "two_admonitions", "两次训诫仍不改正", "two admonitions and not corrected"
    INJUNCTION_SERIOUS = "injunction_serious", "违反禁止令情节严重", "a serious breach of the injunction"
    OVER_A_MONTH = "over_a_month", "脱离监管超过一个月", "out of supervision for over a month"
    AFTER_PENALTY = "after_penalty", "受治安处罚仍不改正", "a police penalty and not corrected"
    TWO_WARNINGS = "two_warnings", "两次警告仍不改正", "two warnings and not corrected"
    GROUND_GONE = "ground_gone", "暂予监外执行情形消失", "the ground of being outside has gone"
    NO_GUARANTOR = "no_guarantor", "保证人丧失条件", "the guarantor is lost"
    OTHER = "other", "其他情形", "other"


G, K = DecisionGround, DecisionKind
_REVOKE = frozenset({G.INJUNCTION_SERIOUS, G.OVER_A_MONTH, G.AFTER_PENALTY, G.TWO_WARNINGS, G.OTHER})
GROUNDS: Mapping[DecisionKind, frozenset[DecisionGround]] = MappingProxyType(
    {
        K.COMMENDATION: frozenset({G.GOOD_CONDUCT, G.DEED}),
        K.ADMONITION: frozenset({G.LATE_SHORT, G.LIGHT_BREACH, G.NO_STUDY, G.OTHER_LIGHT}),
        K.WARNING: frozenset(
            {G.INJUNCTION_LIGHT, G.LATE_LONG, G.HEAVIER_BREACH, G.NO_MEDICAL_REPORT, G.TWO_ADMONITIONS,
             G.OTHER}
        ),
        K.PENALTY: frozenset({G.HEAVIER_BREACH, G.INJUNCTION_SERIOUS, G.OTHER}),
        K.REVOKE_SUSPENSION: _REVOKE,
        # Parole knows neither an injunction nor a police penalty (CCL-X1, CCL-X4).
        K.REVOKE_PAROLE: frozenset({G.OVER_A_MONTH, G.TWO_WARNINGS, G.OTHER}),
        K.IMPRISON: _REVOKE | {G.NO_MEDICAL_REPORT, G.GROUND_GONE, G.NO_GUARANTOR},
        K.COMMUTE: frozenset({G.DEED, G.OTHER}),
    }
)  # fmt: skip
# Grounds that say what was decided before: of which kind, and how often.
RESTS_ON: Mapping[DecisionGround, tuple[DecisionKind, int]] = MappingProxyType(
    {
        G.TWO_ADMONITIONS: (K.ADMONITION, 2), G.TWO_WARNINGS: (K.WARNING, 2), G.AFTER_PENALTY: (K.PENALTY, 1),
    }
)  # fmt: skip
BURDENS = frozenset(K) - {K.COMMENDATION, K.COMMUTE}
PROPOSALS = frozenset({K.PENALTY, K.REVOKE_SUSPENSION, K.REVOKE_PAROLE, K.IMPRISON, K.COMMUTE})
BACK_TO_PRISON = frozenset({K.REVOKE_SUSPENSION, K.REVOKE_PAROLE, K.IMPRISON})
_C = CorrectionCategory
CATEGORIES: Mapping[DecisionKind, frozenset[CorrectionCategory]] = MappingProxyType(
    {
        # The law on police penalties does not name parole (CCL-X4).
        K.PENALTY: frozenset(_C) - {_C.PAROLE},
        K.REVOKE_SUSPENSION: frozenset({_C.SUSPENDED_SENTENCE}),
        K.REVOKE_PAROLE: frozenset({_C.PAROLE}),
        K.IMPRISON: frozenset({_C.TEMPORARY_OUTSIDE_PRISON}),
    }
)


class StatementAnswer(CodeTable):
    """What came of asking the person first 陈述申辩. Each is an answer."""

    GIVEN = "given", "已陈述", "the person said something"
    DID_NOT_WISH = "did_not_wish", "不愿陈述", "did not wish to"
    NOT_REACHABLE = "not_reachable", "无法联系", "could not be reached"


class GuardianPart(CodeTable):
    """Of a minor's guardian when a decision is made and served (CCM-55)."""

    PRESENT = "present", "监护人到场", "the guardian was present"
    DID_NOT_COME = "did_not_come", "已通知未到场", "called and did not come"


class ServedWay(CodeTable):
    """How a decision was served. To refuse the signature with a witness counts."""

    IN_PERSON = "in_person", "本人签收", "signed by the person"
    GUARDIAN = "guardian", "监护人签收", "signed by the guardian"
    POST = "post", "邮寄", "by post"
    REFUSED_WITH_WITNESS = "refused_with_witness", "拒签有见证人", "signature refused, with a witness"


class OutcomeResult(CodeTable):
    """What police or court decided on a proposal. We store it and compute nothing."""

    GRANTED = "granted", "同意", "granted"
    REFUSED = "refused", "不同意", "refused"


DRAFTED, HEARD, DECIDED, SERVED = "drafted", "heard", "decided", "served"
DROPPED, ANNULLED, CHANGED = "dropped", "annulled", "changed"
STANDING = frozenset({DECIDED, SERVED})
FELL = frozenset({ANNULLED, CHANGED})


def _may_decide(facts: Mapping[str, Any]) -> str | None:
    """Not by who drafted it; for a minor with the guardian."""
    if facts["drafted_by"] == facts["actor"]:
        return "decider_is_drafter"
    return "guardian_part_missing" if facts["minor"] and not facts["guardian"] else None


DECISION = StateTable(
    "correction_decision",
    initial=DRAFTED,
    transitions=[
        Transition(DRAFTED, "hear", HEARD, roles=STAFF, law="CCL-28"),
        Transition(HEARD, "decide", DECIDED, roles=AGENCY, guard=_may_decide, law="CCL-9/10"),
        Transition(DECIDED, "serve", SERVED, roles=STAFF, law="CCM-32"),
        *(Transition(state, "drop", DROPPED, roles=STAFF) for state in (DRAFTED, HEARD)),
        *(Transition(state, "annul", ANNULLED, roles=AGENCY) for state in (DECIDED, SERVED)),
        *(Transition(state, "change", CHANGED, roles=AGENCY) for state in (DECIDED, SERVED)),
    ],
    terminal=[DROPPED, ANNULLED, CHANGED],
)


def _another_answers(facts: Mapping[str, Any]) -> str | None:
    return "objection_needs_another" if facts["decided_by"] == facts["actor"] else None


MADE, UPHELD, FURTHER, FINAL = "made", "upheld", "at_procuratorate", "upheld_finally"
OBJECTION = StateTable(
    "decision_objection",
    initial=MADE,
    transitions=[
        Transition(MADE, "uphold", UPHELD, roles=AGENCY, guard=_another_answers, law="CCM-32"),
        Transition(UPHELD, "take_further", FURTHER, roles=STAFF, law="CCM-32"),
        Transition(FURTHER, "close", FINAL, roles=AGENCY, law="CCL-34b"),
        *(
            Transition(state, event, target, roles=AGENCY, guard=_another_answers if state == MADE else None)
            for state in (MADE, FURTHER)
            for event, target in (("annul", ANNULLED), ("change", CHANGED))
        ),
    ],
    terminal=[FINAL, ANNULLED, CHANGED],
)


@law("CCL-28", "CCL-X4", "CCM-33", "CCM-34", "CCM-35", "CCM-46/47/49", "CCL-46/48", "CCL-49")
def kind_gap(kind: DecisionKind, ground: DecisionGround, categories: Iterable[str]) -> str | None:
    """Code of what does not fit between kind, ground and the person's categories; None when all does."""
    if ground not in GROUNDS[kind]:
        return "ground_not_of_kind"
    allowed = CATEGORIES.get(kind)
    return None if allowed is None or allowed & set(categories) else "kind_not_of_category"


@law("CCM-33")
@deadline(
    "commendation_from", zh="可因表现良好予以表扬", en="commendation for good conduct",
    counted="calendar months", since="the day of reception", effect="earlier only for an outstanding deed",
    law=("CCM-33",), settings=("COMMENDATION_MONTHS",),
)  # fmt: skip
def commendation_from(received_on: date, months: int) -> date:
    """The first day on which good conduct alone may be commended. A deed is at any time."""
    return add_months(received_on, months)


@law("CCM-35", "CCL-X1", "CCL-X2")
def rests_on_gap(ground: DecisionGround, named: Iterable[str]) -> str | None:
    """Whether the kinds of the decisions that a draft names carry a ground that counts them."""
    if ground not in RESTS_ON:
        return None
    kind, least = RESTS_ON[ground]
    return "ground_needs_records" if list(named).count(kind) < least else None


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a kind stand, and which they are."""

    kind: DecisionKind
    ids: tuple[UUID, ...]


COUNTED = (K.ADMONITION, K.WARNING)


@law("CCL-X1", "CCL-X2")
def counts(decided: Iterable[tuple[UUID, str, str]]) -> list[Count]:
    """Admonitions and warnings that stand, from rows of (id, kind, state). A number, and nothing from it."""
    rows = list(decided)
    return [
        Count(kind, tuple(pk for pk, of, state in rows if of == kind and state in STANDING))
        for kind in COUNTED
    ]


@deadline(
    "decision_objection", zh="对决定提出异议", en="objection to a decision", counted="calendar days",
    since="the day it was served", effect="stands on the slip; a later objection is still taken",
    law=("CCM-32",), settings=("OBJECTION_DAYS",),
)  # fmt: skip
def objection_until(served_on: date, days: int) -> date:
    """The last day that the slip names."""
    return served_on + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way that is open to the person: to whom, how reached."""

    code: str
    zh: str
    en: str
    phone: str = ""


@law("CCL-28", "CCL-34b")
def remedies() -> tuple[Remedy, ...]:
    """What is printed on every decision."""
    return (
        Remedy("objection", "向社区矫正机构提出异议", "an objection to the correction agency"),
        Remedy("procuratorate", "向人民检察院申诉、控告", "the procuratorate", "12309"),
        Remedy("complaints_desk", "向投诉受理处投诉", "the complaints desk, past the officer"),
        Remedy("legal_aid", "申请法律援助", "legal aid", "12348"),
    )

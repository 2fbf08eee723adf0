"""What an agreement needs to take effect, and what it is afterwards. Effect is a fact of paper, verification
a fact of the file: scans never decide about either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.law import law
from kernel.transitions import StateTable, Transition
from mediation.machine import ANYONE_THERE, CaseState


class AgreementForm(CodeTable, table="agreement_form"):
    ORAL = "oral", "口头协议", "oral"
    WRITTEN = "written", "书面协议", "written"


@law("C-14")
class AgreementState(CodeTable, table="agreement_state"):
    """C-14. The agreement in force follows its case; one that another has taken the place of is amended."""

    ORAL = "oral", "口头达成", "reached by word of mouth"
    WRITTEN = "written", "书面待生效", "written, not yet in effect"
    EFFECTIVE = "effective", "已生效", "in effect"
    PERFORMING = "performing", "履行中", "being performed"
    PERFORMED = "performed", "已履行", "performed"
    BREACHED = "breached", "未履行", "breached"
    AMENDED = "amended", "已变更", "amended"
    SET_ASIDE = "set_aside", "法院撤销", "set aside by a court"
    NOT_CONCLUDED = "not_concluded", "未成立", "never concluded"


class MarkRole(CodeTable, table="mark_role"):
    """Whose mark it is."""

    PARTY = "party", "当事人", "a party"
    MEDIATOR = "mediator", "调解员", "a mediator"
    SEAL = "seal", "调委会印章", "the committee's seal"


class MarkManner(CodeTable, table="mark_manner"):
    SIGNATURE = "signature", "签名", "signature"
    SEAL = "seal", "盖章", "seal"
    FINGERPRINT = "fingerprint", "按指印", "fingerprint"


class SignedBy(CodeTable, table="signed_by"):
    """Who put a party's mark: the party, or somebody who may do it in the party's place."""

    SELF = "self", "本人", "the party"
    AGENT = "agent", "委托代理人", "an agent with mandate"
    GUARDIAN = "guardian", "监护人", "the guardian"


class ObligationState(CodeTable, table="obligation_state"):
    OPEN = "open", "待履行", "to be performed"
    PERFORMED = "performed", "已履行", "performed"
    BREACHED = "breached", "未履行", "breached"
    REPLACED = "replaced", "被变更", "replaced by an amendment"
    SET_ASIDE = "set_aside", "法院撤销", "set aside by a court"
    NOT_OWED = "not_owed", "协议未成立", "the agreement was not concluded"


OBLIGATION = StateTable(
    "mediation_obligation",
    initial="open",
    transitions=(
        Transition("open", "perform", "performed", ANYONE_THERE, law="PM-31"),
        Transition("open", "breach", "breached", ANYONE_THERE, law="PM-31"),
        Transition("breached", "perform", "performed", ANYONE_THERE, law="PM-31"),
        Transition("open", "replace", "replaced"),
        Transition("breached", "replace", "replaced"),
        Transition("open", "set_aside", "set_aside"),
        Transition("breached", "set_aside", "set_aside"),
        Transition("open", "fall_away", "not_owed"),
    ),
    terminal=("performed", "breached", "replaced", "set_aside", "not_owed"),
)

MARKERS: Mapping[str, frozenset[Role]] = {
    MarkRole.PARTY: ANYONE_THERE,
    MarkRole.MEDIATOR: ANYONE_THERE,
    MarkRole.SEAL: frozenset({Role.COMMITTEE_KEEPER}),
}
"""Who enters which mark. The seal is the keeper's."""


_MANNERS: Mapping[str, frozenset[str]] = {
    MarkRole.PARTY: frozenset(MarkManner),
    MarkRole.MEDIATOR: frozenset({MarkManner.SIGNATURE}),
    MarkRole.SEAL: frozenset({MarkManner.SEAL}),
}


@law("PM-29")
def manner_fits(role: str, manner: str) -> bool:
    """Parties sign, seal or put their fingerprint; the mediator signs; the committee seals."""
    return manner in _MANNERS[role]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as the rules need it: whose, when made, by which paper's date, and whether it was reviewed."""

    role: str
    made_on: date
    reviewed: bool
    party: UUID | None = None
    scanned: bool = False


@law("PM-29")
def marks_missing(parties: Iterable[UUID], marks: Iterable[Mark]) -> list[tuple[str, UUID | None]]:
    """What is still to be signed: (role, party). Every party, at least one mediator, the committee's seal."""
    given = list(marks)
    signed = {mark.party for mark in given if mark.role == MarkRole.PARTY}
    missing: list[tuple[str, UUID | None]] = [
        (MarkRole.PARTY.value, party) for party in parties if party not in signed
    ]
    present = {mark.role for mark in given}
    missing += [(role.value, None) for role in (MarkRole.MEDIATOR, MarkRole.SEAL) if role not in present]
    return missing


@law("PM-29")
def written_effect(parties: Iterable[UUID], marks: Iterable[Mark]) -> date | None:
    """The day of effect of a written agreement: the latest stated date of its marks, once none is missing and
    a second person has reviewed each. A scan is not asked for."""
    given = list(marks)
    if marks_missing(parties, given) or not all(mark.reviewed for mark in given):
        return None
    return max(mark.made_on for mark in given)


@law("PM-30")
def day_of_effect(oral_on: date | None, written_on: date | None) -> date | None:
    """The day that every warning counts from: of an oral agreement the day it was reached; where it was
    written down later, the earlier of the two."""
    return min((day for day in (oral_on, written_on) if day is not None), default=None)


def file_gaps(marks: Iterable[Mark], form: str) -> int:
    """Marks of a written agreement without a scan: the file is not complete, the agreement is."""
    return sum(not mark.scanned for mark in marks) if form == AgreementForm.WRITTEN else 0


_BY_CASE: Mapping[str, AgreementState] = {
    CaseState.IN_EFFECT: AgreementState.EFFECTIVE,
    CaseState.PERFORMING: AgreementState.PERFORMING,
    CaseState.PERFORMED: AgreementState.PERFORMED,
    CaseState.BREACHED: AgreementState.BREACHED,
    CaseState.SET_ASIDE: AgreementState.SET_ASIDE,
}


def state_of(case_state: str, *, form: str, replaced: bool, dropped: bool) -> AgreementState:
    """C-14 from the case's state. `dropped`: it was never concluded, whatever became of the case."""
    if dropped:
        return AgreementState.NOT_CONCLUDED
    if replaced:
        return AgreementState.AMENDED
    waiting = AgreementState.ORAL if form == AgreementForm.ORAL else AgreementState.WRITTEN
    return _BY_CASE.get(case_state, waiting)


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that the law leaves, with its row."""

    law: str
    zh: str
    en: str
    until: date | None = None


@law("PM-32", "PM-33")
def what_is_left(confirm_until: date | None) -> list[Left]:
    """What parties may do about an agreement in effect: nobody withdraws any more, courts stay open."""
    ways = [
        Left(
            "PM-32",
            "就协议的履行或者内容有争议的，可以向人民法院起诉",
            "sue about its performance or content",
        ),
        Left("PM-31", "双方可以协商变更协议", "change it together"),
    ]
    if confirm_until is not None:
        text = "双方可以共同申请司法确认", "ask a court together to confirm it"
        ways.insert(1, Left("PM-33", *text, until=confirm_until))
    return ways


def is_performed(amount: Decimal | None, paid: Iterable[Decimal | None]) -> bool:
    """Whether what was done adds up: money by its sum, anything else by one performance as a whole."""
    done = list(paid)
    if amount is None:
        return bool(done)
    return sum((part for part in done if part is not None), Decimal(0)) >= amount


def case_outcome(case_state: str, states: Iterable[str]) -> str | None:
    """The step of the case that the obligations of the agreement in force lead to, if any. While an amendment
    waits for its marks they lead to none."""
    known = list(states)
    if case_state not in (CaseState.PERFORMING, CaseState.BREACHED):
        return None
    if known and all(state == ObligationState.PERFORMED for state in known):
        return "perform"
    breached = ObligationState.BREACHED in known
    return "breach" if breached and case_state == CaseState.PERFORMING else None


def facts_of(mark: Any) -> Mark:
    """The mark of a row."""
    return Mark(
        mark.role, mark.made_on, mark.reviewed_at is not None, mark.party_id, mark.scanned_at is not None
    )

"""Electronic positioning 电子定位 (CCL-29a to CCL-29d): five grounds with their proofs, the machine of an
order, its term, and which point may be kept. A dedicated device that is worn, never a telephone (CCM-37).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Protocol

from corrections.decisions import BACK_TO_PRISON, DECIDED, DRAFTED, HEARD, SERVED, DecisionKind
from corrections.machine import AGENCY
from corrections.term import add_months
from kernel import clock
from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.deadlines import deadline, ran_out
from kernel.law import law
from kernel.transitions import StateTable, Transition

MONTHS_MOST = 3
BUREAU = frozenset({Role.BUREAU_HEAD})


@law("C-11")
class PositioningGround(CodeTable):
    """C-11: five and no other (CCL-29a)."""

    INJUNCTION = "EM1", "违反人民法院禁止令", "broke a court injunction"
    LEFT = "EM2", "无正当理由未经批准离开所居住的市、县", "left the city or county without leave"
    REFUSED = "EM3", "拒不按照规定报告活动情况被给予警告", "refuses to report and was warned"
    PENALTY = "EM4", "违反监督管理规定被给予治安管理处罚", "broke the rules and got a police penalty"
    PROPOSAL = "EM5", "拟提请撤销缓刑、假释或者收监执行", "a revocation or imprisonment is to be proposed"


class FindingKind(CodeTable):
    """What an officer of the agency found, with facts and evidence; it proves a ground."""

    INJUNCTION_BREACH = "injunction_breach", "违反禁止令", "a breach of the injunction"
    LEFT_WITHOUT_LEAVE = "left_without_leave", "擅自离开", "left without leave"
    REFUSED_TO_REPORT = "refused_to_report", "拒不报告", "refused to report"


class ProofKind(CodeTable):
    """The records that prove a ground."""

    INJUNCTION_BREACH = "injunction_breach", "违反禁止令认定", "the finding of a breach"
    LEFT_WITHOUT_LEAVE = "left_without_leave", "擅自离开认定", "the finding of an absence"
    REFUSED_TO_REPORT = "refused_to_report", "拒不报告认定", "the finding of a refusal"
    WARNING = "warning", "警告决定", "a warning that stands"
    PENALTY_GRANTED = "penalty_granted", "治安处罚决定", "a police penalty, by its document"
    PROPOSAL_DRAFT = "proposal_draft", "提请建议书（注明日期）", "the dated draft of the proposal"


_P = ProofKind
PROOFS: Mapping[PositioningGround, frozenset[ProofKind]] = MappingProxyType(
    {
        PositioningGround.INJUNCTION: frozenset({_P.INJUNCTION_BREACH}),
        PositioningGround.LEFT: frozenset({_P.LEFT_WITHOUT_LEAVE}),
        PositioningGround.REFUSED: frozenset({_P.REFUSED_TO_REPORT, _P.WARNING}),
        PositioningGround.PENALTY: frozenset({_P.PENALTY_GRANTED}),
        PositioningGround.PROPOSAL: frozenset({_P.PROPOSAL_DRAFT}),
    }
)


@law("CCL-29a")
def proofs_missing(ground: PositioningGround, proved: Iterable[ProofKind]) -> list[str]:
    """Which proofs of the ground are not there; empty when the order may be applied for."""
    return sorted(PROOFS[ground] - set(proved))


def proof_of(kind: str, state: str, result: str) -> ProofKind | None:
    """What a decision proves as it stands; None when it proves nothing, or no more."""
    decided = state in {DECIDED, SERVED}
    if kind == DecisionKind.WARNING and decided:
        return ProofKind.WARNING
    if kind == DecisionKind.PENALTY and decided and result == "granted":
        return ProofKind.PENALTY_GRANTED
    if kind in BACK_TO_PRISON and state in {DRAFTED, HEARD, DECIDED, SERVED} and result != "refused":
        return ProofKind.PROPOSAL_DRAFT
    return None


FINDING = StateTable(
    "correction_finding",
    initial="stands",
    transitions=[
        Transition("stands", "annul", "annulled", roles=AGENCY),
        Transition("stands", "other_person", "was_other_person", roles=AGENCY),
    ],
    terminal=["annulled", "was_other_person"],
)


class SuspendReason(CodeTable):
    """Why a device is off for a while. A flat battery or a lost signal is the device's fault, never the
    person's."""

    DETAINED = "detained", "被羁押", "detained"
    MEDICAL = "medical", "就医", "medical"
    DEVICE_FAULT = "device_fault", "设备故障", "the device's fault"


class FaultKind(CodeTable):
    """What was wrong with a device. No row of it is ever a violation."""

    LOW_BATTERY = "low_battery", "电量低", "low battery"
    LOST_SIGNAL = "lost_signal", "信号丢失", "lost signal"
    BROKEN = "broken", "损坏", "broken"


class LiftReason(CodeTable):
    """Why an order was lifted before its end."""

    NOT_NEEDED = "not_needed", "不需要继续使用", "no longer needed"
    GROUND_FELL = "ground_fell", "事由不成立", "its ground fell"
    TRANSFER = "transfer", "执行地变更", "the place of execution changed"
    TERM_OVER = "term_over", "矫正结束", "the correction is over"
    OTHER = "other", "其他", "other"


APPLIED, APPROVED, REFUSED, TOLD = "applied", "approved", "refused", "told"
FITTED, IN_FORCE, SUSPENDED = "fitted", "in_force", "suspended"
REVIEWED, NOT_EXECUTED, LIFTED, ENDED = "to_be_reviewed", "not_executed", "lifted", "ended"
BEFORE = (APPROVED, TOLD, FITTED)
RUNNING = (IN_FORCE, SUSPENDED)
LIVE = (*BEFORE, *RUNNING, REVIEWED)
OPEN = (APPLIED, *LIVE)


def _another(facts: Mapping[str, Any]) -> str | None:
    return "approver_is_applicant" if facts["applied_by"] == facts["actor"] else None


ORDER = StateTable(
    "positioning_order",
    initial=APPLIED,
    transitions=[
        Transition(APPLIED, "approve", APPROVED, roles=BUREAU, guard=_another, law="CCL-29b"),
        Transition(APPLIED, "refuse", REFUSED, roles=BUREAU, law="CCL-29b"),
        Transition(APPROVED, "tell", TOLD, roles=AGENCY, law="CCM-37"),
        Transition(TOLD, "fit", FITTED, roles=AGENCY),
        Transition(FITTED, "start", IN_FORCE, roles=AGENCY),
        Transition(IN_FORCE, "suspend", SUSPENDED, roles=AGENCY),
        Transition(SUSPENDED, "resume", IN_FORCE, roles=AGENCY),
        *(Transition(state, "proof_fell", REVIEWED, law="CCL-29a") for state in (*BEFORE, *RUNNING)),
        # With another proof the person is told anew: the order is where it was after its approval.
        Transition(REVIEWED, "uphold", APPROVED, roles=AGENCY, law="CCL-29a"),
        *(Transition(state, "not_execute", NOT_EXECUTED) for state in BEFORE),
        *(Transition(state, "lift", LIFTED, roles=AGENCY | BUREAU, law="CCL-29c") for state in LIVE),
        *(Transition(state, "end", ENDED, law="CCL-29c") for state in LIVE),
    ],
    terminal=[REFUSED, NOT_EXECUTED, LIFTED, ENDED],
)


class Timed(Protocol):
    """An order with the moments that end its states."""

    @property
    def state(self) -> str: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def execute_due_at(self) -> datetime | None: ...
    @property
    def review_due_at(self) -> datetime | None: ...


# States, the column that ends them, the event that follows; the earliest comes first.
LIMITS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (BEFORE, "execute_due_at", "not_execute"),
    ((REVIEWED,), "review_due_at", "lift"),
    (LIVE, "ends_at", "end"),
)


def step_due(order: Timed, now: datetime) -> tuple[str, datetime] | None:
    """What time has done to an order, and when: the earliest limit that has passed."""
    found: list[tuple[datetime, str]] = [
        (getattr(order, column), event)
        for states, column, event in LIMITS
        if order.state in states and ran_out(getattr(order, column), now)
    ]
    return None if not found else (min(found)[1], min(found)[0])


@law("CCL-29c")
def standing(order: Timed, now: datetime) -> str:
    """Where an order stands at a moment, whatever the job has written down."""
    due = step_due(order, now)
    return order.state if due is None else ORDER.apply(order.state, due[0], role=None).target


@deadline(
    "em_term", zh="电子定位期限", en="electronic positioning", length="three months", counted="months",
    since="the day of approval", effect="ends by itself; longer only by a new order, assessed and approved",
    law=("CCL-29c",),
)  # fmt: skip
def last_day(approved_on: date) -> date:
    """The latest last day of an order: three months less a day after the day of its approval."""
    return add_months(approved_on, MONTHS_MOST) - timedelta(days=1)


@deadline(
    "em_execute", zh="电子定位未执行", en="positioning not carried out", counted="calendar days",
    since="the day of approval", effect="the order is void", law=("CCL-29c",),
    settings=("POSITIONING_EXECUTE_DAYS",),
)  # fmt: skip
def execute_due(approved_on: date, days: int) -> datetime:
    return clock.day_end(approved_on + timedelta(days=days))


@deadline(
    "em_review", zh="电子定位事由复核", en="review of positioning whose proof fell", counted="calendar days",
    since="the day the proof fell", effect="lifted", law=("CCL-29a", "CCL-29c"),
    settings=("POSITIONING_REVIEW_DAYS",),
)  # fmt: skip
def review_due(fell_on: date, days: int) -> datetime:
    return clock.day_end(fell_on + timedelta(days=days))


@deadline(
    "em_need", zh="电子定位必要性", en="is positioning still needed?", counted="days of 24 h",
    since="the beginning, then each time it was asked", effect="a question for the agency", law=("CCL-29c",),
    settings=("POSITIONING_ASK_DAYS",),
)  # fmt: skip
def next_ask(since: datetime, days: int) -> datetime:
    return since + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which an order was in force, half-open; `until` is empty while it runs."""

    since: datetime
    until: datetime | None


LATE = timedelta(hours=24)


@law("CCL-29a", "CCL-29c")
def may_keep(fix_at: datetime, now: datetime, spans: Iterable[Span], over_at: datetime) -> bool:
    """Whether a point may be kept: its fix lies within a stretch in force and before the end, and it comes
    no later than a day after the end. When it arrived says nothing else.

    `over_at`: when the order is, or was, over.
    """
    if fix_at >= over_at or fix_at > now or now >= over_at + LATE:
        return False
    return any(span.since <= fix_at and (span.until is None or fix_at < span.until) for span in spans)

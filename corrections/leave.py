"""Leave 外出: its states, who decides, and the sum over two months with its working.

A machine may compute who decides; only a person decides. A day is a local day, both ends count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from corrections.leave_codes import LeaveLevel, LeaveState, PermitState
from corrections.machine import AGENCY, STAFF
from corrections.term import add_months
from kernel.clock import day_end
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition

S = LeaveState
UNDECIDED = (S.SUBMITTED, S.VERIFYING)
AWAY = (S.ACTIVE, S.EXTENDED, S.ORDERED_BACK)
OPEN_APPROVED = frozenset({S.APPROVED, *AWAY, S.OVERDUE, S.UNDER_REVIEW})
USED = frozenset({S.CLOSED, S.CLOSED_LATE})
OVER = (S.CLOSED, S.CLOSED_LATE, S.NOT_USED, S.UPHELD, S.WITHDRAWN, S.ENDED)


# Guards: the facts are put together by the service, the refusals stand in the catalogue.


@law("CCL-9/10", "CCM-27b", "CCM-27c")
def may_decide(facts: Mapping[str, Any]) -> str | None:
    """The router as a guard: the station up to its days and only under a delegation valid on the day of the
    decision, the agency up to its own, above that the city."""
    if facts["level"] == LeaveLevel.CITY:
        return "leave_needs_city"
    if facts["role"] in AGENCY:
        return None
    if facts["level"] != LeaveLevel.STATION:
        return "leave_needs_agency"
    return None if facts["delegated"] else "delegation_not_valid"


@law("CCL-27a")
def may_refuse(facts: Mapping[str, Any]) -> str | None:
    """A refusal has a code, a text and an officer who could have approved; never silence."""
    if not facts["code"] or not facts["text"]:
        return "refusal_needs_reason"
    return may_decide(facts)


def city_only(facts: Mapping[str, Any]) -> str | None:
    """What this house may decide is decided here, not passed on."""
    return None if facts["level"] == LeaveLevel.CITY else "leave_not_for_city"


@law("CCM-27c")
def city_answered(facts: Mapping[str, Any]) -> str | None:
    """The city's decision counts with its document, and with a second officer who compared it."""
    if not facts["document_no"]:
        return "city_document_required"
    return None if facts["recorded_by"] != facts["confirmed_by"] else "city_needs_second_officer"


def may_extend(facts: Mapping[str, Any]) -> str | None:
    return city_answered(facts) if facts["level"] == LeaveLevel.CITY else may_decide(facts)


def another_decides(facts: Mapping[str, Any]) -> str | None:
    """Who refused does not decide about the objection."""
    if facts["decider"] == facts["refused_by"]:
        return "leave_objection_needs_another"
    return "leave_needs_city" if facts["level"] == LeaveLevel.CITY else None


def back_in_time(facts: Mapping[str, Any]) -> str | None:
    return None if facts["returned_on"] <= facts["last_day"] else "leave_return_was_late"


def back_late(facts: Mapping[str, Any]) -> str | None:
    """A late return is judged by an officer, in words."""
    return None if facts["judgement"] and facts["text"] else "return_needs_judgement"


LEAVE = StateTable(
    "leave",
    initial=S.DRAFT,
    transitions=[
        *(Transition(state, "submit", S.SUBMITTED, roles=STAFF) for state in (S.DRAFT, S.RETURNED)),
        *(Transition(state, "verify", S.VERIFYING, roles=STAFF) for state in UNDECIDED),
        *(Transition(state, "return_papers", S.RETURNED, roles=STAFF) for state in UNDECIDED),
        *(
            Transition(state, "approve", S.APPROVED, roles=STAFF, guard=may_decide, law="CCM-27b")
            for state in UNDECIDED
        ),
        *(
            Transition(state, "refuse", S.REFUSED, roles=STAFF, guard=may_refuse, law="CCL-27a")
            for state in UNDECIDED
        ),
        *(
            Transition(state, "forward", S.WITH_CITY, roles=AGENCY, guard=city_only, law="CCM-27c")
            for state in (*UNDECIDED, S.OBJECTED)
        ),
        Transition(S.WITH_CITY, "city_approve", S.APPROVED, roles=AGENCY, guard=city_answered, law="CCM-27c"),
        Transition(S.WITH_CITY, "city_refuse", S.REFUSED, roles=AGENCY, guard=city_answered, law="CCM-27c"),
        Transition(S.REFUSED, "object", S.OBJECTED, roles=STAFF),
        Transition(S.OBJECTED, "uphold", S.UPHELD, roles=AGENCY, guard=another_decides),
        Transition(S.OBJECTED, "grant", S.APPROVED, roles=AGENCY, guard=another_decides),
        *(
            Transition(state, "withdraw", S.WITHDRAWN, roles=STAFF)
            for state in (S.DRAFT, *UNDECIDED, S.RETURNED, S.WITH_CITY, S.REFUSED, S.OBJECTED)
        ),
        Transition(S.APPROVED, "begin", S.ACTIVE),
        *(Transition(state, "not_used", S.NOT_USED, roles=STAFF) for state in (S.APPROVED, S.ACTIVE)),
        *(
            Transition(state, "close", S.CLOSED, roles=STAFF, guard=back_in_time)
            for state in (*AWAY, S.OVERDUE, S.UNDER_REVIEW)
        ),
        *(
            Transition(state, "extend", S.EXTENDED, roles=STAFF, guard=may_extend, law="CCM-27c")
            for state in (S.ACTIVE, S.EXTENDED)
        ),
        *(
            Transition(state, "order_back", S.ORDERED_BACK, roles=AGENCY, law="CCM-28")
            for state in (S.ACTIVE, S.EXTENDED)
        ),
        *(Transition(state, "run_over", S.OVERDUE) for state in AWAY),
        *(
            Transition(state, "close_late", S.CLOSED_LATE, roles=STAFF, guard=back_late)
            for state in (S.OVERDUE, S.UNDER_REVIEW)
        ),
        Transition(S.OVERDUE, "review", S.UNDER_REVIEW, roles=STAFF),
        *(Transition(state, "term_end", S.ENDED) for state in S if state not in OVER),
    ],
    terminal=OVER,
)


@law("CCL-27a")
def permit_refusable(facts: Mapping[str, Any]) -> str | None:
    return None if facts["code"] and facts["text"] else "refusal_needs_reason"


P = PermitState
PERMIT = StateTable(
    "permit",
    initial=P.APPLIED,
    transitions=[
        Transition(P.APPLIED, "approve", P.IN_FORCE, roles=AGENCY, law="CCM-29"),
        Transition(P.APPLIED, "refuse", P.REFUSED, roles=AGENCY, guard=permit_refusable, law="CCL-27a"),
        Transition(P.APPLIED, "withdraw", P.WITHDRAWN, roles=STAFF),
        Transition(P.IN_FORCE, "expire", P.EXPIRED),
        Transition(P.IN_FORCE, "end", P.ENDED, roles=AGENCY),
        *(Transition(state, "term_end", P.ENDED) for state in (P.APPLIED, P.IN_FORCE)),
    ],
    terminal=[P.REFUSED, P.WITHDRAWN, P.EXPIRED, P.ENDED],
)


# Who decides, and the sum.


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the router; each is a setting, because their source is secondary."""

    station_days: int
    agency_days: int
    sum_days: int
    sum_months: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one leave, both ends included. `basis` is `used`, `approved` or `this`."""

    leave_id: UUID
    first: date
    last: date
    basis: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Line:
    """What one leave adds to the sum: the days of it that lie in the window."""

    span: Span
    counted_from: date
    counted_to: date

    @property
    def days(self) -> int:
        return (self.counted_to - self.counted_from).days + 1


@dataclass(frozen=True, slots=True)
class Working:
    """How the level was found, so that anybody can count it again."""

    level: LeaveLevel
    days: int
    sum_days: int
    window_from: date
    window_to: date
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]


@law("CCM-27c")
def window_of(last_day: date, months: int) -> tuple[date, date]:
    """The calendar months that end with a leave's last day, both days included."""
    return add_months(last_day, -months) + timedelta(days=1), last_day


@law("CCM-27b", "CCM-27c")
def work_out(this: Span, others: Iterable[Span], limits: Limits) -> Working:
    """Who decides about `this`: its own days, and the sum with the others in the window that it ends.

    `others` are the used days of closed leaves and the approved days of open ones. Permits and moves inside
    the leave area are no leaves and do not come here.
    """
    first, last = window_of(this.last, limits.sum_months)
    spans = sorted([*others, this], key=lambda span: (span.first, str(span.leave_id)))
    lines = tuple(
        Line(span, max(span.first, first), min(span.last, last))
        for span in spans
        if span.first <= last and span.last >= first
    )
    total = sum(line.days for line in lines)
    reasons = _reasons(this.days, total, limits)
    return Working(_level(reasons), this.days, total, first, last, lines, reasons)


def _reasons(days: int, total: int, limits: Limits) -> tuple[str, ...]:
    found = []
    if days > limits.agency_days:
        found.append("days_above_agency")
    if total > limits.sum_days:
        found.append("sum_above_limit")
    if not found:
        found.append("within_station" if days <= limits.station_days else "days_above_station")
    return tuple(found)


def _level(reasons: Sequence[str]) -> LeaveLevel:
    if reasons == ("within_station",):
        return LeaveLevel.STATION
    return LeaveLevel.AGENCY if reasons == ("days_above_station",) else LeaveLevel.CITY


COUNTY_DIGITS = 6


@law("CCM-26b")
def is_leave(destination_code: str, leave_area_codes: Iterable[str]) -> bool:
    """Whether going there is leave at all: a move inside the leave area needs nobody's approval."""
    county = destination_code[:COUNTY_DIGITS]
    return all(code[:COUNTY_DIGITS] != county for code in leave_area_codes)


# Deadlines.


@deadline(
    "leave_apply_ahead", zh="外出提前申请", en="leave is applied for ahead", counted="calendar days",
    since="the first day of the leave, backwards", effect="a soft warning; the emergency path stays open",
    law=("CCM-27a",), settings=("LEAVE_AHEAD_DAYS",),
)  # fmt: skip
@law("CCM-27a")
def applied_late(applied_on: date, first_day: date, days: int) -> bool:
    """Whether an application came later than it generally should. Never a reason to refuse."""
    return applied_on > first_day - timedelta(days=days)


@deadline(
    "leave_over", zh="外出期满", en="a leave is over", counted="calendar days", length="the last day",
    since="the decision in force", effect="a flag for review, never a finding", law=("CCM-28",),
)  # fmt: skip
def leave_over_at(last_day: date) -> datetime:
    """24:00 of the last day. Holidays move nothing."""
    return day_end(last_day)


@deadline(
    "leave_notice", zh="外出告知备案", en="what goes with a decision about leave is done",
    counted="calendar days", since="the decision", effect="on the worklist, overdue",
    law=("CCM-27b", "CCM-27c", "CCM-28"),
    settings=("LEAVE_TELL_DAYS", "LEAVE_FILING_DAYS", "LEAVE_PAPERS_DAYS"),
)  # fmt: skip
def notice_due(decided_on: date, days: int) -> date:
    """The last day for telling, filing, notices, and the papers of an emergency leave."""
    return decided_on + timedelta(days=days)


@deadline(
    "regular_permit", zh="经常性跨市县许可有效期", en="a regular permit ends", counted="calendar months",
    since="approval", effect="expired by itself; apply again", law=("CCM-29",), settings=("PERMIT_MONTHS",),
)  # fmt: skip
@law("CCM-29")
def permit_valid_to(approved_on: date, months: int) -> date:
    """The first day on which the permit does not hold any more."""
    return add_months(approved_on, months)

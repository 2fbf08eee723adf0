"""Who decides about leave, the sum over two months, what is leave at all, and the table."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from corrections.leave import (
    LEAVE,
    PERMIT,
    Limits,
    Span,
    applied_late,
    is_leave,
    leave_over_at,
    permit_valid_to,
    window_of,
    work_out,
)
from corrections.leave_codes import LeaveLevel, LeaveState
from grids.leave import leave_area_codes
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.problems import Problem

LIMITS = Limits(7, 30, 30, 2)
NANGANG, DAOLI, WUCHANG, BIN = "230103000000", "230102000000", "230184000000", "230125000000"
COUNTIES = [NANGANG, DAOLI, WUCHANG, BIN]


def span(first: str, last: str, basis: str = "approved", pk: UUID | None = None) -> Span:
    return Span(pk or uuid7(), date.fromisoformat(first), date.fromisoformat(last), basis)


def refusal(event: str, state: str, role: Role, **facts: Any) -> str:
    known = {"role": role, "code": "", "text": "", "level": LeaveLevel.AGENCY, "delegated": False} | facts
    with pytest.raises(Problem) as caught:
        LEAVE.apply(state, event, role=role, facts=known)
    return caught.value.code


@pytest.mark.law("CCM-27b", "CCM-27c")
@pytest.mark.parametrize(
    ("last", "level"),
    [("2026-06-07", "station"), ("2026-06-08", "agency"), ("2026-06-30", "agency"), ("2026-07-01", "city")],
)
def test_the_level_follows_the_days(last: str, level: str) -> None:
    assert work_out(span("2026-06-01", last, "this"), [], LIMITS).level == level


@pytest.mark.law("CCM-27c")
def test_more_than_thirty_days_in_two_months_go_to_the_city() -> None:
    this = span("2026-06-10", "2026-06-11", "this")
    for used, level in (("2026-05-28", "station"), ("2026-05-29", "city")):
        assert work_out(this, [span("2026-05-01", used, "used")], LIMITS).level == level


@pytest.mark.law("CCM-27c")
def test_the_window_is_the_two_months_that_end_with_the_last_day() -> None:
    assert window_of(date(2026, 6, 15), 2) == (date(2026, 4, 16), date(2026, 6, 15))
    assert window_of(date(2026, 4, 30), 2) == (date(2026, 3, 1), date(2026, 4, 30))
    assert window_of(date(2026, 1, 31), 2) == (date(2025, 12, 1), date(2026, 1, 31))


def test_only_days_inside_the_window_count_and_every_line_says_which() -> None:
    this, other = span("2026-06-15", "2026-06-16", "this"), span("2026-04-10", "2026-04-20", "used")
    working = work_out(this, [other, span("2026-01-01", "2026-01-31", "used")], LIMITS)
    assert [(line.counted_from, line.counted_to, line.days) for line in working.lines] == [
        (date(2026, 4, 17), date(2026, 4, 20), 4), (date(2026, 6, 15), date(2026, 6, 16), 2),
    ]  # fmt: skip
    assert (working.sum_days, working.days) == (6, 2)


def test_the_reasons_say_why_the_level_is_what_it_is() -> None:
    found = work_out(span("2026-06-01", "2026-07-10", "this"), [], LIMITS).reasons
    assert found == ("days_above_agency", "sum_above_limit")


@pytest.mark.law("CCM-26b")
@pytest.mark.parametrize(
    ("place", "to", "leave"),
    [(NANGANG, DAOLI, False), (NANGANG, WUCHANG, True), (NANGANG, BIN, True), (BIN, NANGANG, True)],
)
def test_a_move_inside_the_leave_area_is_no_leave(place: str, to: str, *, leave: bool) -> None:
    assert is_leave(to[:6], leave_area_codes(place, COUNTIES)) is leave


@pytest.mark.law("CCM-27a")
def test_applying_later_than_usual_is_a_soft_warning() -> None:
    assert not applied_late(date(2026, 6, 1), date(2026, 6, 4), 3)
    assert applied_late(date(2026, 6, 2), date(2026, 6, 4), 3)


@pytest.mark.law("CCM-29")
def test_a_permit_holds_six_calendar_months() -> None:
    assert permit_valid_to(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_a_leave_is_over_at_local_midnight_whatever_the_holiday() -> None:
    assert leave_over_at(date(2026, 10, 1)) == datetime.fromisoformat("2026-10-02T00:00:00+08:00")


@pytest.mark.law("CCL-9/10", "CCM-27b")
def test_a_station_decides_only_under_a_valid_delegation() -> None:
    officer = Role.STATION_OFFICER
    assert refusal("approve", "verifying", officer, level="station") == "delegation_not_valid"
    facts = {"role": officer, "level": LeaveLevel.STATION, "delegated": True}
    assert LEAVE.apply("verifying", "approve", role=officer, facts=facts).target == "approved"


@pytest.mark.law("CCM-27b", "CCM-27c")
def test_above_the_own_level_nobody_decides() -> None:
    assert refusal("approve", "verifying", Role.STATION_OFFICER, delegated=True) == "leave_needs_agency"
    assert refusal("approve", "verifying", Role.AGENCY_HEAD, level="city") == "leave_needs_city"
    assert refusal("refuse", "verifying", Role.AGENCY_HEAD, level="city", code="x", text="x")


@pytest.mark.law("CCL-27a")
def test_a_refusal_without_code_or_text_is_refused() -> None:
    assert refusal("refuse", "verifying", Role.AGENCY_OFFICER, text="x") == "refusal_needs_reason"
    assert refusal("refuse", "verifying", Role.AGENCY_OFFICER, code="x") == "refusal_needs_reason"


@pytest.mark.law("MN-4")
@pytest.mark.law("CCL-27a")
def test_no_row_of_the_table_refuses_by_itself() -> None:
    refusing = [row for row in LEAVE.transitions if row.target in ("refused", "upheld")]
    assert refusing
    assert all(row.roles and row.guard for row in refusing)


@pytest.mark.law("CCM-27c")
def test_the_city_s_decision_needs_a_document_and_a_second_officer() -> None:
    one = uuid4()
    facts = {"document_no": "", "recorded_by": one, "confirmed_by": uuid4()}
    assert refusal("city_approve", "with_city", Role.AGENCY_OFFICER, **facts) == "city_document_required"
    facts |= {"document_no": "1", "confirmed_by": one}
    assert refusal("city_approve", "with_city", Role.AGENCY_OFFICER, **facts) == "city_needs_second_officer"


@pytest.mark.law("CCL-12")
@pytest.mark.parametrize("table", [LEAVE, PERMIT])
def test_nobody_but_officers_moves_a_leave(table: Any) -> None:
    officers = {Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD}
    assert all(row.roles <= officers for row in table.transitions)


@pytest.mark.law("CCL-44")
def test_the_end_of_the_term_ends_every_leave_that_is_open() -> None:
    open_states = [state for state in LeaveState if state not in LEAVE.terminal]
    assert {LEAVE.apply(state, "term_end", role=None).target for state in open_states} == {"ended"}

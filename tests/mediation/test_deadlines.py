"""Mediation's clocks across Golden Week, make-up Saturdays and midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kernel.calendar import WorkCalendar
from kernel.clock import TZ, local_day
from mediation import deadlines

GOLDEN_2026 = [date(2026, 10, 1) + timedelta(days=n) for n in range(7)]
CALENDAR = WorkCalendar(off=GOLDEN_2026, working=[date(2026, 9, 20), date(2026, 10, 10)], years=[2026])


@pytest.mark.law("PM-T6")
@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2026, 11, 25), date(2026, 11, 30)),
        (date(2026, 9, 30), date(2026, 10, 10)),
        (date(2026, 10, 8), date(2026, 10, 12)),
    ],
)
def test_acceptance_is_due_in_working_days_from_receipt(received: date, expected: date) -> None:
    assert deadlines.acceptance_due(received, working_days=3, calendar=CALENDAR).last_day == expected


@pytest.mark.law("PM-T3", refused=True)
@pytest.mark.law("PM-T1")
def test_mediation_ends_thirty_days_after_acceptance_holidays_or_not() -> None:
    due = deadlines.mediation_due("02", date(2026, 9, 8), calendar=CALENDAR)
    assert (due.last_day, due.law, due.provisional) == (date(2026, 10, 8), "PM-T1", False)


@pytest.mark.law("PM-T3")
def test_a_medical_mediation_has_thirty_working_days() -> None:
    due = deadlines.mediation_due("13", date(2026, 9, 7), calendar=CALENDAR)
    assert (due.last_day, due.law) == (date(2026, 10, 22), "PM-T3")


@pytest.mark.law("PM-T4")
@pytest.mark.parametrize("category", ["10a", "10b"])
def test_a_worker_may_go_to_arbitration_after_fifteen_days_from_receipt(category: str) -> None:
    notice = deadlines.labour_notice(category, date(2026, 11, 25))
    assert notice is not None
    assert notice.last_day == date(2026, 12, 10)


@pytest.mark.law("PM-T4", refused=True)
def test_other_disputes_have_no_labour_notice() -> None:
    assert deadlines.labour_notice("02", date(2026, 11, 25)) is None


@pytest.mark.law("PM-T1")
def test_the_last_day_is_not_late() -> None:
    due = deadlines.mediation_due("02", date(2026, 11, 25), calendar=CALENDAR)
    last_moment = datetime(2026, 12, 25, 23, 59, 59, tzinfo=TZ)
    assert not deadlines.is_over(due.due_at, last_moment)
    assert deadlines.is_over(due.due_at, last_moment + timedelta(seconds=1))


@pytest.mark.parametrize("instant", ["00:05", "15:59", "16:01", "23:59"])
@pytest.mark.law("PM-T1")
def test_the_hour_of_acceptance_does_not_matter(instant: str) -> None:
    hour, minute = map(int, instant.split(":"))
    accepted = datetime(2026, 11, 25, hour, minute, tzinfo=TZ).astimezone(UTC)
    assert deadlines.mediation_due("02", local_day(accepted), calendar=CALENDAR).last_day == date(
        2026, 12, 25
    )


@pytest.mark.law("PM-T2")
def test_an_extension_moves_the_last_day() -> None:
    due = deadlines.mediation_due("02", date(2026, 11, 1), calendar=CALENDAR)
    longer = deadlines.extended(due, 15)
    assert (longer.last_day, longer.law) == (date(2026, 12, 16), "PM-T2")


@pytest.mark.law("PM-T2")
def test_an_extension_of_no_day_is_refused() -> None:
    due = deadlines.mediation_due("02", date(2026, 11, 1), calendar=CALENDAR)
    with pytest.raises(ValueError, match="at least one day"):
        deadlines.extended(due, 0)


@pytest.mark.parametrize(("category", "expected"), [("02", date(2026, 10, 25)), ("13", date(2026, 11, 4))])
def test_while_suspended_the_clock_stands_still(category: str, expected: date) -> None:
    due = deadlines.mediation_due(category, date(2026, 9, 15), calendar=CALENDAR)
    moved = deadlines.resumed(
        due, paused_on=date(2026, 9, 25), resumed_on=date(2026, 10, 5), calendar=CALENDAR
    )
    assert moved.last_day == expected


def test_days_left() -> None:
    assert deadlines.days_left(date(2026, 12, 25), date(2026, 12, 25)) == 0
    assert deadlines.days_left(date(2026, 12, 25), date(2026, 12, 26)) == -1
    assert deadlines.days_left(None, date(2026, 12, 26)) is None


@pytest.mark.law("PM-33c")
def test_a_court_has_thirty_days_from_the_filing() -> None:
    assert deadlines.court_decides_by(date(2026, 3, 2)) == date(2026, 4, 1)

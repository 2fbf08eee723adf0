from datetime import UTC, date, datetime, time, timedelta

import pytest

from corrections.codes import Period
from corrections.schedule import (
    DueWindow,
    Frame,
    Frequency,
    Quiet,
    over_cap,
    period_of,
    plan_gaps,
    window_between,
    windows,
)
from kernel import clock
from kernel.calendar import WorkCalendar
from kernel.codes.law import ContactForm

QUIET = Quiet(time(21), time(8))
GOLDEN_WEEK = WorkCalendar(
    off=[date(2026, 10, day) for day in range(1, 8)], working=[date(2026, 10, 10)], years=[2026]
)
WEEKLY = Frequency(ContactForm.FIELD_VISIT, Period.WEEK, least=1, most=2, window_days=3)


def frame(starts: date = date(2026, 9, 7), ends: date = date(2027, 9, 6), grace: int = 2) -> Frame:
    return Frame(starts, ends, QUIET, grace, GOLDEN_WEEK)


def listed(line: Frequency, framed: Frame, through: date) -> list[DueWindow]:
    return list(windows(line, framed, through=through))


def test_a_weekly_visit_is_due_at_the_end_of_each_week_of_the_plan() -> None:
    due = [window.due_day for window in listed(WEEKLY, frame(), date(2026, 9, 28))]
    assert due == [date(2026, 9, 13), date(2026, 9, 20), date(2026, 9, 27)]


def test_a_slot_keeps_its_number_however_far_ahead_is_planned() -> None:
    near, far = listed(WEEKLY, frame(), date(2026, 9, 20)), listed(WEEKLY, frame(), date(2026, 12, 31))
    assert far[: len(near)] == near
    assert [window.slot for window in far] == list(range(len(far)))


def test_two_a_month_split_the_month() -> None:
    line = Frequency(ContactForm.COMMUNICATION, Period.MONTH, least=2, most=4, window_days=31)
    found = listed(line, frame(date(2026, 9, 1)), date(2026, 9, 30))
    spans = [(window.open_day, window.due_day) for window in found]
    assert spans == [(date(2026, 9, 1), date(2026, 9, 15)), (date(2026, 9, 16), date(2026, 9, 30))]


def test_nothing_is_due_after_the_last_day_of_the_term() -> None:
    found = listed(WEEKLY, frame(ends=date(2026, 9, 20)), date(2026, 12, 31))
    assert [window.due_day for window in found] == [date(2026, 9, 13), date(2026, 9, 20)]


@pytest.mark.law("CCM-24a")
def test_an_office_report_on_a_holiday_moves_to_the_next_working_day() -> None:
    window = window_between(ContactForm.OFFICE_REPORT, frame(), 0, date(2026, 9, 28), date(2026, 10, 3))
    assert (window.due_day, window.provisional) == (date(2026, 10, 8), False)


def test_an_office_report_stays_on_a_make_up_saturday() -> None:
    window = window_between(ContactForm.OFFICE_REPORT, frame(), 0, date(2026, 10, 8), date(2026, 10, 10))
    assert window.due_day == date(2026, 10, 10)


def test_a_visit_at_home_does_not_move_for_a_holiday() -> None:
    window = window_between(ContactForm.FIELD_VISIT, frame(), 0, date(2026, 9, 28), date(2026, 10, 3))
    assert window.due_day == date(2026, 10, 3)


def test_beyond_the_known_years_a_moved_day_is_provisional() -> None:
    window = window_between(ContactForm.OFFICE_REPORT, frame(), 0, date(2027, 1, 1), date(2027, 1, 2))
    assert (window.due_day, window.provisional) == (date(2027, 1, 4), True)


@pytest.mark.parametrize("made_at", ["00:05", "15:59", "16:01", "23:59"])
def test_w1_days_are_local_days_at_whatever_hour_a_plan_is_made(made_at: str) -> None:
    hour, minute = map(int, made_at.split(":"))
    at = datetime(2026, 9, 7, hour, minute, tzinfo=clock.TZ)
    window = listed(WEEKLY, frame(clock.local_day(at.astimezone(UTC))), date(2026, 9, 13))[0]
    assert (window.open_day, window.due_day) == (date(2026, 9, 11), date(2026, 9, 13))
    assert window.due_at == datetime(2026, 9, 13, 16, tzinfo=UTC)


@pytest.mark.law("CCL-34a")
def test_a_window_opens_after_the_quiet_hours() -> None:
    window = listed(WEEKLY, frame(), date(2026, 9, 13))[0]
    assert window.opens_at == datetime(2026, 9, 11, 8, tzinfo=clock.TZ)
    assert not QUIET.covers(window.opens_at)


@pytest.mark.law("CCL-34a")
def test_quiet_hours_cover_the_night_to_the_minute() -> None:
    hours = {"20:59": False, "21:00": True, "23:59": True, "00:00": True, "07:59": True, "08:00": False}
    found = {text: QUIET.covers(datetime.fromisoformat(f"2026-09-07T{text}+08:00")) for text in hours}
    assert found == hours


def test_quiet_hours_in_the_day_leave_midnight_free() -> None:
    day_sleeper = Quiet(time(9), time(17))
    assert day_sleeper.first_moment(date(2026, 9, 7)) == clock.day_start(date(2026, 9, 7))
    assert day_sleeper.hours == 8


def gaps(*lines: Frequency, quiet: Quiet = QUIET, help_measures: int = 1) -> list[str]:
    return plan_gaps(lines, quiet, help_measures=help_measures, quiet_hours_least=8)


@pytest.mark.law("CCL-1")
@pytest.mark.law("CCL-34a")
def test_a_plan_with_a_cap_and_quiet_hours_is_accepted() -> None:
    assert gaps(WEEKLY) == []


@pytest.mark.law("CCM-23")
@pytest.mark.law("CCL-34a")
def test_a_plan_without_enough_quiet_or_without_a_cap_is_refused() -> None:
    no_cap = Frequency(ContactForm.FIELD_VISIT, Period.WEEK, least=2, most=1, window_days=3)
    assert gaps(no_cap, quiet=Quiet(time(23), time(5))) == ["quiet_hours_too_short", "frequency_without_cap"]


@pytest.mark.law("CCL-1")
def test_supervision_without_help_is_refused() -> None:
    assert gaps(WEEKLY, help_measures=0) == ["plan_without_help"]


@pytest.mark.law("CCM-24a")
def test_more_than_once_a_day_and_twice_the_same_form_are_refused() -> None:
    dense = Frequency(ContactForm.FIELD_VISIT, Period.WEEK, least=8, most=8, window_days=1)
    assert gaps(dense, WEEKLY) == ["frequency_too_dense", "form_planned_twice"]
    assert gaps() == ["plan_without_contacts"]


@pytest.mark.law("CCM-23")
@pytest.mark.law("CCL-34a")
def test_one_more_contact_fits_under_the_cap_of_its_period() -> None:
    start = date(2026, 9, 7)
    assert not over_cap(WEEKLY, start, date(2026, 9, 10), [date(2026, 9, 13), date(2026, 9, 20)])


@pytest.mark.law("CCM-23", refused=True)
@pytest.mark.law("CCL-34a")
def test_one_more_contact_above_the_cap_is_over_it() -> None:
    assert over_cap(WEEKLY, date(2026, 9, 7), date(2026, 9, 10), [date(2026, 9, 8), date(2026, 9, 13)])


def test_periods_meet_without_gap() -> None:
    first, after = period_of(WEEKLY, date(2026, 9, 7), date(2026, 9, 20))
    assert (first, after) == (date(2026, 9, 14), date(2026, 9, 21))
    assert period_of(WEEKLY, date(2026, 9, 7), after)[0] == after
    assert after - first == timedelta(days=7)

"""Working days across Golden Week with a make-up Saturday, and beyond the last known year."""

from datetime import date, timedelta

import pytest

from kernel.calendar import WorkCalendar

GOLDEN_WEEK = [date(2026, 10, day) for day in range(1, 8)]
CALENDAR = WorkCalendar(off=GOLDEN_WEEK, working=[date(2026, 9, 20), date(2026, 10, 10)], years=[2026])


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-30", 4, "2026-10-12"),
        ("2026-09-19", 1, "2026-09-20"),
        ("2026-09-07", 30, "2026-10-22"),
    ],
)
def test_w4_working_days_skip_holidays_and_count_make_up_days(start: str, count: int, due: str) -> None:
    found = CALENDAR.add_working_days(date.fromisoformat(start), count)
    assert (found.day, found.provisional) == (date.fromisoformat(due), False)


def test_the_start_day_is_not_counted() -> None:
    assert CALENDAR.add_working_days(date(2026, 3, 2), 1).day == date(2026, 3, 3)


def test_beyond_the_last_known_year_the_answer_is_provisional() -> None:
    found = CALENDAR.add_working_days(date(2026, 12, 31), 1)
    assert (found.day, found.provisional) == (date(2027, 1, 1), True)


def test_a_last_day_on_a_holiday_moves_to_the_next_working_day() -> None:
    assert CALENDAR.next_working_day(date(2026, 10, 3)).day == date(2026, 10, 8)


def test_a_last_day_never_moves_earlier() -> None:
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(60)]
    assert all(CALENDAR.next_working_day(day).day >= day for day in days)

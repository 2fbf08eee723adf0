"""The calendar of holidays as the migrations fill it, and health's warning before it ends."""

from datetime import date

import pytest

from backend.health import calendar_warning
from edge import calendar_table
from kernel import calendar


def test_golden_week_and_its_make_up_days_are_loaded(db: None) -> None:
    calendar_table.forget()
    loaded = calendar.current()
    assert not loaded.is_working_day(date(2026, 10, 1))
    assert loaded.years == {2024, 2025, 2026}


def test_a_year_that_is_loaded_later_replaces_the_provisional_answer(db: None) -> None:
    calendar_table.fill_year(2027, off={date(2027, 1, 1): "元旦"}, working={}, source="test")
    found = calendar.current().add_working_days(date(2026, 12, 31), 1)
    calendar_table.forget()
    assert (found.day, found.provisional) == (date(2027, 1, 4), False)


@pytest.mark.parametrize(
    ("today", "warning"),
    [("2026-11-01", None), ("2026-11-02", "calendar_ends_soon"), ("2027-01-01", "calendar_ended")],
)
def test_health_warns_sixty_days_before_the_calendar_ends(today: str, warning: str | None) -> None:
    assert calendar_warning(date(2026, 12, 31), date.fromisoformat(today)) == warning

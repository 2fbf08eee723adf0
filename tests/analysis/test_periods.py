from datetime import date

import pytest

from analysis.periods import Period, closed_months, parse


@pytest.mark.parametrize(
    "asked", ["2026-13", "2026-00", "2026-Q1", "2026-1", "26-10", "2026-10-01", "", "1999"]
)
def test_only_months_and_years_are_times(asked: str) -> None:
    assert parse(asked) is None


def test_a_month_is_closed_once_it_is_over() -> None:
    november = parse("2026-11")
    assert november == Period(2026, 11)
    assert not november.closed(date(2026, 11, 30))
    assert november.closed(date(2026, 12, 1))


def test_a_december_ends_with_its_year() -> None:
    assert Period(2026, 12).after == Period(2026).after == date(2027, 1, 1)


def test_of_a_running_year_only_the_months_before_count() -> None:
    assert [str(month) for month in closed_months(2026, date(2026, 3, 31))] == ["2026-01", "2026-02"]

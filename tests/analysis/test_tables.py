"""Which counts of a year are published, and that nothing published tells what is hidden."""

import random
from datetime import date
from decimal import Decimal

import pytest

from analysis.selectors import CODES
from analysis.tables import ACCEPTED, CONCLUDED, DISTRICT, AmountBand, Cell, Event, band, mean_days, publish

STREETS = ("230103001000", "230103002000", "230103003000")
AFTER_THE_YEAR = date(2027, 1, 4)


def concluded(month: int = 10, street: str = STREETS[0]) -> Event:
    return Event(month, street, CONCLUDED, "02", "application", "agreed", "none", 20)


def some(count: int, seed: int = 1) -> tuple[Event, ...]:
    dice = random.Random(seed)
    return tuple(
        Event(
            dice.randint(1, 12), dice.choice(STREETS), CONCLUDED, dice.choice(("01", "02", "15")),
            "application", dice.choice(("agreed", "agreed", "failed", "refused")), "none",
            dice.randint(1, 40),
        )
        for _ in range(count)
    )  # fmt: skip


def test_a_month_stays_as_it_was_published_when_the_year_closes() -> None:
    events = some(400)
    early = publish(2026, date(2026, 11, 2), STREETS, CODES, events)
    late = publish(2026, AFTER_THE_YEAR, STREETS, CODES, events)
    october = [cell for cell in early.counts if cell.time == "2026-10"]
    assert october
    assert all(early.shown(cell) == late.shown(cell) for cell in october)


def test_a_month_of_a_street_has_no_categories() -> None:
    found = publish(2026, AFTER_THE_YEAR, STREETS, CODES, some(400))
    assert Cell("2026-10", STREETS[0], CONCLUDED, "category", "02") not in found.counts
    assert Cell("2026-10", DISTRICT, CONCLUDED, "category", "02") in found.counts
    assert Cell("2026", STREETS[0], CONCLUDED, "category", "02") in found.counts


def test_a_running_month_and_year_are_not_published() -> None:
    found = publish(2026, date(2026, 11, 26), STREETS, CODES, some(400))
    assert {cell.time for cell in found.counts} == {f"2026-{month:02d}" for month in range(1, 11)}


@pytest.mark.law("PM-ST")
def test_what_is_shown_is_the_sum_over_the_time() -> None:
    events = some(2000)
    found = publish(2026, AFTER_THE_YEAR, STREETS, CODES, events)
    assert found.shown(Cell("2026", DISTRICT, CONCLUDED)) == 2000
    assert found.shown(Cell("2026", DISTRICT, CONCLUDED, "result", "agreed")) == sum(
        event.result == "agreed" for event in events
    )


@pytest.mark.law("PM-ST")
def test_a_count_below_five_is_hidden_with_another() -> None:
    events = tuple(concluded() for _ in range(9)) + (concluded(street=STREETS[1]),) * 2
    found = publish(2026, date(2026, 11, 2), STREETS, CODES, events)
    streets = [Cell("2026-10", street, CONCLUDED) for street in STREETS]
    assert [found.shown(cell) for cell in streets] == [None, None, 0]
    assert found.shown(Cell("2026-10", DISTRICT, CONCLUDED)) == 11


def test_an_acceptance_is_no_conclusion() -> None:
    event = Event(10, STREETS[0], ACCEPTED, "02", "court")
    found = publish(2026, date(2026, 11, 2), STREETS, CODES, (event,) * 7)
    assert found.shown(Cell("2026-10", DISTRICT, ACCEPTED, "initiation", "court")) == 7
    assert found.shown(Cell("2026-10", DISTRICT, CONCLUDED)) == 0


@pytest.mark.parametrize(
    ("amount", "found"),
    [(None, "none"), ("0.00", "none"), ("9999.99", "to_10k"), ("10000", "to_50k"), ("500000", "more")],
)
def test_amounts_are_told_in_bands(amount: str | None, found: str) -> None:
    assert band(Decimal(amount) if amount else None) == AmountBand(found)


def test_a_mean_weighs_each_case_the_same_and_tells_about_no_few() -> None:
    days = [Event(1, STREETS[0], CONCLUDED, "02", days=day) for day in (10, 10, 10, 10, 60)]
    assert mean_days(days, 5) == 20
    assert mean_days(days[:4], 5) is None

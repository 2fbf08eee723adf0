"""Which counts of mediation are published (PM-ST), and which of them stay hidden.

Counted are acceptances and conclusions, each case once: by its first step of that kind, in the month in which
the step was entered. Steps are never changed, so neither is a closed month. For a month the district has all
tables and a street its totals and results; for a year all have all. There is no table of communities, none of
people, and no petition, illness or belief is counted anywhere (law.md §11).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from analysis.periods import Period, closed_months
from analysis.suppression import Line, hidden
from kernel.codes import CodeTable
from kernel.law import law

DISTRICT = ""
WHOLE = ""
ACCEPTED, CONCLUDED = "accepted", "concluded"
BY: Mapping[str, tuple[str, ...]] = {
    ACCEPTED: ("category", "initiation"),
    CONCLUDED: ("category", "result", "amount"),
}
OF_STREETS_BY_MONTH = frozenset({(CONCLUDED, "result")})


class AmountBand(CodeTable, table="amount_band"):
    """The money in an agreement, in yuan; never the amount itself."""

    NONE = "none", "不涉及金额", "no money"
    TO_10K = "to_10k", "一万元以下", "less than 10,000"
    TO_50K = "to_50k", "一万至五万元", "10,000 to 50,000"
    TO_100K = "to_100k", "五万至十万元", "50,000 to 100,000"
    TO_500K = "to_500k", "十万至五十万元", "100,000 to 500,000"
    MORE = "more", "五十万元以上", "500,000 or more"


_BANDS = (
    (Decimal(10_000), AmountBand.TO_10K),
    (Decimal(50_000), AmountBand.TO_50K),
    (Decimal(100_000), AmountBand.TO_100K),
    (Decimal(500_000), AmountBand.TO_500K),
)


def band(amount: Decimal | None) -> AmountBand:
    if amount is None or amount <= 0:
        return AmountBand.NONE
    return next((name for below, name in _BANDS if amount < below), AmountBand.MORE)


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One case accepted or concluded: in which month (1 to 12) and street, and how it counts. `days` are
    those from acceptance to conclusion."""

    month: int
    street: str
    measure: str
    category: str
    initiation: str = ""
    result: str = ""
    amount: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """`time`: `2026-10` or `2026`; `area`: a street, or the district; `by` and `code`: of which table."""

    time: str
    area: str
    measure: str
    by: str = WHOLE
    code: str = WHOLE


@dataclass(frozen=True, slots=True)
class Published:
    """The counts of one year's closed times, and which of them are hidden. A cell that is not among `counts`
    is not published."""

    counts: Mapping[Cell, int]
    hidden: frozenset[Cell]

    def shown(self, cell: Cell) -> int | None:
        return None if cell in self.hidden else self.counts[cell]


@law("PM-ST")
@lru_cache(maxsize=8)
def publish(
    year: int, today: date, streets: Sequence[str], codes: tuple[tuple[str, tuple[str, ...]], ...],
    events: tuple[Event, ...],
) -> Published:  # fmt: skip
    """All tables of a year as of a day. Months stand as they were published when the year is added to them.

    `codes`: the codes of each table by its name; `events` of the whole district.
    """
    listed, counts, gone = dict(codes), Counter[Cell](), set[Cell]()
    months = closed_months(year, today)
    for month in months:
        mine = [event for event in events if event.month == month.month]
        found, lines = _table(month, streets, listed, mine, whole=False)
        counts.update(found)
        gone |= hidden(found, lines)
    whole = Period(year)
    if whole.closed(today):
        found, lines = _table(whole, streets, listed, events, whole=True)
        settled = {cell: cell in gone for cell in counts}
        counts.update(found)
        lines += _years(whole, months, found, counts)
        gone = hidden(counts, lines, settled=settled)
    return Published(dict(counts), frozenset(gone))


def _table(
    period: Period, streets: Sequence[str], codes: Mapping[str, tuple[str, ...]], events: Iterable[Event],
    *, whole: bool,
) -> tuple[dict[Cell, int], list[Line]]:  # fmt: skip
    """The cells of one time with their counts, zeros too, and the sums between them."""
    time = str(period)
    counts = dict.fromkeys(_cells(time, streets, codes, whole=whole), 0)
    for event in events:
        for cell in _counted(time, event):
            if cell in counts:
                counts[cell] += 1
    return counts, [*_across_codes(counts), *_across_streets(counts)]


def _cells(
    time: str, streets: Sequence[str], codes: Mapping[str, tuple[str, ...]], *, whole: bool
) -> Iterator[Cell]:
    for area in (DISTRICT, *streets):
        for measure, tables in BY.items():
            yield Cell(time, area, measure)
            for by in tables:
                if whole or area == DISTRICT or (measure, by) in OF_STREETS_BY_MONTH:
                    yield from (Cell(time, area, measure, by, code) for code in codes[by])


def _counted(time: str, event: Event) -> Iterator[Cell]:
    for area in (DISTRICT, event.street):
        yield Cell(time, area, event.measure)
        for by in BY[event.measure]:
            yield Cell(time, area, event.measure, by, getattr(event, by))


def _across_codes(cells: Iterable[Cell]) -> Iterator[Line]:
    """The total of a measure is the sum of each of its tables."""
    for (time, area, measure, by), parts in groupby(
        sorted(cell for cell in cells if cell.by),
        key=lambda cell: (cell.time, cell.area, cell.measure, cell.by),
    ):
        del by
        yield Line(Cell(time, area, measure), tuple(parts))


def _across_streets(counts: Mapping[Cell, int]) -> Iterator[Line]:
    """The district is the sum of its streets, where these are published."""
    streets = sorted({cell.area for cell in counts} - {DISTRICT})
    for cell in counts:
        parts = tuple(Cell(cell.time, street, cell.measure, cell.by, cell.code) for street in streets)
        if cell.area == DISTRICT and parts and parts[0] in counts:
            yield Line(cell, parts)


def _years(
    whole: Period, months: Sequence[Period], found: Iterable[Cell], counts: Mapping[Cell, int]
) -> list[Line]:
    """A year is the sum of its months, where these are published."""
    lines = []
    for cell in found:
        parts = tuple(Cell(str(month), cell.area, cell.measure, cell.by, cell.code) for month in months)
        if cell.time == str(whole) and parts and parts[0] in counts:
            lines.append(Line(cell, parts))
    return lines


def mean_days(events: Iterable[Event], least: int) -> float | None:
    """Days from acceptance to conclusion, over all cases at once (so that each weighs the same); None for
    fewer than `least`."""
    days = [event.days for event in events if event.days is not None]
    return round(sum(days) / len(days), 1) if len(days) >= least else None

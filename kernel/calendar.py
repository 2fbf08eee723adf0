"""The working-day calendar: legal holidays and make-up working days (调休), loaded from a table by `edge`.

Beyond the last loaded year the answer is Monday to Friday and marked `provisional`: it is computed again,
with an
audit row, when that year is loaded. Statutory hard stops never use working days.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day, and whether it rests on a year whose holidays are not known yet."""

    day: date
    provisional: bool


class WorkCalendar:
    """Days off and make-up working days of the years in `years`."""

    def __init__(
        self, *, off: Iterable[date] = (), working: Iterable[date] = (), years: Iterable[int] = ()
    ) -> None:
        self.off = frozenset(off)
        self.working = frozenset(working)
        self.years = frozenset(years)

    @property
    def last_day(self) -> date | None:
        """The last day that the calendar knows; None when nothing is loaded."""
        return date(max(self.years), 12, 31) if self.years else None

    def knows(self, day: date) -> bool:
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        if day in self.working:
            return True
        return day not in self.off and day.weekday() < _SATURDAY

    def add_working_days(self, day: date, count: int) -> DueDay:
        """The `count`-th working day after `day`; the start day is not counted (民法典 201)."""
        if count < 0:
            raise ValueError("count must not be negative")
        current, left, provisional = day, count, not self.knows(day)
        while left:
            current += timedelta(days=1)
            provisional = provisional or not self.knows(current)
            left -= self.is_working_day(current)
        return DueDay(current, provisional)

    def next_working_day(self, day: date) -> DueDay:
        """`day` itself when it is a working day, else the next one (民法典 203)."""
        current, provisional = day, not self.knows(day)
        while not self.is_working_day(current):
            current += timedelta(days=1)
            provisional = provisional or not self.knows(current)
        return DueDay(current, provisional)


class _Current:
    loader: Callable[[], WorkCalendar] = WorkCalendar


def current() -> WorkCalendar:
    """The calendar in force: what the installed loader gives (an empty one until `edge` has installed its
    own)."""
    return _Current.loader()


def install(loader: Callable[[], WorkCalendar]) -> None:
    """Make `loader` the source of `current()`; `edge` installs one that reads the table and keeps it a
    minute."""
    _Current.loader = staticmethod(loader)

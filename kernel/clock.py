"""The one clock. Every time in our tables comes from `now()`; no SQL `now()`, no `timezone.now`.

Local-day rules use Asia/Shanghai. Intervals are half-open: a day is `[day_start, day_end)`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TZ = ZoneInfo("Asia/Shanghai")
YEARS_OF_OURS = range(1900, 2201)
"""A day outside of them is a slip of the pen."""


class _Source:
    """What `now()` reads: the machine's clock plus an offset, or a frozen instant in tests."""

    read: Callable[[], datetime] | None = None
    offset: timedelta = timedelta()


def now() -> datetime:
    """The present instant, aware, in UTC."""
    if _Source.read is not None:
        return _Source.read()
    return datetime.now(UTC) + _Source.offset


def set_offset(offset: timedelta) -> None:
    """Move the running clock by `offset` (demo mode; `edge` reads the offset from its table)."""
    _Source.offset = offset


def local_day(at: datetime) -> date:
    """The local calendar day on which the instant `at` falls."""
    return at.astimezone(TZ).date()


def today() -> date:
    return local_day(now())


def day_start(day: date) -> datetime:
    """The first instant of a local day, in UTC."""
    return datetime.combine(day, time(), TZ).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The first instant that no longer belongs to the local day (24:00), in UTC."""
    return day_start(day + timedelta(days=1))


class Frozen:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def move(self, delta: timedelta) -> datetime:
        self.at += delta
        return self.at

    def to(self, at: datetime) -> datetime:
        self.at = at.astimezone(UTC)
        return self.at


@contextmanager
def frozen(at: datetime) -> Iterator[Frozen]:
    """Stop the clock at `at` (aware) for the time of a `with` block."""
    clock = Frozen(at.astimezone(UTC))
    before = _Source.read
    _Source.read = lambda: clock.at
    try:
        yield clock
    finally:
        _Source.read = before

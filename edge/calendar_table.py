"""The calendar of holidays: read from its table for the kernel, filled at first from `chinese_calendar`."""

import time
from collections.abc import Mapping
from datetime import date

from edge.models import CalendarDay, CalendarYear
from kernel import calendar, clock

_KEEP_S = 60.0
_kept: list[tuple[float, calendar.WorkCalendar]] = []


def load() -> calendar.WorkCalendar:
    """The calendar as the table has it, kept for a minute."""
    if _kept and time.monotonic() - _kept[0][0] < _KEEP_S:
        return _kept[0][1]
    days = list(CalendarDay.objects.all())
    loaded = calendar.WorkCalendar(
        off=[row.day for row in days if not row.working],
        working=[row.day for row in days if row.working],
        years=CalendarYear.objects.values_list("year", flat=True),
    )
    _kept[:] = [(time.monotonic(), loaded)]
    return loaded


def forget() -> None:
    """Read the table again at the next use."""
    _kept.clear()


def fill_year(year: int, *, off: Mapping[date, str], working: Mapping[date, str], source: str) -> None:
    """Store the holidays and make-up days of a year, replacing what was stored for it."""
    CalendarDay.objects.filter(day__year=year).delete()
    rows = [CalendarDay(day=day, working=False, name=name) for day, name in off.items()]
    rows += [CalendarDay(day=day, working=True, name=name) for day, name in working.items()]
    CalendarDay.objects.bulk_create(rows)
    CalendarYear.objects.update_or_create(year=year, defaults={"source": source, "loaded_at": clock.now()})
    forget()

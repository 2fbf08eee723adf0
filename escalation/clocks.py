"""Level clocks 层级时限 (EF-4, EF-5): how long a dispute has the attention of one level, as pure functions.

A clock ends a level's attention; it never forces a settlement. Days are local days of Asia/Shanghai,
intervals are half-open: a clock whose last day is the 8th runs out at 24:00 of the 8th, which is `due_at`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from escalation.vocabulary import LEVELS
from kernel.calendar import WorkCalendar
from kernel.clock import day_end, local_day
from kernel.law import law


class Profile(StrEnum):
    """`fast`: working days from the day a level begins. `event`: calendar days from the registration."""

    FAST = "fast"
    EVENT = "event"


class ProfileError(ValueError):
    """A profile that is not `level=days …` with known levels and numbers that make sense."""


@dataclass(frozen=True, slots=True)
class ClockDue:
    """The end of a level's attention: last day, first instant after it, and whether holidays are a guess."""

    last_day: date
    due_at: datetime
    provisional: bool


def read_profile(text: str) -> dict[str, int]:
    """`"grid=1 community=2 street=2"` → days by level. A level that is not named has no clock."""
    days: dict[str, int] = {}
    for part in text.split():
        level, _, number = part.partition("=")
        if level not in LEVELS or level in days or not number.isdecimal():
            raise ProfileError(f"expected level=days with a level of {', '.join(LEVELS)}: {part!r}")
        days[level] = int(number)
    return days


@law("EF-4", "EF-5")
def clock_due(
    profile: Profile,
    days: Mapping[str, int],
    level: str,
    *,
    begun_on: date,
    registered_on: date,
    calendar: WorkCalendar,
) -> ClockDue | None:
    """When the attention of `level` ends; None when the profile sets no clock for it.

    `begun_on` is the local day on which the level began, or the last day of the level before it: it is not
    counted.

    `event` counts from the registration, but a level that begins later than its own end keeps the day it
    began.
    """
    if level not in days:
        return None
    if profile is Profile.FAST:
        due = calendar.add_working_days(begun_on, days[level])
        return _due(due.day, due.provisional)
    last = registered_on + timedelta(days=days[level])
    return _due(max(last, begun_on), False)


def _due(last_day: date, provisional: bool) -> ClockDue:
    return ClockDue(last_day, day_end(last_day), provisional)


def after_pause(
    profile: Profile, last_day: date, *, paused_at: datetime, resumed_at: datetime, calendar: WorkCalendar
) -> ClockDue:
    """The end of a clock that stood still from `paused_at` to `resumed_at`: what was left is left again."""
    paused, resumed = local_day(paused_at), local_day(resumed_at)
    if profile is Profile.EVENT:
        return _due(last_day + (resumed - paused), False)
    left = working_days_between(paused, last_day, calendar)
    due = calendar.add_working_days(resumed, left)
    return _due(due.day, due.provisional)


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Working days after `start` up to and including `end`."""
    span = (end - start).days
    return sum(calendar.is_working_day(start + timedelta(days=step)) for step in range(1, span + 1))


def ran_out(due_at: datetime, now: datetime) -> bool:
    """The one comparison that job, API and filter share."""
    return now >= due_at

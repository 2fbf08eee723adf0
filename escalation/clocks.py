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
from kernel.deadlines import deadline
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
@deadline(
    "level_clock", zh="层级时限", en="a level's attention ends",
    counted="working days (fast) or calendar days (event)",
    since="the day the level began (fast), the registration (event); that day is not counted",
    effect="one level up; on the district's worklist", law=("EF-4", "EF-5"),
    settings=("CLOCK_PROFILE", "CLOCK_FAST", "CLOCK_EVENT"),
)  # fmt: skip
def clock_due(
    profile: Profile,
    days: Mapping[str, int],
    level: str,
    *,
    begun_on: date,
    registered_on: date,
    calendar: WorkCalendar,
    paused_days: int = 0,
) -> ClockDue | None:
    """When the attention of `level` ends; None when the profile sets no clock for it.

    `begun_on` is the local day on which the level began, or the last day of the level before it: it is not
    counted.

    `event` counts from the registration, but a level that begins later than its own end keeps the day it
    began. `paused_days`: how long the case stood still before this level began; a pause belongs to the case,
    so what counts from the registration leaves it out.
    """
    if level not in days:
        return None
    if profile is Profile.FAST:
        due = calendar.add_working_days(begun_on, days[level])
        return _due(due.day, due.provisional)
    last = registered_on + timedelta(days=days[level] + paused_days)
    return _due(max(last, begun_on), False)


def _due(last_day: date, provisional: bool) -> ClockDue:
    return ClockDue(last_day, day_end(last_day), provisional)


@deadline(
    "level_clock_paused", zh="中止后的层级时限", en="a level clock after a pause",
    counted="as the clock", since="the day the case went on", effect="what was left is left again",
    law=("EF-4", "EF-5"),
)  # fmt: skip
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


def days_paused(paused_at: datetime, resumed_at: datetime) -> int:
    """Whole local days of a pause: none when it began and ended on one day."""
    return (local_day(resumed_at) - local_day(paused_at)).days


@law("EF-5")
@deadline(
    "level_clock_extended", zh="经批准延长的层级时限", en="a level clock that was extended by approval",
    counted="as the clock", since="its last day", effect="as before", law=("EF-5",),
    settings=("CLOCK_EXTENSION_DAYS", "CLOCK_EVENT_MOST"),
)  # fmt: skip
def extended(profile: Profile, last_day: date, days: int, *, calendar: WorkCalendar) -> ClockDue:
    """The end of a clock that was given `days` more."""
    if days < 1:
        raise ValueError("an extension has at least one day")
    if profile is Profile.EVENT:
        return _due(last_day + timedelta(days=days), False)
    due = calendar.add_working_days(last_day, days)
    return _due(due.day, due.provisional)


@law("EF-5")
def within_limit(
    profile: Profile, last_day: date, *, registered_on: date, paused_days: int, most: int
) -> bool:
    """`event` has a hard end: so many days from the registration, whatever is approved."""
    return profile is not Profile.EVENT or last_day <= registered_on + timedelta(days=most + paused_days)

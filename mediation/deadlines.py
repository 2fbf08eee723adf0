"""The clocks of mediation as pure functions: one per rule, used by service, job, API and filter alike.

The start day is not counted; a deadline's `due_at` is 24:00 of its last local day (half-open), so that on
the last day nothing is late yet. Time over is a flag for a person, never an end by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from kernel.calendar import WorkCalendar
from kernel.clock import day_end
from kernel.codes.law import DisputeCategory
from kernel.law import law

MEDIATION_DAYS = 30
MEDICAL_WORKING_DAYS = 30
LABOUR_DAYS = 15
LABOUR = frozenset({DisputeCategory.WAGES_MIGRANT, DisputeCategory.LABOUR})


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, the first instant after it, whether holidays are a guess, and the rule it comes from."""

    last_day: date
    due_at: datetime
    provisional: bool
    law: str


def _deadline(last_day: date, law_id: str, *, provisional: bool = False) -> Deadline:
    return Deadline(last_day, day_end(last_day), provisional, law_id)


@law("PM-T6")
def acceptance_due(received_on: date, *, working_days: int, calendar: WorkCalendar) -> Deadline:
    """By when the committee says whether it accepts, from the receipt. `working_days` is the district's
    setting."""
    due = calendar.add_working_days(received_on, working_days)
    return _deadline(due.day, "PM-T6", provisional=due.provisional)


@law("PM-T1", "PM-T3")
def mediation_due(category: str, accepted_on: date, *, calendar: WorkCalendar) -> Deadline:
    """The end of mediation from acceptance: 30 days; a medical dispute 30 working days."""
    if category == DisputeCategory.MEDICAL:
        due = calendar.add_working_days(accepted_on, MEDICAL_WORKING_DAYS)
        return _deadline(due.day, "PM-T3", provisional=due.provisional)
    return _deadline(accepted_on + timedelta(days=MEDIATION_DAYS), "PM-T1")


@law("PM-T4")
def labour_notice(category: str, received_on: date) -> Deadline | None:
    """A labour dispute: 15 days from receipt the worker may go to arbitration, and at any time before.
    Information."""
    if category not in LABOUR:
        return None
    return _deadline(received_on + timedelta(days=LABOUR_DAYS), "PM-T4")


@law("PM-T2")
def extended(due: Deadline, days: int) -> Deadline:
    """More time, which only the consent of every party gives."""
    if days < 1:
        raise ValueError("an extension has at least one day")
    return _deadline(due.last_day + timedelta(days=days), "PM-T2", provisional=due.provisional)


def resumed(due: Deadline, *, paused_on: date, resumed_on: date, calendar: WorkCalendar) -> Deadline:
    """The deadline after the clock stood still: what was left on the day of the pause is left again."""
    if due.law != "PM-T3":
        return _deadline(due.last_day + (resumed_on - paused_on), due.law, provisional=due.provisional)
    span = (due.last_day - paused_on).days
    left = sum(calendar.is_working_day(paused_on + timedelta(days=step)) for step in range(1, span + 1))
    moved = calendar.add_working_days(resumed_on, left)
    return _deadline(moved.day, due.law, provisional=moved.provisional)


def is_over(due_at: datetime | None, now: datetime) -> bool:
    """The one comparison. A clock that does not run is never over."""
    return due_at is not None and now >= due_at


def days_left(last_day: date | None, today: date) -> int | None:
    """Whole local days up to the last day: 0 on it, negative after it, None when no clock runs."""
    return None if last_day is None else (last_day - today).days


NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "PM-T6": ("受理期限", "decide on acceptance"),
        "PM-T1": ("调解期限", "end of mediation"),
        "PM-T2": ("延长后的调解期限", "end of mediation as extended"),
        "PM-T3": ("医疗纠纷调解期限", "end of a medical mediation"),
        "PM-T4": ("劳动争议告知", "the worker may go to arbitration"),
    }
)

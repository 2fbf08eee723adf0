"""The clocks of mediation as pure functions: one per rule, used by service, job, API and filter alike.

The start day is not counted; a deadline's `due_at` is 24:00 of its last local day (half-open), so that on
the last day nothing is late yet. Time over is a flag for a person, never an end by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from kernel.calendar import WorkCalendar
from kernel.clock import day_end, day_start
from kernel.codes.law import DisputeCategory
from kernel.deadlines import deadline, ran_out
from kernel.law import law

MEDIATION_DAYS = 30
MEDICAL_WORKING_DAYS = 30
LABOUR_DAYS = 15
CONFIRMATION_DAYS = 30
COURT_DAYS = 30
LABOUR = frozenset({DisputeCategory.WAGES_MIGRANT, DisputeCategory.LABOUR})


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, the first instant after it, whether holidays are a guess, and the rule it comes from."""

    last_day: date
    due_at: datetime
    provisional: bool
    law: str


@dataclass(frozen=True, slots=True)
class Pause:
    """From which day to which a clock stood still."""

    from_day: date
    to_day: date


@dataclass(frozen=True, slots=True)
class More:
    """Days by which everybody's consent made the time longer."""

    days: int


def _deadline(last_day: date, law_id: str, *, provisional: bool = False) -> Deadline:
    return Deadline(last_day, day_end(last_day), provisional, law_id)


def due_of(last_day: date, law_id: str, *, provisional: bool = False) -> Deadline:
    """A deadline as it stands in a row."""
    return _deadline(last_day, law_id, provisional=provisional)


@deadline(
    "mediation_acceptance", zh="受理期限", en="decide on acceptance", counted="working days",
    since="the receipt", effect="a flag for the clerk", law=("PM-T6",), settings=("ACCEPTANCE_WORKING_DAYS",),
)  # fmt: skip
@law("PM-T6")
def acceptance_due(received_on: date, *, working_days: int, calendar: WorkCalendar) -> Deadline:
    """By when the committee says whether it accepts, from the receipt. `working_days` is the district's
    setting."""
    due = calendar.add_working_days(received_on, working_days)
    return _deadline(due.day, "PM-T6", provisional=due.provisional)


@deadline(
    "mediation", zh="调解期限", en="end of mediation", length="30",
    counted="calendar days; medical disputes: working days", since="acceptance",
    effect="a flag: all parties are asked once, all agree or it fails", law=("PM-T1", "PM-T3"),
)  # fmt: skip
@law("PM-T1", "PM-T3")
def mediation_due(category: str, accepted_on: date, *, calendar: WorkCalendar) -> Deadline:
    """The end of mediation from acceptance: 30 days; a medical dispute 30 working days."""
    if category == DisputeCategory.MEDICAL:
        due = calendar.add_working_days(accepted_on, MEDICAL_WORKING_DAYS)
        return _deadline(due.day, "PM-T3", provisional=due.provisional)
    return _deadline(accepted_on + timedelta(days=MEDIATION_DAYS), "PM-T1")


@deadline(
    "mediation_labour", zh="劳动争议告知", en="a worker may go to arbitration", length="15",
    counted="calendar days", since="the receipt", effect="information to the worker, who may at any time",
    law=("PM-T4",),
)  # fmt: skip
@law("PM-T4")
def labour_notice(category: str, received_on: date) -> Deadline | None:
    """A labour dispute: 15 days from receipt the worker may go to arbitration, and at any time before.
    Information."""
    if category not in LABOUR:
        return None
    return _deadline(received_on + timedelta(days=LABOUR_DAYS), "PM-T4")


@deadline(
    "mediation_extended", zh="延长后的调解期限", en="end of mediation as extended",
    length="as every party agrees", counted="calendar days", since="the last day before",
    effect="as before", law=("PM-T2",),
)  # fmt: skip
@law("PM-T2")
def extended(due: Deadline, days: int) -> Deadline:
    """More time, which only the consent of every party gives."""
    if days < 1:
        raise ValueError("an extension has at least one day")
    return _deadline(due.last_day + timedelta(days=days), "PM-T2", provisional=due.provisional)


@deadline(
    "mediation_resumed", zh="中止后的调解期限", en="end of mediation after a suspension",
    length="what was left", counted="as the term", since="the day the case went on", effect="as before",
    law=("PM-T1", "PM-T3"),
)  # fmt: skip
def resumed(due: Deadline, *, paused_on: date, resumed_on: date, calendar: WorkCalendar) -> Deadline:
    """The deadline after the clock stood still: what was left on the day of the pause is left again."""
    if due.law != "PM-T3":
        return _deadline(due.last_day + (resumed_on - paused_on), due.law, provisional=due.provisional)
    span = (due.last_day - paused_on).days
    left = sum(calendar.is_working_day(paused_on + timedelta(days=step)) for step in range(1, span + 1))
    moved = calendar.add_working_days(resumed_on, left)
    return _deadline(moved.day, due.law, provisional=moved.provisional)


def replayed(due: Deadline, changes: Sequence["Pause | More"], *, calendar: WorkCalendar) -> Deadline:
    """The deadline again from its start, with every pause and extension in the order in which they came."""
    for change in changes:
        if isinstance(change, More):
            due = extended(due, change.days)
        else:
            due = resumed(due, paused_on=change.from_day, resumed_on=change.to_day, calendar=calendar)
    return due


@deadline(
    "mediation_review", zh="调解案件复查", en="a waiting mediation case is looked at",
    counted="calendar days", since="the review date that was set",
    effect="on the worklist from that day on; clocks stay still",
)  # fmt: skip
def review_due(review_on: date, today: date) -> bool:
    """Whether the day has come on which a suspended case, or one whose party cannot be reached, is looked
    at."""
    return today >= review_on


@deadline(
    "mediator_register", zh="调解员名册到期", en="a place in the register of mediators ends",
    counted="calendar days", since="the end of the entry", effect="on the keeper's worklist before it",
    settings=("REGISTER_WARN_DAYS",), law=("PM-13/14",),
)  # fmt: skip
def register_ends_soon(valid_to: date, today: date, days: int) -> bool:
    """Whether an entry of the register ends within `days` (or has ended)."""
    return valid_to <= today + timedelta(days=days)


def is_over(due_at: datetime | None, now: datetime) -> bool:
    """The one comparison. A clock that does not run is never over."""
    return ran_out(due_at, now)


@dataclass(frozen=True, slots=True)
class Window:
    """Thirty days in which a court may be asked. Warned by `last_day` (over at `due_at`); where that is a
    legal holiday, the day it moves to is `moved_day` (closed at `closes_at`), as information."""

    last_day: date
    due_at: datetime
    moved_day: date
    closes_at: datetime
    provisional: bool


@deadline(
    "confirmation", zh="司法确认期限", en="ask a court to confirm the agreement", length="30",
    counted="calendar days; a last day on a legal holiday moves (民法典 201-203)",
    since="the stated day of effect", effect="warned by the earlier day; both together, or expired",
    law=("PM-33",),
)  # fmt: skip
@law("PM-33")
def confirmation_window(effective_on: date, *, calendar: WorkCalendar) -> Window:
    """Both parties together, within 30 days of the day of effect, which is not counted."""
    last = effective_on + timedelta(days=CONFIRMATION_DAYS)
    moved = calendar.next_working_day(last)
    return Window(last, day_end(last), moved.day, day_end(moved.day), moved.provisional)


@deadline(
    "confirmation_reminder", zh="司法确认提醒", en="the centre is reminded of the confirmation",
    counted="calendar days", since="the stated day of effect",
    effect="on the centre's worklist; parties only if every one wants it, in allowed hours", law=("PM-33",),
    settings=("CONFIRMATION_REMINDER_DAYS",),
)  # fmt: skip
def reminder_days(effective_on: date, days: Sequence[int]) -> list[date]:
    """The days on which the centre is reminded."""
    return [effective_on + timedelta(days=number) for number in sorted(set(days))]


@deadline(
    "confirmation_court", zh="法院审查期限", en="the court decides on the confirmation", length="30",
    counted="calendar days", since="the filing", effect="information: the court's own time, it may be longer",
    law=("PM-33c",),
)  # fmt: skip
@law("PM-33c")
def court_decides_by(filed_on: date) -> date:
    return filed_on + timedelta(days=COURT_DAYS)


@deadline(
    "obligation", zh="履行期限", en="an obligation is due", counted="the date agreed", since="the agreement",
    effect="due, then overdue, once each, on the centre's worklist", law=("PM-31",),
)  # fmt: skip
@law("PM-31")
def performance_due(due_on: date) -> tuple[datetime, datetime]:
    """When it falls due (00:00 of the day) and from when it is overdue (24:00)."""
    return day_start(due_on), day_end(due_on)


@deadline(
    "follow_up", zh="回访", en="a follow-up is due", counted="calendar days",
    since="the day an obligation is due; where nothing is, the day of effect",
    effect="on the centre's worklist; a decline ends all", law=("PM-FU",),
    settings=("FOLLOW_UP_DAYS", "FOLLOW_UP_NOTHING_DUE_DAYS"),
)  # fmt: skip
@law("PM-FU")
def follow_up_days(
    effective_on: date, due_days: Iterable[date], *, after: Sequence[int], nothing_due: int
) -> list[date]:
    """The days of follow-up: so many days after each due day; with nothing due once, after effect."""
    known = set(due_days)
    if not known:
        return [effective_on + timedelta(days=nothing_due)]
    return sorted({day + timedelta(days=number) for day in known for number in after})


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
        "PM-33": ("司法确认期限", "ask a court to confirm it"),
    }
)

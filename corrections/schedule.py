"""From a plan's frequency to due contacts: slots, windows, quiet hours, working days, the cap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from corrections.codes import Period
from corrections.term import add_months
from kernel import clock
from kernel.calendar import WorkCalendar
from kernel.codes.law import ContactForm
from kernel.law import law

WEEK_DAYS = 7
_MONTH_SHORTEST = 28
_A_YEAR = {Period.WEEK: 52, Period.MONTH: 12}


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local hours `[start, end)` in which nobody calls or comes; over midnight when `start` is the later."""

    start: time
    end: time

    @property
    def hours(self) -> float:
        minutes = (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute
        return minutes % (24 * 60) / 60

    @law("CCL-34a")
    def covers(self, at: datetime) -> bool:
        local = at.astimezone(clock.TZ).time()
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end

    def first_moment(self, day: date) -> datetime:
        """The first moment of a local day that is not quiet."""
        if self.covers(clock.day_start(day)):
            return datetime.combine(day, self.end, clock.TZ).astimezone(clock.day_start(day).tzinfo)
        return clock.day_start(day)


@dataclass(frozen=True, slots=True)
class Frequency:
    """One line of a plan: `least` contacts of this form in each period, and never more than `most`."""

    form: ContactForm
    period: Period
    least: int
    most: int
    window_days: int


@dataclass(frozen=True, slots=True)
class DueWindow:
    """One contact that will be due. `slot` is its number within the line: a plan always gives the same."""

    slot: int
    open_day: date
    due_day: date
    opens_at: datetime
    due_at: datetime
    grace_until: datetime
    provisional: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What all lines of a plan share. `ends_on` is the last day of the term."""

    starts_on: date
    ends_on: date
    quiet: Quiet
    grace_days: int
    calendar: WorkCalendar


@law("CCL-1", "CCL-34a", "CCM-23")
def plan_gaps(
    lines: Sequence[Frequency], quiet: Quiet, *, help_measures: int, quiet_hours_least: float
) -> list[str]:
    """Codes of what a plan lacks; empty when it may be put in force."""
    gaps = []
    if not lines:
        gaps.append("plan_without_contacts")
    if help_measures == 0:
        gaps.append("plan_without_help")
    if quiet.hours < quiet_hours_least:
        gaps.append("quiet_hours_too_short")
    if any(not 1 <= line.least <= line.most for line in lines):
        gaps.append("frequency_without_cap")
    if any(line.least > shortest_period(line.period) for line in lines):
        gaps.append("frequency_too_dense")
    if len({line.form for line in lines}) < len(lines):
        gaps.append("form_planned_twice")
    return gaps


def classes_of(text: str) -> dict[str, str]:
    """`"strict=严管 general=普管"` → name by code; what is no pair is no class."""
    return dict(part.split("=", 1) for part in text.split() if "=" in part)


@law("CCL-34a", "CCL-61")
def stricter(
    former: Sequence[Frequency], new: Sequence[Frequency], *, quiet: Quiet, new_quiet: Quiet
) -> bool:
    """Whether a plan asks more of a person than the one before: a form that was not there, more contacts in a
    year (least or most), or fewer quiet hours."""
    before = {line.form: line for line in former}
    return new_quiet.hours < quiet.hours or any(
        line.form not in before or _more(line, before[line.form]) for line in new
    )


def _more(line: Frequency, former: Frequency) -> bool:
    times, times_before = _A_YEAR[line.period], _A_YEAR[former.period]
    return line.least * times > former.least * times_before or line.most * times > former.most * times_before


def shortest_period(period: Period) -> int:
    return WEEK_DAYS if period == Period.WEEK else _MONTH_SHORTEST


def period_start(line: Frequency, starts_on: date, number: int) -> date:
    """The first day of the line's `number`-th period. They run from the plan's first day: none is partial."""
    if line.period == Period.WEEK:
        return starts_on + timedelta(days=WEEK_DAYS * number)
    return add_months(starts_on, number)


def period_of(line: Frequency, starts_on: date, day: date) -> tuple[date, date]:
    """The period `[first, after)` of the line in which `day` lies."""
    number = 0
    while period_start(line, starts_on, number + 1) <= day:
        number += 1
    return period_start(line, starts_on, number), period_start(line, starts_on, number + 1)


@law("CCM-24a")
def windows(line: Frequency, frame: Frame, *, through: date) -> Iterator[DueWindow]:
    """The line's contacts that open up to `through`, from the plan's first day, in order.

    Nothing is due after the term's last day. A report at the office that falls on a day off moves to the next
    working day, never to an earlier one.
    """
    number = 0
    while (first := period_start(line, frame.starts_on, number)) <= min(through, frame.ends_on):
        days = (period_start(line, frame.starts_on, number + 1) - first).days
        for part in range(line.least):
            start = first + timedelta(days=days * part // line.least)
            end = first + timedelta(days=days * (part + 1) // line.least - 1)
            window = _window(line, frame, number * line.least + part, start, end)
            if window.due_day <= frame.ends_on and window.open_day <= through:
                yield window
        number += 1


def _window(line: Frequency, frame: Frame, slot: int, start: date, end: date) -> DueWindow:
    open_day = max(start, end - timedelta(days=line.window_days - 1))
    return window_between(line.form, frame, slot, open_day, end)


def window_between(form: ContactForm, frame: Frame, slot: int, open_day: date, last_day: date) -> DueWindow:
    """The window of a contact that may be made from `open_day` to `last_day`, both included."""
    due_day, provisional = last_day, False
    if form == ContactForm.OFFICE_REPORT:
        moved = frame.calendar.next_working_day(last_day)
        due_day, provisional = moved.day, moved.provisional
    return DueWindow(
        slot=slot,
        open_day=open_day,
        due_day=due_day,
        opens_at=frame.quiet.first_moment(open_day),
        due_at=clock.day_end(due_day),
        grace_until=clock.day_end(due_day + timedelta(days=frame.grace_days)),
        provisional=provisional,
    )


@law("CCL-34a", "CCM-23")
def over_cap(line: Frequency, starts_on: date, day: date, due_days: Sequence[date]) -> bool:
    """Whether one more contact due on `day` would exceed the line's most in its period."""
    first, after = period_of(line, starts_on, day)
    return sum(first <= due < after for due in due_days) >= line.most

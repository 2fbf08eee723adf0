"""The clocks that the law sets on the way to a channel, as information with their source. Plain Python.

Nothing here ever says "too late": that is for the channel to say.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kernel.calendar import WorkCalendar
from kernel.deadlines import deadline
from kernel.law import law
from mediation.channels.router import LABOUR, Matter
from mediation.channels.table import TABLE, Channel

URGENT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Clock:
    """A term as the law has it. Who warns, warns by `last_day`; `moved_day` is where a last day on a day off
    moves to (the same where it does not)."""

    law: str
    zh: str
    en: str
    last_day: date
    moved_day: date
    provisional: bool = False


def _days(source: str, zh: str, en: str, last: date, calendar: WorkCalendar, *, moves: bool = True) -> Clock:
    moved = calendar.next_working_day(last)
    return Clock(source, zh, en, last, moved.day if moves else last, provisional=moves and moved.provisional)


@deadline(
    "review_apply", zh="申请行政复议", en="apply for review", length="60", counted="calendar days",
    since="the day one knew of the act", effect="information; a last day on a day off moves", law=("AR-20",),
)  # fmt: skip
@law("AR-20")
def review_apply(known_on: date, calendar: WorkCalendar) -> Clock:
    return _days("AR-20", "申请行政复议", "apply for review", known_on + timedelta(days=60), calendar)


@deadline(
    "labour_arb", zh="申请劳动仲裁", en="apply for labour arbitration", length="1 year", counted="calendar",
    since="the day one knew", effect="information; a last day on a day off moves", law=("LB-27",),
)  # fmt: skip
@law("LB-27")
def labour_apply(known_on: date, calendar: WorkCalendar) -> Clock:
    return _days("LB-27", "申请劳动仲裁", "apply for labour arbitration", _a_year_on(known_on), calendar)


def _a_year_on(day: date) -> date:
    """The same day of the next year; the last of February where there is none (Civil Code 202)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


@deadline(
    "referral_answer", zh="转介答复", en="a channel answers",
    length="5 working days (review), 5 (arbitration), 7 (legal aid), 15 working days (notary), 15 (petition)",
    counted="calendar days, working days where the channel counts so", since="the channel received it",
    effect="a flag on the referral", law=("AR-30/31", "AB-35", "LB-27", "LA-43", "NO-30", "PT-22/34/35/36"),
    settings=("COURT_ANSWER_DAYS",),
)  # fmt: skip
@law("AR-30/31", "AB-35", "LB-27", "LA-43", "NO-30", "PT-22/34/35/36", "AR-87/88")
def answer_by(channel: str, received_on: date, calendar: WorkCalendar, *, court_days: int) -> Clock:
    """By when a channel says whether it takes the matter. `court_days` is the district's setting."""
    answer = TABLE[Channel(channel)].answer
    days = court_days if answer.days is None else answer.days
    if answer.working:
        due = calendar.add_working_days(received_on, days)
        return Clock(answer.law, "答复", "answers", due.day, due.day, due.provisional)
    return _days(answer.law, "答复", "answers", received_on + timedelta(days=days), calendar)


def clocks(matter: Matter, known_on: date | None, calendar: WorkCalendar) -> list[Clock]:
    """The terms that run for a party who knew of the matter on a day."""
    if known_on is None:
        return []
    found = []
    if matter.act_of_organ and not matter.organ_mediated:
        found.append(review_apply(known_on, calendar))
    if matter.category in LABOUR:
        found.append(labour_apply(known_on, calendar))
    return found


@law("LA-44")
def urgent(running: list[Clock], today: date) -> bool:
    """Legal aid helps first when a term ends in less than seven days. One that has ended by our count is
    urgent as well: that is not for us to say."""
    return any(soon(clock.last_day, today) for clock in running)


@law("LA-44")
def soon(last_day: date, today: date) -> bool:
    return last_day < urgent_before(today)


def urgent_before(today: date) -> date:
    """A last day before this one is urgent."""
    return today + timedelta(days=URGENT_DAYS)

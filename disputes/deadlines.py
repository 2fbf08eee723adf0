"""What falls due in a dispute by itself, one pure function each. Days are local days of Asia/Shanghai."""

from datetime import date, datetime, timedelta

from kernel.clock import day_end
from kernel.deadlines import deadline


@deadline(
    "danger_unread", zh="紧急情况未读升级", en="unread danger is called up", counted="minutes",
    since="arrival of the record, then the call-up before", effect="duty officer, then deputy",
    law=("PS-6",), settings=("DANGER_OPEN_MIN",),
)  # fmt: skip
def danger_due(since: datetime, minutes: int) -> datetime:
    """When the next is called up for a danger that nobody at the centre has opened."""
    return since + timedelta(minutes=minutes)


@deadline(
    "old_sign", zh="旧情况", en="an old sign", counted="hours", since="when it happened",
    effect="check by phone today, in place of at once", law=("PS-6",), settings=("DANGER_OLD_H",),
)  # fmt: skip
def is_old_sign(occurred_at: datetime, received_at: datetime, after: timedelta) -> bool:
    """Whether a sign is older on arrival than `after`."""
    return received_at - occurred_at > after


@deadline(
    "colour", zh="颜色有效期", en="a colour ends", counted="days of 24 h", since="when a person set it",
    effect="falls to none", law=("C-13", "EF-7"), settings=("COLOUR_DAYS",),
)  # fmt: skip
def colour_until(set_at: datetime, days: int) -> datetime:
    return set_at + timedelta(days=days)


@deadline(
    "colour_suggestion", zh="建议颜色失效", en="a suggested colour dies", counted="hours",
    since="the record that suggested it", effect="it was none", law=("EF-7",),
    settings=("COLOUR_SUGGESTION_H",),
)  # fmt: skip
def suggestion_until(suggested_at: datetime, hours: int) -> datetime:
    return suggested_at + timedelta(hours=hours)


@deadline(
    "watch", zh="关注期限", en="a watch ends", counted="calendar days", since="the day it was made",
    effect="what nobody took up was no dispute", settings=("SCREENING_WATCH_DAYS",),
)  # fmt: skip
def watch_last_day(made_on: date, days: int) -> date:
    """The last day for which a watch may be set, or be extended to, once."""
    return made_on + timedelta(days=days)


def watch_due(watch_until: date) -> datetime:
    """The first instant after a watch: 24:00 of its last day."""
    return day_end(watch_until)


@deadline(
    "suspension_review", zh="中止复查", en="a suspension is reviewed", counted="calendar days",
    since="the review date that was set", effect="on the worklist from that day on; clocks stay still",
)  # fmt: skip
def review_due(review_on: date, today: date) -> bool:
    """Whether the day has come on which a suspended dispute is looked at."""
    return today >= review_on

"""The clocks of a report as pure functions."""

from datetime import date, datetime, timedelta

from kernel.calendar import WorkCalendar
from kernel.clock import day_end, local_day
from kernel.deadlines import deadline
from kernel.law import law


@law("PS-1", "PS-2")
@deadline(
    "report_second", zh="第二人审核时限", en="the second person of a report answers", counted="minutes",
    since="the proposal, then the deputy's call", effect="the deputy; then it may go out as pending",
    law=("PS-1", "PS-2"), settings=("REPORT_SECOND_MIN",),
)  # fmt: skip
def second_due(since: datetime, *, minutes: int) -> datetime:
    """When the next one is asked."""
    return since + timedelta(minutes=minutes)


@deadline(
    "report_receipt", zh="签收时限", en="the police receive a report", counted="minutes", since="it was sent",
    effect="somebody calls, and logs the call", law=("PS-1",), settings=("REPORT_RECEIPT_MIN",),
)  # fmt: skip
def receipt_due(sent_at: datetime, *, minutes: int) -> datetime:
    """When a call is owed."""
    return sent_at + timedelta(minutes=minutes)


@law("PS-3", "PS-4", "PS-6")
@deadline(
    "report_review", zh="事后复核时限", en="what went at once is reviewed", length="the next working day",
    counted="working days", since="the day it was sent", effect="on the worklist as overdue",
    law=("PS-3", "PS-4", "PS-6"),
)  # fmt: skip
def review_due(sent_at: datetime, calendar: WorkCalendar) -> tuple[date, datetime]:
    """The day of the review and 24:00 of it."""
    day = calendar.add_working_days(local_day(sent_at), 1).day
    return day, day_end(day)


@deadline(
    "report_appeal", zh="申诉决定时限", en="a declined report is decided on", counted="hours",
    since="the author went to the director or the agency's head", effect="on the worklist as overdue",
    law=("PS-1",), settings=("REPORT_APPEAL_H",),
)  # fmt: skip
def decision_due(appealed_at: datetime, *, hours: int) -> datetime:
    return appealed_at + timedelta(hours=hours)

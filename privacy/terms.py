"""The time limits of privacy as pure functions."""

from datetime import date, datetime, timedelta

from kernel.calendar import WorkCalendar
from kernel.clock import day_end
from kernel.deadlines import deadline
from kernel.law import law

SHARE_DAYS_LEAST = 1096
"""Three years with a leap day: the law's minimum, which no setting undercuts."""


@law("ND-12")
@deadline(
    "share_log", zh="提供记录保存期限", en="a row of the share log is kept", length="3 years at least",
    counted="calendar days", since="the day it was given", effect="may be removed by the owner",
    law=("ND-12",), settings=("SHARE_LOG_DAYS",),
)  # fmt: skip
def share_kept_until(day: date, *, days: int) -> date:
    """The last day on which the row must still stand."""
    return day + timedelta(days=max(days, SHARE_DAYS_LEAST))


@law("PI-19/47")
@deadline(
    "retention", zh="保存期限", en="a record's retention", counted="calendar days", since="the day it ended",
    effect="it comes onto a list of what is destroyed", law=("PI-19/47",),
    settings=(
        "CORRECTION_KEEP_DAYS", "ASSESSMENT_KEEP_DAYS", "COMPLAINT_KEEP_DAYS", "DISPUTE_KEEP_DAYS",
        "DOSSIER_SHORT_DAYS", "DOSSIER_LONG_DAYS", "DOSSIER_PERMANENT_DAYS", "REPORT_KEEP_DAYS",
    ),
)  # fmt: skip
def retention_until(ended_on: date, *, days: int) -> date:
    """The last day on which the record is kept."""
    return ended_on + timedelta(days=days)


@law("PI-19/47")
@deadline(
    "restrict", zh="限制处理", en="an ended record is restricted", length="at once for corrections",
    counted="calendar days", since="the day it ended", effect="in no list, search, count or phone any more",
    law=("PI-19/47",),
    settings=(
        "ASSESSMENT_RESTRICT_DAYS", "COMPLAINT_RESTRICT_DAYS", "DISPUTE_RESTRICT_DAYS",
        "REPORT_RESTRICT_DAYS",
    ),
)  # fmt: skip
def restrict_on(ended_on: date, *, days: int) -> date:
    """The first day on which it is restricted: the day after the last, or later by the class's setting."""
    return ended_on + timedelta(days=days + 1)


@law("MI-SEAL")
@deadline(
    "seal", zh="封存期限", en="a record that is to be sealed is sealed", counted="calendar days",
    since="the day it ended", effect="sealed by the job, if nobody did before", law=("MI-SEAL",),
    settings=("SEAL_DAYS",),
)  # fmt: skip
def seal_due(ended_on: date, *, days: int) -> datetime:
    """24:00 of the last day for sealing."""
    return day_end(ended_on + timedelta(days=days))


@law("MI-SEAL")
@deadline(
    "lawful_query", zh="启封查询时限", en="a sealed file is open for a lawful query", counted="minutes",
    since="both halves were given", effect="closed again", law=("MI-SEAL",), settings=("SEAL_OPEN_MIN",),
)  # fmt: skip
def query_until(opened_at: datetime, *, minutes: int) -> datetime:
    """The first instant at which it is closed again."""
    return opened_at + timedelta(minutes=minutes)


@law("PI-45/46/50")
@deadline(
    "person_request", zh="个人信息请求答复期限", en="a person's request is answered", counted="working days",
    since="the paper's date", effect="on the office's list as overdue", law=("PI-45/46/50",),
    settings=("PERSON_REQUEST_WORKING_DAYS",),
)  # fmt: skip
def request_due(received_on: date, *, working_days: int, calendar: WorkCalendar) -> tuple[date, datetime]:
    """The last day, and 24:00 of it."""
    day = calendar.add_working_days(received_on, working_days).day
    return day, day_end(day)


@law("PI-57")
@deadline(
    "incident_told", zh="泄露事件报告期限", en="the authority knows of an incident", counted="hours",
    since="it was noticed", effect="on the list as overdue", law=("PI-57",), settings=("INCIDENT_TELL_H",),
)  # fmt: skip
def incident_due(noticed_at: datetime, *, hours: int) -> datetime:
    return noticed_at + timedelta(hours=hours)


@deadline(
    "broken_glass", zh="紧急查阅时限", en="what was opened in an emergency closes", counted="minutes",
    since="it was opened", effect="closed again; a second person looks at it", law=("PI-51",),
    settings=("BREAK_GLASS_MIN",),
)  # fmt: skip
def glass_until(at: datetime, *, minutes: int) -> datetime:
    return at + timedelta(minutes=minutes)

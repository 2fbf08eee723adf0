"""Clocks of reception, and of courts and organs: those are information, never the person's lateness."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from corrections.reception_codes import CheckItem
from kernel.calendar import DueDay, WorkCalendar
from kernel.deadlines import deadline
from kernel.law import law

CONFIRMERS = 2


@deadline(
    "organ_notice", zh="决定机关通知", en="the deciding organ notifies the agency", counted="calendar days",
    length="5", since="effect of the judgment", effect="shown as the organ's lateness", law=("CCL-20",),
)  # fmt: skip
@law("CCL-20")
def organ_notice_due(effective_on: date) -> date:
    return effective_on + timedelta(days=5)


@deadline(
    "organ_service", zh="决定机关送达文书", en="the deciding organ serves the documents",
    counted="calendar days", length="10", since="effect of the judgment",
    effect="shown as the organ's lateness", law=("CCL-20",),
)  # fmt: skip
@law("CCL-20")
def organ_service_due(effective_on: date) -> date:
    return effective_on + timedelta(days=10)


@deadline(
    "receipt", zh="送达回执", en="the receipt goes back", counted="calendar days", since="documents arrived",
    effect="on the worklist", law=("CCM-16",), settings=("RECEIPT_DAYS",),
)  # fmt: skip
@law("CCM-16")
def receipt_due(documents_on: date, days: int) -> date:
    return documents_on + timedelta(days=days)


@deadline(
    "assessment", zh="调查评估", en="a pre-sentence assessment is sent", counted="working days",
    since="the commission arrived", effect="on the worklist", law=("CCM-14",),
    settings=("ASSESSMENT_WORKING_DAYS", "ASSESSMENT_FAST_WORKING_DAYS"),
)  # fmt: skip
@law("CCM-14")
def assessment_due(commissioned_on: date, working_days: int, calendar: WorkCalendar) -> DueDay:
    """The last day; fewer working days for the fast track are another setting."""
    return calendar.add_working_days(commissioned_on, working_days)


@deadline(
    "court_ruling", zh="法院裁定", en="a court rules on a proposal", counted="calendar days", length="30",
    since="the court received the proposal", effect="information; the court's clock, nobody else's",
    law=("CCL-33", "CCL-46/48", "CCL-49"),
)  # fmt: skip
@law("CCL-33", "CCL-46/48", "CCL-49")
def court_ruling_due(received_on: date) -> date:
    """Commutation, revocation and imprisonment: the same thirty days."""
    return received_on + timedelta(days=30)


@deadline(
    "court_arrest", zh="法院决定逮捕", en="a court decides on arrest", counted="hours", length="48",
    since="the court was asked", effect="information", law=("CCL-47",),
)  # fmt: skip
@law("CCL-47")
def court_arrest_due(asked_at: datetime) -> datetime:
    return asked_at + timedelta(hours=48)


@deadline(
    "court_custody", zh="逮捕羁押期限", en="custody after such an arrest ends", counted="calendar days",
    length="30", since="the arrest", effect="information", law=("CCL-47",),
)  # fmt: skip
@law("CCL-47")
def court_custody_until(arrested_on: date) -> date:
    """The last day of custody."""
    return arrested_on + timedelta(days=30)


@deadline(
    "end_confirmed", zh="期满日期核对", en="two officers confirm the last day", counted="calendar days",
    since="the last day, backwards", effect="on the worklist until both have", settings=("END_CONFIRM_DAYS",),
    law=("CCL-44",),
)  # fmt: skip
def confirm_end_from(ends_on: date, days: int) -> date:
    """From which day on the coming end is confirmed once more."""
    return ends_on - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class OrganClock:
    """One clock of an order: who owes it, by when, when it was done, and how many days after."""

    key: str
    owed_by: str
    due_on: date
    done_on: date | None
    late_days: int


@law("CCL-20", "CCL-21", "CCM-16")
def order_clocks(
    effective_on: date,
    report_in: tuple[date, str, date | None],
    dates: Mapping[str, date],
    today: date,
    receipt_days: int,
) -> list[OrganClock]:
    """The clocks of one order. Lateness is of whoever owes it: the organ's notice and service never count
    against the person. `report_in`: by when, owed by whom, done on which day."""
    owed = [
        ("notice", "organ", organ_notice_due(effective_on), dates.get("notified")),
        ("service", "organ", organ_service_due(effective_on), dates.get("documents")),
        ("report_in", report_in[1], report_in[0], report_in[2]),
    ]
    if "documents" in dates:
        due_on = receipt_due(dates["documents"], receipt_days)
        owed.append(("receipt", "agency", due_on, dates.get("receipt")))
    return [OrganClock(key, who, due, done, late_days(due, done, today)) for key, who, due, done in owed]


def late_days(due_on: date, done_on: date | None, today: date) -> int:
    """Days after a due day, 0 when in time."""
    return max(0, ((done_on or today) - due_on).days)


@law("CCL-22")
def reception_gaps(done: set[str]) -> list[str]:
    """The items of a reception that are not there yet, in their order."""
    return [item.value for item in CheckItem if item.value not in done]

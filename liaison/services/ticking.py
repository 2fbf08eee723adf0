"""What a report's clocks do: the deputy is asked, silence is noted, a call is owed. Nothing is sent by it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from audit.services import record
from edge.conf import setting
from kernel.actor import SYSTEM
from kernel.law import law
from liaison.access import ASKED
from liaison.machine import ReportState
from liaison.models import Report


@law("PS-1", "PS-2")
@transaction.atomic
def second_asked_on(report_id: UUID, now: datetime) -> int:
    """The duty officer did not answer: the deputy is asked; the deputy neither: it may go out as pending."""
    rows = Report.objects.filter(pk=report_id, state=ReportState.PROPOSED, second_due_at__lte=now)
    report = rows.select_for_update().first()
    if report is None or report.second_due_at is None:
        return 0
    step = report.second_step + 1
    more = timedelta(minutes=setting("REPORT_SECOND_MIN"))
    due = report.second_due_at + more if step < len(ASKED) else None
    rows.update(second_step=step, second_due_at=due)
    _told(report, "second_silent" if due is None else "deputy_asked")
    return 1


@law("PS-1")
@transaction.atomic
def call_owed(report_id: UUID, now: datetime) -> int:
    """Nobody has received it: somebody has to call."""
    rows = Report.objects.filter(pk=report_id, receipt_due_at__lte=now, received_at__isnull=True)
    changed = rows.update(call_owed_at=F("receipt_due_at"), receipt_due_at=None)
    if changed:
        _told(Report.objects.get(pk=report_id), "call_owed")
    return changed


def _told(report: Report, what: str) -> None:
    record(
        actor=SYSTEM, event=f"report.{what}", subject_kind="report", subject_id=report.pk,
        detail={"ground": report.ground},
    )  # fmt: skip

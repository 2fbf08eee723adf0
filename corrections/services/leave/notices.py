"""Dated facts beside a leave: each is due, has its task, and is done on a stated day."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.leave import notice_due
from corrections.leave_codes import NoticeKind
from corrections.models import Leave, LeaveNotice
from corrections.services.acts import sealed
from corrections.services.found import require_staff
from corrections.services.giving import LEAVE_NOTICES, given_out
from corrections.services.leave.found import leave_locked, said_on
from edge.conf import setting
from kernel import clock
from kernel.actor import Actor
from kernel.clock import day_end
from kernel.codes.roles import Role
from kernel.law import law
from kernel.problems import Problem
from tasks.codes import TaskKind
from tasks.services import About, task_create, tasks_cancel_for, tasks_done_for

KIND = "leave_notice"
_DAYS = {
    NoticeKind.TELL_PERSON: "LEAVE_TELL_DAYS",
    NoticeKind.PAPERS: "LEAVE_PAPERS_DAYS",
}
# Who does it: what the agency sends is the agency's, everything else the station's.
_AGENCYS = frozenset({NoticeKind.PROCURATORATE, NoticeKind.DESTINATION})


def notices_open(actor: Actor, leave: Leave, kinds: Iterable[NoticeKind], since: date) -> None:
    """Make what is due after a decision, each with its task at the station or the agency."""
    for kind in kinds:
        due_on = notice_due(since, setting(_DAYS.get(kind, "LEAVE_FILING_DAYS")))
        row = LeaveNotice.objects.create(leave=leave, kind=kind, due_on=due_on, created_at=clock.now())
        agencys = kind in _AGENCYS
        task_create(
            actor=actor, kind=TaskKind.NOTIFY, about=About(KIND, row.id),
            role=Role.AGENCY_OFFICER if agencys else Role.STATION_OFFICER,
            organisation_id=leave.subject.agency_id if agencys else leave.subject.station_id,
            due_at=day_end(due_on),
        )  # fmt: skip


@law("CCM-27c", "CCM-28")
@transaction.atomic
def notice_done(
    *, actor: Actor, leave_id: UUID, notice_id: UUID, done_on: date, document_no: str = "", note: str = ""
) -> LeaveNotice:
    """State that a notice went out, with its day. Its task is done with it. Twice is no fault."""
    leave = leave_locked(actor, leave_id)
    row = LeaveNotice.objects.select_for_update().filter(id=notice_id, leave=leave).first()
    if row is None:
        raise Problem("invalid", fields={"notice": ["not found"]})
    if row.done_on is not None:
        return row
    if row.kind == NoticeKind.PROCURATORATE and not document_no:
        raise Problem("reason_required", fields={"document_no": ["required"]})
    row.done_on = said_on(done_on, not_before=leave.applied_on, field="done_on")
    row.document_no, row.note = document_no, sealed(LeaveNotice, "note", row.id, note, leave.subject.key_id)
    row.recorded_by_id, row.recorded_at, row.dropped = require_staff(actor), clock.now(), False
    row.save()
    tasks_done_for(actor=actor, subject_kind=KIND, subject_id=row.id)
    record(actor=actor, event="leave.notice_done", subject_kind="leave", subject_id=leave.id, reason=row.kind)
    if row.kind in LEAVE_NOTICES:
        given_out(actor, leave.id, LEAVE_NOTICES[row.kind])
    return row


def notices_drop(actor: Actor, leave: Leave, reason: str, *, keep: Iterable[NoticeKind] = ()) -> None:
    """What waits is not needed any more: the leave was withdrawn, or the term is over."""
    rows = LeaveNotice.objects.filter(leave=leave, done_on__isnull=True, dropped=False)
    for row in rows.exclude(kind__in=list(keep)):
        row.dropped = True
        row.save(update_fields=["dropped"])
        tasks_cancel_for(actor=actor, subject_kind=KIND, subject_id=row.id, reason=reason)

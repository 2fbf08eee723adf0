"""A leave is asked for: written down, handed in, verified, sent back for papers, taken back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.leave import LEAVE
from corrections.leave_codes import LeaveReason, NoticeKind
from corrections.models import Leave, Subject
from corrections.selectors import last_step
from corrections.services.acts import Said, move, sealed
from corrections.services.found import require_staff, subject_locked
from corrections.services.leave.found import leave_locked, said_on, within_term
from corrections.services.leave.notices import notices_drop, notices_open
from corrections.services.leave.routing import needs_leave
from edge.encryption import reveal
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem

DAYS_MAX = 366


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    """What the person asks for. `destination_code` is the county-level code; `applied_on` the paper's day."""

    reason: LeaveReason
    destination: str
    destination_code: str
    first_day: date
    last_day: date
    reason_text: str = ""
    proof: str = ""
    applied_on: date | None = None


@law("CCM-26a", "CCM-26b")
@transaction.atomic
def leave_ask(*, actor: Actor, subject_id: UUID, asked: LeaveAsked) -> Leave:
    """Write a leave down as a draft. Problem `leave_not_needed` for a place inside the leave area: nobody's
    approval is needed to go there."""
    return leave_written(actor, subject_locked(actor, subject_id), asked, emergency=False)


def leave_written(actor: Actor, subject: Subject, asked: LeaveAsked, *, emergency: bool) -> Leave:
    _check(subject, asked)
    pk = uuid7()
    leave = Leave.objects.create(
        id=pk, subject=subject, reason=asked.reason, emergency=emergency,
        reason_text=sealed(Leave, "reason_text", pk, asked.reason_text, subject.key_id),
        destination=sealed(Leave, "destination", pk, asked.destination, subject.key_id),
        proof=sealed(Leave, "proof", pk, asked.proof, subject.key_id),
        destination_code=asked.destination_code, applied_on=said_on(asked.applied_on, field="applied_on"),
        first_day=asked.first_day, last_day=asked.last_day, created_by_id=require_staff(actor),
        created_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="leave.drafted", subject_kind="leave", subject_id=pk)
    return leave


def _check(subject: Subject, asked: LeaveAsked) -> None:
    if not 0 <= (asked.last_day - asked.first_day).days < DAYS_MAX:
        raise Problem("invalid", fields={"last_day": ["before first_day, or more than a year"]})
    if asked.reason == LeaveReason.OTHER and not asked.reason_text:
        raise Problem("reason_required", fields={"reason_text": ["required"]})
    within_term(subject, asked.last_day)
    if not needs_leave(subject, asked.destination_code, asked.first_day):
        raise Problem("leave_not_needed", fields={"destination_code": ["inside the leave area"]})


@transaction.atomic
def leave_submit(*, actor: Actor, leave_id: UUID) -> Leave:
    """The application is handed in; also again, with the papers that were missing. Twice is no fault."""
    return _step(actor, leave_id, "submit")


@transaction.atomic
def leave_verify(*, actor: Actor, leave_id: UUID, text: str = "") -> Leave:
    """Somebody has begun to verify the papers, or says what was found (`text`), at once or later. Twice is no
    fault."""
    leave = leave_locked(actor, leave_id)
    if not LEAVE.already_done(leave.state, "verify") or text not in ("", _verified(leave)):
        move(actor, leave, LEAVE, "verify", Said(text))
    return leave


def _verified(leave: Leave) -> str | None:
    """What was found at the newest step of the verification."""
    step = last_step(leave, "verify")
    return reveal(step, "reason") if step else None


@law("CCL-27a")
@transaction.atomic
def leave_return_papers(*, actor: Actor, leave_id: UUID, text: str) -> Leave:
    """Send it back for papers, saying which; the person is told."""
    if not text:
        raise Problem("reason_required", fields={"text": ["required"]})
    leave = _step(actor, leave_id, "return_papers", text)
    notices_open(actor, leave, [NoticeKind.TELL_PERSON], clock.today())
    return leave


@transaction.atomic
def leave_withdraw(*, actor: Actor, leave_id: UUID, text: str = "") -> Leave:
    """The person takes the application back. Twice is no fault."""
    leave = _step(actor, leave_id, "withdraw", text)
    notices_drop(actor, leave, "withdrawn")
    return leave


def _step(actor: Actor, leave_id: UUID, event: str, text: str = "") -> Leave:
    leave = leave_locked(actor, leave_id)
    if not LEAVE.already_done(leave.state, event):
        move(actor, leave, LEAVE, event, Said(text))
    return leave

"""Permission to enter a place that an injunction closes (CCM-39): the agency's, with its day, its document
and two who are told."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.complaints import Burden
from corrections.entry import ENTRY, OPEN, EntryTold, told_due
from corrections.machine import AGENCY
from corrections.models import EntryNotice, EntryPermission, Limit, Subject
from corrections.reception_codes import LimitKind
from corrections.services.acts import Said, move, not_after_today, of_term
from corrections.services.found import require_staff, row_locked, subject_locked
from corrections.services.giving import ENTRY_TOLD, given_out
from corrections.services.guarding import burden_guard
from edge.conf import setting
from edge.encryption import seal_value
from edge.repeats import made_before
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class EntryAsked:
    """The application: beside which injunction, where to, why, from which day to which."""

    limit_id: UUID
    place: str
    reason: str
    first_day: date
    last_day: date
    applied_on: date


@law("CCM-39")
@transaction.atomic
def entry_ask(
    *, actor: Actor, subject_id: UUID, asked: EntryAsked, id: UUID | None = None
) -> EntryPermission:
    """Write an application down. Problem `entry_needs_injunction` for anything but one that holds on those
    days. `id`: the sender's own."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    subject, pk = subject_locked(actor, subject_id), id or uuid7()
    if known := made_before(EntryPermission, id, subject_id=subject.pk, entered_by_id=actor.person):
        return known
    _require_injunction(subject, asked)
    row = EntryPermission.objects.create(
        id=pk, subject=subject, limit_id=asked.limit_id, first_day=asked.first_day, last_day=asked.last_day,
        place=seal_value(EntryPermission, "place", pk, asked.place, subject.key_id),
        reason=seal_value(EntryPermission, "reason", pk, asked.reason, subject.key_id),
        applied_on=of_term("applied_on", asked.applied_on, subject), entered_by_id=require_staff(actor),
        entered_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="entry_permission.ask", subject_kind="entry_permission", subject_id=pk)
    return row


def _require_injunction(subject: Subject, asked: EntryAsked) -> None:
    if asked.last_day < asked.first_day or asked.last_day < clock.today():
        raise Problem("invalid", fields={"last_day": ["before first_day, or over"]})
    holding = Limit.objects.filter(
        subject=subject, kind=LimitKind.INJUNCTION, lifted_on=None, valid_from__lte=asked.first_day,
        valid_to__gte=asked.last_day,
    )  # fmt: skip
    if not holding.filter(id=asked.limit_id).exists():
        raise Problem("entry_needs_injunction")


def entry_locked(actor: Actor, entry_id: UUID) -> EntryPermission:
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    return row_locked(actor, EntryPermission.objects.all(), entry_id)


@law("CCM-39")
@transaction.atomic
def entry_approve(*, actor: Actor, entry_id: UUID, decided_on: date, document_no: str) -> EntryPermission:
    """Approve for the days that were asked for; court and procuratorate are to be told. Twice is no fault."""
    row = entry_locked(actor, entry_id)
    if ENTRY.already_done(row.state, "approve"):
        return row
    _since(row, decided_on)
    said = Said(on=not_after_today("decided_on", decided_on))
    move(
        actor, row, ENTRY, "approve", said, decided_on=decided_on, decided_by_id=require_staff(actor),
        document_no=document_no, tell_by=told_due(decided_on, setting("ENTRY_TELL_DAYS")),
    )  # fmt: skip
    return row


@law("CCM-39")
@transaction.atomic
def entry_refuse(*, actor: Actor, entry_id: UUID, decided_on: date, text: str) -> EntryPermission:
    """Refuse, with the reason in words. It burdens, so it passes the guard. Twice is no fault."""
    row = entry_locked(actor, entry_id)
    if ENTRY.already_done(row.state, "refuse"):
        return row
    _since(row, decided_on)
    said = Said(text, on=not_after_today("decided_on", decided_on))
    move(actor, row, ENTRY, "refuse", said, decided_on=decided_on, decided_by_id=require_staff(actor))
    burden_guard(actor, row.subject, Burden.ENTRY_REFUSED)
    return row


def _since(row: EntryPermission, day: date) -> None:
    if day < row.applied_on:
        raise Problem("invalid", fields={"decided_on": ["before the application"]})


@transaction.atomic
def entry_withdraw(*, actor: Actor, entry_id: UUID) -> EntryPermission:
    """The person takes the application back. Twice is no fault."""
    row = entry_locked(actor, entry_id)
    if not ENTRY.already_done(row.state, "withdraw"):
        move(actor, row, ENTRY, "withdraw", Said())
    return row


@transaction.atomic
def entry_revoke(*, actor: Actor, entry_id: UUID, text: str) -> EntryPermission:
    """Take an approval back, from now on, with the reason. It passes the guard. Twice is no fault."""
    row = entry_locked(actor, entry_id)
    if not ENTRY.already_done(row.state, "revoke"):
        move(actor, row, ENTRY, "revoke", Said(text))
        burden_guard(actor, row.subject, Burden.ENTRY_REFUSED)
    return row


@law("CCM-39")
@transaction.atomic
def entry_tell(
    *, actor: Actor, entry_id: UUID, recipient: EntryTold, told_on: date, document_no: str
) -> EntryPermission:
    """The court, or the procuratorate, was told of an approval, with day and document. Twice is no fault."""
    row = entry_locked(actor, entry_id)
    if row.decided_on is None or row.tell_by is None:
        raise Problem("transition_not_allowed", current=row.state)
    _since(row, told_on)
    _, made = EntryNotice.objects.get_or_create(
        entry=row, recipient=recipient,
        defaults={
            "told_on": not_after_today("told_on", told_on), "document_no": document_no,
            "recorded_by_id": require_staff(actor), "recorded_at": clock.now(),
        },
    )  # fmt: skip
    if made:
        record(
            actor=actor, event="entry_permission.told", subject_kind="entry_permission", subject_id=row.id,
            reason=recipient,
        )  # fmt: skip
        given_out(actor, row.id, ENTRY_TOLD[recipient])
    return row


@law("CCL-44")
def entries_lapse(subject: Subject, limit: Limit | None = None) -> None:
    """The term is over, or one injunction was lifted: nothing is permitted beside it any more."""
    rows = EntryPermission.objects.select_for_update().filter(subject=subject, state__in=OPEN)
    for row in rows if limit is None else rows.filter(limit=limit):
        row.subject = subject
        move(SYSTEM, row, ENTRY, "lapse", Said())

"""Detention suspends what is due (CCM-41): nothing is missed by somebody who is held, also when we hear of it
late."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from audit.services import record
from corrections import access
from corrections.codes import ContactState, ExcuseCode
from corrections.ends import DETAINED, DETENTION
from corrections.machine import WAITING
from corrections.medical import DUE as MEDICAL_DUE
from corrections.models import Detention, DueContact, MedicalReport, PositioningOrder, Subject
from corrections.positioning import IN_FORCE, ORDER, SuspendReason
from corrections.services.acts import Said, move
from corrections.services.found import require_staff, row_locked, subject_locked
from corrections.services.medical import medical_excuse_held
from corrections.services.spans import span_close
from corrections.services.steps import Change
from corrections.services.steps import move as contact_move
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.law import law
from kernel.problems import Problem
from sync.services import publish

EXCUSABLE = (*WAITING, ContactState.MISSED)


@law("CCM-41")
@transaction.atomic
def detention_record(
    *, actor: Actor, subject_id: UUID, organ: str, document_no: str, since: date, told_on: date
) -> Detention:
    """Who holds the person since when, by which document. Told late, what stood as missed is excused."""
    user_id, subject = require_staff(actor), subject_locked(actor, subject_id)
    if not since <= told_on <= clock.today():
        raise Problem("invalid", fields={"told_on": ["before since, or in the future"]})
    standing = Detention.objects.filter(subject=subject, state=DETAINED).first()
    if standing is not None:
        raise Problem("already_detained")
    row = Detention.objects.create(
        subject=subject, organ=organ, document_no=document_no, since=since, told_on=told_on,
        entered_by_id=user_id, entered_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="detention.record", subject_kind="detention", subject_id=row.id)
    contacts_excuse(subject, since, None)
    medical_excuse_held(subject, since, None)
    _positioning_off(subject)
    return row


def contacts_excuse(subject: Subject, since: date, until: date | None) -> int:
    """Excuse what was due while the person was held, missed ones too; what lies ahead stays planned."""
    now, held_from = clock.now(), clock.day_start(since)
    held_to = min(now, clock.day_end(until)) if until else now
    rows = DueContact.objects.select_for_update().filter(
        Q(opens_at__lte=held_to), subject=subject, due_at__gt=held_from, state__in=sorted(EXCUSABLE)
    )
    contacts = list(rows.select_related("line__plan").order_by("id"))
    for contact in contacts:
        contact.subject, contact.excuse = subject, ExcuseCode.DETAINED
        contact_move(contact, Change("excuse", now, reason=ExcuseCode.DETAINED), now)
        record(
            actor=SYSTEM, event="contact.excused", subject_kind="contact", subject_id=contact.id,
            reason=ExcuseCode.DETAINED,
        )  # fmt: skip
    if contacts:
        publish("visit_due", [contact.id for contact in contacts])
    return len(contacts)


def _positioning_off(subject: Subject) -> None:
    now = clock.now()
    for order in PositioningOrder.objects.select_for_update().filter(subject=subject, state=IN_FORCE):
        order.subject = subject
        span_close(order, now)
        why = {"suspended_for": SuspendReason.DETAINED}
        move(SYSTEM, order, ORDER, "suspend", Said(), **why)


@law("CCM-41")
@transaction.atomic
def detention_resume(*, actor: Actor, detention_id: UUID, until: date) -> Detention:
    """The person is free since `until`: duties go on from there."""
    row, subject = detention_locked(actor, detention_id)
    if DETENTION.already_done(row.state, "resume"):
        return row
    if not row.since <= until <= clock.today():
        raise Problem("invalid", fields={"until": ["before since, or in the future"]})
    contacts_excuse(subject, row.since, until)
    medical_excuse_held(subject, row.since, until)
    move(actor, row, DETENTION, "resume", Said(on=until), until=until)
    return row


def detention_locked(actor: Actor, detention_id: UUID) -> tuple[Detention, Subject]:
    """The detention and its person, both under lock."""
    row = row_locked(actor, access.detentions_visible_to(actor), detention_id)
    return row, row.subject


@transaction.atomic
def detention_tick(detention_id: UUID) -> int:
    """Excuse what has become due for somebody who is held, before time calls it missed."""
    row = Detention.objects.filter(id=detention_id, state=DETAINED).first()
    if row is None:
        return 0
    subject = Subject.objects.select_for_update(skip_locked=True).filter(id=row.subject_id).first()
    if subject is None:
        return 0
    return contacts_excuse(subject, row.since, None) + medical_excuse_held(subject, row.since, None)


def detained_with_due(now: datetime) -> list[UUID]:
    """Detentions of people for whom something has opened."""
    due = DueContact.objects.filter(state__in=sorted(WAITING), opens_at__lte=now).values("subject_id")
    today = clock.local_day(now)
    reports = MedicalReport.objects.filter(state=MEDICAL_DUE, due_on__lte=today).values("subject_id")
    held = Detention.objects.filter(state=DETAINED, subject__state="in_correction")
    rows = held.filter(Q(subject_id__in=due) | Q(subject_id__in=reports))
    return list(rows.order_by("entered_at", "id").values_list("id", flat=True))

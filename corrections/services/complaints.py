"""Complaints by their own door: received, assigned outside, answered in writing, told to the procurator."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.selectors import memberships_in_force
from audit.services import record
from corrections import access
from corrections.complaints import COMPLAINT, DESK, OUTSIDE, ComplaintWay, answer_due
from corrections.models import Complaint, Subject
from corrections.services.acts import Said, in_course, move, not_after_today, sealed
from corrections.services.giving import COMPLAINT_PASSED, COMPLAINT_TOLD, given_out
from corrections.services.reading import revealed
from corrections.services.reception import ID_NUMBER
from edge.conf import setting
from edge.encryption import blind, seal_value
from edge.rows import existing
from kernel import calendar, clock, text
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from privacy.services import subject_keys_create


@dataclass(frozen=True, slots=True)
class Told:
    """What was received: about whom, how, by whom where the person said so. Nothing but the text must be
    given; a complaint without a name is one too."""

    against: UUID
    way: ComplaintWay
    received_on: date
    words: str
    person_name: str = ""
    id_number: str = ""
    reach: str = ""


@law("CCL-34b")
@transaction.atomic
def complaint_receive(*, actor: Actor, told: Told) -> Complaint:
    """Enter a complaint at the desk or with the procurator. Whether the person is known is not told."""
    if actor.role not in DESK or actor.organisation_id is None:
        raise Problem("role_not_allowed")
    officers = memberships_in_force().filter(access.officers_of(actor), user_id=told.against)
    if told.against == actor.user_id or not officers.exists():
        raise Problem("invalid", fields={"against": ["no officer of this district"]})
    not_after_today("received_on", told.received_on)
    due = _answer_due(told.received_on, calendar.current())
    pk, key_id = uuid7(), subject_keys_create(1)[0]
    row = Complaint.objects.create(
        id=pk, key_id=key_id, subject=_subject_of(told), against_id=told.against, way=told.way,
        door_id=actor.organisation_id, received_on=told.received_on, due_on=due.day,
        due_at=clock.day_end(due.day), provisional=due.provisional, received_by_id=actor.person,
        received_at=clock.now(), text=seal_value(Complaint, "text", pk, told.words, key_id),
        person_name=sealed(Complaint, "person_name", pk, told.person_name, key_id),
        reach=sealed(Complaint, "reach", pk, told.reach, key_id),
    )  # fmt: skip
    record(actor=actor, event="correction_complaint.receive", subject_kind="correction_complaint",
           subject_id=pk)  # fmt: skip
    return row


def _subject_of(told: Told) -> Subject | None:
    """The person in correction whose ID number was given. Looked up also for none, so that both take as
    long."""
    blinded = blind(ID_NUMBER, text.digits(told.id_number or "0"))
    return Subject.objects.filter(id_number_blind=blinded, state="in_correction").first()


def locked(actor: Actor, complaint_id: UUID) -> Complaint:
    """The complaint under lock; to the officer it is about it does not exist."""
    rows = access.complaints_visible_to(actor).select_for_update(of=("self",))
    row = existing(rows.filter(id=complaint_id))
    return row


@transaction.atomic
def complaint_assign(*, actor: Actor, complaint_id: UUID, user_id: UUID) -> Complaint:
    """Give it to somebody outside of every unit of the officer, also in another's place. Problem
    `complaint_needs_outsider`."""
    row = locked(actor, complaint_id)
    if row.state == "assigned" and row.assigned_to_id == user_id:
        return row
    places = memberships_in_force().filter(user_id=user_id, role__in=sorted(OUTSIDE))
    place = places.order_by("id").first()
    if place is None or user_id == row.against_id:
        raise Problem("complaint_needs_outsider")
    units = set(
        memberships_in_force().filter(user_id=row.against_id).values_list("organisation_id", flat=True)
    )
    facts = {"unit": place.organisation_id, "units_of_officer": units}
    move(actor, row, COMPLAINT, "assign", Said(facts=facts), assigned_to=user_id)
    return row


@law("CCL-34b")
@transaction.atomic
def complaint_answer(*, actor: Actor, complaint_id: UUID, words: str, answered_on: date) -> Complaint:
    """The written answer, by whoever it was assigned to."""
    row = locked(actor, complaint_id)
    if COMPLAINT.already_done(row.state, "answer"):
        return row
    if row.assigned_to_id not in {actor.user_id, None}:
        raise Problem("role_not_allowed")
    answer = seal_value(Complaint, "answer", row.id, words, row.key_id)
    move(
        actor, row, COMPLAINT, "answer",
        Said(on=in_course("answered_on", answered_on, row.received_on)),
        answer=answer, answered_on=answered_on, closed_at=clock.now(),
    )  # fmt: skip
    return row


@transaction.atomic
def complaint_tell_procurator(*, actor: Actor, complaint_id: UUID) -> Complaint:
    """The answer goes to the procurator."""
    row = locked(actor, complaint_id)
    if not COMPLAINT.already_done(row.state, "tell_procurator"):
        move(actor, row, COMPLAINT, "tell_procurator", Said())
        given_out(actor, row.id, COMPLAINT_TOLD)
    return row


@transaction.atomic
def complaint_pass_on(*, actor: Actor, complaint_id: UUID, to: str, reason: str) -> Complaint:
    """Pass it on to the body that is responsible, with a reason."""
    row = locked(actor, complaint_id)
    if not COMPLAINT.already_done(row.state, "pass_on"):
        said = Said(reason)
        move(actor, row, COMPLAINT, "pass_on", said, passed_to=to, closed_at=clock.now())
        given_out(actor, row.id, COMPLAINT_PASSED, to)
    return row


@transaction.atomic
def complaint_withdraw(*, actor: Actor, complaint_id: UUID, reason: str) -> Complaint:
    """The person takes it back; in whose words stands in the reason."""
    row = locked(actor, complaint_id)
    if not COMPLAINT.already_done(row.state, "withdraw"):
        move(actor, row, COMPLAINT, "withdraw", Said(reason), closed_at=clock.now())
    return row


@transaction.atomic
def complaint_link(*, actor: Actor, complaint_id: UUID, subject_id: UUID) -> Complaint:
    """The procurator, who sees both, says whose complaint it is where no ID number was given."""
    row = locked(actor, complaint_id)
    subject = access.visible_to(actor).filter(id=subject_id).first()
    if subject is None:
        raise Problem("invalid", fields={"subject": ["not found"]})
    if row.subject_id != subject.id:
        row.subject = subject
        row.save(update_fields=["subject"])
        record(actor=actor, event="correction_complaint.link", subject_kind="correction_complaint",
               subject_id=row.id, fields=["subject"])  # fmt: skip
    return row


def complaints_now_known() -> list[UUID]:
    """Open complaints whose day was provisional and whose years the calendar now knows."""
    rows = Complaint.objects.filter(provisional=True, closed_at__isnull=True).order_by("due_at", "id")
    known = calendar.current()
    return [row.id for row in rows if known.knows(row.due_on)]


@transaction.atomic
def complaint_recompute(complaint_id: UUID) -> int:
    """The same rule again, from the day it was received. Nobody is told: to the officer it does not exist."""
    rows = Complaint.objects.select_for_update(skip_locked=True, of=("self",))
    row = rows.filter(id=complaint_id, provisional=True).first()
    if row is None:
        return 0
    due = _answer_due(row.received_on, calendar.current())
    row.due_on, row.due_at, row.provisional = due.day, clock.day_end(due.day), due.provisional
    row.save(update_fields=["due_on", "due_at", "provisional"])
    record(actor=SYSTEM, event="correction_complaint.recomputed", subject_kind="correction_complaint",
           subject_id=row.id)  # fmt: skip
    return 1


def _answer_due(received_on: date, known: calendar.WorkCalendar) -> calendar.DueDay:
    return answer_due(received_on, setting("COMPLAINT_ANSWER_WORKING_DAYS"), known)


COMPLAINT_FIELDS = ("person_name", "reach", "text", "answer")


@law("CCL-34b", "CCL-61")
@transaction.atomic
def complaint_read(*, actor: Actor, complaint_id: UUID, purpose: str, reason: str) -> dict[str, str | None]:
    """A complaint in clear, for a purpose and with a reason."""
    row = existing(access.complaints_visible_to(actor).filter(id=complaint_id))
    return revealed(
        actor=actor,
        row=row,
        kind="correction_complaint",
        fields=COMPLAINT_FIELDS,
        purpose=purpose,
        reason=reason,
    )

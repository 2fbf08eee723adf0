"""Visits, from a phone in bulk or from an officer's desk: one path.

Stages: look up and lock the people and contacts of all items, then who may, then where it was, then what it
settles, then one insert per table. What the author may not visit and what does not exist get the same
answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from audit.services import Fact, record_many
from corrections import access
from corrections.bodies import VisitBody
from corrections.codes import VisitOutcome
from corrections.machine import PHONE_FORMS, STAFF, contact_event
from corrections.models import ContactStep, DueContact, Subject, Visit, VisitFix
from corrections.schedule import Quiet
from corrections.services.attempts import reviews_after_attempts
from corrections.services.authority import Authority, authority_of
from corrections.services.flags import flags_update
from corrections.services.placing import Placement, placements, storable
from corrections.services.steps import Change, advance, move_in_memory, save_moved
from corrections.witness import witness_of
from edge.conf import setting
from edge.encryption import seal_value
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import ContactForm
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from privacy import keys
from privacy.codes import Processing
from privacy.services import location_withdrawn
from privacy.switches import switched_on
from sync.items import Outcome, PushItem, Signed, State, accepted, rejected
from sync.services import publish, withdraw

NOT_YOURS = "visit_not_yours"
ENTERED_LATE = timedelta(days=366)
WITH_PLACE = frozenset({ContactForm.FIELD_VISIT, ContactForm.INFORMATISED_CHECK})


@dataclass(slots=True)
class Batch:
    """What the items are about, locked, and what is going to be written."""

    actor: Actor
    author_id: UUID
    now: datetime
    contacts: dict[UUID, DueContact]
    subjects: dict[UUID, Subject]
    authority: Authority
    unplaced: bool
    """The author took back the consent to the own location: no position is taken."""
    stood: dict[UUID, str] = field(default_factory=dict)
    steps: dict[UUID, list[ContactStep]] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    fixes: list[VisitFix] = field(default_factory=list)


@law("CCL-12", "CCL-26")
@transaction.atomic
def visits_submit(*, actor: Actor, items: Sequence[PushItem]) -> list[Outcome]:
    """Store pushed visits and settle the contacts they answer; one outcome each, in order."""
    batch = batch_of(actor, items)
    outcomes = [refusal_of(batch, item) for item in items]
    taken = [item for item, outcome in zip(items, outcomes, strict=True) if outcome is None]
    placed = placements([(item, _subject_of(batch, item.body)) for item in taken])
    for item, placement in zip(taken, placed, strict=True):
        _take(batch, item, placement)
    _write(batch)
    return [outcome or _accepted(batch, item) for item, outcome in zip(items, outcomes, strict=True)]


def batch_of(actor: Actor, items: Sequence[PushItem]) -> Batch:
    """The people and contacts of all items, locked in order."""
    due_ids = {item.body.due for item in items if item.body.due}
    subject_ids = set(DueContact.objects.filter(id__in=due_ids).values_list("subject_id", flat=True))
    subject_ids |= {item.body.person for item in items if item.body.person and not item.body.due}
    subjects = {row.id: row for row in _locked_subjects(subject_ids)}
    rows = DueContact.objects.select_for_update().filter(id__in=due_ids, subject_id__in=subjects)
    contacts = {row.id: row for row in rows.order_by("id")}
    keys.load(subject.key_id for subject in subjects.values())
    authority = authority_of(actor, subjects, contacts)
    author, placed = _author(actor), any(item.body.point for item in items)
    unplaced = placed and location_withdrawn(author)
    return Batch(actor, author, clock.now(), contacts, subjects, authority, unplaced)


def _author(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise Problem("role_not_allowed")
    return actor.user_id


def _locked_subjects(ids: set[UUID]) -> list[Subject]:
    return list(Subject.objects.select_for_update().filter(id__in=ids).order_by("id"))


def _subject_of(batch: Batch, body: VisitBody) -> Subject | None:
    if body.due is not None:
        contact = batch.contacts.get(body.due)
        return batch.subjects.get(contact.subject_id) if contact else None
    return batch.subjects.get(body.person) if body.person else None


def _form_of(batch: Batch, body: VisitBody) -> ContactForm | None:
    return ContactForm(batch.contacts[body.due].form) if body.due else body.form


def refusal_of(batch: Batch, item: PushItem) -> Outcome | None:
    """The refusal of an item, or None. Whether the person exists is never part of the answer."""
    body: VisitBody = item.body
    if body.due is None and (body.person is None or body.form is None):
        return rejected("visit_without_subject", field_errors={"due": "required, or person and form"})
    subject = _subject_of(batch, body)
    if subject is None or not batch.authority.may(subject, body.due, item.device_at):
        return rejected(NOT_YOURS)
    form = _form_of(batch, body)
    if form is None or (body.form is not None and body.form != form) or not _form_fits(batch.actor, form):
        return rejected("visit_form_not_allowed", field_errors={"form": "does not fit"})
    if (body.outcome == VisitOutcome.NOT_REACHED) != (body.way is not None):
        return rejected("invalid", field_errors={"way": "belongs to not_reached"})
    if body.witness is not None and not _witnessed(batch, item, subject):
        return rejected("visit_witness_not_named", field_errors={"witness": "not named for this visit"})
    if batch.actor.terminal and (refusal := _terminal_refusal(item)):
        return refusal
    return _place_refusal(batch, body, form)


@law("PI-29/30")
def _place_refusal(batch: Batch, body: VisitBody, form: ContactForm) -> Outcome | None:
    if batch.unplaced and body.point is not None:
        return rejected("own_location_withdrawn", field_errors={"point": "give a reason instead"})
    if form in WITH_PLACE and body.point is None and body.no_location_reason is None:
        return rejected("visit_needs_place_or_reason", field_errors={"point": "required, or a reason"})
    return None


@law("PI-55/56")
def _terminal_refusal(item: PushItem) -> Outcome | None:
    """A terminal runs only while it is assessed, and signs each contact at the moment it is made."""
    if not switched_on(Processing.TERMINALS):
        return rejected("processing_off")
    return rejected("signature_required") if item.signed != Signed.ITEM else None


def _witnessed(batch: Batch, item: PushItem, subject: Subject) -> bool:
    """Whether somebody else may stand as the witness: entered by an officer, of a worker who was in the
    group or named for this visit when it was made."""
    body: VisitBody = item.body
    if body.witness == batch.author_id:
        return True
    if batch.actor.role not in STAFF or body.witness is None:
        return False
    witness = Actor(body.witness, role=None)
    named = authority_of(witness, {subject.id: subject}, batch.contacts)
    return named.may(subject, body.due, item.device_at)


def _form_fits(actor: Actor, form: ContactForm) -> bool:
    return actor.role in STAFF or form in PHONE_FORMS


def _take(batch: Batch, item: PushItem, placement: Placement) -> None:
    body: VisitBody = item.body
    subject, form = _subject_of(batch, body), _form_of(batch, body)
    assert subject is not None  # noqa: S101  because `refusal_of` refused it otherwise
    assert form is not None  # noqa: S101  because `refusal_of` refused it otherwise
    contact = batch.contacts.get(body.due) if body.due else None
    note = seal_value(Visit, "note", item.target, body.note, subject.key_id) if body.note else None
    visit = Visit(
        id=item.target, rev=1, subject=subject, contact=contact, author_id=batch.author_id,
        device_id=batch.actor.device_id, form=form, outcome=body.outcome, way=body.way or "", note=note,
        made_at=item.device_at, received_at=item.received_at, clock_off=item.skewed,
        signed=item.signed, **_witness(batch, body, form),
        in_quiet_hours=_in_quiet_hours(contact, item.device_at),
        no_point_reason=body.no_location_reason or "", leave_area_id=placement.leave_area_id,
        place_verdict=placement.verdict.verdict, place_reasons=list(placement.verdict.reasons),
        fix_at=storable(body.point.fix_at) if body.point else None, fix_trusted=placement.verdict.trusted,
        phone_until=batch.now + timedelta(days=setting("VISIT_ON_PHONE_DAYS")),
    )  # fmt: skip
    batch.visits.append(visit)
    batch.fixes += placement.rows(visit)
    if contact is not None and body.outcome == VisitOutcome.MET:
        _settle(batch, contact, visit)


def _witness(batch: Batch, body: VisitBody, form: ContactForm) -> dict[str, object]:
    """The marker, and who stands behind it: the author, or the worker whom the officer names."""
    found = witness_of(VisitOutcome(body.outcome), form, terminal=batch.actor.terminal)
    if found is None:
        return {}
    return {"witness": found, "witnessed_by_id": body.witness or batch.author_id}


def _in_quiet_hours(contact: DueContact | None, at: datetime) -> bool:
    """Shown to the officer; the visit counts all the same, the quiet hours bind us and not the person."""
    return contact is not None and Quiet(contact.quiet_from, contact.quiet_to).covers(at)


def _settle(batch: Batch, contact: DueContact, visit: Visit) -> None:
    """Let time do its part first, then the visit; on the rows in memory, so that a batch may hold several."""
    batch.stood.setdefault(contact.id, contact.state)
    steps = batch.steps.setdefault(contact.id, [])
    steps += advance(contact, batch.now)
    event = contact_event(contact.state, contact, visit.made_at, clock.day_start(contact.open_day))
    if event is not None:
        change = Change(event, visit.made_at, batch.actor, visit_id=visit.id)
        steps.append(move_in_memory(contact, change, batch.now))


def _write(batch: Batch) -> None:
    if not batch.visits:
        return
    Visit.objects.bulk_create(batch.visits)
    VisitFix.objects.bulk_create(batch.fixes)
    for contact_id, before in batch.stood.items():
        if batch.steps[contact_id]:
            save_moved(batch.contacts[contact_id], before, batch.steps[contact_id])
    facts = [Fact(visit.id, device_at=visit.made_at) for visit in batch.visits]
    record_many(actor=batch.actor, event="visit.submitted", subject_kind="visit", facts=facts)
    flags_update({visit.subject_id for visit in batch.visits}, now=batch.now)
    reviews_after_attempts({visit.subject_id for visit in batch.visits if visit.way}, batch.now)
    publish("visit", [visit.id for visit in batch.visits])
    publish("visit_due", batch.contacts)
    take_back(batch.actor, batch.author_id, {visit.id for visit in batch.visits})


def take_back(actor: Actor, author_id: UUID, ids: set[UUID]) -> None:
    """What was taken from an author who has left the group since: the phone that made it drops it."""
    if actor.device_id is None:
        return
    held = access.held_visits(author_id).filter(id__in=ids).values_list("id", flat=True)
    withdraw("visit", f"user:{author_id}", ids - set(held))


def _accepted(batch: Batch, item: PushItem) -> Outcome:
    subject = _subject_of(batch, item.body)
    return accepted(rev=1, key_id=subject.key_id if subject else None)


@transaction.atomic
def visit_record(*, actor: Actor, contact_id: UUID, body: VisitBody, made_at: datetime) -> UUID:
    """An officer enters a contact (a report at the office, a call, one written on paper); its id.

    Problem with the code that a phone would get.
    """
    now, pk = clock.now(), uuid7()
    if not now - ENTERED_LATE <= made_at <= now or body.due != contact_id:
        raise Problem("invalid", fields={"made_at": ["in the future, or more than a year ago"]})
    item = PushItem(
        id=pk, kind="visit", op="create", target=pk, base_rev=0, device_at=made_at, device_said=made_at,
        received_at=now, seq=0, offset_ms=0, skewed=False, body=body,
    )  # fmt: skip
    outcome = visits_submit(actor=actor, items=[item])[0]
    if outcome.state != State.ACCEPTED:
        code = "not_found" if outcome.code == NOT_YOURS else outcome.code
        fields = {name: [text] for name, text in (outcome.field_errors or {}).items()}
        raise Problem(code, fields=fields or None)
    return pk

"""Reception: the person, the order and its term (CCL-2, CCL-17, CCL-21, CCL-53, CCL-58)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import agency_over, area_subtree_ids, organisation_members
from audit.services import record
from corrections.codes import PlaceBasis, Sex, TermReason
from corrections.machine import AGENCY
from corrections.models import ExecutionPlace, Order, OrderTerm, Subject
from corrections.reception_codes import OrderDateKind
from corrections.services.arrivals import order_date_written
from corrections.services.contacts import contacts_trim
from corrections.services.found import require_staff, subject_locked
from corrections.term import SaidEnd, Term, end_date, held_until, minor_regime, report_in, term_gaps
from edge.encryption import blind, seal_value
from edge.rows import existing
from grids.selectors import leave_unit_of
from kernel import clock, text
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from privacy.services import subject_keys_create

ID_NUMBER = "corrections.id_number"


@dataclass(frozen=True, slots=True)
class Person:
    """What is written down about a person at reception. Empty texts are not stored."""

    name: str
    born_on: date
    sex: Sex
    id_number: str = ""
    phone: str = ""
    address: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""


@law("CCL-17", "CCL-53", "CCL-58")
@transaction.atomic
def subject_register(
    *,
    actor: Actor,
    person: Person,
    execution_area: UUID,
    basis: PlaceBasis,
    received_on: date,
    station_id: UUID | None = None,
    officer_id: UUID | None = None,
) -> Subject:
    """Register a person with the one place of execution. The key is made here; all personal values stand
    under it.
    """
    user_id = require_staff(actor)
    if not person.born_on <= received_on <= clock.today():
        raise Problem("invalid", fields={"received_on": ["not after birth, or in the future"]})
    station, agency, unit = offices_of(actor, station_id, execution_area)
    minor = minor_regime(person.born_on, received_on)
    if minor and not person.guardian_name:
        raise Problem("guardian_required", fields={"guardian_name": ["required"]})
    officer = officer_id or (user_id if actor.role == Role.STATION_OFFICER else None)
    if officer not in organisation_members(station.id, [Role.STATION_OFFICER]):
        raise Problem("invalid", fields={"officer": ["not an officer of the station"]})
    blinded = _blinded(person.id_number)
    pk, key_id = uuid7(), subject_keys_create(1)[0]
    subject = Subject.objects.create(
        id=pk, key_id=key_id, **_sealed(person, pk, key_id), id_number_blind=blinded, sex=person.sex,
        minors_rules=minor, station=station, agency=agency, officer_id=officer, received_on=received_on,
        created_by_id=user_id, created_at=clock.now(),
    )  # fmt: skip
    ExecutionPlace.objects.create(
        subject=subject, area_id=execution_area, unit_id=unit, basis=basis, valid_from=received_on
    )
    record(actor=actor, event="subject.registered", subject_kind="subject", subject_id=pk)
    return subject


def offices_of(
    actor: Actor, station_id: UUID | None, area_id: UUID
) -> tuple[Organisation, Organisation, UUID]:
    """Station, agency and district of an execution place. Problem `place_not_yours` when they do not fit."""
    own = actor.organisation_id
    wanted = own if actor.role == Role.STATION_OFFICER else station_id
    stations = Organisation.objects.filter(kind=OrganisationKind.STATION)
    if wanted is None:
        raise Problem("invalid", fields={"station": ["required of whoever registers for a station"]})
    station = stations.filter(pk=wanted).first()
    unit = leave_unit_of(area_id)
    if station is None or unit is None or area_id not in area_subtree_ids(station.area_id):
        raise Problem("place_not_yours", fields={"execution_area": ["outside of the station's area"]})
    agency_id = agency_over(station.pk)
    if agency_id is None or (actor.role != Role.STATION_OFFICER and agency_id != own):
        raise Problem("place_not_yours", fields={"execution_area": ["no agency answers for it"]})
    return station, Organisation.objects.get(pk=agency_id), unit


def _blinded(id_number: str) -> bytes | None:
    if not id_number:
        return None
    blinded = blind(ID_NUMBER, text.digits(id_number))
    if Subject.objects.filter(id_number_blind=blinded, state="in_correction").exists():
        raise Problem("person_already_registered")
    return blinded


def _sealed(person: Person, pk: UUID, key_id: UUID) -> dict[str, bytes]:
    clear = {
        "name": person.name, "born_on": person.born_on.isoformat(), "id_number": person.id_number,
        "phone": person.phone, "address": person.address, "guardian_name": person.guardian_name,
        "guardian_phone": person.guardian_phone,
    }  # fmt: skip
    return {field: seal_value(Subject, field, pk, value, key_id) for field, value in clear.items() if value}


@dataclass(frozen=True, slots=True)
class Document:
    """The operative document. `ground` only in category 04."""

    document_no: str
    organ: str
    effective_on: date
    received_on: date | None = None
    ground: str = ""


@law("CCL-2", "CCL-21")
@transaction.atomic
def order_add(*, actor: Actor, subject_id: UUID, document: Document, term: Term) -> Order:
    """Add an order of one of the four categories with its term; its effect starts the report-in clock."""
    subject = subject_locked(actor, subject_id)
    if (term.category == "04") != bool(document.ground):
        raise Problem("ground_only_for_04", fields={"ground": ["belongs to category 04"]})
    if Order.objects.filter(subject=subject, document_no=document.document_no).exists():
        raise Problem("already_exists", fields={"document_no": ["this document stands already"]})
    owed = report_in(term.category, document.effective_on)
    order = Order.objects.create(
        subject=subject, category=term.category, ground=document.ground, document_no=document.document_no,
        organ=document.organ, effective_on=document.effective_on,
        report_in_due_on=owed.due_on, report_in_owed_by=owed.owed_by, created_by_id=require_staff(actor),
        created_at=clock.now(),
    )  # fmt: skip
    if document.received_on is not None:
        order_date_written(actor, order, OrderDateKind.DOCUMENTS, document.received_on)
    _term_write(actor, order, term, TermReason.RECEPTION, document.document_no)
    _term_spread(actor, subject)
    record(actor=actor, event="order.added", subject_kind="order", subject_id=order.id)
    return order


@law("CCL-9/10")
@transaction.atomic
def term_change(
    *, actor: Actor, order_id: UUID, term: Term, reason: TermReason, document_no: str
) -> OrderTerm:
    """Set an order's term anew because a document says so. The former row stays, and holds until another
    officer has confirmed the new one."""
    order = _order(actor, order_id)
    if term.category != order.category:
        raise Problem("invalid", fields={"category": ["an order keeps its category"]})
    row = _term_write(actor, order, term, reason, document_no)
    _term_spread(actor, order.subject)
    record(actor=actor, event="term.changed", subject_kind="order", subject_id=order.id, reason=reason)
    return row


@transaction.atomic
def term_confirm(*, actor: Actor, order_id: UUID) -> OrderTerm:
    """Confirm an order's newest term: another officer than the one who wrote it. Twice is no fault."""
    order = _order(actor, order_id)
    row = order.terms.order_by("recorded_at", "id").last()
    if row is None:
        raise Problem("not_found")
    if row.recorded_by_id == actor.user_id:
        raise Problem("term_needs_second_officer")
    if row.confirmed_at is None:
        row.confirmed_by_id, row.confirmed_at = actor.user_id, clock.now()
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        record(actor=actor, event="term.confirmed", subject_kind="order", subject_id=order.id)
        _term_spread(actor, order.subject)
    return row


def _order(actor: Actor, order_id: UUID) -> Order:
    order = existing(Order.objects.filter(id=order_id))
    order.subject = subject_locked(actor, order.subject_id)
    return order


def _term_write(actor: Actor, order: Order, term: Term, reason: TermReason, document_no: str) -> OrderTerm:
    gaps = term_gaps(term)
    if gaps:
        raise Problem(gaps[0], gaps=gaps)
    _not_over(actor, end_date(term), reason)
    return OrderTerm.objects.create(
        order=order, reason=reason, document_no=document_no, starts_on=term.starts_on, months=term.months,
        days=term.days, custody_days=term.custody_days, stated_end=term.stated_end, ends_on=end_date(term),
        recorded_by_id=require_staff(actor), recorded_at=clock.now(),
    )  # fmt: skip


def _not_over(actor: Actor, ends_on: date, reason: TermReason) -> None:
    """Nobody is received for a term that is over; that a document ends one is the agency's to write down."""
    if ends_on >= clock.today():
        return
    if reason == TermReason.RECEPTION:
        raise Problem("term_over", fields={"term": ["its last day lies before today"]})
    if actor.role not in AGENCY:
        raise Problem("term_end_needs_agency")


def _term_spread(actor: Actor, subject: Subject) -> None:
    """The last day that holds goes to the person's row; what is due beyond it falls away."""
    rows = OrderTerm.objects.filter(order__subject=subject).order_by("recorded_at", "id")
    ends_on = held_until([SaidEnd(row.order_id, row.ends_on, row.confirmed_at is not None) for row in rows])
    if ends_on != subject.ends_on:
        subject.ends_on = ends_on
        subject.save(update_fields=["ends_on"])
        contacts_trim(actor=actor, subject=subject)

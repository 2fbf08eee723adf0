"""Pre-sentence assessments: received, looked into by a station, signed and sent by the agency (CCM-14)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import area_subtree_ids, organisation_members
from audit.services import record
from corrections import access
from corrections.assessment import ASSESSMENT, Advice, AskedBy, Heard, ReturnWhy
from corrections.clocks import assessment_due
from corrections.machine import AGENCY
from corrections.models import Assessment, AssessmentVisit
from corrections.services.acts import Said, move, not_after_today, sealed
from corrections.services.found import require_staff
from corrections.services.giving import ASSESSMENT_COPY, ASSESSMENT_SENT, given_out
from corrections.services.reading import revealed
from edge.conf import setting
from edge.encryption import reveal, seal_value
from edge.rows import existing
from kernel import calendar, clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from privacy.services import subject_keys_create

FIELDS = ("person_name", "id_number", "reach", "opinion")
VISITORS = (Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD)


@dataclass(frozen=True, slots=True)
class Commission:
    """The organ's letter: who asks, about whom, by the ordinary or the fast track."""

    asked_by: AskedBy
    organ: str
    document_no: str
    received_on: date
    person_name: str
    id_number: str = ""
    reach: str = ""
    fast_track: bool = False


@law("CCM-14")
@transaction.atomic
def assessment_receive(*, actor: Actor, commission: Commission) -> Assessment:
    """The agency has the letter: the working days run from that day."""
    if actor.role not in AGENCY or actor.organisation_id is None:
        raise Problem("role_not_allowed")
    rows = Assessment.objects.filter(agency=actor.organisation_id, document_no=commission.document_no)
    if rows.exists():
        raise Problem("already_exists", fields={"document_no": ["this document stands already"]})
    day = not_after_today("received_on", commission.received_on)
    due = assessment_due(day, _days(commission.fast_track), calendar.current())
    pk, key_id = uuid7(), subject_keys_create(1)[0]
    row = Assessment.objects.create(
        id=pk, key_id=key_id, agency_id=actor.organisation_id, asked_by=commission.asked_by,
        organ=commission.organ, document_no=commission.document_no, received_on=day,
        fast_track=commission.fast_track, due_on=due.day, due_at=clock.day_end(due.day),
        provisional=due.provisional, entered_by_id=actor.person, entered_at=clock.now(),
        person_name=seal_value(Assessment, "person_name", pk, commission.person_name, key_id),
        id_number=sealed(Assessment, "id_number", pk, commission.id_number, key_id),
        reach=sealed(Assessment, "reach", pk, commission.reach, key_id),
    )  # fmt: skip
    record(
        actor=actor, event="pre_sentence_assessment.receive", subject_kind="pre_sentence_assessment",
        subject_id=pk,
    )  # fmt: skip
    return row


def assessment_locked(actor: Actor, assessment_id: UUID) -> Assessment:
    """The assessment under lock. Problem `not_found` also for a foreign one."""
    require_staff(actor)
    rows = access.assessments_visible_to(actor).select_for_update(of=("self",))
    row = existing(rows.filter(id=assessment_id))
    return row


def _step(actor: Actor, row: Assessment, event: str, said: Said, **columns: object) -> Assessment:
    """One step; a doubled call answers as done."""
    if not ASSESSMENT.already_done(row.state, event):
        move(actor, row, ASSESSMENT, event, said, **columns)
    return row


@transaction.atomic
def assessment_assign(*, actor: Actor, assessment_id: UUID, station_id: UUID) -> Assessment:
    """Which station of the agency looks into it; another one may be named while nothing is drafted."""
    row = assessment_locked(actor, assessment_id)
    if row.station_id == station_id and ASSESSMENT.already_done(row.state, "assign"):
        return row
    station = Organisation.objects.filter(id=station_id, kind=OrganisationKind.STATION).first()
    if station is None or station.area_id not in area_subtree_ids(row.agency.area_id):
        raise Problem("invalid", fields={"station": ["no station of this agency"]})
    move(actor, row, ASSESSMENT, "assign", Said(), station_id=station_id)
    return row


@dataclass(frozen=True, slots=True)
class Visited:
    """Who of the station or the agency went, on which day, and whom they heard."""

    visitors: tuple[UUID, ...]
    made_on: date
    heard: Heard
    note: str


@law("CCM-14", "CCL-12")
@transaction.atomic
def assessment_visit(*, actor: Actor, assessment_id: UUID, visited: Visited) -> Assessment:
    """Write a visit down. Only officers go: a grid worker learns of no assessment."""
    row = assessment_locked(actor, assessment_id)
    if row.state != "assigned" or row.station_id is None:
        raise Problem("transition_not_allowed", current=row.state)
    officers = {
        user for office in (row.station_id, row.agency_id) for user in organisation_members(office, VISITORS)
    }
    if not visited.visitors or not set(visited.visitors) <= officers:
        raise Problem("invalid", fields={"visitors": ["officers of the station or the agency"]})
    if not row.received_on <= not_after_today("made_on", visited.made_on):
        raise Problem("invalid", fields={"made_on": ["before the request"]})
    pk = uuid7()
    AssessmentVisit.objects.create(
        id=pk, assessment=row, made_on=visited.made_on, visitors=sorted(set(visited.visitors)),
        heard=visited.heard, note=seal_value(AssessmentVisit, "note", pk, visited.note, row.key_id),
        recorded_by_id=require_staff(actor), recorded_at=clock.now(),
    )  # fmt: skip
    record(
        actor=actor, event="pre_sentence_assessment.visited", subject_kind="pre_sentence_assessment",
        subject_id=row.id,
    )  # fmt: skip
    return row


@law("CCM-14")
@transaction.atomic
def assessment_draft(*, actor: Actor, assessment_id: UUID, advice: Advice, opinion: str) -> Assessment:
    """An officer drafts the opinion, after a visit. No machine does."""
    row = assessment_locked(actor, assessment_id)
    said = Said(facts={"visits": row.visits.exists()})
    words = seal_value(Assessment, "opinion", row.id, opinion, row.key_id)
    return _step(actor, row, "draft", said, advice=advice, opinion=words, drafted_by_id=require_staff(actor))


@transaction.atomic
def assessment_send_back(*, actor: Actor, assessment_id: UUID, text: str) -> Assessment:
    """The agency wants to know more before it signs."""
    row = assessment_locked(actor, assessment_id)
    if row.state == "drafted":
        move(actor, row, ASSESSMENT, "send_back", Said(text), drafted_by_id=None)
    elif row.state != "assigned" or not row.opinion:
        raise Problem("transition_not_allowed", current=row.state)
    return row


@law("CCM-14")
@transaction.atomic
def assessment_sign(*, actor: Actor, assessment_id: UUID, signed_on: date) -> Assessment:
    """The agency signs: somebody else than who drafted it."""
    row = assessment_locked(actor, assessment_id)
    facts = {"drafted_by": row.drafted_by_id, "actor": actor.user_id}
    if not_after_today("signed_on", signed_on) < row.received_on:
        raise Problem("invalid", fields={"signed_on": ["before the request"]})
    said = Said(on=signed_on, facts=facts)
    return _step(actor, row, "sign", said, signed_by_id=require_staff(actor), signed_on=signed_on)


@law("CCM-14")
@transaction.atomic
def assessment_send(
    *, actor: Actor, assessment_id: UUID, sent_on: date, document_no: str, copied_on: date | None = None
) -> Assessment:
    """It went to the organ, and its copy to the procuratorate. The paper's day counts, not ours."""
    row = assessment_locked(actor, assessment_id)
    for name, day in (("sent_on", sent_on), ("copied_on", copied_on)):
        if day is not None and (row.signed_on is None or not_after_today(name, day) < row.signed_on):
            raise Problem("invalid", fields={name: ["before it was signed"]})
    if ASSESSMENT.already_done(row.state, "send"):
        return row
    _step(
        actor, row, "send", Said(on=sent_on), sent_on=sent_on, sent_document=document_no,
        copied_on=copied_on, closed_at=clock.now(),
    )  # fmt: skip
    given_out(actor, row.id, ASSESSMENT_SENT[row.asked_by], row.organ)
    if copied_on is not None:
        given_out(actor, row.id, ASSESSMENT_COPY)
    return row


@transaction.atomic
def assessment_return(*, actor: Actor, assessment_id: UUID, why: ReturnWhy, text: str = "") -> Assessment:
    """It goes back to the organ undone, for a reason of the list."""
    row = assessment_locked(actor, assessment_id)
    said = Said(text, code=why)
    return _step(actor, row, "return", said, returned_why=why, closed_at=clock.now())


@transaction.atomic
def assessment_withdraw(*, actor: Actor, assessment_id: UUID, document_no: str) -> Assessment:
    """The organ takes its request back, by its document."""
    row = assessment_locked(actor, assessment_id)
    said = Said(document_no)
    return _step(actor, row, "withdraw", said, closed_at=clock.now())


def assessments_now_known() -> list[UUID]:
    """Open ones whose last day rested on a year without holidays, where that year is loaded by now."""
    known = calendar.current()
    rows = Assessment.objects.filter(provisional=True, closed_at__isnull=True).order_by("due_at", "id")
    return [row.id for row in rows if known.knows(row.due_on)]


@transaction.atomic
def assessment_recompute(assessment_id: UUID) -> int:
    """The same rule again, from the day of the letter."""
    rows = Assessment.objects.select_for_update(skip_locked=True).filter(id=assessment_id, provisional=True)
    row = rows.first()
    if row is None:
        return 0
    due = assessment_due(row.received_on, _days(row.fast_track), calendar.current())
    row.due_on, row.due_at, row.provisional = due.day, clock.day_end(due.day), due.provisional
    row.save(update_fields=["due_on", "due_at", "provisional"])
    record(
        actor=SYSTEM, event="pre_sentence_assessment.recomputed", subject_kind="pre_sentence_assessment",
        subject_id=row.id,
    )  # fmt: skip
    return 1


def _days(fast_track: bool) -> int:
    days: int = setting("ASSESSMENT_FAST_WORKING_DAYS" if fast_track else "ASSESSMENT_WORKING_DAYS")
    return days


@law("CCM-14", "CCL-61")
@transaction.atomic
def assessment_read(*, actor: Actor, assessment_id: UUID, purpose: str, reason: str) -> dict[str, Any]:
    """Person, opinion and notes of the visits in clear, for a purpose and with a reason."""
    row = existing(access.assessments_visible_to(actor).filter(id=assessment_id))
    clear = revealed(
        actor=actor, row=row, kind="pre_sentence_assessment", fields=FIELDS, purpose=purpose, reason=reason
    )
    return {**clear, "visit_notes": [reveal(visit, "note") for visit in row.visits.all()]}

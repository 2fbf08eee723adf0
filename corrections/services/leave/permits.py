"""Regular permits (CCM-29) and the delegations under which a station decides (CCL-9/10)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import area_subtree_ids
from audit.services import record
from corrections.complaints import Burden
from corrections.leave import PERMIT, permit_valid_to
from corrections.leave_codes import LeaveReason, LeaveRefusal
from corrections.models import Delegation, Permit
from corrections.services.acts import Said, move, sealed
from corrections.services.found import require_staff, row_locked, subject_locked
from corrections.services.guarding import burden_guard
from corrections.services.leave.found import said_on
from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing


@dataclass(frozen=True, slots=True)
class PermitAsked:
    """The written application: why, to which counties, and the rest in its own words (places, times, how
    often)."""

    reason: LeaveReason
    details: str
    destination_codes: list[str]
    applied_on: date | None = None


@law("CCM-29", "CCL-27b")
@transaction.atomic
def permit_ask(*, actor: Actor, subject_id: UUID, asked: PermitAsked) -> Permit:
    """Write down an application for regular trips across cities or counties."""
    subject, pk = subject_locked(actor, subject_id), uuid7()
    permit = Permit.objects.create(
        id=pk, subject=subject, reason=asked.reason, created_by_id=require_staff(actor),
        details=sealed(Permit, "details", pk, asked.details, subject.key_id),
        destination_codes=list(dict.fromkeys(asked.destination_codes)),
        applied_on=said_on(asked.applied_on, field="applied_on"), created_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="permit.asked", subject_kind="permit", subject_id=pk)
    return permit


@law("CCM-29")
@transaction.atomic
def permit_approve(*, actor: Actor, permit_id: UUID, decided_on: date | None = None) -> Permit:
    """The agency approves; it holds for the months of the setting and ends by itself. Twice is no fault."""
    permit = _locked(actor, permit_id)
    if PERMIT.already_done(permit.state, "approve"):
        return permit
    day = said_on(decided_on, not_before=permit.applied_on)
    columns = {
        "approved_on": day,
        "valid_to": permit_valid_to(day, setting("PERMIT_MONTHS")),
        "decided_by_id": actor.user_id,
    }
    move(actor, permit, PERMIT, "approve", Said(), **columns)
    return permit


@law("CCL-27a")
@transaction.atomic
def permit_refuse(*, actor: Actor, permit_id: UUID, code: LeaveRefusal, text: str) -> Permit:
    """Refuse with code, text and officer. Twice is no fault."""
    permit = _locked(actor, permit_id)
    if not PERMIT.already_done(permit.state, "refuse"):
        columns = {"refusal": code, "decided_by_id": actor.user_id}
        move(actor, permit, PERMIT, "refuse", Said(text, code=code), **columns)
        burden_guard(actor, permit.subject, Burden.LEAVE_REFUSED)
    return permit


@transaction.atomic
def permit_withdraw(*, actor: Actor, permit_id: UUID) -> Permit:
    """The person takes the application back. Twice is no fault."""
    permit = _locked(actor, permit_id)
    if not PERMIT.already_done(permit.state, "withdraw"):
        move(actor, permit, PERMIT, "withdraw", Said())
    return permit


@transaction.atomic
def permit_end(*, actor: Actor, permit_id: UUID, text: str) -> Permit:
    """The agency ends a permit, from today on, with a reason. Twice is no fault."""
    permit = _locked(actor, permit_id)
    if PERMIT.already_done(permit.state, "end"):
        return permit
    if not text:
        raise Problem("reason_required", fields={"text": ["required"]})
    move(actor, permit, PERMIT, "end", Said(text), valid_to=_cut(permit))
    burden_guard(actor, permit.subject, Burden.LEAVE_REFUSED)
    return permit


def permit_end_with_term(permit: Permit) -> None:
    """The term is over; the person's row is locked."""
    columns = {"valid_to": _cut(permit)} if permit.valid_to else {}
    move(SYSTEM, permit, PERMIT, "term_end", Said(), **columns)


def _cut(permit: Permit) -> date | None:
    return min(clock.today(), permit.valid_to) if permit.valid_to else None


@law("CCM-29")
@transaction.atomic
def permit_expire(permit_id: UUID) -> int:
    """The months are over."""
    rows = Permit.objects.select_for_update(skip_locked=True, of=("self",)).select_related("subject")
    permit = rows.filter(id=permit_id, state="in_force", valid_to__lte=clock.today()).first()
    if permit is None or permit.valid_to is None:
        return 0
    move(SYSTEM, permit, PERMIT, "expire", Said(at=clock.day_start(permit.valid_to)))
    return 1


def _locked(actor: Actor, permit_id: UUID) -> Permit:
    return row_locked(actor, Permit.objects.all(), permit_id)


@law("CCL-9/10")
@transaction.atomic
def delegation_create(
    *, actor: Actor, station_id: UUID, document_no: str, valid_from: date, valid_to: date
) -> Delegation:
    """The agency's head entrusts a station, by document and between two dates."""
    agency = _agency_of_head(actor)
    station = Organisation.objects.filter(id=station_id, kind=OrganisationKind.STATION).first()
    if station is None or station.area_id not in area_subtree_ids(agency.area_id):
        raise Problem("invalid", fields={"station": ["no station of this agency"]})
    if valid_to <= valid_from:
        raise Problem("invalid", fields={"valid_to": ["not after valid_from"]})
    if Delegation.objects.filter(agency=agency, document_no=document_no).exists():
        raise Problem("already_exists", fields={"document_no": ["this document stands already"]})
    row = Delegation.objects.create(
        agency=agency, station=station, document_no=document_no, valid_from=valid_from, valid_to=valid_to,
        created_by_id=actor.user_id, created_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="delegation.created", subject_kind="delegation", subject_id=row.id)
    return row


@law("CCL-9/10")
@transaction.atomic
def delegation_end(*, actor: Actor, delegation_id: UUID) -> Delegation:
    """Take a delegation back: from today on the station decides nothing under it. Twice is no fault."""
    agency = _agency_of_head(actor)
    row = existing(Delegation.objects.select_for_update().filter(id=delegation_id, agency=agency))
    if row.valid_to > clock.today():
        row.valid_to, row.ended_by_id = max(clock.today(), row.valid_from), actor.user_id
        row.save(update_fields=["valid_to", "ended_by"])
        record(actor=actor, event="delegation.ended", subject_kind="delegation", subject_id=row.id)
    return row


def _agency_of_head(actor: Actor) -> Organisation:
    if actor.role != Role.AGENCY_HEAD:
        raise Problem("role_not_allowed")
    actor.sign(Signing.ENTRUST)
    return Organisation.objects.get(id=actor.organisation_id)

"""A person moves within the district: another community of execution, and with it maybe another station."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation
from accounts.selectors import organisation_members
from audit.services import record
from corrections.codes import PlaceBasis
from corrections.models import ExecutionPlace, Subject
from corrections.services.acts import not_after_today
from corrections.services.endings import group_close
from corrections.services.found import require_staff, subject_locked
from corrections.services.phones import phones_update
from corrections.services.reception import offices_of
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class NewPlace:
    """Where the person lives from that day on. `station` and `officer` only where another one answers."""

    execution_area: UUID
    basis: PlaceBasis
    on: date
    station_id: UUID | None = None
    officer_id: UUID | None = None


@law("CCL-17")
@transaction.atomic
def place_change(*, actor: Actor, subject_id: UUID, place: NewPlace) -> Subject:
    """Exactly one place at a time: the one before ends with that day. A station moves within its own street,
    the agency to another station, whose officer answers then and forms a group of its own; no phone keeps
    what the one before held. Into another county leads a transfer."""
    require_staff(actor)
    subject = subject_locked(actor, subject_id)
    current = ExecutionPlace.objects.select_for_update().get(subject=subject, valid_to__isnull=True)
    if not_after_today("on", place.on) <= current.valid_from:
        raise Problem("invalid", fields={"on": ["not after the day of the place before"]})
    station, agency, unit = offices_of(actor, place.station_id or subject.station_id, place.execution_area)
    if agency.id != subject.agency_id:
        raise Problem("place_not_yours", fields={"execution_area": ["another agency: that is a transfer"]})
    current.valid_to = place.on
    current.save(update_fields=["valid_to"])
    ExecutionPlace.objects.create(
        subject=subject, area_id=place.execution_area, unit_id=unit, basis=place.basis, valid_from=place.on
    )
    _given(subject, station, place.officer_id)
    record(
        actor=actor, event="subject.place_changed", subject_kind="subject", subject_id=subject.id,
        fields=["places", "station", "officer"],
    )  # fmt: skip
    return subject


def _given(subject: Subject, station: Organisation, officer_id: UUID | None) -> None:
    """To the station that answers from now on, and to an officer of it."""
    moved = station.id != subject.station_id
    officer = officer_id or (None if moved else subject.officer_id)
    if officer not in organisation_members(station.id, [Role.STATION_OFFICER]):
        raise Problem("invalid", fields={"officer": ["not an officer of the station"]})
    subject.station, subject.officer_id = station, officer
    subject.save(update_fields=["station", "officer"])
    if moved:
        group_close(subject)
        phones_update([subject.id])

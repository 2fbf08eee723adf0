"""调解员名册: the keeper's acts on the committee's register, and what a mediator names for the conflict
check."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import organisation_members
from audit import services as audit
from edge.encryption import blind
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock, text
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import access
from mediation.codes import MediatorKind
from mediation.models import Mediator, MediatorAbsence, MediatorRelation

OFFICES = (OrganisationKind.COMMITTEE, OrganisationKind.MEDIATION_CENTRE)


@law("PM-13/14")
@transaction.atomic
def mediator_register(
    *,
    actor: Actor,
    user_id: UUID,
    valid_from: date,
    valid_to: date | None = None,
    kind: str = MediatorKind.HIRED,
    certificate: str = "",
    specialities: Sequence[str] = (),
    id: UUID | None = None,
) -> Mediator:
    """Enter somebody into the register of the keeper's own committee who holds the role there or in the
    centre beside it."""
    bodies = Organisation.objects.filter(kind=OrganisationKind.COMMITTEE)
    if known := made_before(Mediator, id, user_id=user_id, registered_by_id=actor.user_id):
        return known
    committee = bodies.filter(pk=actor.organisation_id).first() if actor.organisation_id else None
    if committee is None:
        raise Problem("role_not_allowed")
    beside = Organisation.objects.filter(area_id=committee.area_id, kind__in=OFFICES)
    if not any(user_id in organisation_members(body.pk, [Role.MEDIATOR]) for body in beside):
        raise Problem("mediator_unknown")
    _check_dates(valid_from, valid_to)
    if Mediator.objects.filter(committee=committee, user_id=user_id, ended_on=None).exists():
        raise Problem("mediator_registered")
    row = Mediator.objects.create(
        id=id or uuid7(), committee=committee, user_id=user_id, kind=kind, certificate=certificate,
        valid_from=valid_from, valid_to=valid_to, specialities=sorted(set(specialities)),
        registered_at=clock.now(), registered_by_id=actor.user_id,
    )  # fmt: skip
    _recorded(actor, row, "mediator.registered", ["valid_from", "valid_to", "specialities"])
    return row


def _check_dates(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise Problem("invalid", fields={"valid_to": ["before valid_from"]})


@transaction.atomic
def mediator_change(*, actor: Actor, mediator_id: UUID, **columns: Any) -> Mediator:
    """Correct or prolong an entry: `valid_to`, `certificate`, `specialities`."""
    row = _locked(actor, mediator_id)
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    _check_dates(row.valid_from, row.valid_to)
    if changed:
        row.save(update_fields=list(changed))
        _recorded(actor, row, "mediator.changed", sorted(changed))
    return row


@transaction.atomic
def mediator_end(*, actor: Actor, mediator_id: UUID, reason: str, ended_on: date | None = None) -> Mediator:
    """Out of the register from that day on. The own cases stay until the director has given them to somebody
    else. Twice is no fault."""
    row = _locked(actor, mediator_id)
    if row.ended_on is None:
        row.ended_on, row.end_reason = ended_on or clock.today(), reason
        row.save(update_fields=["ended_on", "end_reason"])
        _recorded(actor, row, "mediator.ended", ["ended_on"], reason)
    return row


@transaction.atomic
def absence_record(
    *, actor: Actor, mediator_id: UUID, from_day: date, to_day: date | None = None
) -> MediatorAbsence:
    """Days on which a mediator is not there, entered by the keeper, the director or the mediator. No reason
    is kept."""
    row = existing(access.mediators_visible_to(actor).filter(pk=mediator_id))
    if actor.role == Role.MEDIATOR and row.user_id != actor.user_id:
        raise Problem("role_not_allowed")
    if to_day is not None and to_day < from_day:
        raise Problem("invalid", fields={"to_day": ["before from_day"]})
    days, created = MediatorAbsence.objects.get_or_create(
        mediator=row, from_day=from_day, to_day=to_day,
        defaults={"recorded_at": clock.now(), "recorded_by_id": actor.person},
    )  # fmt: skip
    if created:
        _recorded(actor, row, "mediator.absent", ["from_day", "to_day"])
    return days


@transaction.atomic
def absence_end(*, actor: Actor, mediator_id: UUID, absence_id: UUID, to_day: date) -> MediatorAbsence:
    """The last day of an absence: when it was open, or when somebody comes back earlier or later."""
    absence = MediatorAbsence.objects.filter(
        pk=absence_id, mediator_id=mediator_id, mediator__in=access.mediators_visible_to(actor)
    ).first()
    if absence is None:
        raise Problem("not_found")
    if actor.role == Role.MEDIATOR and absence.mediator.user_id != actor.user_id:
        raise Problem("role_not_allowed")
    if to_day < absence.from_day:
        raise Problem("invalid", fields={"to_day": ["before from_day"]})
    absence.to_day = to_day
    absence.save(update_fields=["to_day"])
    _recorded(actor, absence.mediator, "mediator.absent", ["to_day"])
    return absence


@law("PM-AV")
@transaction.atomic
def relation_declare(
    *, actor: Actor, relation: str, id: UUID | None = None, **person: str
) -> MediatorRelation:
    """A mediator names somebody (the own person, family, a shared interest) for the conflict check, by
    `name`, `phone`, `id_number` or several of them. Only keyed digests are kept; nobody can read who it is,
    the mediator neither."""
    if known := made_before(MediatorRelation, id, user_id=actor.person):
        return known
    indexes = _indexes(person)
    if not indexes:
        raise Problem("invalid", fields={"name": ["name, phone or id_number"]})
    row = MediatorRelation.objects.create(
        id=id or uuid7(), user_id=actor.person, relation=relation, declared_at=clock.now(), **indexes
    )
    audit.record(
        actor=actor, event="mediator.relation_declared", subject_kind="mediator_relation", subject_id=row.pk,
        fields=sorted(indexes), detail={"relation": relation},
    )  # fmt: skip
    return row


def _indexes(person: Mapping[str, str]) -> dict[str, bytes]:
    forms = {"name": text.fold, "phone": text.digits, "id_number": text.digits}
    columns = {"name": "name_index", "phone": "phone_index", "id_number": "id_index"}
    given = {name: forms[name](value) for name, value in person.items() if value.strip()}
    return {columns[name]: blind(f"party.{name}", value) for name, value in given.items() if value}


@transaction.atomic
def relation_end(*, actor: Actor, relation_id: UUID) -> None:
    """What a mediator named no longer holds. Twice is no fault."""
    row = existing(MediatorRelation.objects.select_for_update().filter(pk=relation_id, user_id=actor.person))
    if row.ended_at is None:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        audit.record(
            actor=actor,
            event="mediator.relation_ended",
            subject_kind="mediator_relation",
            subject_id=row.pk,
            fields=["ended_at"],
        )


def _locked(actor: Actor, mediator_id: UUID) -> Mediator:
    """An entry of the keeper's own committee."""
    row = (
        Mediator.objects.select_for_update()
        .filter(pk=mediator_id, committee_id=actor.organisation_id)
        .first()
    )
    if row is None:
        raise Problem("not_found")
    return row


def _recorded(actor: Actor, row: Mediator, event: str, fields: list[str], reason: str = "") -> None:
    audit.record(
        actor=actor, event=event, subject_kind="mediator", subject_id=row.pk, fields=fields, reason=reason
    )

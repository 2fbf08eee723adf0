from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Area, Organisation, User, VendorAccount
from accounts.naming import search_words
from audit.services import record
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem

AMENDABLE = frozenset({"name", "phone", "superior_id"})


@transaction.atomic
def area_create(
    *,
    actor: Actor,
    code: str,
    name: str,
    level: str,
    parent_id: UUID | None = None,
    valid_from: date | None = None,
) -> Area:
    """A new division (code of 12 digits, GR-6), in force from `valid_from` (default: today)."""
    area = Area.objects.create(
        code=code, name=name, level=level, parent_id=parent_id, valid_from=valid_from or clock.today(),
        search=search_words(name, code),
    )  # fmt: skip
    record(
        actor=actor, event="area.created", subject_kind="area", subject_id=area.id, fields=["code", "name"]
    )
    return area


@transaction.atomic
def organisation_create(
    *, actor: Actor, name: str, kind: str, area_id: UUID, phone: str = "", superior_id: UUID | None = None
) -> Organisation:
    """A new organisation, still without a head."""
    existing(Area.objects.filter(pk=area_id), field="area")
    if superior_id is not None:
        existing(Organisation.objects.filter(pk=superior_id), field="superior")
    organisation = Organisation.objects.create(
        name=name, kind=kind, area_id=area_id, phone=phone, superior_id=superior_id, created_at=clock.now()
    )
    record(
        actor=actor, event="organisation.created", subject_kind="organisation", subject_id=organisation.id,
        fields=["name", "kind", "area", "phone", "superior"],
    )  # fmt: skip
    return organisation


@transaction.atomic
def organisation_amend(*, actor: Actor, organisation_id: UUID, changes: dict[str, Any]) -> Organisation:
    """Change name, phone or superior. A chain of superiors that comes back to itself is a conflict."""
    organisation = existing(Organisation.objects.select_for_update(of=("self",)).filter(pk=organisation_id))
    for field in AMENDABLE & changes.keys():
        setattr(organisation, field, changes[field])
    _refuse_circle(organisation)
    organisation.save(update_fields=sorted(AMENDABLE & changes.keys()))
    record(
        actor=actor, event="organisation.amended", subject_kind="organisation", subject_id=organisation.id,
        fields=sorted(changes),
    )  # fmt: skip
    return organisation


@transaction.atomic
def organisation_head_set(*, actor: Actor, organisation_id: UUID, user_id: UUID, reason: str) -> Organisation:
    """Name the head, who confirms guarded roles. The one who names is never the one named."""
    organisation = existing(Organisation.objects.select_for_update(of=("self",)).filter(pk=organisation_id))
    user = existing(User.objects.filter(state="active", pk=user_id), field="user")
    if user.id == actor.user_id:
        raise Problem("own_membership")
    if VendorAccount.objects.filter(user=user).exists():
        raise Problem("vendor_has_no_role")
    organisation.head = user
    organisation.save(update_fields=["head"])
    record(
        actor=actor, event="organisation.head_named", subject_kind="organisation", subject_id=organisation.id,
        fields=["head"], reason=reason, detail={"head": str(user.id)},
    )  # fmt: skip
    return organisation


def _refuse_circle(organisation: Organisation) -> None:
    seen, above = {organisation.id}, organisation.superior_id
    while above is not None:
        if above in seen:
            raise Problem("conflict", "the superiors form a circle")
        seen.add(above)
        above = existing(Organisation.objects.filter(pk=above), field="superior").superior_id

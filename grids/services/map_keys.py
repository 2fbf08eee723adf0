"""Keys with which a desktop GIS reads the map."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit.services import record
from edge.conf import setting
from edge.rows import existing
from grids.models import MapKey
from grids.serving import keys
from grids.serving.access import map_keys_visible_to
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem


@transaction.atomic
def map_key_create(*, actor: Actor, program: str, days: int) -> tuple[MapKey, str]:
    """A key for the actor's present role, and its text, which is said this once. Problem: map_keys_full."""
    if actor.membership_id is None:
        raise Problem("role_not_allowed")
    now = clock.now()
    User.objects.select_for_update().get(pk=actor.person)
    living = MapKey.objects.filter(user_id=actor.person, revoked_at__isnull=True, expires_at__gt=now)
    if living.count() >= setting("MAP_KEYS_MAX"):
        raise Problem("map_keys_full", most=setting("MAP_KEYS_MAX"))
    secret, digest = keys.new_secret()
    key = MapKey.objects.create(
        user_id=actor.person, membership_id=actor.membership_id, program=program, digest=digest,
        created_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    record(
        actor=actor, event="map_key.created", subject_kind="map_key", subject_id=key.id, detail={"days": days}
    )
    return key, keys.token(key, secret)


@transaction.atomic
def map_key_revoke(*, actor: Actor, key_id: UUID) -> MapKey:
    """End a key at once; a doubled call answers the same. Problem: not_found."""
    rows = MapKey.objects.select_for_update(of=("self",))
    key = existing(rows.filter(id__in=map_keys_visible_to(actor), id=key_id))
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
        record(actor=actor, event="map_key.revoked", subject_kind="map_key", subject_id=key.id)
    return key

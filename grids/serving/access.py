"""Who reads the map, by what, and whose keys are whose."""

from django.db.models import QuerySet

from edge.policy import EVERYONE, Policy
from grids.access import STAFF_ON_THE_MAP
from grids.models import MapKey, Pack
from grids.selectors import assigned_grid_ids
from kernel.actor import Actor
from kernel.codes.roles import Role

MAP = Policy(EVERYONE)
KEY_HOLDERS = frozenset(STAFF_ON_THE_MAP)
KEYS = Policy({"list": KEY_HOLDERS, "create": KEY_HOLDERS, "revoke": KEY_HOLDERS})
EXPORTS = Policy({"post": KEY_HOLDERS})
PACK = Policy({"get": {Role.GRID_WORKER}, "head": {Role.GRID_WORKER}}, device=True)


def map_keys_visible_to(actor: Actor) -> QuerySet[MapKey]:
    """The own keys of the present role; the administrator's list has everybody's."""
    if actor.is_system or actor.role == Role.DISTRICT_ADMIN:
        return MapKey.objects.all()
    return MapKey.objects.filter(user_id=actor.user_id, membership_id=actor.membership_id)


def packs_visible_to(actor: Actor) -> QuerySet[Pack]:
    """The own packs, newest first, each while the worker is in charge of all of the grids it was made for."""
    if actor.is_system:
        return Pack.objects.all()
    return Pack.objects.filter(worker_id=actor.user_id, grids__contained_by=assigned_grid_ids(actor.person))

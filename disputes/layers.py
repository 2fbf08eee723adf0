"""How many open disputes lie where, for maps."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.selectors import actor_areas, area_subtree_ids
from disputes.access import disputes_visible_to
from disputes.machine import OPEN_STATES
from disputes.models import Dispute
from grids.serving.counts import Layer, count_layer
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law


def connect() -> None:
    """Enter the layer (once, when the app is ready)."""
    count_layer(Layer("disputes", "未了结纠纷 open disputes", open_disputes))


@law("DV-23")
def open_disputes(actor: Actor, level: str) -> Mapping[UUID, int]:
    """Open disputes by id of grid or community; protected and restricted ones are on no map, for nobody."""
    rows = _countable(actor).filter(state__in=OPEN_STATES, protected=False, restricted=False)
    rows = rows.filter(**{f"{level}__isnull": False})
    return dict(rows.order_by(level).values_list(level).annotate(number=Count("pk", distinct=True)))


def _countable(actor: Actor) -> QuerySet[Dispute]:
    """The analyst counts the own area without seeing a single one; everybody else what they see."""
    if actor.role == Role.ANALYST:
        return Dispute.objects.filter(street_id__in=area_subtree_ids(actor_areas(actor)))
    return disputes_visible_to(actor)

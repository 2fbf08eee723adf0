"""Who sees statistics: the district's totals for all who may, a street's for those whose reach holds it."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Area
from accounts.selectors import actor_areas, area_ancestors, area_subtree_ids
from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.law import AreaLevel
from kernel.codes.roles import Role

STATISTICS = Policy({Role.ANALYST, Role.CENTRE_DIRECTOR, Role.CENTRE_CLERK, Role.COMMITTEE_KEEPER})


@dataclass(frozen=True, slots=True)
class Reach:
    """The district of the reader, all its streets by id, and the codes of those that the reader may see."""

    district: Area | None
    streets: dict[UUID, Area]
    own: frozenset[str]


def reach_of(actor: Actor) -> Reach:
    own = actor_areas(actor)
    above = [pk for area in own for pk, level in area_ancestors(area) if level == AreaLevel.DISTRICT]
    if not above:
        return Reach(None, {}, frozenset())
    below = Area.objects.filter(pk__in=area_subtree_ids(above[0]), level=AreaLevel.STREET)
    streets = {street.pk: street for street in below.order_by("code")}
    mine = set(area_subtree_ids(own))
    return Reach(
        Area.objects.get(pk=above[0]), streets, frozenset(s.code for s in streets.values() if s.pk in mine)
    )

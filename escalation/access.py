"""Who sees what fired: whoever sees the dispute. A firing on a hidden dispute does not exist."""

from django.db.models import QuerySet

from disputes.access import disputes_visible_to
from edge.policy import Policy
from escalation.models import Firing, LevelClock
from kernel.actor import Actor
from kernel.codes.roles import Role

READERS = frozenset(
    {Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.MEDIATOR, Role.GRID_WORKER}
)
FIRINGS = Policy({"list": READERS, "retrieve": READERS})
CLOCKS = Policy({"list": READERS, "retrieve": READERS})


def visible_to(actor: Actor) -> QuerySet[Firing]:
    """Firings on the disputes that exist for the actor."""
    return Firing.objects.filter(dispute__in=disputes_visible_to(actor).values("pk"))


def visible_clocks(actor: Actor) -> QuerySet[LevelClock]:
    """Level clocks of the same disputes."""
    return LevelClock.objects.filter(dispute__in=disputes_visible_to(actor).values("pk"))

"""Who sees what fired: whoever sees the dispute. A firing on a hidden dispute does not exist."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from disputes.access import disputes_visible_to
from edge.policy import Policy
from escalation.explaining import made_by
from escalation.models import Extension, Firing, LevelClock, Rule
from kernel.actor import Actor
from kernel.codes.roles import Role
from liaison import access as liaison
from mediation import access as mediation
from tasks import access as tasks

READERS = frozenset(
    {Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.MEDIATOR, Role.GRID_WORKER}
)
HOLDERS = frozenset({Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.GRID_WORKER})
ADMIN = frozenset({Role.DISTRICT_ADMIN})
LOOK = frozenset({Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR}) | ADMIN
DIRECTOR = frozenset({Role.CENTRE_DIRECTOR})
RULES = Policy({"list": LOOK, "retrieve": LOOK, "create": ADMIN, "activate": ADMIN, "retire": ADMIN})
TRIALS = Policy({"post": ADMIN | DIRECTOR})
PROFILES = Policy({"get": LOOK, "post": ADMIN})
EXTENSIONS = Policy({"list": HOLDERS, "create": HOLDERS, "decision": DIRECTOR})
FIRINGS = Policy({"list": READERS, "retrieve": READERS})
CLOCKS = Policy({"list": READERS, "retrieve": READERS})

OPENED: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "intake": mediation.visible_intake,
    "report": liaison.visible_to,
    "task": tasks.visible_to,
}


def visible_to(actor: Actor) -> QuerySet[Firing]:
    """Firings on the disputes that exist for the actor."""
    return Firing.objects.filter(dispute__in=disputes_visible_to(actor).values("pk"))


def visible_clocks(actor: Actor) -> QuerySet[LevelClock]:
    """Level clocks of the same disputes."""
    return LevelClock.objects.filter(dispute__in=disputes_visible_to(actor).values("pk"))


def visible_rules(actor: Actor) -> QuerySet[Rule]:
    """Rules are the district's settings: no secret to those who work under them."""
    return Rule.objects.all() if actor.is_system or actor.role in LOOK else Rule.objects.none()


def visible_extensions(actor: Actor) -> QuerySet[Extension]:
    """Requests for more time of clocks that the actor sees."""
    return Extension.objects.filter(clock__in=visible_clocks(actor).values("pk"))


def openable(actor: Actor, firings: Iterable[Firing]) -> set[tuple[str, str]]:
    """(kind, id) of what these firings made, as far as the actor may open it."""
    ids: dict[str, set[str]] = {}
    for kind, id_ in filter(None, (made_by(done) for firing in firings for done in firing.actions)):
        ids.setdefault(kind, set()).add(id_)
    found = set()
    for kind, wanted in sorted(ids.items()):
        rows = OPENED[kind](actor).filter(pk__in=wanted).values_list("pk", flat=True)
        found |= {(kind, str(pk)) for pk in rows}
    return found

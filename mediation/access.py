"""Who sees intake items and cases: the centre of the street. Protected and restricted ones: only the
director, the clerk whom the director named for the street, and the mediators named in the case. For all
others they do not exist.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.selectors import actor_areas, area_subtree_ids
from disputes.access import named_streets
from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from mediation.machine import DESK
from mediation.models import Case, CaseMediator, IntakeItem

CENTRE = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.MEDIATOR})


def visible_intake(actor: Actor) -> QuerySet[IntakeItem]:
    """The intake items that the actor may know of."""
    if actor.is_system:
        return IntakeItem.objects.all()
    if actor.role not in CENTRE:
        return IntakeItem.objects.none()
    named = CaseMediator.objects.filter(case__intake=OuterRef("pk"), user_id=actor.person, replaced_at=None)
    return IntakeItem.objects.filter(_reach(actor, named))


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor may know of."""
    if actor.is_system:
        return Case.objects.all()
    if actor.role not in CENTRE:
        return Case.objects.none()
    named = CaseMediator.objects.filter(case=OuterRef("pk"), user_id=actor.person, replaced_at=None)
    return Case.objects.filter(_reach(actor, named))


visible_to = visible_cases


def _reach(actor: Actor, named: QuerySet[CaseMediator]) -> Q:
    """Streets of the actor's organisation, less what is protected or restricted there; a mediator: own
    cases."""
    if actor.role == Role.MEDIATOR:
        return Q(Exists(named))
    streets = Q(street_id__in=area_subtree_ids(actor_areas(actor)))
    if actor.role == Role.CENTRE_DIRECTOR:
        return streets
    open_to_all = Q(protected=False, dispute__protected=False, dispute__restricted=False)
    return streets & (open_to_all | Q(street_id__in=named_streets(actor)))


INTAKE = Policy(
    {
        "list": CENTRE,
        "retrieve": CENTRE,
        **dict.fromkeys(("read", "offer", "protect", "to_department", "close", "hand_back"), DESK),
    }
)
CASES = Policy(
    {
        "list": CENTRE,
        "retrieve": CENTRE,
        "names": CENTRE,
        "wish": CENTRE - {Role.CENTRE_CLERK},
        **dict.fromkeys(("accept", "decline", "cannot_reach", "ask_again", "extend", "mediators"), DESK),
        **dict.fromkeys(("consents", "refuse", "fail", "ways"), CENTRE),
    }
)

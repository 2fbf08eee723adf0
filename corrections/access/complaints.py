"""Who sees complaints and second decisions.

A complaint exists for the desk, the procurator and whoever handles it; never for the officer it is about,
whatever the officer's role: no row, no count, no worklist line, and the answer of an absent one.
"""

from django.db.models import Q, QuerySet

from accounts.models import OrganisationKind
from accounts.selectors import actor_areas, area_subtree_ids
from corrections.access.people import of_bureau, visible_to
from corrections.access.roles import DECIDERS
from corrections.complaints import DESK, OUTSIDE
from corrections.models import Complaint, SecondDecision
from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.closing import GONE, closed

SECONDS = Policy(
    dict.fromkeys(("list", "retrieve", "reveal"), DECIDERS)
    | dict.fromkeys(("create", "withdraw"), DECIDERS)
    | dict.fromkeys(("agree", "decline"), DECIDERS - {Role.STATION_OFFICER})
)
COMPLAINTS = Policy(
    dict.fromkeys(("list", "retrieve", "reveal", "answer_it"), OUTSIDE)
    | dict.fromkeys(("create", "assign", "pass_on", "withdraw", "tell_procurator"), DESK)
    | {"link": frozenset({Role.PROCURATOR})}
)
COMPLAINT_PAPERS = Policy({"post": OUTSIDE})


@law("CCL-61")
def seconds_visible_to(actor: Actor) -> QuerySet[SecondDecision]:
    """What was asked about the people whom the actor answers for; a station sees what it asked itself."""
    if actor.role == Role.STATION_OFFICER:
        return SecondDecision.objects.filter(subject__in=visible_to(actor), asked_by=actor.user_id)
    if actor.role == Role.BUREAU_HEAD:
        return SecondDecision.objects.filter(subject__in=of_bureau(actor))
    return SecondDecision.objects.filter(subject__in=visible_to(actor))


@law("CCL-34b", "CCL-61")
def complaints_visible_to(actor: Actor) -> QuerySet[Complaint]:
    """Those of the own desk's district; for the bureau's head only what was assigned. Never one's own. One
    that is still open goes on when the file is sealed; after that it is gone with the file. One of nobody in
    the register is closed by itself."""
    over = Q(closed_at__isnull=False, subject__in=closed("subject", *GONE))
    of_nobody = Q(pk__in=closed("correction_complaint"))
    rows = Complaint.objects.exclude(against=actor.user_id).exclude(over | of_nobody)
    if actor.role in DESK:
        return rows.filter(door__area_id__in=area_subtree_ids(actor_areas(actor)))
    if actor.role == Role.BUREAU_HEAD:
        return rows.filter(assigned_to=actor.user_id)
    return rows.none()


def officers_of(actor: Actor) -> Q:
    """Offices whose officers a complaint may be about, in the actor's district."""
    kinds = [OrganisationKind.STATION, OrganisationKind.AGENCY, OrganisationKind.BUREAU]
    return Q(organisation__kind__in=kinds, organisation__area_id__in=area_subtree_ids(actor_areas(actor)))

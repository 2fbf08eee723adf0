"""Who sees ends, detentions, changes of place, and what the procuratorate said."""

from django.db.models import QuerySet

from accounts.selectors import actor_areas, area_subtree_ids
from corrections.access.people import visible_to
from corrections.access.roles import READERS, SEEN, TRACKS
from corrections.machine import AGENCY, STAFF
from corrections.models import Detention, Ending, Opinion, Transfer
from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.closing import GONE, closed

ENDINGS = Policy(
    dict.fromkeys(("list", "retrieve"), TRACKS)
    | dict.fromkeys(("certify", "released_by", "terminate", "notice", "close"), AGENCY)
    | {"look_at": frozenset({Role.AGENCY_HEAD})}
)
DETENTIONS = Policy(SEEN | dict.fromkeys(("create", "resume"), STAFF))
TRANSFERS = Policy(
    SEEN
    | dict.fromkeys(
        ("create", "decide", "told", "withdraw", "move", "file_sent", "receipt", "report", "not_arrived"),
        AGENCY,
    )
)
OPINIONS = Policy(
    dict.fromkeys(("list", "retrieve"), TRACKS)
    | {"reveal": TRACKS, "create": frozenset({Role.PROCURATOR}), "reply": AGENCY}
)
SELF_CHECK = Policy({"get": TRACKS})
OPINION_PAPERS = Policy({"post": AGENCY})
CHECKLIST = Policy({"get": READERS, "post": STAFF})
TERMINATE = Policy({"post": AGENCY})


@law("CCL-44")
def endings_visible_to(actor: Actor) -> QuerySet[Ending]:
    """Ends whose papers are not complete, for the own agency; the procurator sees all of the district. No
    value of the person stands in them."""
    rows = Ending.objects.exclude(subject__in=closed("subject", *GONE))
    if actor.role in AGENCY:
        return rows.filter(subject__agency_id=actor.organisation_id).exclude(state="closed")
    if actor.role == Role.PROCURATOR:
        return rows.filter(subject__station__area_id__in=area_subtree_ids(actor_areas(actor)))
    return Ending.objects.none()


def detentions_visible_to(actor: Actor) -> QuerySet[Detention]:
    return Detention.objects.filter(subject__in=visible_to(actor))


def transfers_visible_to(actor: Actor) -> QuerySet[Transfer]:
    return Transfer.objects.filter(subject__in=visible_to(actor))


@law("CCL-8")
def opinions_visible_to(actor: Actor) -> QuerySet[Opinion]:
    """What was said to the own agency; what the procurators of the district said."""
    rows = Opinion.objects.exclude(subject__in=closed("subject", *GONE))
    if actor.role in AGENCY:
        return rows.filter(agency_id=actor.organisation_id)
    if actor.role == Role.PROCURATOR:
        return rows.filter(agency__area_id__in=area_subtree_ids(actor_areas(actor)))
    return Opinion.objects.none()

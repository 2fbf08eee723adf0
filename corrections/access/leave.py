"""Who sees leave, permits and the delegations under which a station decides."""

from django.db.models import QuerySet

from accounts.selectors import actor_areas, area_subtree_ids
from corrections.access.people import visible_to
from corrections.access.roles import READ, SEEN
from corrections.machine import AGENCY, STAFF
from corrections.models import Delegation, Leave, Permit
from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role

# What a station may decide of a leave, and only under its delegation, the machine says (CCL-9/10).
LEAVES = Policy(
    READ
    | dict.fromkeys(
        (
            "create", "emergency", "submit", "verify", "return_papers", "withdraw", "approve", "refuse",
            "raise_objection", "close", "close_late", "not_used", "extend", "review", "notice_done",
        ),
        STAFF,
    )
    | dict.fromkeys(("forward", "decide_objection", "record_city", "confirm_city", "order_back"), AGENCY)
)  # fmt: skip
PERMITS = Policy(
    READ | dict.fromkeys(("create", "withdraw"), STAFF) | dict.fromkeys(("approve", "refuse", "end"), AGENCY)
)
DELEGATIONS = Policy(SEEN | {"create": {Role.AGENCY_HEAD}, "end": {Role.AGENCY_HEAD}})
DELEGATION_PAPERS = Policy({"post": STAFF})


def leaves_visible_to(actor: Actor) -> QuerySet[Leave]:
    return Leave.objects.filter(subject__in=visible_to(actor))


def permits_visible_to(actor: Actor) -> QuerySet[Permit]:
    return Permit.objects.filter(subject__in=visible_to(actor))


def delegations_visible_to(actor: Actor) -> QuerySet[Delegation]:
    """Papers between an agency and its stations: the station's own, the agency's, the district's."""
    rows = Delegation.objects.all()
    if actor.role == Role.STATION_OFFICER:
        return rows.filter(station_id=actor.organisation_id)
    if actor.role in AGENCY:
        return rows.filter(agency_id=actor.organisation_id)
    if actor.role == Role.PROCURATOR:
        return rows.filter(station__area_id__in=area_subtree_ids(actor_areas(actor)))
    return rows.none()

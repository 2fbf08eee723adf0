"""Who sees which people in correction, with their orders and terms. Who is not named sees nothing: no row, no
count, no tombstone, no receipt.
"""

from django.db.models import Q, QuerySet

from accounts.selectors import actor_areas, area_subtree_ids
from corrections.access.roles import READ, READERS, RESTRICTED_READERS
from corrections.machine import AGENCY, STAFF
from corrections.models import Order, OrderTerm, Subject
from edge.policy import Policy
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.closing import GONE, closed
from privacy.services import glass_opened

SUBJECTS = Policy(READ | {"file": READERS} | dict.fromkeys(("create", "find", "move"), STAFF))
FORMS = Policy({"get": STAFF})
SUBJECT_PAPERS = Policy({"post": STAFF})
REPORTING = Policy({"post": AGENCY})
TO_BE_SEALED = Policy({"post": STAFF})
ORDERS = Policy(READ | dict.fromkeys(("create", "set_term", "confirm_term", "date"), STAFF))


@law("CCL-9/10", "CCL-12")
def visible_to(actor: Actor) -> QuerySet[Subject]:
    """The people in correction whom the actor's role may see, in the actor's own organisation or district.

    Who has reached the end of the term is in no list any more, from 24:00 of the last day, whatever the job
    did.
    """
    return _in_reach(actor, Subject.objects.filter(_in_term(), state="in_correction"))


@law("CCL-44", "CCL-54")
def readable_by(actor: Actor) -> QuerySet[Subject]:
    """Whose values may be opened with purpose and reason: the visible ones; of those whose term is over
    (RESTRICTED 限制, in no list and no count) by the agency's head and the procurator alone; what is sealed
    or destroyed never was.
    """
    if actor.role not in RESTRICTED_READERS:
        return visible_to(actor) | _behind_glass(actor)
    return going_on(actor)


def going_on(actor: Actor) -> QuerySet[Subject]:
    """Whose open objections the actor still answers: the people in reach, also when the term is over and the
    file is restricted; not once it is sealed or destroyed."""
    return _in_reach(actor, Subject.objects.exclude(pk__in=closed("subject", *GONE)))


def of_bureau(actor: Actor) -> QuerySet[Subject]:
    """The people whose agency belongs to the bureau of the actor."""
    rows = Subject.objects.filter(
        state="in_correction", agency__area_id__in=area_subtree_ids(actor_areas(actor))
    ).exclude(ends_on__lt=clock.today())
    return rows if actor.role == Role.BUREAU_HEAD else rows.none()


def _behind_glass(actor: Actor) -> QuerySet[Subject]:
    """紧急查阅: people of other stations whom an officer has opened for an hour, with a reason and a
    review."""
    if actor.role not in STAFF or actor.user_id is None:
        return Subject.objects.none()
    opened = glass_opened(actor, "subject")
    return Subject.objects.filter(_in_term(), state="in_correction", pk__in=opened)


def _in_term() -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())


def _in_reach(actor: Actor, rows: QuerySet[Subject]) -> QuerySet[Subject]:
    if actor.role == Role.STATION_OFFICER:
        return rows.filter(station_id=actor.organisation_id)
    if actor.role in AGENCY:
        return rows.filter(agency_id=actor.organisation_id)
    if actor.role == Role.PROCURATOR:
        return rows.filter(station__area_id__in=area_subtree_ids(actor_areas(actor)))
    return rows.none()


def orders_visible_to(actor: Actor) -> QuerySet[Order]:
    return Order.objects.filter(subject__in=visible_to(actor))


def terms_visible_to(actor: Actor) -> QuerySet[OrderTerm]:
    return OrderTerm.objects.filter(order__subject__in=visible_to(actor))

"""Who sees what of corrections. Grid workers see due contacts of their groups and nothing else; everybody
who is not named here sees nothing: no row, no count, no tombstone, no receipt.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.selectors import actor_areas, area_subtree_ids
from corrections.codes import ContactState
from corrections.machine import ON_PHONE, STAFF
from corrections.models import (
    Delegation,
    DueContact,
    Group,
    Leave,
    Member,
    Naming,
    Order,
    OrderTerm,
    Permit,
    PlaceFlag,
    Plan,
    Subject,
    Visit,
)
from edge.policy import Policy
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.closing import GONE, closed
from privacy.services import glass_opened
from sync.models import Inbox

READERS = STAFF | {Role.PROCURATOR}
AGENCY = frozenset({Role.AGENCY_OFFICER, Role.AGENCY_HEAD})
RESTRICTED_READERS = frozenset({Role.AGENCY_HEAD, Role.PROCURATOR})

_READ = dict.fromkeys(("list", "retrieve", "reveal"), READERS)
SUBJECTS = Policy(_READ | {"create": STAFF})
FORMS = Policy({"get": STAFF})
SUBJECT_PAPERS = Policy({"post": STAFF})
REPORTING = Policy({"post": AGENCY})
TO_BE_SEALED = Policy({"post": STAFF})
ORDERS = Policy(_READ | dict.fromkeys(("create", "set_term", "confirm_term"), STAFF))
GROUPS = Policy(_READ | dict.fromkeys(("create", "activate", "add_member", "end_member"), STAFF))
PLANS = Policy(_READ | {"create": STAFF})
CONTACTS = Policy(
    _READ | dict.fromkeys(("create", "excuse", "name_worker", "end_naming", "record_visit"), STAFF)
)
VISITS = Policy(_READ | {"judge": STAFF})
FLAGS = Policy(_READ | {"look_at": STAFF})
# What a station may decide of a leave, and only under its delegation, the machine says (CCL-9/10).
LEAVES = Policy(
    _READ
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
    _READ | dict.fromkeys(("create", "withdraw"), STAFF) | dict.fromkeys(("approve", "refuse", "end"), AGENCY)
)
DELEGATIONS = Policy(
    dict.fromkeys(("list", "retrieve"), READERS) | {"create": {Role.AGENCY_HEAD}, "end": {Role.AGENCY_HEAD}}
)


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
    return _in_reach(actor, Subject.objects.exclude(pk__in=closed("subject", *GONE)))


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


def contacts_visible_to(actor: Actor) -> QuerySet[DueContact]:
    """Due contacts of the people whom the actor may see; for a grid worker what the own phone holds."""
    if actor.role in READERS:
        return DueContact.objects.filter(subject__in=visible_to(actor))
    if actor.role == Role.GRID_WORKER:
        return held_contacts(actor.user_id)
    return DueContact.objects.none()


def visits_visible_to(actor: Actor) -> QuerySet[Visit]:
    """Visits of the people whom the actor may see; for a grid worker what the own phone holds."""
    if actor.role in READERS:
        return Visit.objects.filter(subject__in=visible_to(actor))
    if actor.role == Role.GRID_WORKER:
        return held_visits(actor.user_id)
    return Visit.objects.none()


def flags_visible_to(actor: Actor) -> QuerySet[PlaceFlag]:
    return PlaceFlag.objects.filter(subject__in=visible_to(actor))


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


def groups_visible_to(actor: Actor) -> QuerySet[Group]:
    return Group.objects.filter(subject__in=visible_to(actor))


def held_contacts(user_id: UUID | None) -> QuerySet[DueContact]:
    """What this person's phone holds: from membership of a group, or from being named, and from nothing
    else.
    """
    return DueContact.objects.filter(
        Exists(_member(user_id)) | Exists(_named("pk", user_id)),
        on_phone=True,
        state__in=ON_PHONE,
        subject__state="in_correction",
    )


def held_visits(user_id: UUID | None) -> QuerySet[Visit]:
    """The own visits to people in whose group the author still is (or is named for that visit)."""
    return Visit.objects.filter(
        Exists(_member(user_id)) | Exists(_named("contact_id", user_id)),
        author_id=user_id,
        phone_until__isnull=False,
        subject__state="in_correction",
    )


def _member(user_id: UUID | None) -> QuerySet[Member]:
    rows = Member.objects.filter(group__subject_id=OuterRef("subject_id"), group__state="active")
    return rows.filter(user=user_id, state="in_force")


def _named(contact: str, user_id: UUID | None) -> QuerySet[Naming]:
    """Namings of a user for the contact in the outer query's column; for minors naming gives nothing
    (CCL-54).
    """
    rows = Naming.objects.filter(contact_id=OuterRef(contact), user=user_id, ended_at__isnull=True)
    return rows.filter(contact__subject__minors_rules=False)


def phone_contacts(actor: Actor) -> set[UUID]:
    return set(held_contacts(actor.user_id).values_list("id", flat=True))


def phone_visits(actor: Actor) -> set[UUID]:
    return set(held_visits(actor.user_id).values_list("id", flat=True))


def waiting(rows: QuerySet[DueContact]) -> QuerySet[DueContact]:
    """Contacts that have not been settled."""
    return rows.filter(state__in=[ContactState.PLANNED, ContactState.OPEN, ContactState.IN_GRACE])


def terms_visible_to(actor: Actor) -> QuerySet[OrderTerm]:
    return OrderTerm.objects.filter(order__subject__in=visible_to(actor))


def refused_visible_to(actor: Actor) -> QuerySet[Inbox]:
    """Pushed visits that were not taken and wait at the officer's own station."""
    if actor.role != Role.STATION_OFFICER or actor.organisation_id is None:
        return Inbox.objects.none()
    return Inbox.objects.filter(kind="visit", queue=actor.organisation_id).exclude(state="accepted")


def orders_visible_to(actor: Actor) -> QuerySet[Order]:
    return Order.objects.filter(subject__in=visible_to(actor))


def plans_visible_to(actor: Actor) -> QuerySet[Plan]:
    return Plan.objects.filter(subject__in=visible_to(actor))

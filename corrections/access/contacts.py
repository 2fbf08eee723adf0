"""Who sees groups, plans, due contacts and visits, and what a phone of a group's member holds of them."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from corrections.access.people import visible_to
from corrections.access.roles import READ, READERS
from corrections.codes import ContactState
from corrections.machine import ON_PHONE, STAFF
from corrections.models import DueContact, Evaluation, Group, Member, Naming, PlaceFlag, Plan, Visit
from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from sync.models import Inbox

GROUPS = Policy(
    READ | dict.fromkeys(("create", "activate", "add_member", "end_member", "undertake", "sign"), STAFF)
)
PLANS = Policy(READ | {"create": STAFF})
EVALUATIONS = Policy(READ | {"create": STAFF})
CONTACTS = Policy(
    READ | dict.fromkeys(("create", "excuse", "name_worker", "end_naming", "record_visit"), STAFF)
)
VISITS = Policy(READ | {"judge": STAFF})
FLAGS = Policy(READ | {"look_at": STAFF})


def groups_visible_to(actor: Actor) -> QuerySet[Group]:
    return Group.objects.filter(subject__in=visible_to(actor))


def evaluations_visible_to(actor: Actor) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(subject__in=visible_to(actor))


def plans_visible_to(actor: Actor) -> QuerySet[Plan]:
    return Plan.objects.filter(subject__in=visible_to(actor))


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


def refused_visible_to(actor: Actor) -> QuerySet[Inbox]:
    """Pushed visits that were not taken and wait at the officer's own station."""
    if actor.role != Role.STATION_OFFICER or actor.organisation_id is None:
        return Inbox.objects.none()
    return Inbox.objects.filter(kind="visit", queue=actor.organisation_id).exclude(state="accepted")

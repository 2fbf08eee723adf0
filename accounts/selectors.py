"""Reads of the division tree and of who belongs where."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from accounts.models import (
    AreaLevel,
    Membership,
    MembershipState,
    Organisation,
    OrganisationKind,
    RefreshFamily,
    User,
    VendorAccount,
    VendorState,
)
from accounts.ownership import Owner
from edge import sqlfile
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role


def area_subtree_ids(area_id: UUID | Iterable[UUID], day: date | None = None) -> list[UUID]:
    """Ids of the area (or areas) and of everything below, as in force on the day (default: today)."""
    roots = [area_id] if isinstance(area_id, UUID) else list(area_id)
    with connection.cursor() as cursor:
        cursor.execute(
            sqlfile.load("accounts", "area_subtree"), {"roots": roots, "day": day or clock.today()}
        )
        return [row[0] for row in cursor.fetchall()]


def area_ancestors(area_id: UUID) -> list[tuple[UUID, str]]:
    """(id, level) of the area itself and of everything above it, nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("accounts", "area_ancestors"), {"area": area_id})
        return [(row[0], row[1]) for row in cursor.fetchall()]


def street_of(area_id: UUID) -> UUID | None:
    """The street an area is or lies in; None for a district and above."""
    found = (area for area, level in area_ancestors(area_id) if level == AreaLevel.STREET)
    return next(found, None)


def agency_over(station_id: UUID | None) -> UUID | None:
    """The correction agency that a justice station acts for: the nearest above its area."""
    area = Organisation.objects.filter(pk=station_id).values_list("area_id", flat=True).first()
    above = [one for one, _ in area_ancestors(area)] if area else []
    rows = Organisation.objects.filter(kind=OrganisationKind.AGENCY, area_id__in=above)
    places = rows.order_by("created_at", "id").values_list("area_id", "id")
    nearest = sorted(places, key=lambda place: above.index(place[0]))
    return nearest[0][1] if nearest else None


def memberships_in_force(day: date | None = None) -> QuerySet[Membership]:
    """Confirmed memberships whose dates hold the day (default: today) of people in use."""
    at = day or clock.today()
    return Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=at),
        state=MembershipState.CONFIRMED,
        valid_from__lte=at,
        user__state="active",
    )


def stands_in_for(actor: Actor) -> QuerySet[Membership]:
    """The membership of the person for whom the actor acts 代理 today, by document, in the role that is
    active now. A deputy of a deputy stands in for that one alone."""
    acting = memberships_in_force().filter(id=actor.membership_id, acting_for__isnull=False)
    return Membership.objects.filter(id__in=acting.values("acting_for"))


def held_elsewhere(owner: Owner) -> bool:
    """Whether the person has the same role in another organisation too: then what names no organisation is
    not counted here."""
    rows = memberships_in_force().filter(user_id=owner.user_id, role=owner.role)
    return rows.exclude(organisation_id=owner.organisation_id).exists()


def roles_of(user_id: UUID, day: date | None = None) -> list[Role]:
    """The roles a person may take on the day, sorted."""
    rows = memberships_in_force(day).filter(user_id=user_id)
    return sorted({Role(role) for role in rows.values_list("role", flat=True)})


def actor_areas(actor: Actor) -> list[UUID]:
    """The root of the actor's reach: the area of the organisation of the active role. Empty without one."""
    if actor.organisation_id is None:
        return []
    rows = Organisation.objects.filter(id=actor.organisation_id)
    return list(rows.values_list("area_id", flat=True))


def headed_organisations(user_id: UUID | None) -> QuerySet[Organisation]:
    """The organisations a person is the head of."""
    return Organisation.objects.filter(head_id=user_id) if user_id else Organisation.objects.none()


def organisation_members(organisation_id: UUID, roles: Iterable[Role], day: date | None = None) -> list[UUID]:
    """Ids of the people who hold one of the roles in the organisation on the day."""
    rows = memberships_in_force(day).filter(organisation_id=organisation_id, role__in=list(roles))
    return list(rows.values_list("user_id", flat=True).distinct())


def names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """What these people are called, for paper."""
    return dict(User.objects.filter(id__in=ids).values_list("id", "name"))


def session_family(family_id: UUID) -> RefreshFamily:
    """A session with its person and role."""
    return RefreshFamily.objects.select_related("user", "membership__organisation").get(pk=family_id)


def vendor_in_force(user_id: UUID) -> VendorAccount | None:
    """The vendor's account of a person, confirmed and with dates that hold today."""
    today = clock.today()
    rows = VendorAccount.objects.filter(user_id=user_id, state=VendorState.CONFIRMED)
    return rows.filter(valid_from__lte=today, valid_to__gt=today).first()

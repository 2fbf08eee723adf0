"""Who sees which people, roles and phones, and who may do what about them."""

from django.db.models import F, Q, QuerySet

from accounts.models import Device, EnrolmentCode, Membership, Organisation, User, VendorAccount
from accounts.selectors import actor_areas, area_ancestors, memberships_in_force
from edge.policy import EVERYONE, Policy
from kernel.actor import Actor
from kernel.codes.roles import Role

_ADMIN = frozenset({Role.DISTRICT_ADMIN})
# Who and in which role is the auditor's matter; phones and codes are not.
_WHOLE_DISTRICT = _ADMIN | {Role.AUDITOR}
_BUREAU = frozenset({Role.BUREAU_HEAD})
# Those who give work to people of their own organisation.
_LEADERS = frozenset(
    {
        Role.COMMUNITY_COORDINATOR,
        Role.CENTRE_DIRECTOR,
        Role.COMMITTEE_KEEPER,
        Role.AGENCY_HEAD,
        Role.BUREAU_HEAD,
    }
)
_READ = {"list": EVERYONE, "retrieve": EVERYONE}

ORGANISATIONS = Policy(
    _READ | {"create": _ADMIN, "partial_update": _ADMIN, "name_head": _ADMIN},
    without_role={"list", "retrieve"},
)
USERS = Policy(
    _READ | dict.fromkeys(("create", "suspend", "reinstate", "delete_person", "password_link"), _ADMIN),
    without_role={"list", "retrieve"},
)
MEMBERSHIPS = Policy(
    _READ | {"create": _ADMIN, "end": _ADMIN, "confirm": EVERYONE},
    without_role={"list", "retrieve", "confirm"},
)
VENDORS = Policy(
    {
        "list": _WHOLE_DISTRICT | _BUREAU, "retrieve": _WHOLE_DISTRICT | _BUREAU, "create": _ADMIN,
        "confirm": _BUREAU, "end": _ADMIN | _BUREAU,
    }
)  # fmt: skip
DEVICES = Policy(_READ | dict.fromkeys(("suspend", "reactivate", "lost", "retire"), _ADMIN))
CODES = Policy(dict.fromkeys(("list", "retrieve", "create"), _ADMIN))


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """Names, areas and office numbers of all organisations: they stand on their doors."""
    return Organisation.objects.all()


def users_visible_to(actor: Actor) -> QuerySet[User]:
    """Everybody for administrator and auditor; else oneself, whom one leads, and whom one has to confirm."""
    if actor.is_system or actor.role in _WHOLE_DISTRICT:
        return User.objects.all()
    rows = memberships_visible_to(actor).values("user")
    return User.objects.filter(Q(pk=actor.user_id) | Q(pk__in=rows))


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """The own; as a leader those in force in the own organisation; as a head all of what one confirms."""
    if actor.is_system or actor.role in _WHOLE_DISTRICT:
        return Membership.objects.all()
    mine = Q(user=actor.user_id)
    heads = Q(organisation__head=actor.user_id) | Q(
        organisation__superior__head=actor.user_id, user=F("organisation__head")
    )
    led = memberships_in_force().filter(_led_by(actor)).values("pk") if actor.role in _LEADERS else []
    return Membership.objects.filter(mine | heads | Q(pk__in=led))


def vendors_visible_to(actor: Actor) -> QuerySet[VendorAccount]:
    """All of them for those who propose, confirm and audit; nobody else."""
    if actor.is_system or actor.role in _WHOLE_DISTRICT | _BUREAU:
        return VendorAccount.objects.all()
    return VendorAccount.objects.none()


def devices_visible_to(actor: Actor) -> QuerySet[Device]:
    """All phones for the administrator, the own for everybody else."""
    if actor.is_system or actor.role in _ADMIN:
        return Device.objects.all()
    return Device.objects.filter(user=actor.user_id)


def codes_visible_to(actor: Actor) -> QuerySet[EnrolmentCode]:
    """That a code was given out is the administrator's to see; its secret is nobody's."""
    if actor.is_system or actor.role in _ADMIN:
        return EnrolmentCode.objects.all()
    return EnrolmentCode.objects.none()


def _led_by(actor: Actor) -> Q:
    """The own organisation; of a coordinator also the grid workers that the street office employs."""
    own = Q(organisation=actor.organisation_id)
    if actor.role != Role.COMMUNITY_COORDINATOR:
        return own
    above = [area for root in actor_areas(actor) for area, level in area_ancestors(root) if level == "street"]
    return own | Q(role=Role.GRID_WORKER, organisation__area__in=[*actor_areas(actor), *above])

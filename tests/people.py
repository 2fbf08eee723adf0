"""People and organisations for tests of places and tasks, without tokens or devices."""

from accounts.models import Area, Membership, MembershipState, Organisation, User
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from tests.places import SINCE


def organisation(area: Area, kind: str = "community") -> Organisation:
    return Organisation.objects.create(
        name=f"{area.name}{kind}", kind=kind, area=area, created_at=clock.now()
    )


def person(name: str, role: Role, at: Organisation) -> Actor:
    """A person with one confirmed membership, as the actor of a session in that role."""
    user = User.objects.create(username=name, name=name, created_at=clock.now())
    membership = Membership.objects.create(
        user=user, role=role, organisation=at, valid_from=SINCE, state=MembershipState.CONFIRMED,
        proposed_at=clock.now(), confirmed_at=clock.now(),
    )  # fmt: skip
    return Actor(user.id, role, at.id, membership.id)

"""The stock cast: a small district, its organisations, and one person for each role.

Each fixture gives a `Member` (`.user .actor .membership .client`), each worker also `.device .key`. They are
committed or rolled back as the test is (`committed`, or `django_db`), and stand in force since 2020.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction
from rest_framework.test import APIClient

from accounts.models import Device, Membership, MembershipState, Organisation, User
from accounts.powers import power_of
from accounts.services.sessions import session_open
from grids.models import Assignment
from grids.services import assignment_end
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from mediation.models import Mediator
from privacy.services import subject_keys_create
from sync.services import publish
from tests.places import Places, square_district

SINCE = date(2020, 1, 1)
FOUNDED = datetime(2020, 1, 1, tzinfo=UTC)
ORGANISATIONS = {
    "government": ("district_government", "district"), "bureau": ("bureau", "district"),
    "agency": ("agency", "district"), "procuratorate": ("procuratorate", "district"),
    "complaints_office": ("complaints_office", "district"), "department": ("department", "district"),
    "street A": ("street", "A"), "street B": ("street", "B"),
    "centre A": ("mediation_centre", "A"), "centre B": ("mediation_centre", "B"),
    "committee A": ("committee", "A"), "committee B": ("committee", "B"),
    "station A": ("station", "A"), "station B": ("station", "B"),
    "police A": ("police_station", "A"), "police B": ("police_station", "B"),
    "A1": ("community", "A1"), "A2": ("community", "A2"),
    "B1": ("community", "B1"), "B2": ("community", "B2"),
}  # fmt: skip
SUPERIORS = {"agency": "bureau", "station A": "bureau", "station B": "bureau", "bureau": "government"}
STAFF = {
    "coordinator": (Role.COMMUNITY_COORDINATOR, "A1"),
    "other_coordinator": (Role.COMMUNITY_COORDINATOR, "B1"),
    "clerk": (Role.CENTRE_CLERK, "centre A"), "other_clerk": (Role.CENTRE_CLERK, "centre B"),
    "mediator": (Role.MEDIATOR, "centre A"), "other_mediator": (Role.MEDIATOR, "centre B"),
    "director": (Role.CENTRE_DIRECTOR, "centre A"), "other_director": (Role.CENTRE_DIRECTOR, "centre B"),
    "keeper": (Role.COMMITTEE_KEEPER, "committee A"), "duty": (Role.DUTY_OFFICER, "centre A"),
    "other_duty": (Role.DUTY_OFFICER, "centre B"),
    "officer": (Role.STATION_OFFICER, "station A"), "other_officer": (Role.STATION_OFFICER, "station B"),
    "agency": (Role.AGENCY_OFFICER, "agency"), "agency_head": (Role.AGENCY_HEAD, "agency"),
    "bureau_head": (Role.BUREAU_HEAD, "bureau"),
    "liaison": (Role.LIAISON_OFFICER, "police A"), "other_liaison": (Role.LIAISON_OFFICER, "police B"),
    "complaints": (Role.COMPLAINTS_DESK, "complaints_office"),
    "procurator": (Role.PROCURATOR, "procuratorate"),
    "auditor": (Role.AUDITOR, "government"), "admin": (Role.DISTRICT_ADMIN, "government"),
    "analyst": (Role.ANALYST, "government"), "archivist": (Role.ARCHIVE_KEEPER, "bureau"),
}  # fmt: skip
WORKERS = {
    "worker": ("A1", "A1-1", "primary"), "second_worker": ("A1", "A1-1", "backup"),
    "neighbour_worker": ("A2", "A2-1", "primary"), "outsider": ("B1", "B1-1", "primary"),
}  # fmt: skip


@dataclass
class District(Places):
    """The squares of `tests.places` with organisations by name (`centre A`, `agency`, `A1`, …)."""

    organisations: dict[str, Organisation] = field(default_factory=dict)


@dataclass
class Member:
    """A person in one role, and a client signed in as that."""

    user: User
    membership: Membership
    device: Device | None = None

    @property
    def actor(self) -> Actor:
        return Actor(
            user_id=self.user.id,
            role=Role(self.membership.role),
            organisation_id=self.membership.organisation_id,
            membership_id=self.membership.id,
            device_id=self.device.id if self.device else None,
        )

    @cached_property
    def session(self) -> Any:
        with transaction.atomic():
            return session_open(
                actor=self.actor,
                user=self.user,
                membership=self.membership,
                device_id=self.device.id if self.device else None,
            )

    @cached_property
    def client(self) -> APIClient:
        return APIClient(headers={"authorization": f"Bearer {self.session.access}"})


@dataclass
class Worker(Member):
    """A grid worker with an enrolled phone; `key` is the phone's private key."""

    key: ec.EllipticCurvePrivateKey = field(kw_only=True)

    def sign(self, message: bytes) -> str:
        return base64.b64encode(self.key.sign(message, ec.ECDSA(SHA256()))).decode()


def public_key(key: ec.EllipticCurvePrivateKey) -> str:
    """The key as a phone sends it at enrolment."""
    spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(spki).decode()


def join(district: District, name: str, role: Role, organisation: str) -> tuple[User, Membership]:
    """A person of that name with a confirmed role in an organisation of the district."""
    user = User.objects.create(username=name, name=f"测试{name}", password="!", created_at=FOUNDED)
    membership = Membership.objects.create(
        user=user, role=role, organisation=district.organisations[organisation], valid_from=SINCE,
        power=power_of(role), state=MembershipState.CONFIRMED, proposed_at=FOUNDED, confirmed_at=FOUNDED,
    )  # fmt: skip
    return user, membership


def enrolled(user: User, membership: Membership) -> Worker:
    """The person with an active phone, without the detour over a code."""
    key = ec.generate_private_key(ec.SECP256R1())
    device = Device.objects.create(
        user=user, membership=membership, public_key=public_key(key), state="active", state_at=clock.now(),
        key_id=subject_keys_create(1)[0], created_at=clock.now(), enrolled_at=clock.now(),
    )  # fmt: skip
    return Worker(user, membership, device, key=key)


@pytest.fixture
def district(request: pytest.FixtureRequest) -> District:
    """The district of `tests.places` with its organisations, and no people yet."""
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "db")
    return found_district()


@transaction.atomic
def found_district() -> District:
    district = District(**vars(square_district()))
    for name, (kind, area) in ORGANISATIONS.items():
        district.organisations[name] = Organisation(
            name=f"测试{name}", kind=kind, area=district.areas[area], created_at=FOUNDED
        )
    for name, superior in SUPERIORS.items():
        district.organisations[name].superior = district.organisations[superior]
    # The government first: the others point at it.
    Organisation.objects.bulk_create(district.organisations.values())
    return district


@transaction.atomic
def make_member(district: District, name: str) -> Member:
    """Somebody of the two tables above, a worker with phone and grid."""
    if name in STAFF:
        member = Member(*join(district, name, *STAFF[name]))
        if member.membership.role == Role.MEDIATOR:
            registered(district, member)
        return member
    community, grid, kind = WORKERS[name]
    worker = enrolled(*join(district, name, Role.GRID_WORKER, community))
    assignment = Assignment.objects.create(
        grid=district.grids[grid], worker=worker.user, kind=kind, valid_from=SINCE, created_at=FOUNDED
    )
    publish("assignment", [assignment.id])
    return worker


def released(worker: Member) -> None:
    """In charge of no grid any more: nothing is left that keeps the membership."""
    for held in Assignment.objects.filter(worker=worker.user, closed=False):
        assignment_end(actor=SYSTEM, assignment_id=held.id, day=clock.today(), reason="离岗")


def registered(district: District, member: Member) -> Mediator:
    """In the register of the committee beside the member's centre, without end."""
    office = member.membership.organisation.name.removeprefix("测试").replace("centre", "committee")
    return Mediator.objects.create(
        committee=district.organisations[office], user=member.user, kind="hired", valid_from=SINCE,
        registered_at=FOUNDED,
    )  # fmt: skip


def _fixture(name: str) -> Callable[[District], Member]:
    def fixture(district: District) -> Member:
        return make_member(district, name)

    return pytest.fixture(name=name)(fixture)


# One fixture for each name of the two tables.
globals().update({f"{name}_": _fixture(name) for name in (*STAFF, *WORKERS)})

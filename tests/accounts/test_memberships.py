"""Guarded roles: proposed by the administrator, in force when the receiving head has confirmed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from accounts import services
from accounts.models import Membership, User
from accounts.selectors import roles_of
from accounts.services import Deputy
from accounts.services.passwords import password_is
from audit.models import AuditEvent
from kernel import clock
from kernel.codes.roles import Role
from kernel.problems import Problem
from kernel.signing import Signing
from tests.cast import District, Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(admin: Member) -> User:
    return services.user_create(actor=admin.actor, username="newcomer", name="王五")


def propose(by: Member, user: User, role: Role, organisation: Any, **more: Any) -> Membership:
    today = clock.today()
    dates = {"valid_from": today, "valid_to": today + timedelta(days=300)}
    return services.membership_propose(
        actor=by.actor, user_id=user.id, role=role, organisation_id=organisation.id, **dates | more
    )


def headed(district: District, name: str, head: Member, admin: Member) -> Any:
    return services.organisation_head_set(
        actor=admin.actor,
        organisation_id=district.organisations[name].id,
        user_id=head.user.id,
        reason="任命",
    )


def test_an_unguarded_role_holds_at_once(admin: Member, district: District, newcomer: User) -> None:
    propose(admin, newcomer, Role.CENTRE_CLERK, district.organisations["centre A"])
    assert roles_of(newcomer.id) == [Role.CENTRE_CLERK]


def test_a_guarded_role_waits_for_the_receiving_head(
    admin: Member, director: Member, district: District, newcomer: User
) -> None:
    centre = headed(district, "centre A", director, admin)
    proposed = propose(admin, newcomer, Role.MEDIATOR, centre)
    assert roles_of(newcomer.id) == []
    answer = director.client.post(f"/api/v1/memberships/{proposed.id}/confirm", {}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "confirmed")
    assert roles_of(newcomer.id) == [Role.MEDIATOR]
    assert AuditEvent.objects.filter(event="membership.confirmed", subject_id=proposed.id).count() == 1


def test_nobody_but_the_head_confirms(
    admin: Member, director: Member, other_director: Member, district: District, newcomer: User
) -> None:
    centre = headed(district, "centre A", director, admin)
    proposed = propose(admin, newcomer, Role.MEDIATOR, centre)
    with pytest.raises(Problem, match="own_membership"):
        services.membership_confirm(actor=admin.actor, membership_id=proposed.id)
    with pytest.raises(Problem, match="not_the_head"):
        services.membership_confirm(actor=other_director.actor, membership_id=proposed.id)
    foreign = other_director.client.post(f"/api/v1/memberships/{proposed.id}/confirm", {}, format="json")
    assert foreign.status_code == 404


def test_the_head_s_own_membership_is_confirmed_one_level_up(
    admin: Member, bureau_head: Member, district: District, newcomer: User
) -> None:
    headed(district, "bureau", bureau_head, admin)
    agency = services.organisation_head_set(
        actor=admin.actor,
        organisation_id=district.organisations["agency"].id,
        user_id=newcomer.id,
        reason="任命",
    )
    proposed = propose(admin, newcomer, Role.AGENCY_HEAD, agency)
    services.membership_confirm(actor=bureau_head.actor, membership_id=proposed.id)
    assert roles_of(newcomer.id) == [Role.AGENCY_HEAD]


def test_a_head_without_a_role_signs_in_only_to_confirm(
    admin: Member, district: District, newcomer: User, stranger: APIClient
) -> None:
    services.organisation_head_set(
        actor=admin.actor, organisation_id=district.organisations["procuratorate"].id, user_id=newcomer.id,
        reason="任命",
    )  # fmt: skip
    link, _row = services.password_link_create(actor=admin.actor, user_id=newcomer.id)
    services.password_set(actor=admin.actor, link=link, password="很长的密码-很长的密码-17")
    body = {"username": "newcomer", "password": "很长的密码-很长的密码-17"}
    access = stranger.post("/api/v1/auth/login", body, format="json").json()["access"]
    client = APIClient(headers={"authorization": f"Bearer {access}"})
    assert client.get("/api/v1/auth/me").json()["role"] is None
    assert client.get("/api/v1/memberships").status_code == 200
    assert client.get("/api/v1/devices").json()["code"] == "role_not_allowed"


def test_nobody_grants_oneself_a_role(admin: Member, district: District) -> None:
    with pytest.raises(Problem, match="own_membership"):
        propose(admin, admin.user, Role.CENTRE_CLERK, district.organisations["centre A"])
    with pytest.raises(Problem, match="own_membership"):
        headed(district, "centre A", admin, admin)


def test_the_database_refuses_a_self_confirmed_membership(admin: Member, mediator: Member) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=mediator.membership.pk).update(confirmed_by=mediator.user)


@pytest.mark.law("DJ-2")
@pytest.mark.parametrize(
    ("role", "place"), [(Role.DISTRICT_ADMIN, "government"), (Role.STATION_OFFICER, "station A")]
)
def test_two_powers_are_refused(
    role: Role, place: str, admin: Member, auditor: Member, district: District
) -> None:
    body = {
        "user": str(auditor.user.id), "role": role, "organisation": str(district.organisations[place].id),
        "valid_from": str(clock.today()), "valid_to": str(clock.today() + timedelta(days=30)),
    }  # fmt: skip
    answer = admin.client.post("/api/v1/memberships", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "roles_exclude")


def test_a_deputy_needs_a_document_and_somebody_to_stand_for(
    admin: Member, director: Member, other_director: Member, newcomer: User, district: District
) -> None:
    centre = district.organisations["centre A"]
    own, foreign, paper = director.membership.id, other_director.membership.id, "南街 2026-3 号"
    for acting in (Deputy(own, "", [Signing.CENTRE]), Deputy(foreign, paper, [Signing.CENTRE])):
        with pytest.raises(Problem, match="acting_not_possible"):
            propose(admin, newcomer, Role.CENTRE_DIRECTOR, centre, acting=acting)
    with pytest.raises(Problem, match="acting_signs_needed"):
        propose(admin, newcomer, Role.CENTRE_DIRECTOR, centre, acting=Deputy(own, paper, []))
    right = Deputy(own, paper, [Signing.CENTRE])
    assert propose(admin, newcomer, Role.CENTRE_DIRECTOR, centre, acting=right).acting_signs == ["centre"]


def test_an_ended_membership_ends_the_session_s_say(admin: Member, mediator: Member) -> None:
    assert mediator.client.get("/api/v1/auth/me").status_code == 200
    services.membership_end(actor=admin.actor, membership_id=mediator.membership.id, reason="调离")
    assert mediator.client.get("/api/v1/auth/me").json()["code"] == "access_expired"


def test_a_change_of_roles_is_said_with_the_next_answer(
    admin: Member, mediator: Member, district: District
) -> None:
    assert "X-Scope-Changed" not in mediator.client.get("/api/v1/auth/me").headers
    propose(admin, mediator.user, Role.CENTRE_CLERK, district.organisations["centre A"])
    assert mediator.client.get("/api/v1/auth/me").headers["X-Scope-Changed"] == "1"


def test_a_membership_of_tomorrow_gives_nothing_today(
    admin: Member, newcomer: User, district: District
) -> None:
    dates = {"valid_from": clock.today() + timedelta(days=1), "valid_to": date(2099, 1, 1)}
    propose(admin, newcomer, Role.CENTRE_CLERK, district.organisations["centre A"], **dates)
    assert roles_of(newcomer.id) == []


def test_a_link_sets_the_password_once(admin: Member, newcomer: User, stranger: APIClient) -> None:
    answer = admin.client.post(f"/api/v1/users/{newcomer.id}/password-link", {}, format="json")
    url, _, secret = answer.json()["link"].partition("#")
    body = {"link": secret, "password": "一个足够长的密码 2026"}
    assert stranger.post(url, body | {"password": "short"}, format="json").json()["code"] == "weak_password"
    assert stranger.post(url, body, format="json").status_code == 204
    assert stranger.post(url, body, format="json").json()["code"] == "wrong_link"
    newcomer.refresh_from_db()
    assert password_is(newcomer, body["password"])

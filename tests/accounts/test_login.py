"""Staff: password, one active role, refresh by cookie."""

import secrets
import statistics
import time
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from rest_framework.test import APIClient

from accounts.models import RefreshFamily
from audit.models import AuditEvent
from kernel.codes.roles import Role
from tests.cast import District, Member, Worker, join

pytestmark = pytest.mark.django_db
PASSWORD = "南岗-correct-horse-17"
LOGIN = "/api/v1/auth/login"


def with_password(member: Member) -> Member:
    member.user.password = make_password(PASSWORD)
    member.user.save(update_fields=["password"])
    return member


def sign_in(client: APIClient, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"username": username, "password": password, **more}, format="json")


def refresh(client: APIClient, nonce: str = "") -> Any:
    body = {"nonce": nonce or secrets.token_urlsafe(16)}
    return client.post("/api/v1/auth/refresh", body, format="json")


@pytest.mark.law("DJ-1")
def test_the_right_password_opens_a_session_in_the_role(stranger: APIClient, mediator: Member) -> None:
    answer = sign_in(stranger, with_password(mediator).user.username)
    assert answer.status_code == 200
    assert answer.json()["user"]["role"] == "mediator"
    cookie = answer.cookies["gridgov_refresh"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/api/v1/auth")
    assert "refresh" not in answer.json()


def test_unknown_wrong_without_and_suspended_are_answered_alike(
    stranger: APIClient, mediator: Member, clerk: Member, worker: Worker
) -> None:
    with_password(clerk).user.state = "suspended"
    clerk.user.save(update_fields=["state"])
    with_password(mediator)
    tries = [("nobody", PASSWORD), ("mediator", "wrong"), ("worker", PASSWORD), ("clerk", PASSWORD)]
    bodies = [sign_in(stranger, *each) for each in tries]
    assert {answer.status_code for answer in bodies} == {401}
    assert len({str({**answer.json(), "request_id": ""}) for answer in bodies}) == 1


def test_an_unknown_name_takes_as_long_as_a_wrong_password(stranger: APIClient, mediator: Member) -> None:
    with_password(mediator)

    def took(username: str) -> float:
        started = time.perf_counter()
        sign_in(stranger, username, "wrong")
        return time.perf_counter() - started

    took("warm-up")
    known = statistics.median(took("mediator") for _ in range(5))
    unknown = statistics.median(took("nobody") for _ in range(5))
    assert 0.4 < unknown / known < 2.5


def test_a_refused_sign_in_leaves_a_row(stranger: APIClient, mediator: Member) -> None:
    sign_in(stranger, "mediator", "wrong")
    assert AuditEvent.objects.get(event="session.refused").subject_id == mediator.user.id


@pytest.mark.law("DJ-1", refused=True)
def test_guessing_is_slowed_down_by_name_and_address(stranger: APIClient, mediator: Member) -> None:
    answers = [sign_in(stranger, "mediator", "wrong").status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]
    elsewhere = APIClient(REMOTE_ADDR="10.0.0.9")
    assert sign_in(elsewhere, with_password(mediator).user.username).status_code == 200


def test_two_roles_ask_which(stranger: APIClient, district: District, mediator: Member) -> None:
    with_password(mediator)
    join_also(district, mediator, Role.CENTRE_CLERK, "centre A")
    asked = sign_in(stranger, "mediator")
    assert (asked.status_code, asked.json()["code"]) == (409, "role_needed")
    assert {offer["role"] for offer in asked.json()["roles"]} == {"mediator", "centre_clerk"}
    assert sign_in(stranger, "mediator", role="centre_clerk").json()["user"]["role"] == "centre_clerk"


def join_also(district: District, member: Member, role: Role, organisation: str) -> None:
    other, membership = join(district, f"{member.user.username}-2", role, organisation)
    membership.user = member.user
    membership.save(update_fields=["user"])
    other.delete()


def test_changing_the_role_is_an_act_and_ends_the_old_token(
    stranger: APIClient, district: District, mediator: Member
) -> None:
    join_also(district, with_password(mediator), Role.CENTRE_CLERK, "centre A")
    old = sign_in(stranger, "mediator", role="mediator").json()["access"]
    as_mediator = APIClient(headers={"authorization": f"Bearer {old}"})
    switched = as_mediator.post("/api/v1/auth/role", {"role": "centre_clerk"}, format="json")
    assert switched.json()["user"]["role"] == "centre_clerk"
    assert as_mediator.get("/api/v1/auth/me").json()["code"] == "access_expired"
    event = AuditEvent.objects.get(event="session.role_changed")
    assert (event.detail["from"], event.detail["to"]) == ("mediator", "centre_clerk")


def test_a_role_that_one_does_not_have_cannot_be_taken(mediator: Member) -> None:
    answer = mediator.client.post("/api/v1/auth/role", {"role": "auditor"}, format="json")
    assert answer.json()["code"] == "no_membership"


def test_a_phone_keeps_its_role(worker: Worker) -> None:
    answer = worker.client.post("/api/v1/auth/role", {"role": "mediator"}, format="json")
    assert answer.json()["code"] == "role_not_allowed"


def test_a_browser_refreshes_by_cookie_and_nonce(stranger: APIClient, mediator: Member) -> None:
    before = sign_in(stranger, with_password(mediator).user.username).cookies["gridgov_refresh"].value
    successors = []
    for _ in range(2):
        stranger.cookies["gridgov_refresh"] = before
        successors.append(refresh(stranger, "n" * 16).cookies["gridgov_refresh"].value)
    assert successors[0] == successors[1] != before


def test_logout_ends_this_session_only(mediator: Member, stranger: APIClient) -> None:
    sign_in(stranger, with_password(mediator).user.username)
    assert mediator.client.post("/api/v1/auth/logout", {}, format="json").status_code == 204
    assert mediator.client.get("/api/v1/auth/me").json()["code"] == "sign_in_again"
    assert refresh(stranger).status_code == 200
    assert RefreshFamily.objects.filter(revoked_for="logout").count() == 1


def test_without_a_cookie_or_token_one_signs_in(stranger: APIClient) -> None:
    assert refresh(stranger).json()["code"] == "sign_in_again"

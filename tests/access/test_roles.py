"""Each route refuses whom its policy does not name, before it looks at anything else."""

import re
from typing import Any

import pytest
from rest_framework.test import APIClient

from kernel.codes.roles import Role
from kernel.ids import uuid7
from tests.access.routes import Route, routes
from tests.cast import STAFF, District, make_member

pytestmark = pytest.mark.django_db
GUARDED = [route for route in routes() if not route.view.policy.public]
NAME_OF = {role: name for name, (role, _place) in reversed(STAFF.items())} | {Role.GRID_WORKER: "worker"}


def call(client: APIClient, route: Route) -> Any:
    path = re.sub(r"<\w+:\w+>", lambda _: str(uuid7()), route.path)
    return client.generic(route.method.upper(), f"/{path}", b"{", content_type="application/json")


def test_strangers_are_asked_to_sign_in() -> None:
    answers = {route.name: call(APIClient(), route) for route in GUARDED}
    assert {(answer.status_code, answer.json()["code"]) for answer in answers.values()} == {
        (401, "not_authenticated")
    }


@pytest.mark.parametrize("header", ["Bearer x", "Basic eDp5", "Bearer", "bearer a.b.c", "Bearer \x80"])
def test_what_is_no_token_of_ours_signs_nobody_in(header: str) -> None:
    client = APIClient(headers={"authorization": header})
    assert {call(client, route).status_code for route in GUARDED[:5]} == {401}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_heard_where_it_is_named_and_nowhere_else(role: Role, district: District) -> None:
    """Where it is named, an address of phones may still ask for a phone, one of particulars for a purpose."""
    client, wrong = make_member(district, NAME_OF[role]).client, {}
    for route in GUARDED:
        if route.name == "POST /api/v1/auth/logout":
            continue
        answer, allowed = call(client, route), role in route.view.policy.roles(route.action)
        refused = answer.status_code == 403 and answer.json()["code"] == "role_not_allowed"
        if refused is allowed:
            wrong[route.name] = answer.content
    assert wrong == {}


def test_options_tell_nothing() -> None:
    answers = [APIClient().options("/" + re.sub(r"<\w+:\w+>", str(uuid7()), route.path)) for route in GUARDED]
    assert {answer.status_code for answer in answers} <= {401, 405}

"""Bad bodies over HTTP: each is answered by a problem within a second, on every route that takes a body."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from kernel.codes.roles import Role
from tests.cast import STAFF, WORKERS
from tests.contract import bodies
from tests.contract.routes import Route, write_routes

ONE_OF_EACH = (
    bodies.MEDIA_TYPES[0],
    bodies.MEDIA_TYPES[7],
    *(body for body in bodies.SYNTAX if body.name in {
        "cut off", "bytes that are no utf-8", "an escaped NUL", "a lone surrogate", "a key twice", "1e999",
        "NaN", "17 objects deep", "100,000 arrays deep",
    }),
    bodies.SIZE[0],
    *(body for body in bodies.SHAPE if body.name in {"an array", "null", "a field nobody knows"}),
)  # fmt: skip
FULL = (
    "POST api/v1/auth/login",
    "POST api/v1/auth/refresh",
    "POST api/v1/sync/push",
    "POST api/v1/sync/pull",
)
FIXTURES = {role: name for name, (role, _) in reversed(STAFF.items())} | {
    Role.GRID_WORKER: next(iter(WORKERS))
}


@pytest.fixture
def client_for(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Route], APIClient]:
    """A client signed in as somebody who may call the route, with room for many calls."""
    for name in ("LOGIN_RATE", "LOGIN_NAME_RATE", "ENROL_RATE", "REFRESH_RATE"):
        monkeypatch.setenv(f"GRIDGOV_{name}", "100000/min")

    def find(route: Route) -> APIClient:
        if route.role is None:
            return APIClient()
        client: APIClient = request.getfixturevalue(FIXTURES[route.role]).client
        return client

    return find


def answered(client: APIClient, route: Route, body: bodies.Body) -> tuple[Any, float]:
    started = time.perf_counter()
    answer: Any = client.generic(route.method.upper(), route.url(), body.raw, content_type=body.content_type)
    return answer, time.perf_counter() - started


def refused(client: APIClient, route: Route, body: bodies.Body) -> None:
    answer, took = answered(client, route, body)
    assert 400 <= answer.status_code < 500, f"{body}: {answer.status_code} {answer.content[:200]!r}"
    assert answer.headers["Content-Type"].startswith("application/problem+json"), body
    assert answer.json()["code"], body
    assert body.status in (None, answer.status_code) or answer.status_code == 404, body
    if took >= 1:  # the machine may have been busy with something else: once more
        took = answered(client, route, body)[1]
    assert took < 1, f"{body}: {took:.2f} s"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("route", write_routes(), ids=str)
def test_every_write_route_refuses_one_bad_body_of_each_kind(
    client_for: Callable[[Route], APIClient], route: Route
) -> None:
    client = client_for(route)
    for body in ONE_OF_EACH:
        refused(client, route, body)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("name", FULL)
def test_the_widest_doors_refuse_every_bad_body(client_for: Callable[[Route], APIClient], name: str) -> None:
    route = next(route for route in write_routes() if str(route) == name)
    client = client_for(route)
    for body in bodies.ALL:
        refused(client, route, body)

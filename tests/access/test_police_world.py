"""The whole world of a liaison officer is the reports sent to the own station: in lists, details, counts,
maps, searches, exports, texts of errors, effort and sync. Every route is asked.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grids.serving.counts import LEVELS, layers, numbers
from kernel.codes.roles import Role
from kernel.ids import uuid7
from liaison.models import Report
from tests.access.routes import Route, routes
from tests.access.stock import Stock
from tests.cast import Member

pytestmark = pytest.mark.django_db
CASES = ("disputes", "mediation", "corrections", "escalation", "liaison", "tasks", "privacy")
POLICE = Role.LIAISON_OFFICER
HEARD = [
    route
    for route in routes()
    if not route.view.policy.public and POLICE in route.view.policy.roles(route.action)
]
WRITES = {
    "POST /api/v1/liaison/reports/<uuid:pk>/acknowledge", "POST /api/v1/liaison/reports/<uuid:pk>/answer",
    "POST /api/v1/liaison/reports/<uuid:pk>/forward", "POST /api/v1/liaison/reports/<uuid:pk>/person",
    "POST /api/v1/liaison/reports/<uuid:pk>/receive", "POST /api/v1/liaison/reports/<uuid:pk>/reply",
}  # fmt: skip
OF_EVERYONE = re.compile(r"/(auth|me|sessions|memberships/<uuid:pk>/confirm|grids/locate|map-keys|incidents)")


def foreign(stock: Stock) -> tuple[set[str], Report]:
    """Ids of every record of a case, and the one report that is the station's own."""
    station = stock.people["liaison"].membership.organisation_id
    own = Report.objects.get(recipient_id=station)
    sheets, steps = own.sheets.values_list("pk", flat=True), own.steps.values_list("pk", flat=True)
    kept = {own.pk, own.source_id, *sheets, *steps}
    ids: set[UUID] = set()
    for app in CASES:
        for model in apps.get_app_config(app).get_models():
            ids |= {pk for pk in model._default_manager.values_list("pk", flat=True) if isinstance(pk, UUID)}
    return {str(pk) for pk in ids - kept}, own


def asked(member: Member, route: Route, ids: set[str]) -> Iterator[Any]:
    """The answers to a route that reads: with each id where it takes one."""
    if "<" not in route.path:
        yield member.client.get(f"/{route.path}")
        return
    for pk in sorted(ids)[:40]:
        yield member.client.get("/" + re.sub(r"<uuid:\w+>", pk, route.path))


@pytest.fixture
def police(stock: Stock) -> Member:
    return stock.people["liaison"]


@pytest.mark.law("PS-1")
def test_no_route_that_hears_the_police_names_anything_of_a_case(stock: Stock, police: Member) -> None:
    ids, _ = foreign(stock)
    told = []
    for route in HEARD:
        if route.method == "get" and not re.search(r"<(str|int)", route.path):
            for answer in asked(police, route, ids):
                text = answer.content.decode(errors="replace") if answer.status_code == 200 else ""
                told += [(route.name, pk) for pk in ids if pk in text]
    assert told == []


@pytest.mark.law("MN-14", refused=True)
@pytest.mark.law("PS-1")
def test_the_own_report_is_the_only_one_in_list_count_and_detail(stock: Stock, police: Member) -> None:
    _, own = foreign(stock)
    page = police.client.get("/api/v1/liaison/reports").json()
    assert (page["count"], [row["id"] for row in page["results"]]) == (1, [str(own.pk)])
    for state in ("proposed", "drafted", "declined"):
        assert police.client.get(f"/api/v1/liaison/reports?state={state}").json()["count"] == 0


def test_what_the_police_may_write_is_a_closed_list() -> None:
    writes = {route.name for route in HEARD if route.method != "get"}
    assert {name for name in writes if not OF_EVERYONE.search(name)} - WRITES == {
        name for name in writes if "/liaison/" not in name and not OF_EVERYONE.search(name)
    }
    assert {name for name in writes if "/liaison/" in name} == WRITES


def test_no_route_of_a_case_hears_the_police() -> None:
    packages = {"disputes", "mediation", "corrections", "escalation"}
    assert [route.name for route in HEARD if route.view.__module__.split(".")[0] in packages] == []


@pytest.mark.law("PS-1")
def test_a_foreign_report_costs_and_says_what_an_absent_one_does(stock: Stock, police: Member) -> None:
    ids, _ = foreign(stock)
    foreign_report = next(str(pk) for pk in Report.objects.values_list("pk", flat=True) if str(pk) in ids)
    police.client.get("/api/v1/liaison/reports")  # the session is known from here on
    said = []
    for pk in (foreign_report, str(uuid7())):
        for act in ("", "/receive", "/reply"):
            with CaptureQueriesContext(connection) as queries:
                url = f"/api/v1/liaison/reports/{pk}{act}"
                body = {"reason": "x"} if act == "/reply" else {}
                answer = police.client.post(url, body, format="json") if act else police.client.get(url)
            shown = {k: v for k, v in answer.json().items() if k != "request_id"}
            said.append((act, answer.status_code, str(shown), len(queries)))
    assert said[:3] == said[3:]
    assert {status for _, status, _, _ in said} == {404}


@pytest.mark.law("PS-1")
def test_the_map_counts_nothing_for_the_police(police: Member, stock: Stock) -> None:
    """The layers are there for everybody; each counts what the own role sees."""
    told = {
        (layer.name, level): numbers(police.actor, layer.name, level)
        for layer in layers()
        for level in LEVELS
    }
    assert set(map(len, told.values())) == {0}
    assert numbers(stock.people["director"].actor, "disputes", "grid")


def test_sync_hears_no_liaison_officer(police: Member) -> None:
    answer = police.client.post("/api/v1/sync/pull", {"cursor": None, "schema": 1}, format="json")
    assert answer.status_code == 403

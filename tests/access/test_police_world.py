"""The whole world of a liaison officer is the reports sent to the own station: in lists, details, counts,
maps, searches, exports, texts of errors, effort and sync. Every route is asked.
"""

import gzip
import re
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disputes.models import Dispute
from grids.serving.counts import LEVELS, layers, numbers
from grids.serving.tilemath import TILESETS, WHOLE, tile_at
from kernel.codes.roles import Role
from kernel.ids import uuid7
from liaison.grounds import Answer
from liaison.models import Report
from tests.access.routes import Route, routes
from tests.access.stock import Stock
from tests.cast import Member

CASES = ("disputes", "mediation", "corrections", "escalation", "liaison", "tasks", "privacy")
ANSWER = next(iter(Answer)).value
UUIDS = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MIDDLE, MANY = (126.62, 45.71), 300
COLLECTIONS = tuple(level for level in TILESETS if level != WHOLE)
PEOPLE = ("测试对象甲", "张三", "李四", "钱七", "赵六", "13812345678", "13700002222", "230103198001011231")
pytestmark = pytest.mark.django_db
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


def some_of_each(ids: set[str]) -> list[str]:
    """Of every model of a case a foreign record: what a detail is asked for."""
    found: list[str] = []
    for app in CASES:
        for model in apps.get_app_config(app).get_models():
            keys = {str(pk) for pk in model._default_manager.values_list("pk", flat=True)} & ids
            found += sorted(keys)[:1]
    return found


def addresses(route: Route, picked: list[str]) -> list[str]:
    """Where a route that reads is asked: with each id, on each collection, on a tile of each zoom."""
    filled = [f"/{route.path}"]
    if "<str:z>" in route.path:
        tiles = [tile_at(*MIDDLE, zoom) for zoom in range(6, 17)]
        filled = [re.sub(r"<str:z>.*", f"{one.z}/{one.x}/{one.y}", filled[0]) for one in tiles]
    for name, values in (("<str:tileset>", TILESETS), ("<str:collection>", COLLECTIONS)):
        filled = [at.replace(name, value) for at in filled for value in (values if name in at else [""])]
    ids = picked if "<uuid:" in route.path else [""]
    return [re.sub(r"<uuid:\w+>", pk, at) for at in filled for pk in ids]


def shown(answer: Any) -> bytes:
    """The whole answer, unpacked; a refusal's text as well."""
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


@pytest.fixture
def police(stock: Stock) -> Member:
    return stock.people["liaison"]


@pytest.mark.law("MN-14", refused=True)
@pytest.mark.law("PS-1")
def test_no_route_that_hears_the_police_names_anything_of_a_case(stock: Stock, police: Member) -> None:
    """Ids, codes of disputes, names and telephones: in no list, detail, map, tile, feature or error."""
    ids, _ = foreign(stock)
    words = [word.encode() for word in (*Dispute.objects.values_list("code", flat=True), *PEOPLE)]
    picked, told, asked = some_of_each(ids), [], 0
    for route in HEARD:
        for at in addresses(route, picked) if route.method == "get" else []:
            body = shown(police.client.get(at)).replace(at.encode(), b"")
            named = {one.decode() for one in UUIDS.findall(body)} & ids
            told += [(at, word) for word in (*named, *(word for word in words if word in body))]
            asked += 1
    assert (told, asked > MANY) == ([], True)


@pytest.mark.law("PS-1")
def test_the_same_search_finds_what_is_shown_to_somebody_else(stock: Stock) -> None:
    """So that an empty result above means something."""
    clerk = stock.people["clerk"]
    page = shown(clerk.client.get("/api/v1/disputes")).decode()
    assert [pk for pk in foreign(stock)[0] if pk in page]


def test_there_is_no_export_no_statistics_no_sync_and_no_monthly_list_for_the_police() -> None:
    pattern = r"sync|export|csv|xlsx|geojson|analysis|statistics|monthly|escalation|feed|papers|shares|reads"
    assert [route.name for route in HEARD if re.search(pattern, route.path)] == []


@pytest.mark.law("PS-1")
def test_a_search_for_a_foreign_report_changes_no_answer(stock: Stock, police: Member) -> None:
    other = Report.objects.exclude(recipient_id=police.membership.organisation_id).order_by("pk").last()
    assert other is not None
    words = (str(other.pk), str(other.source_id), str(other.area_id), "张三", str(uuid7()))
    for query in ("search", "q", "person", "author", "source_id", "area", "desk", "id"):
        answers = [police.client.get("/api/v1/liaison/reports", {query: word}) for word in words]
        said = {(one.status_code, str(one.json().get("count")), one.json().get("code")) for one in answers}
        assert len(said) == 1, query


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


ACTS = {
    "": None, "/receive": {}, "/reply": {"reason": "x"}, "/acknowledge": {}, "/answer": {"answer": ANSWER},
    "/forward": {"organisation_id": str(UUID(int=7))}, "/person": {"purpose": "handle", "reason": "核对"},
}  # fmt: skip


@pytest.mark.law("PS-1")
def test_a_foreign_report_costs_and_says_what_an_absent_one_does(stock: Stock, police: Member) -> None:
    """The same text and the very same statements: there is nothing that could take longer."""
    ids, _ = foreign(stock)
    foreign_report = next(str(pk) for pk in Report.objects.values_list("pk", flat=True) if str(pk) in ids)
    police.client.get("/api/v1/liaison/reports")  # the session is known from here on
    for act in ACTS:
        said = [_cost(police, pk, act) for pk in (foreign_report, str(uuid7()))]
        assert said[0] == said[1], act
        assert said[0][0] == 404, act


def _cost(police: Member, pk: str, act: str) -> tuple[int, str, list[str]]:
    """Status, text without the request's own id, statements without their values."""
    url, body = f"/api/v1/liaison/reports/{pk}{act}", ACTS[act]
    with CaptureQueriesContext(connection) as queries:
        answer = police.client.get(url) if body is None else police.client.post(url, body, format="json")
    told = {key: value for key, value in answer.json().items() if key not in {"request_id", "instance"}}
    plain = [
        re.sub(r"'[^']*'(::\w+)?|\"s\d+_x\d+\"|\b\d+\b", "?", query["sql"])
        for query in queries.captured_queries
    ]
    return answer.status_code, str(told), plain


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

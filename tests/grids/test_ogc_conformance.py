"""OGC API Features part 1 (OGC 17-069r4) by its own abstract tests, annex A: each id, and what answers it."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from grids.models import GridShape
from grids.serving.ogc.collections import CRS84
from kernel.clock import today
from tests.cast import District, Member, Worker

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/ogc"
COLLECTIONS = ("districts", "streets", "communities", "grids")
GRIDS = f"{ROOT}/collections/grids/items"
CORE = (
    "http", "crs84", "root-op", "root-success", "api-definition-op", "api-definition-success",
    "conformance-op", "conformance-success", "fc-md-op", "fc-md-success", "fc-md-links", "fc-md-items",
    "fc-md-items-links", "fc-md-extent", "fc-md-extent-multi", "sfc-md-op", "sfc-md-success", "fc-op",
    "fc-bbox-definition", "fc-bbox-response", "fc-limit-definition", "fc-limit-response",
    "fc-time-definition", "fc-time-response", "fc-response", "fc-links", "fc-timeStamp",
    "fc-numberMatched", "fc-numberReturned", "query-param-invalid", "query-param-unknown", "f-op",
    "f-success", "f-links",
)  # fmt: skip
GEOJSON = ("definition", "content")
OAS30 = ("completeness", "definition-1", "definition-2", "exception-codes", "oas-impl", "security")
ALL = {
    f"{part}/{name}"
    for part, names in (("core", CORE), ("geojson", GEOJSON), ("oas30", OAS30))
    for name in names
}
NOT_APPLICABLE = {
    "core/fc-timeStamp": "the property is optional, and answers with an entity tag have no time of their own"
}
_answered: set[str] = set()


def answers(*ids: str) -> Callable[[Any], Any]:
    """Names the abstract tests (after `/conf/`) that a test carries out."""
    _answered.update(ids)
    return lambda test: test


def get(who: Member, path: str, **query: Any) -> Any:
    answer = who.client.get(path, query)
    assert answer.status_code == 200, answer.content
    return answer


def link(body: Any, rel: str) -> Any:
    return next(one for one in body["links"] if one["rel"] == rel)


def parameter(who: Member, name: str) -> Any:
    items = get(who, f"{ROOT}/api").json()["paths"]["/collections/grids/items"]["get"]
    return next(one for one in items["parameters"] if one["name"] == name)


@answers("core/http", "core/root-op", "core/root-success")
@pytest.mark.parametrize("path", [ROOT, f"{ROOT}/"])
def test_the_landing_page_leads_to_api_conformance_and_collections(worker: Worker, path: str) -> None:
    body = get(worker, path).json()
    for rel in ("service-desc", "conformance", "data", "self"):
        there = worker.client.get(link(body, rel)["href"])
        assert (there.status_code, there["Content-Type"]) == (200, link(body, rel)["type"])


@answers(
    "core/api-definition-op",
    "core/api-definition-success",
    "oas30/definition-1",
    "oas30/definition-2",
    "oas30/security",
)
def test_the_definition_is_openapi_3_with_its_security(worker: Worker) -> None:
    answer = get(worker, link(get(worker, ROOT).json(), "service-desc")["href"])
    body = answer.json()
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert (body["openapi"][:3], body["security"]) == ("3.0", [{"bearer": []}, {"basic": []}])
    schemes = body["components"]["securitySchemes"]
    assert {name: schemes[name]["scheme"] for name in schemes} == {"bearer": "bearer", "basic": "basic"}


@answers("oas30/oas-impl", "oas30/completeness")
def test_every_operation_of_the_definition_answers_as_it_says(worker: Worker, district: District) -> None:
    body = get(worker, f"{ROOT}/api").json()
    for path, methods in body["paths"].items():
        place = body["servers"][0]["url"] + path.replace("{featureId}", str(district.shapes["A1-1"].id))
        answer = worker.client.get(place)
        said = methods["get"]["responses"]
        assert str(answer.status_code) in said, path
        if answer.status_code == 200:
            assert answer["Content-Type"] in said["200"]["content"], path


@answers("oas30/exception-codes", "core/query-param-invalid", "core/query-param-unknown")
@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"bbox": "1,2,3"}, {"datetime": "soon"}, {"crs": "x"}, {"bbox-crs": "x"}, {"foo": "1"}],
)
def test_what_is_wrong_or_unknown_in_a_query_is_a_400(worker: Worker, query: dict[str, str]) -> None:
    assert worker.client.get(GRIDS, query).status_code == 400


@answers("core/conformance-op", "core/conformance-success")
def test_the_conformance_page_names_the_three_classes(worker: Worker) -> None:
    named = get(worker, f"{ROOT}/conformance").json()["conformsTo"]
    assert {uri.rsplit("/", 1)[1] for uri in named} == {"core", "geojson", "oas30"}


@answers(
    "core/fc-md-op", "core/fc-md-success", "core/fc-md-links", "core/fc-md-items", "core/fc-md-items-links"
)
def test_the_collections_have_links_to_themselves_and_to_their_items(worker: Worker) -> None:
    body = get(worker, f"{ROOT}/collections").json()
    assert link(body, "self")["type"] == "application/json"
    assert {*COLLECTIONS} <= {one["id"] for one in body["collections"]}
    for one in body["collections"]:
        items = link(one, "items")
        assert (items["type"], worker.client.get(items["href"]).status_code) == ("application/geo+json", 200)


@answers("core/sfc-md-op", "core/sfc-md-success")
@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_collection_says_of_itself_what_the_list_says(worker: Worker, name: str) -> None:
    listed = get(worker, f"{ROOT}/collections").json()["collections"]
    assert get(worker, f"{ROOT}/collections/{name}").json() == next(
        one for one in listed if one["id"] == name
    )


@answers("core/fc-md-extent", "core/fc-md-extent-multi", "core/crs84")
def test_every_position_lies_within_the_one_extent_in_crs84(worker: Worker) -> None:
    spatial = get(worker, f"{ROOT}/collections/grids").json()["extent"]["spatial"]
    ((west, south, east, north),) = spatial["bbox"]
    features = get(worker, GRIDS).json()["features"]
    positions = [
        xy for one in features for ring in one["geometry"]["coordinates"] for line in ring for xy in line
    ]
    assert spatial["crs"] == CRS84
    assert all(west <= lon <= east and south <= lat <= north for lon, lat in positions)


@answers("core/fc-op", "core/fc-response", "core/fc-links", "geojson/definition", "geojson/content")
@pytest.mark.parametrize("name", COLLECTIONS)
def test_items_are_a_geojson_collection_with_links(worker: Worker, name: str) -> None:
    answer = get(worker, f"{ROOT}/collections/{name}/items")
    body = answer.json()
    assert (answer["Content-Type"], body["type"]) == ("application/geo+json", "FeatureCollection")
    assert {one["type"] for one in body["features"]} == {"Feature"}
    assert link(body, "self")["type"] == "application/geo+json"
    assert all({"rel", "type"} <= one.keys() for one in body["links"])


@answers(
    "core/fc-limit-definition", "core/fc-limit-response", "core/fc-numberMatched", "core/fc-numberReturned"
)
@pytest.mark.parametrize("limit", [1, 3, 8, 5000])
def test_a_page_has_at_most_its_limit_and_says_how_many_there_are(admin: Member, limit: int) -> None:
    said, body = parameter(admin, "limit"), get(admin, GRIDS, limit=limit).json()
    assert (said["schema"]["minimum"], said["style"], said["explode"]) == (1, "form", False)
    assert body["numberReturned"] == len(body["features"]) == min(limit, 8)
    assert (body["numberMatched"], any(one["rel"] == "next" for one in body["links"])) == (8, limit < 8)


@answers("core/fc-bbox-definition")
def test_a_box_has_four_or_six_numbers(worker: Worker) -> None:
    said = parameter(worker, "bbox")
    assert (said["schema"]["minItems"], said["schema"]["maxItems"], said["explode"]) == (4, 6, False)


@answers("core/fc-bbox-response")
def test_a_box_finds_geometries_that_meet_it_and_not_their_boxes(worker: Worker, district: District) -> None:
    shape, wedge = (
        district.shapes["A1-1"],
        "MULTIPOLYGON(((126.6 45.7,126.605 45.7,126.6 45.705,126.6 45.7)))",
    )
    GridShape.objects.filter(id=shape.id).update(geom=f"SRID=4326;{wedge}")
    found = [
        {one["id"] for one in get(worker, GRIDS, bbox=box).json()["features"]}
        for box in (
            "126.601,45.701,126.602,45.702",
            "126.6045,45.7045,126.6049,45.7049",
            "126.59,45.70,126.60,0,45.71,9",
        )
    ]
    assert [str(shape.id) in ids for ids in found[:2]] == [True, False]


@answers("core/fc-time-definition", "core/fc-time-response")
def test_a_time_finds_what_was_in_force_then(worker: Worker, district: District) -> None:
    day, shape = today(), district.shapes["A1-1"]
    GridShape.objects.filter(id=shape.id).update(valid_to=day, announced=False)
    before = (day - timedelta(days=1)).isoformat()
    asked = {
        before: True, f"{before}T12:00:00Z": True, f"{before}/{day}": True, f"../{before}": True,
        f"/{before}": True,
        f"{before}/..": True, f"{before}/": True,
        day.isoformat(): False, f"{day}/..": False, f"{day}/": False,
    }  # fmt: skip
    found = {text: get(worker, GRIDS, datetime=text).json() for text in asked}
    assert {text: str(shape.id) in json.dumps(body) for text, body in found.items()} == asked


@answers("core/f-op", "core/f-success", "core/f-links")
def test_a_feature_has_its_own_address_and_leads_back(worker: Worker) -> None:
    (first, *_) = get(worker, GRIDS).json()["features"]
    alone = get(worker, f"{GRIDS}/{first['id']}").json()
    assert alone.pop("links") and alone == first  # noqa: PT018  because links are what the list leaves out
    assert link(get(worker, f"{GRIDS}/{first['id']}").json(), "collection")["href"].endswith(
        "/collections/grids"
    )


def test_pages_one_after_the_other_are_the_whole_without_gaps(admin: Member) -> None:
    whole = [one["id"] for one in get(admin, GRIDS, limit=100).json()["features"]]
    page, found = get(admin, GRIDS, limit=3).json(), []
    while page:
        found += [one["id"] for one in page["features"]]
        following = [one["href"] for one in page["links"] if one["rel"] == "next"]
        page = get(admin, following[0]).json() if following else None
    assert found == whole
    assert all(one != other for one, other in pairwise(found))


def test_every_abstract_test_is_answered_or_does_not_apply() -> None:
    assert ALL - _answered - NOT_APPLICABLE.keys() == set()
    assert _answered - ALL == set()

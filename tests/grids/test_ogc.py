"""OGC API Features: documents, pages, boxes, times, and who sees what."""

from datetime import timedelta
from typing import Any

import pytest

from grids.models import GridShape
from kernel.clock import today
from tests.cast import District, Member, Worker

pytestmark = pytest.mark.django_db
BASE = "/api/v1/ogc"
GRIDS = f"{BASE}/collections/grids/items"


def codes(answer: Any) -> list[str]:
    return [feature["properties"]["code"] for feature in answer.json()["features"]]


def linked(answer: Any, rel: str) -> str | None:
    return next((link["href"] for link in answer.json()["links"] if link["rel"] == rel), None)


def test_the_landing_page_leads_to_everything(worker: Worker) -> None:
    landing = worker.client.get(BASE)
    for rel in ("service-desc", "conformance", "data"):
        there = worker.client.get(linked(landing, rel))
        assert there.status_code == 200, rel
    conformance = worker.client.get(f"{BASE}/conformance").json()["conformsTo"]
    assert [uri.rsplit("/", 1)[1] for uri in conformance] == ["core", "geojson", "oas30"]


def test_the_service_description_is_openapi_with_the_largest_page(worker: Worker) -> None:
    answer = worker.client.get(f"{BASE}/api")
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    items = answer.json()["paths"]["/collections/grids/items"]["get"]
    limit = next(one for one in items["parameters"] if one["name"] == "limit")
    assert limit["schema"]["maximum"] == 5000


def test_a_collection_has_the_extent_of_what_the_caller_sees(worker: Worker, admin: Member) -> None:
    one = worker.client.get(f"{BASE}/collections/grids").json()
    assert one["extent"]["spatial"]["bbox"] == [pytest.approx([126.60, 45.70, 126.62, 45.72])]
    assert one["extent"]["temporal"]["interval"] == [["2019-12-31T16:00:00Z", None]], "local midnight"
    names = [one["id"] for one in admin.client.get(f"{BASE}/collections").json()["collections"]]
    assert names[:4] == ["districts", "streets", "communities", "grids"]


def test_items_are_pages_in_the_order_of_codes(admin: Member, district: District) -> None:
    found: list[str] = []
    url: str | None = f"{GRIDS}?limit=3"
    while url:
        answer = admin.client.get(url)
        assert answer.json()["numberMatched"] == 8
        found += codes(answer)
        url = linked(answer, "next")
    assert found == sorted(grid.code for grid in district.grids.values())


def test_items_are_geojson_and_head_is_answered(worker: Worker) -> None:
    answer = worker.client.get(GRIDS)
    assert answer["Content-Type"] == "application/geo+json"
    assert answer.json()["numberReturned"] == 4
    head = worker.client.head(GRIDS)
    assert (head.status_code, head["ETag"], head.content) == (200, answer["ETag"], b"")


def test_a_limit_beyond_the_largest_page_is_the_largest_page(
    admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDGOV_GRIDS_PAGE_MAX", "5")
    answer = admin.client.get(GRIDS, {"limit": "100"})
    assert (answer.json()["numberReturned"], answer.json()["numberMatched"]) == (5, 8)


def test_a_box_finds_what_it_touches(admin: Member, district: District) -> None:
    answer = admin.client.get(GRIDS, {"bbox": "126.601,45.701,126.602,45.702"})
    assert codes(answer) == [district.grids["A1-1"].code]
    assert codes(admin.client.get(GRIDS, {"bbox": "0,0,10,10"})) == []


def test_each_time_of_a_grid_is_a_feature_of_its_own(worker: Worker, district: District) -> None:
    day = today()
    GridShape.objects.filter(id=district.shapes["A1-1"].id).update(valid_to=day, announced=False)
    yesterday = (day - timedelta(days=1)).isoformat()
    matched = {
        text: worker.client.get(GRIDS, {"datetime": text}).json()["numberMatched"]
        for text in (day.isoformat(), yesterday, f"{yesterday}/..")
    }
    assert list(matched.values()) == [3, 4, 4]


def test_one_feature_has_an_address_of_its_own(worker: Worker, district: District) -> None:
    pk = district.shapes["A1-1"].id
    answer = worker.client.get(f"{GRIDS}/{pk}").json()
    assert (answer["id"], answer["properties"]["grid"]) == (str(pk), str(district.grids["A1-1"].id))
    foreign = worker.client.get(f"{GRIDS}/{district.shapes['B1-1'].id}")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "not_found")


def test_streets_and_communities_are_those_of_the_own_streets(worker: Worker, liaison: Member) -> None:
    for name, mine in (("districts", 1), ("streets", 1), ("communities", 2)):
        path = f"{BASE}/collections/{name}/items"
        counted = [member.client.get(path).json()["numberMatched"] for member in (worker, liaison)]
        assert counted == [mine, 1 if name == "districts" else 0], name


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "x"},
        {"bbox": "1,2,3"},
        {"datetime": "soon"},
        {"after": "x"},
        {"filter": "1=1"},
    ],
)
def test_a_bad_question_is_refused(worker: Worker, query: dict[str, str]) -> None:
    answer = worker.client.get(GRIDS, query)
    assert answer.status_code == 400
    assert answer.json()["code"] in {"bad_parameter", "unknown_parameter"}


def test_there_is_no_other_collection(worker: Worker) -> None:
    assert worker.client.get(f"{BASE}/collections/parties/items").json()["code"] == "not_found"

"""`POST /grids/locate`: a batch of declared positions → grids, over HTTP (cases G7 and G10)."""

from datetime import timedelta
from typing import Any

import pytest

from grids import coordinates as co
from grids.models import GridShape
from grids.selectors import Asked, locate
from kernel import clock
from tests.cast import District, Member, Worker

pytestmark = pytest.mark.django_db

LOCATE = "/api/v1/grids/locate"
EDGE, VERTEX = (126.605, 45.71), (126.61, 45.71)  # of A1-1 and A1-2; of A1 and A2, four grids


def point(lon: float, lat: float, crs: str = "WGS84", accuracy: float | None = 5.0) -> dict[str, Any]:
    return {"lon": lon, "lat": lat, "crs": crs, "accuracy_m": accuracy}


def asked(who: Member, *points: Any, at: str = "", **more: Any) -> Any:
    address = f"{LOCATE}?at={at}" if at else LOCATE
    return who.client.post(address, {"points": list(points), **more}, format="json")


def results(who: Member, *points: Any, **more: Any) -> list[dict[str, Any]]:
    answer = asked(who, *points, **more)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def centre(district: District, grid: str) -> tuple[float, float]:
    lon, lat = district.centre(grid)
    return lon / 1e7, lat / 1e7


def test_each_position_gets_grid_release_and_verdict_in_order(worker: Worker, district: District) -> None:
    spots = [centre(district, name) for name in ("A2-1", "A1-1")]
    found = results(worker, *[point(*spot) for spot in spots], point(126.5, 45.7))
    assert [one["code"] for one in found] == [
        district.grids["A2-1"].code, district.grids["A1-1"].code, None,
    ]  # fmt: skip
    assert [one["verdict"] for one in found] == ["certain", "certain", "none"]
    assert district.release is not None
    assert found[0]["release"] == str(district.release.id)


def test_distances_are_metres_positive_inside(worker: Worker, district: District) -> None:
    (found,) = results(worker, point(126.6095, 45.705, accuracy=50.0))
    assert [(one["code"], one["distance_m"] > 0) for one in found["candidates"]] == [
        (district.grids["A1-1"].code, True),
        (district.grids["A2-1"].code, False),
    ]
    # half a thousandth of a degree at 45.7° N on the ellipsoid
    assert found["candidates"][0]["distance_m"] == pytest.approx(38.93, abs=0.02)
    assert found["candidates"][1]["distance_m"] == pytest.approx(-38.93, abs=0.02)


@pytest.mark.parametrize("spot", [EDGE, VERTEX], ids=["shared edge", "vertex of four grids"])
def test_g7_on_a_border_the_lowest_code_has_the_point_a_hundred_times(
    worker: Worker, district: District, spot: tuple[float, float]
) -> None:
    found = [one for _ in range(10) for one in results(worker, *[point(*spot)] * 10)]
    assert {one["code"] for one in found} == {district.grids["A1-1"].code}
    assert {one["verdict"] for one in found} == {"near_border"}
    assert {len(one["candidates"]) for one in found} == {2 if spot == EDGE else 4}


@pytest.mark.parametrize("accuracy", [None, 0, -1, 60, 1414])
def test_an_accuracy_that_says_nothing_is_never_certain(
    worker: Worker, district: District, accuracy: float | None
) -> None:
    (found,) = results(worker, point(*centre(district, "A1-1"), accuracy=accuracy))
    assert (found["verdict"], found["code"]) == ("near_border", district.grids["A1-1"].code)


def test_g10_the_same_spot_in_every_system_meets_within_two_metres(
    worker: Worker, district: District
) -> None:
    spot = centre(district, "A1-1")
    systems = ("WGS84", "CGCS2000", "GCJ02", "BD09")
    found = results(
        worker, *[point(*(float(v) for v in co.from_wgs84(*spot, crs)), crs=crs) for crs in systems]
    )
    assert {one["code"] for one in found} == {district.grids["A1-1"].code}
    off = max(max(abs(one["lon"] - spot[0]), abs(one["lat"] - spot[1])) for one in found)
    assert off * 111_320 < 2


@pytest.mark.parametrize("crs", ["missing", None, "", "gcj02", "EPSG:4326"])
def test_g10_an_undeclared_system_is_refused_with_its_row(worker: Worker, crs: Any) -> None:
    wrong = point(*EDGE) | {"crs": crs}
    if crs == "missing":
        del wrong["crs"]
    answer = asked(worker, point(*EDGE), wrong)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert "$[1]" in str(answer.json()["fields"])


def test_g10_hong_kong_is_shifted_back_and_tokyo_is_left_as_it_is(worker: Worker) -> None:
    hong_kong, tokyo = (114.1694, 22.3193), (139.69, 35.69)
    given = tuple(float(v) for v in co.from_wgs84(*hong_kong, "GCJ02"))
    found = results(worker, point(*given, crs="GCJ02"), point(*tokyo, crs="GCJ02"))
    assert given != hong_kong
    assert [(one["lon"], one["lat"], one["verdict"]) for one in found] == [
        (*hong_kong, "none"), (*tokyo, "none"),
    ]  # fmt: skip


def test_the_nearest_grid_is_suggested_within_the_tolerance_only(worker: Worker, district: District) -> None:
    outside = point(126.599, 45.705)  # 78 m west of A1-1
    near, far = results(worker, outside)[0], results(worker, outside, tolerance_m=50)[0]
    assert (near["verdict"], near["grid"], near["candidates"]) == ("none", None, [])
    assert near["suggestion"]["code"] == district.grids["A1-1"].code
    assert near["suggestion"]["distance_m"] == pytest.approx(-77.85, abs=0.1)
    assert far["suggestion"] is None


def test_boundaries_of_another_day_can_be_asked_for(worker: Worker, district: District) -> None:
    today = clock.today()
    GridShape.objects.filter(id=district.shapes["A1-1"].id).update(valid_to=today, announced=False)
    spot = point(*centre(district, "A1-1"))
    assert results(worker, spot)[0]["verdict"] == "none"
    yesterday = (today - timedelta(days=1)).isoformat()
    assert results(worker, spot, at=yesterday)[0]["code"] == district.grids["A1-1"].code


def test_a_grid_of_another_street_does_not_exist(worker: Worker, admin: Member, district: District) -> None:
    spot = point(*centre(district, "B1-1"))
    assert results(worker, spot)[0]["grid"] is None
    assert results(admin, spot)[0]["code"] == district.grids["B1-1"].code


@pytest.mark.parametrize(
    "body",
    [
        {}, {"points": []}, {"points": "x"}, {"points": [1]}, {"points": [point(181, 1)]},
        {"points": [point(1, 1) | {"more": 1}]}, {"points": [point(*EDGE)] * 1001},
        {"points": [point(*EDGE)], "tolerance_m": 501}, {"points": [point(*EDGE)], "more": 1},
    ],
)  # fmt: skip
def test_a_bad_body_is_refused(worker: Worker, body: dict[str, Any]) -> None:
    answer = worker.client.post(LOCATE, body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_a_thousand_positions_are_one_statement(district: District, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = locate([district.centre("A1-1")] * 1000, [5.0] * 1000, Asked(tolerance_m=100))
    assert len({one.grid.code for one in found if one.grid}) == 1

"""Places over HTTP: what each role sees, GeoJSON with an entity tag, assignments by who may assign."""

from datetime import timedelta
from typing import Any

import pytest

from grids.models import GridShape
from grids.selectors import held_grids
from kernel import clock
from tests.cast import District, Member, Worker

pytestmark = pytest.mark.django_db

GRIDS, AREAS, ASSIGNMENTS = "/api/v1/grids", "/api/v1/areas", "/api/v1/assignments"


def names(answer: Any) -> set[str]:
    return {feature["properties"]["code"][6:9] for feature in answer.json()["features"]}


def test_a_worker_shares_the_grids_of_the_own_street(worker: Worker) -> None:
    answer = worker.client.get(GRIDS)
    assert answer["Content-Type"] == "application/geo+json"
    assert (answer.json()["count"], names(answer)) == (4, {"001"})


def test_the_district_sees_every_street_and_the_liaison_officer_none(admin: Member, liaison: Member) -> None:
    assert names(admin.client.get(GRIDS)) == {"001", "002"}
    assert liaison.client.get(GRIDS).json()["features"] == []


def test_a_feature_has_its_shape_at_seven_decimals(worker: Worker, district: District) -> None:
    feature = worker.client.get(GRIDS, {"code": district.grids["A1-1"].code}).json()["features"][0]
    assert feature["id"] == str(district.grids["A1-1"].id)
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert [126.6, 45.7] in feature["geometry"]["coordinates"][0][0]


def test_what_did_not_change_is_not_sent_again(worker: Worker) -> None:
    tag = worker.client.get(GRIDS)["ETag"]
    again = worker.client.get(GRIDS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_another_reader_or_another_question_has_another_tag(worker: Worker, admin: Member) -> None:
    tags = {worker.client.get(GRIDS)["ETag"], admin.client.get(GRIDS)["ETag"]}
    tags.add(worker.client.get(GRIDS, {"kind": "1"})["ETag"])
    assert len(tags) == 3


def test_pages_are_linked(worker: Worker) -> None:
    first = worker.client.get(GRIDS, {"limit": 3}).json()
    rest = worker.client.get(first["next"]).json()
    assert (len(first["features"]), len(rest["features"]), rest["next"]) == (3, 1, None)


def test_a_box_finds_what_it_touches(worker: Worker) -> None:
    answer = worker.client.get(GRIDS, {"bbox": "126.601,45.701,126.602,45.702"})
    assert answer.json()["count"] == 1


def test_boundaries_of_another_day_can_be_asked_for(worker: Worker, district: District) -> None:
    today = clock.today()
    GridShape.objects.filter(id=district.shapes["A1-1"].id).update(valid_to=today, announced=False)
    yesterday = (today - timedelta(days=1)).isoformat()
    assert worker.client.get(GRIDS).json()["count"] == 3
    assert worker.client.get(GRIDS, {"at": yesterday}).json()["count"] == 4


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"}, {"limit": "100000"}, {"offset": "-1"}, {"bbox": "1,2,3"}, {"bbox": "nan,1,2,3"},
        {"at": "yesterday"}, {"community": "x"}, {"kind": "9"}, {"code": "1 or 1=1"}, {"order": "geom"},
    ],
)  # fmt: skip
def test_a_bad_question_is_refused(worker: Worker, query: dict[str, str]) -> None:
    answer = worker.client.get(GRIDS, query)
    assert answer.status_code == 400
    assert answer.json()["code"] in {"bad_parameter", "unknown_parameter"}


@pytest.mark.law("GR-8")
def test_the_detail_shows_the_worker_in_charge_and_no_resident(
    worker: Worker, second_worker: Worker, district: District
) -> None:
    detail = worker.client.get(f"{GRIDS}/{district.grids['A1-1'].id}").json()
    assert [entry["kind"] for entry in detail["workers"]] == ["primary", "backup"]
    assert {row["code"] for row in detail["neighbours"]} == {
        district.grids[name].code for name in ("A1-2", "A2-1", "A2-2")
    }


def test_a_grid_of_another_street_does_not_exist(worker: Worker, district: District) -> None:
    assert worker.client.get(f"{GRIDS}/{district.grids['B1-1'].id}").json()["code"] == "not_found"


def test_areas_are_listed_by_level_and_the_detail_has_a_shape(worker: Worker, district: District) -> None:
    listed = worker.client.get(AREAS, {"level": "community"}).json()
    detail = worker.client.get(f"{AREAS}/{district.areas['A1'].id}").json()
    assert listed["count"] == 2
    assert detail["geometry"]["type"] == "MultiPolygon"


def body(district: District, grid: str, worker: Member, kind: str) -> dict[str, str]:
    return {
        "grid_id": str(district.grids[grid].id), "worker_id": str(worker.user.id), "kind": kind,
        "valid_from": clock.today().isoformat(),
    }  # fmt: skip


def test_a_coordinator_puts_a_worker_in_charge(
    coordinator: Member, second_worker: Worker, district: District
) -> None:
    answer = coordinator.client.post(
        ASSIGNMENTS, body(district, "A1-2", second_worker, "primary"), format="json"
    )
    assert (answer.status_code, answer.json()["kind"]) == (201, "primary")
    assert district.grids["A1-2"].id in _held(second_worker)


def _held(worker: Worker) -> set[Any]:
    return held_grids(worker.user.id, clock.now())


def test_a_second_primary_is_refused(
    coordinator: Member, worker: Worker, neighbour_worker: Worker, district: District
) -> None:
    answer = coordinator.client.post(
        ASSIGNMENTS, body(district, "A1-1", neighbour_worker, "primary"), format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "grid_has_primary")


def test_nobody_is_put_in_charge_of_another_communitys_grid(
    coordinator: Member, worker: Worker, district: District
) -> None:
    for grid in ("A2-2", "B1-2"):
        answer = coordinator.client.post(ASSIGNMENTS, body(district, grid, worker, "primary"), format="json")
        assert answer.json()["code"] == "not_found"


def test_who_is_no_grid_worker_is_not_put_in_charge(
    coordinator: Member, clerk: Member, district: District
) -> None:
    answer = coordinator.client.post(ASSIGNMENTS, body(district, "A1-2", clerk, "primary"), format="json")
    assert answer.json()["code"] == "not_a_grid_worker"


def test_an_end_takes_the_grid_from_the_worker(coordinator: Member, worker: Worker) -> None:
    row = coordinator.client.get(ASSIGNMENTS, {"worker": str(worker.user.id)}).json()["results"][0]
    end = {"day": clock.today().isoformat(), "reason": "moved"}
    assert coordinator.client.post(f"{ASSIGNMENTS}/{row['id']}/end", end, format="json").status_code == 200
    assert _held(worker) == set()


def test_a_worker_cannot_assign(worker: Worker, district: District) -> None:
    answer = worker.client.post(ASSIGNMENTS, body(district, "A1-2", worker, "primary"), format="json")
    assert answer.json()["code"] == "role_not_allowed"

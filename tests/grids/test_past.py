"""A map of a past day has the codes and names of that day (GR-6), on every face."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kernel.clock import today
from tests.cast import District, Member
from tests.grids.mvt import read
from tests.grids.test_area_changes import NEW, OLD, changed
from tests.grids.test_locate import centre, point, results
from tests.grids.test_tiles import address

pytestmark = [pytest.mark.django_db, pytest.mark.law("GR-6")]
Face = Callable[[Member, District, str], set[str]]


def before() -> str:
    return (today() - timedelta(days=1)).isoformat()


def listed(who: Member, district: District, day: str) -> set[str]:
    features = who.client.get("/api/v1/grids", {"at": day}).json()["features"]
    return {feature["properties"]["code"] for feature in features}


def found_by_code(who: Member, district: District, day: str) -> set[str]:
    found = [who.client.get("/api/v1/grids", {"at": day, "code": f"{code}01"}).json() for code in (OLD, NEW)]
    return {feature["properties"]["code"] for one in found for feature in one["features"]}


def alone(who: Member, district: District, day: str) -> set[str]:
    one = who.client.get(f"/api/v1/grids/{district.grids['A1-1'].id}", {"at": day}).json()
    beside = who.client.get(f"/api/v1/grids/{district.grids['A1-2'].id}", {"at": day}).json()["neighbours"]
    assert one["code"] in {row["code"] for row in beside}
    return {one["code"], one["community"]["code"], one["community"]["name"]}


def located(who: Member, district: District, day: str) -> set[str]:
    (one,) = results(who, point(*centre(district, "A1-1")), at=day)
    return {one["code"]}


def features(who: Member, district: District, day: str) -> set[str]:
    pages = [
        who.client.get(f"/api/v1/ogc/collections/{name}/items", {"datetime": f"../{day}"}).json()["features"]
        for name in ("grids", "communities")
    ]
    rows = [feature["properties"] for page in pages for feature in page]
    return {row[key] for row in rows for key in ("code", "community_name", "name") if key in row}


def tiled(who: Member, district: District, day: str) -> set[str]:
    drawn = read(who.client.get(address(12), {"at": day}).content)
    return {row.properties[key] for level in drawn.values() for row in level for key in ("code", "name")}


def exported(who: Member, district: District, day: str) -> set[str]:
    cells: set[str] = set()
    for layer in ("grids", "communities"):
        wish = {"layer": layer, "format": "csv", "at": day}
        answer: Any = who.client.post("/api/v1/map-exports", wish, format="json")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        cells |= {cell for row in csv.DictReader(io.StringIO(text)) for cell in row.values()}
    return cells


@pytest.mark.parametrize(
    "face", [listed, found_by_code, alone, located, features, tiled, exported], ids=lambda face: face.__name__
)
def test_a_past_day_has_its_codes_and_names(admin: Member, district: District, face: Face) -> None:
    assert changed(admin, (OLD, NEW, "新社区")).status_code == 200
    then, now = (face(admin, district, day) for day in (before(), today().isoformat()))
    assert (f"{OLD}01" in then, f"{NEW}01" in then) == (True, False)
    assert (f"{OLD}01" in now, f"{NEW}01" in now) == (False, True)
    assert "新社区" not in then


def test_the_first_of_two_changes_tells_what_was_before(admin: Member, district: District) -> None:
    changed(admin, (OLD, NEW, "新社区"))
    changed(admin, (NEW, "230103001008", "又新社区"))
    assert f"{OLD}01" in listed(admin, district, before())
    assert "230103001008" + "01" in listed(admin, district, today().isoformat())

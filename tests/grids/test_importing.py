"""Boundary files: allow-listed, row-numbered, refused and never repaired (case G6)."""

import codecs
import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from grids.coordinates import from_wgs84
from grids.faults import FaultKind
from grids.importing.checking import Wanted, check
from grids.importing.declared import declared
from grids.importing.reading import read
from grids.importing.rows import Checked, UnreadableFileError

CODE = "23010300100101"
RING = [[126.60, 45.70], [126.61, 45.70], [126.61, 45.71], [126.60, 45.71], [126.60, 45.70]]
HOLE_OUTSIDE = [[127.0, 45.0], [127.1, 45.0], [127.1, 45.1], [127.0, 45.0]]


def feature(coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": coordinates},
        "properties": {"code": CODE, "name": "第一网格", **properties},
    }


def write(folder: Path, *features: Any) -> Path:
    path = folder / "grids.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


def checked(path: Path, crs: str = "WGS84", level: str = "grid") -> Checked:
    return check(read(path), Wanted(level, declared(crs), 2))


GOOD = feature([RING], households=400)


def test_a_good_row_is_taken_as_it_is(tmp_path: Path) -> None:
    (row,) = checked(write(tmp_path, GOOD)).rows
    assert (row.number, row.code, row.kind, row.households) == (1, CODE, "1", 400)
    assert row.shape.equals(shapely.Polygon(RING))


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    assert checked(path).faults == []


HOSTILE = {
    "trailing point": ([[*RING, None]], "pair"),
    "unclosed ring": ([RING[:-1]], "not closed"),
    "self-crossing": ([[RING[0], RING[2], RING[1], RING[3], RING[0]]], "not valid"),
    "hole outside": ([RING, HOLE_OUTSIDE], "not valid"),
    "three dimensions": ([[[*point, 0] for point in RING]], "pair"),
    "empty": ([], "empty"),
    "empty ring": ([[]], "fewer than four"),
    "around the other side of the world": ([[[170, 45], [-170, 45], [-170, 46], [170, 45]]], "73-136"),
    "metres, not degrees": ([[[5e5, 5e6], [6e5, 5e6], [6e5, 6e6], [5e5, 5e6]]], "degrees"),
    "latitude before longitude": ([[[y, x] for x, y in RING]], "degrees"),
    "a text for a number": ([[["126", 45.7], *RING[1:4], ["126", 45.7]]], "finite"),
    "nested too deep": ([[RING]], "pair"),
    "a point": (RING[0], "fit the type"),
    "narrower than a centimetre": ([[[126, 45], [126, 45 + 1e-8], [126 + 1e-8, 45], [126, 45]]], "decimals"),
}  # fmt: skip


@pytest.mark.parametrize(("coordinates", "word"), HOSTILE.values(), ids=HOSTILE)
def test_bad_geometry_is_refused_with_its_row(tmp_path: Path, coordinates: Any, word: str) -> None:
    answer = checked(write(tmp_path, GOOD, feature(coordinates)))
    assert not answer.rows
    assert [fault.row for fault in answer.faults if word in fault.text] == [2]


def test_the_direction_of_a_ring_does_not_matter(tmp_path: Path) -> None:
    assert checked(write(tmp_path, feature([RING[::-1]]))).faults == []


@pytest.mark.parametrize(
    "document",
    [
        "[", "[]", '{"type":"Feature"}', '{"type":"FeatureCollection","features":{}}',
        '{"type":"FeatureCollection","features":[]}', "1e999", '"\\ud800"',
    ],
)  # fmt: skip
def test_a_file_that_is_no_collection_is_refused(tmp_path: Path, document: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(document)
    with pytest.raises(UnreadableFileError):
        read(path)


@pytest.mark.parametrize("entry", [None, 7, {"type": "Feature", "geometry": None}, {"type": "Feature"}])
def test_a_feature_that_is_none_has_its_row(tmp_path: Path, entry: Any) -> None:
    assert [fault.row for fault in checked(write(tmp_path, entry)).faults] == [1]


@pytest.mark.parametrize(
    ("properties", "word"),
    [
        ({"code": "2301030010011"}, "14 digits"), ({"code": None}, "digits"), ({"name": ""}, "name"),
        ({"name": "a\u202eb"}, "name"), ({"households": -1}, "households"),
        ({"households": 1.5}, "households"), ({"kind": "9"}, "kind"),
        ({"code": "23010399900101"}, "digits 7 to 9"),
    ],
)  # fmt: skip
def test_bad_attributes_are_refused_with_their_row(
    tmp_path: Path, properties: dict[str, Any], word: str
) -> None:
    (fault,) = checked(write(tmp_path, feature([RING], **properties))).faults
    assert fault.row == 1
    assert word in fault.text


def test_a_code_stands_once(tmp_path: Path) -> None:
    (fault,) = checked(write(tmp_path, GOOD, GOOD)).faults
    assert (fault.row, f"code {CODE} stands already in row 1" in str(fault)) == (2, True)


def test_every_fault_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    faults = checked(write(tmp_path, feature([RING[:-1]]), GOOD, feature([]))).faults
    assert [fault.row for fault in faults] == [1, 3]


def test_the_declared_system_is_converted_before_anything_is_stored(tmp_path: Path) -> None:
    lon, lat = from_wgs84(*np.array(RING).T, "GCJ02")
    path = write(tmp_path, feature([np.column_stack((lon, lat)).tolist()]))
    (row,) = checked(path, "GCJ02").rows
    assert shapely.get_coordinates(row.shape) == pytest.approx(np.array(RING), abs=1.1e-7)


# GeoPackage


def geopackage(path: Path, geometries: list[Any], **fields: list[Any]) -> Path:
    columns = {"code": [CODE] * len(geometries), "name": ["网格"] * len(geometries), **fields}
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(geometries, dtype=object)), [np.array(v) for v in columns.values()],
        list(columns), geometry_type="Unknown", crs="EPSG:4326", driver="GPKG",
    )  # fmt: skip
    return path


def test_a_geopackage_is_read(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "a.gpkg", [shapely.Polygon(RING)], households=[410])
    (row,) = checked(path).rows
    assert (row.code, row.households) == (CODE, 410)


def test_a_row_with_arcs_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    turn = [RING[0], (126.605, 45.69), RING[1], RING[2], RING[0]]
    arc = struct.pack("<BIIBII10d", 1, 10, 1, 1, 8, 5, *(number for xy in turn for number in xy))
    path = tmp_path / "a.gpkg"
    pyogrio.raw.write(
        path, np.array([shapely.to_wkb(shapely.Polygon(RING)), arc], dtype=object),
        [np.array([CODE, f"{CODE[:-1]}2"], dtype=object), np.array(["甲", "乙"], dtype=object)],
        ["code", "name"], geometry_type="Unknown", crs="EPSG:4326", driver="GPKG",
    )  # fmt: skip
    assert [(fault.row, fault.kind) for fault in checked(path).faults] == [(2, FaultKind.CURVES)]


def test_a_geopackage_with_bad_rows_names_them(tmp_path: Path) -> None:
    crossing = shapely.Polygon([RING[0], RING[2], RING[1], RING[3]])
    high = shapely.force_3d(shapely.Polygon(RING))
    rows = [shapely.Polygon(RING), crossing, high, shapely.Point(126.6, 45.7)]
    faults = checked(geopackage(tmp_path / "a.gpkg", rows)).faults
    assert [fault.row for fault in faults if "code" not in fault.text] == [2, 3, 4]


@pytest.mark.parametrize("name", ["x.vrt", "x.shp", "x.gml", "x.7z"])
def test_other_drivers_are_not_asked(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<OGRVRTDataSource/>")
    with pytest.raises(UnreadableFileError, match="only"):
        read(tmp_path / name)


@pytest.mark.parametrize("content", [b"<OGRVRTDataSource/>", b"SQLite format 3\0" + b"\0" * 100, b""])
def test_what_is_only_called_a_geopackage_is_not_given_to_gdal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.gpkg"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="GeoPackage"):
        read(path)


@pytest.mark.parametrize("name", ["/vsicurl/http://127.0.0.1/x.gpkg", "PG:dbname=x", "/nowhere/x.geojson"])
def test_a_connection_string_is_no_file(name: str) -> None:
    with pytest.raises(UnreadableFileError, match="not a file"):
        read(Path(name))


def test_a_broken_geopackage_is_refused(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "a.gpkg", [shapely.Polygon(RING)])
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(UnreadableFileError):
        read(path)

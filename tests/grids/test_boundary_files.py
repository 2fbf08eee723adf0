"""Files of other programs: Shapefiles in zips, declared systems, field names, hostile archives."""

import gc
import json
import sqlite3
import stat
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from grids import projection
from grids.faults import FaultKind
from grids.importing.checking import Wanted, check
from grids.importing.declared import contradiction, declared
from grids.importing.reading import Reading, read
from grids.importing.rows import Checked, Raw, UnreadableFileError
from grids.services import files
from grids.services.files import FileRequest, file_check

CODE = "23010300100101"
BOX = shapely.box(126.60, 45.70, 126.61, 45.71)
METRES = shapely.transform(BOX, lambda xy: np.column_stack(projection.to_metres(xy[:, 0], xy[:, 1], 126.0)))


def shapefile(
    folder: Path, shape: Any = BOX, *, crs: str = "EPSG:4326", encoding: str = "GBK", rows: int = 1
) -> Path:
    """A Shapefile of equal rows with Chinese fields, its parts in `folder/parts`."""
    parts = folder / "parts"
    parts.mkdir()
    pyogrio.raw.write(
        parts / "g.shp", shapely.to_wkb(np.array([shape] * rows, dtype=object)),
        [np.array([CODE] * rows, dtype=object), np.array(["第一网格"] * rows, dtype=object)],
        ["网格编码", "名称"], geometry_type="Polygon", crs=crs, driver="ESRI Shapefile", encoding=encoding,
    )  # fmt: skip
    return parts


def zipped(parts: Path, *, without: tuple[str, ...] = (), **more: bytes) -> Path:
    path = parts.parent / "g.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(parts.iterdir()):
            if part.suffix not in without:
                archive.write(part, part.name)
        for name, content in more.items():
            archive.writestr(name, content)
    return path


CHINESE = {"code": "网格编码", "name": "名称"}


def taken(path: Path, crs: str = "EPSG:4326", **how: Any) -> Checked:
    return file_check(FileRequest(path, "grid", crs, fields=CHINESE, **how))


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
def test_a_shapefile_is_read_in_the_encoding_of_its_cpg(tmp_path: Path, encoding: str) -> None:
    parts = shapefile(tmp_path, encoding=encoding)
    (parts / "g.cpg").write_text(encoding)
    (row,) = taken(zipped(parts)).rows
    assert (row.code, row.name) == (CODE, "第一网格")
    assert row.shape.equals(BOX)


def test_without_cpg_the_encoding_must_be_declared(tmp_path: Path) -> None:
    path = zipped(shapefile(tmp_path), without=(".cpg",))
    with pytest.raises(UnreadableFileError, match="declare the encoding"):
        taken(path)
    assert next(iter(taken(path, encoding="GBK").rows)).name == "第一网格"


@pytest.mark.parametrize(
    ("cpg", "encoding", "word"),
    [("UTF-8", None, "utf-8"), ("GBK", "UTF-8", "GBK, not UTF-8"), ("", "LATIN1", "UTF-8 or GBK")],
)
def test_a_wrong_encoding_is_an_error_and_no_odd_names(
    tmp_path: Path, cpg: str, encoding: str | None, word: str
) -> None:
    parts = shapefile(tmp_path)
    (parts / "g.cpg").write_text(cpg)
    with pytest.raises(UnreadableFileError, match=f"{word}|no field"):
        taken(zipped(parts), encoding=encoding)


def test_metres_of_a_gauss_kruger_belt_become_degrees(tmp_path: Path) -> None:
    parts = shapefile(tmp_path, METRES, crs="EPSG:4551", encoding="UTF-8")
    (row,) = taken(zipped(parts), "EPSG:4551").rows
    assert row.shape.normalize().equals_exact(BOX.normalize(), 1.1e-7)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4548", "GCJ-02"])
def test_a_prj_that_contradicts_the_declaration_is_an_error(tmp_path: Path, crs: str) -> None:
    path = zipped(shapefile(tmp_path, METRES, crs="EPSG:4551", encoding="UTF-8"))
    with pytest.raises(UnreadableFileError, match="EPSG:4551, not"):
        taken(path, crs)


def test_metres_with_the_number_of_the_zone_are_refused(tmp_path: Path) -> None:
    shifted = shapely.transform(METRES, lambda xy: xy + np.array((42e6, 0)))
    path = zipped(shapefile(tmp_path, shifted, encoding="UTF-8"), without=(".prj",))
    assert [fault.kind for fault in taken(path, "EPSG:4551").faults] == [FaultKind.NOT_METRES]


PLANE = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_126E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["Central_Meridian",126.0]]'
)


@pytest.mark.parametrize(
    ("crs", "found", "agrees"),
    [
        ("EPSG:4326", "", True), ("EPSG:4326", "EPSG:4326", True), ("EPSG:4326", "EPSG:4490", False),
        ("EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", True), ("GCJ-02", "EPSG:4326", True),
        ("BD-09", "EPSG:3857", False), ("EPSG:4490", "urn:ogc:def:crs:EPSG::4490", True),
        ("EPSG:4551", PLANE, True), ("EPSG:4550", PLANE, False), ("EPSG:4551", "LOCAL_CS[\"x\"]", False),
    ],
)  # fmt: skip
def test_what_a_file_says_of_itself_is_compared(crs: str, found: str, agrees: bool) -> None:
    assert (contradiction(declared(crs), found) == "") is agrees


@pytest.mark.parametrize("crs", ["", "EPSG:3857", "EPSG:4533", "EPSG:4555", "WGS", "epsg4326"])
def test_other_systems_cannot_be_declared(crs: str) -> None:
    with pytest.raises(ValueError, match="EPSG:"):
        declared(crs)


def test_a_field_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"网格.* for code; there are 网格"):
        read(zipped(shapefile(tmp_path, encoding="UTF-8")), Reading(fields={"code": "网格编号"}))


# Hostile archives

HOSTILE = {
    "a path": ({"../g.shx": b"x"}, "path"),
    "a folder": ({"sub/g.shx": b"x"}, "path"),
    "an archive in it": ({"g.zip": b"PK"}, "no part of a Shapefile"),
    "a script": ({"g.vrt": b"<OGRVRTDataSource/>"}, "no part of a Shapefile"),
    "two layers": ({"h.shp": b"x"}, "one Shapefile"),
    "a bomb": ({"g.sbn": b"\0" * 40_000_000}, "100 times"),
}  # fmt: skip


@pytest.mark.parametrize(("more", "word"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_zip_is_refused_with_a_reason(tmp_path: Path, more: dict[str, bytes], word: str) -> None:
    with pytest.raises(UnreadableFileError, match=word):
        taken(zipped(shapefile(tmp_path, encoding="UTF-8"), **more))


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(shapefile(tmp_path, encoding="UTF-8"), without=(".prj",))
    link = zipfile.ZipInfo("g.prj")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(UnreadableFileError, match="link"):
        taken(path)


@pytest.mark.parametrize("part", ["g.shp", "g.dbf"])
def test_parts_that_are_something_else_are_not_given_to_gdal(tmp_path: Path, part: str) -> None:
    parts = shapefile(tmp_path, encoding="UTF-8")
    (parts / part).write_bytes(b"<OGRVRTDataSource/>")
    with pytest.raises(UnreadableFileError, match="begin like a Shapefile"):
        taken(zipped(parts))


CUT = {
    "fewer rows in the table": (".dbf", lambda part: part[:4] + bytes(4) + part[8:], "1 rows, the .dbf 0"),
    "the end of the table": (".dbf", lambda part: part[:-20], "the .dbf has"),
    "the end of the shapes": (".shp", lambda part: part[:-20], "the .shp has"),
    "the end of the index": (".shx", lambda part: part[:-8], "0 rows, the .dbf 1"),
}


@pytest.mark.parametrize(("suffix", "cut", "word"), CUT.values(), ids=CUT)
def test_parts_that_lack_something_are_refused(tmp_path: Path, suffix: str, cut: Any, word: str) -> None:
    parts = shapefile(tmp_path, encoding="UTF-8")
    part = parts / f"g{suffix}"
    part.write_bytes(cut(part.read_bytes()))
    with pytest.raises(UnreadableFileError, match=word):
        taken(zipped(parts))


def test_a_prj_that_says_nothing_known_is_an_error(tmp_path: Path) -> None:
    parts = shapefile(tmp_path, encoding="UTF-8")
    (parts / "g.prj").write_text("LOCAL_GRID 1954")
    with pytest.raises(UnreadableFileError, match=r"system the \.prj names"):
        taken(zipped(parts))


def test_a_link_is_no_file(tmp_path: Path) -> None:
    path = zipped(shapefile(tmp_path))
    (tmp_path / "link.zip").symlink_to(path)
    with pytest.raises(UnreadableFileError, match="not a file"):
        read(tmp_path / "link.zip")


def test_a_view_in_a_geopackage_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "v.gpkg"
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array([BOX], dtype=object)), [np.array([CODE], dtype=object)], ["code"],
        geometry_type="Polygon", crs="EPSG:4326", driver="GPKG", layer="g",
    )  # fmt: skip
    with sqlite3.connect(path) as opened:
        opened.execute("create view trap as select * from g")
        opened.execute("update gpkg_contents set table_name = 'trap'")
    with pytest.raises(UnreadableFileError, match="view or virtual table: trap"):
        read(path)


def test_a_row_with_a_million_vertices_is_refused_and_named(tmp_path: Path) -> None:
    ring = shapely.Point(126.6, 45.7).buffer(0.01, quad_segs=250_000)
    path = tmp_path / "many.geojson"
    feature = {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(ring)),
        "properties": {"code": CODE},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (fault,) = check(read(path), Wanted("grid", declared("EPSG:4326"), 2)).faults
    assert (fault.row, fault.kind) == (1, FaultKind.VERTICES)


def test_the_collector_works_again_after_a_file_that_is_refused(tmp_path: Path) -> None:
    (tmp_path / "g.gpkg").write_bytes(b"no such thing")
    with pytest.raises(UnreadableFileError):
        taken(tmp_path / "g.gpkg")
    assert gc.isenabled()


def test_the_collector_rests_while_a_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def reading(*_: Any) -> Raw:
        seen.append(gc.isenabled())
        raise UnreadableFileError("seen")

    monkeypatch.setattr(files, "read", reading)
    with pytest.raises(UnreadableFileError):
        taken(tmp_path / "g.gpkg")
    assert seen == [False]

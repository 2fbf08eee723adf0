"""Boundary files that were made to hurt: refused with a reason, before anything of them is computed."""

import sqlite3
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely

from grids.faults import FaultKind
from grids.importing import reading
from grids.importing.reading import Reading, read
from grids.importing.rows import Raw, UnreadableFileError
from grids.importing.wkb import readable
from tests.grids.test_boundary_files import BOX, CHINESE, shapefile, zipped

RING = struct.pack("<I8d", 4, 126, 45, 126.1, 45, 126.1, 45.1, 126, 45)
POLYGON = struct.pack("<BII", 1, 3, 1) + RING
DEEP = 200_000


def multi(kind: int, *parts: bytes) -> bytes:
    return struct.pack("<BII", 1, kind, len(parts)) + b"".join(parts)


def deep(kind: int, times: int = DEEP) -> bytes:
    return struct.pack("<BII", 1, kind, 1) * times + POLYGON


def column(*shapes: bytes | None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([None, *shapes], pa.binary())]).slice(1)


def why(shape: bytes) -> FaultKind | None:
    found, faults = readable(column(shape))
    assert (found[0] is None) is bool(faults)
    return faults[0].kind if faults else None


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (deep(7), FaultKind.NO_AREA), (deep(6), FaultKind.UNREADABLE), (deep(4), FaultKind.NO_AREA),
        (multi(6, POLYGON, deep(6)), FaultKind.UNREADABLE), (deep(11), FaultKind.CURVES),
        (struct.pack("<BII", 1, 6, 2**32 - 1) + POLYGON, FaultKind.UNREADABLE), (b"\1", FaultKind.UNREADABLE),
        (struct.pack("<BIII", 1, 0x20000003, 4326, 1) + RING, FaultKind.UNREADABLE),
        (POLYGON, None), (multi(6, POLYGON), None), (multi(6, POLYGON, POLYGON), None), (multi(6), None),
        (b"", FaultKind.UNREADABLE),
    ],
)  # fmt: skip
def test_collections_in_collections_are_not_followed(shape: bytes, kind: FaultKind | None) -> None:
    assert why(shape) == kind


@pytest.mark.parametrize(
    "options", [{}, {"byte_order": 0}, {"flavor": "iso"}, {"flavor": "iso", "byte_order": 0}]
)
@pytest.mark.parametrize(
    "shape", [BOX, shapely.force_3d(BOX), shapely.Point(1, 2)], ids=["2D", "3D", "point"]
)
@pytest.mark.parametrize("times", [1, 3])
def test_what_is_flat_is_read(options: dict[str, Any], shape: shapely.Geometry, times: int) -> None:
    parts = [
        shapely.transform(shape, lambda xyz, by=by: xyz + by, include_z=shape.has_z) for by in range(times)
    ]
    whole = shapely.MultiPolygon(parts) if shape.geom_type == "Polygon" else shape
    assert why(shapely.to_wkb(whole, **options)) is None


def test_rows_without_a_shape_stay_so() -> None:
    found, faults = readable(column(None, POLYGON, None))
    assert ([one is None for one in found], faults) == ([True, False, True], [])


def geopackage(path: Path, *statements: str, shape: bytes | None = None, rows: int = 1) -> Path:
    file = path / "g.gpkg"
    shapes = np.array([shapely.to_wkb(shapely.MultiPolygon([BOX]))] * rows, dtype=object)
    fields = [np.array([f"2301030010{n:04d}" for n in range(rows)], dtype=object)] * 2
    pyogrio.raw.write(
        file, shapes, fields, ["code", "name"], crs="EPSG:4326", geometry_type="MultiPolygon", driver="GPKG",
        layer="grids", SPATIAL_INDEX="NO",
    )  # fmt: skip
    with sqlite3.connect(file) as opened:
        if shape is not None:
            (held,) = opened.execute("select geom from grids").fetchone()
            opened.execute("update grids set geom = ?", (held[:40] + shape,))
        for statement in statements:
            opened.execute(statement)
    return file


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
COMPUTED = {
    "a view": f"create view more as {ENDLESS}",
    "the list of layers": "create view gpkg_metadata as select * from gpkg_contents",
    "a table that is a program": "create virtual table words using fts5(word)",
    "a column of others": "alter table grids add column more text as (hex(zeroblob(400000000)))",
}


@pytest.mark.parametrize("statement", COMPUTED.values(), ids=COMPUTED)
def test_what_sqlite_would_compute_is_not_asked(tmp_path: Path, statement: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"view or virtual table|not a plain table"):
        read(geopackage(tmp_path, statement))


def test_a_trigger_never_fires(tmp_path: Path) -> None:
    trigger = "create trigger t after update on grids begin delete from grids; end"
    assert len(read(geopackage(tmp_path, trigger))) == 1


def test_an_endless_question_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LAYERS_STEPS", 1)
    with pytest.raises(UnreadableFileError, match="interrupted"):
        read(geopackage(tmp_path))


def test_a_deep_shape_in_a_geopackage_is_a_fault_of_its_row(tmp_path: Path) -> None:
    (fault,) = read(geopackage(tmp_path, shape=deep(7))).faults
    assert (fault.row, fault.kind) == (1, FaultKind.NO_AREA)


def test_the_number_of_rows_is_that_of_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    lie = "update gpkg_ogr_contents set feature_count = 1"
    with pytest.raises(UnreadableFileError, match="more than 2 features"):
        read(geopackage(tmp_path, lie, rows=4))


def indexed(tmp_path: Path, change: Any) -> Raw:
    parts = shapefile(tmp_path, encoding="UTF-8", rows=2)
    index = (parts / "g.shx").read_bytes()
    entries = np.frombuffer(index, ">i4", offset=100).reshape(-1, 2).copy()
    change(entries)
    (parts / "g.shx").write_bytes(index[:100] + entries.tobytes())
    return read(zipped(parts), Reading(fields=CHINESE))


def _one_place(entries: Any) -> None:
    entries[1] = entries[0]


def _before(entries: Any) -> None:
    entries[0][0] = -4


def _backwards(entries: Any) -> None:
    entries[:] = entries[::-1].copy()


def _beyond(entries: Any) -> None:
    entries[1][1] = 2**30


@pytest.mark.parametrize("change", [_one_place, _before, _beyond])
def test_rows_of_a_shapefile_have_a_place_each(tmp_path: Path, change: Any) -> None:
    with pytest.raises(UnreadableFileError, match="over each other"):
        indexed(tmp_path, change)


def test_rows_of_a_shapefile_may_lie_in_another_order(tmp_path: Path) -> None:
    assert len(indexed(tmp_path, _backwards)) == 2


def test_a_broken_stream_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(shapefile(tmp_path, encoding="UTF-8"))
    body = bytearray(path.read_bytes())
    at = body.index(b"g.shp") + 5
    body[at : at + 30] = b"\xff" * 30
    path.write_bytes(bytes(body))
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read(path)

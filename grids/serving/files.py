"""Rows of SQL as a geographic file, by GDAL through Arrow: no frame, no object for each shape."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio

from kernel.text import cell

BATCH = 5000
GEOMETRY = "geometry"
_TEXT, _DAY = pa.string(), pa.date32()
GRID_COLUMNS = (
    ("code", _TEXT), ("name", _TEXT), ("kind", _TEXT), ("households", pa.int32()), ("community", _TEXT),
    ("community_name", _TEXT), ("street", _TEXT), ("street_name", _TEXT), ("valid_from", _DAY),
    ("valid_to", _DAY), ("release", _TEXT), ("synthetic", pa.bool_()),
)  # fmt: skip
AREA_COLUMNS = (
    ("code", _TEXT), ("name", _TEXT), ("level", _TEXT), ("parent", _TEXT), ("parent_name", _TEXT),
    ("valid_from", _DAY), ("valid_to", _DAY), ("release", _TEXT),
)  # fmt: skip
_WKB = pa.field(GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})


@dataclass(frozen=True, slots=True)
class Format:
    """A format of GDAL; `options` are those of the layer, `file` those of the file. `cells`: spreadsheets
    open it, so that no text may begin like a formula."""

    driver: str
    suffix: str
    media_type: str
    options: dict[str, str]
    cells: bool = False
    file: dict[str, str] = field(default_factory=dict)


FORMATS = {
    # A GIS of some years ago reads this version without a warning; spreadsheets read UTF-8 with a mark alone.
    "gpkg": Format("GPKG", "gpkg", "application/geopackage+sqlite3", {}, file={"VERSION": "1.3"}),
    "geojson": Format(
        "GeoJSON", "geojson", "application/geo+json", {"RFC7946": "YES", "COORDINATE_PRECISION": "7"}
    ),
    "fgb": Format("FlatGeobuf", "fgb", "application/flatgeobuf", {}),
    "csv": Format(
        "CSV", "csv", "text/csv; charset=utf-8", {"GEOMETRY": "AS_WKT", "WRITE_BOM": "YES"}, cells=True
    ),
}


def write(
    path: Path, form: Format, layer: str, columns: Sequence[tuple[str, pa.DataType]], rows: Iterator[Any]
) -> None:
    """Write rows (in the order of `columns`, the shape's WKB last) to a new file, batch by batch."""
    schema = pa.schema([*(pa.field(name, kind) for name, kind in columns), _WKB])
    reader = pa.RecordBatchReader.from_batches(schema, _batches(schema, rows, form.cells))
    pyogrio.write_arrow(
        reader, path, layer=layer, driver=form.driver, geometry_name=GEOMETRY, geometry_type="MultiPolygon",
        crs="EPSG:4326", layer_options=form.options, dataset_options=form.file,
    )  # fmt: skip


def _batches(schema: pa.Schema, rows: Iterator[Any], cells: bool) -> Iterator[pa.RecordBatch]:
    waiting: list[Any] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == BATCH:
            yield _batch(schema, waiting, cells)
            waiting = []
    yield _batch(schema, waiting, cells)


def _batch(schema: pa.Schema, rows: list[Any], cells: bool) -> pa.RecordBatch:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in schema]
    if cells:
        texts = [n for n, field in enumerate(schema) if pa.types.is_string(field.type)]
        for n in texts:
            columns[n] = [cell(text) if text else text for text in columns[n]]
    return pa.record_batch(columns, schema=schema)

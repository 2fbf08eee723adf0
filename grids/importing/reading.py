"""GeoPackage, zipped Shapefile, GeoJSON → raw rows. GDAL is given only a real path with the right beginning.

GeoJSON is read without GDAL, because GDAL closes open rings and drops bad positions in silence. The suffix
picks the reader, the first bytes must agree with it, and no string of a client ever becomes a data source:
`/vsi…`, VRT and connection strings are no files here.
"""

import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from grids.faults import FaultKind
from grids.importing import geojson
from grids.importing.archives import MAX_BYTES, unpacked
from grids.importing.rows import FIELDS, Fault, Raw, Shapes, UnreadableFileError
from grids.importing.wkb import readable as wkb_readable

MAX_ROWS = 500_000
SUFFIXES = (".gpkg", ".zip", ".geojson", ".json")
ENCODINGS = {
    "UTF-8": "utf-8", "UTF8": "utf-8", "65001": "utf-8",
    "GBK": "gb18030", "GB2312": "gb18030", "GB18030": "gb18030", "936": "gb18030", "CP936": "gb18030",
}  # fmt: skip
_SQLITE = b"SQLite format 3\0"
_ZIP = b"PK\x03\x04"
_GPKG_IDS = (b"GPKG", b"GP10", b"GP11")  # application_id, bytes 68 to 71
_HEADER = 72
LAYERS_STEPS = 5_000_000
"""So many steps of SQLite's machine are enough to find a layer."""
_FIELD_BYTES = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read. `fields`: our name → the file's own; `encoding`: of a Shapefile's table."""

    layer: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None


def read(path: Path, how: Reading | None = None) -> Raw:
    """All features of the file. Raises `UnreadableFileError`."""
    how = how or Reading()
    if path.is_symlink() or not path.resolve().is_file():
        raise UnreadableFileError(f"不是文件 {path} is not a file")
    real = path.resolve()
    if real.stat().st_size > MAX_BYTES:
        raise UnreadableFileError(
            f"文件超过 {MAX_BYTES >> 20} MiB the file is larger than {MAX_BYTES >> 20} MiB"
        )
    with real.open("rb") as file:
        header = file.read(_HEADER)
    suffix = real.suffix.lower()
    if suffix == ".gpkg":
        raw = _geopackage(real, how, header)
    elif suffix == ".zip":
        raw = _shapefile(real, how, header)
    elif suffix in (".geojson", ".json"):
        raw = geojson.read(real, how.fields, MAX_ROWS)
    else:
        raise UnreadableFileError("只读取这几种文件 only .gpkg, .zip (Shapefile) and .geojson files are read")
    if not len(raw):
        raise UnreadableFileError("文件中没有要素 the file has no features")
    return raw


def _geopackage(path: Path, how: Reading, header: bytes) -> Raw:
    if not header.startswith(_SQLITE) or header[68:72] not in _GPKG_IDS:
        raise UnreadableFileError("文件开头不是 GeoPackage the file does not begin like a GeoPackage")
    try:
        return _columns(path, how, "GPKG", layer=_layer(path, how.layer))
    except sqlite3.Error as error:
        raise UnreadableFileError(f"GeoPackage 无法读取 the GeoPackage cannot be read: {error}") from error


def _layer(path: Path, asked: str | None) -> str:
    """The layer to read: a plain table of features. What SQLite would have to compute for a reader (views,
    columns made of others, tables that are programs) could be a query without end, or more than the memory
    holds."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        opened.execute("pragma trusted_schema = off")
        opened.set_progress_handler(lambda: 1, LAYERS_STEPS)
        made = dict(opened.execute("select name, type from pragma_table_list where schema = 'main'"))
        if computed := sorted(name for name, kind in made.items() if _computed(name, kind)):
            name = computed[0][:60]
            raise UnreadableFileError(f"含视图或虚拟表 the GeoPackage has a view or virtual table: {name}")
        layers = [
            row[0]
            for row in opened.execute("select table_name from gpkg_contents where data_type = 'features'")
        ]
        if asked is None and len(layers) > 1:
            raise UnreadableFileError(f"请指定图层 the GeoPackage has {len(layers)} layers: name one")
        layer = asked if asked is not None else next(iter(layers), None)
        if layer not in layers:
            raise UnreadableFileError("没有该要素图层 the GeoPackage has no such layer of features")
        hidden = [row[0] for row in opened.execute("select hidden from pragma_table_xinfo(?)", (layer,))]
    if made.get(str(layer)) != "table" or any(hidden):
        raise UnreadableFileError("图层不是普通表 the layer of the GeoPackage is not a plain table")
    return str(layer)


def _computed(name: str, kind: str) -> bool:
    """A view or a virtual table; the index of shapes is one that is not asked here."""
    return kind == "view" or (kind == "virtual" and not name.startswith("rtree_"))


def _shapefile(path: Path, how: Reading, header: bytes) -> Raw:
    if not header.startswith(_ZIP):
        raise UnreadableFileError("文件开头不是 zip the file does not begin like a zip")
    with tempfile.TemporaryDirectory(prefix="gridgov-shp-") as folder:
        shape = unpacked(path, Path(folder))
        encoding = _encoding(shape.with_suffix(".cpg"), how.encoding)
        # The table is taken byte by byte and decoded here: a wrong declaration is an error, not odd names.
        raw = _columns(shape, _as_bytes(how, encoding), "ESRI Shapefile", encoding="ISO-8859-1")
        if not raw.crs and _says_something(shape.with_suffix(".prj")):
            raise UnreadableFileError("无法识别 .prj 的坐标系 nobody can tell which system the .prj names")
    raw.columns = {name: [_decoded(value, encoding) for value in raw.columns[name]] for name in raw.columns}
    return raw


def _says_something(prj: Path) -> bool:
    return prj.exists() and bool(prj.read_bytes().strip())


def _as_bytes(how: Reading, encoding: str) -> Reading:
    """Field names as they stand in a dBase table: ten bytes of the encoding, cut wherever that falls."""
    fields = {
        ours: theirs.encode(encoding)[:_FIELD_BYTES].decode("latin-1") for ours, theirs in how.fields.items()
    }
    return Reading(None, fields, encoding)


def _encoding(cpg: Path, asked: str | None) -> str:
    said = cpg.read_bytes()[:32].decode("ascii", "replace").strip().upper() if cpg.exists() else ""
    known, wanted = ENCODINGS.get(said), ENCODINGS.get((asked or "").upper())
    if asked and wanted is None:
        raise UnreadableFileError("编码应为 UTF-8 或 GBK the encoding must be UTF-8 or GBK")
    if known and wanted and known != wanted:
        raise UnreadableFileError(f".cpg 与所声明的编码不符 the .cpg says {said}, not {asked}")
    if not (found := wanted or known):
        raise UnreadableFileError(
            "没有 .cpg，请声明属性表编码 "
            "declare the encoding of the table (UTF-8 or GBK): there is no .cpg that says it"
        )
    return found


def _decoded(value: Any, encoding: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return value.encode("latin-1").decode(encoding)
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        raise UnreadableFileError(
            f"属性表编码不是 {encoding} the table is not in {encoding}: {error}"
        ) from error


def _columns(path: Path, how: Reading, driver: str, **options: Any) -> Raw:
    encoding = {"encoding": options["encoding"]} if "encoding" in options else {}
    try:
        meta = pyogrio.read_info(path, **options)
        if meta["driver"] != driver or meta["features"] > MAX_ROWS:
            raise UnreadableFileError(f"格式不符或要素过多 not a {driver} of at most {MAX_ROWS} features")
        wanted = named(list(meta["fields"]), how)
        _, table = pyogrio.read_arrow(
            path,
            layer=options.get("layer"),
            columns=[*wanted.values()],
            max_features=MAX_ROWS + 1,
            **encoding,
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"文件无法读取 the file cannot be read: {error}") from error
    geometry = meta["geometry_name"] or "wkb_geometry"
    if geometry not in table.column_names or meta["geometry_type"] is None:
        raise UnreadableFileError("图层没有图形 the layer has no geometry")
    if len(table) > MAX_ROWS:
        raise UnreadableFileError(f"要素多于 {MAX_ROWS} 个 more than {MAX_ROWS} features")
    shapes, faults = _shapes(table.column(geometry))
    columns = {ours: table.column(theirs).to_pylist() for ours, theirs in wanted.items()}
    return Raw(columns, shapes, str(meta["crs"] or ""), faults)


def _shapes(column: pa.ChunkedArray) -> tuple[Shapes, list[Fault]]:
    """The geometries, and the rows that have one which is not read here."""
    wkb, faults = wkb_readable(column)
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    missing = np.flatnonzero(shapely.is_missing(shapes)).tolist()
    broken = [Fault(row + 1, FaultKind.UNREADABLE, {"why": "WKB"}) for row in missing if wkb[row] is not None]
    return shapes, [*faults, *broken]


def named(present: Sequence[str], how: Reading) -> dict[str, str]:
    """Our field → the file's. What is mapped must be there; `code` and `name` must be there in any case."""
    wanted = {ours: how.fields.get(ours, ours) for ours in FIELDS}
    for ours, theirs in wanted.items():
        if theirs not in present and (ours in how.fields or ours in ("code", "name")):
            missing, *there = (_shown(name, how.encoding) for name in (theirs, *present))
            raise UnreadableFileError(
                f"没有字段 {missing} there is no field {missing} for {ours}; there are {', '.join(there)}"
            )
    return {ours: theirs for ours, theirs in wanted.items() if theirs in present}


def _shown(name: str, encoding: str | None) -> str:
    """A field name for people, whatever the table has cut off."""
    return name.encode("latin-1").decode(encoding, "replace") if encoding else name

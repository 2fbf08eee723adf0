"""GeoPackage and GeoJSON → raw rows. GDAL is given only a real path that ends and begins like a GeoPackage.

GeoJSON is read without GDAL, because GDAL closes open rings and drops bad positions in silence. The suffix
picks the reader, the first bytes must agree with it, and no string of a client ever becomes a data source:
`/vsi…`, VRT and connection strings are no files here.
"""

import math
from pathlib import Path
from typing import Any

import orjson
import pyogrio
import shapely

from grids.importing.rows import RawRow, UnreadableFileError

MAX_BYTES = 512 * 1024 * 1024
MAX_ROWS = 500_000
_SQLITE = b"SQLite format 3\0"
_GPKG_IDS = (b"GPKG", b"GP10", b"GP11")  # application_id, bytes 68 to 71
_HEADER = 72
_POSITION, _RING_MIN = 2, 4


def read(path: Path, layer: str | None = None) -> list[RawRow]:
    """All features of the file. Raises `UnreadableFileError`."""
    real = path.resolve()
    if not real.is_file():
        raise UnreadableFileError(f"{path} is not a file")
    if real.stat().st_size > MAX_BYTES:
        raise UnreadableFileError(f"the file is larger than {MAX_BYTES >> 20} MiB")
    suffix = real.suffix.lower()
    if suffix == ".gpkg":
        rows = _geopackage(real, layer)
    elif suffix in (".geojson", ".json"):
        rows = _geojson(real)
    else:
        raise UnreadableFileError("only .gpkg and .geojson files are read")
    if not rows:
        raise UnreadableFileError("the file has no features")
    return rows


def _geopackage(path: Path, layer: str | None) -> list[RawRow]:
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header.startswith(_SQLITE) or header[68:72] not in _GPKG_IDS:
        raise UnreadableFileError("the file does not begin like a GeoPackage")
    try:
        meta = pyogrio.read_info(path, layer=layer)
        if meta["driver"] != "GPKG" or meta["features"] > MAX_ROWS:
            raise UnreadableFileError(f"not a GeoPackage of at most {MAX_ROWS} features")
        _, _, wkb, columns = pyogrio.raw.read(path, layer=layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise UnreadableFileError(f"the GeoPackage cannot be read: {error}") from error
    if wkb is None:
        raise UnreadableFileError("the layer has no geometry")
    geometries = shapely.from_wkb(wkb, on_invalid="ignore")
    names = list(meta["fields"])
    return [
        RawRow(
            number,
            {name: _plain(column[number - 1]) for name, column in zip(names, columns, strict=True)},
            geometry,
            "" if geometry is not None or wkb[number - 1] is None else "the geometry cannot be read",
        )
        for number, geometry in enumerate(geometries, start=1)
    ]


def _plain(value: Any) -> Any:
    """A numpy scalar as Python value; the NaN that stands for a missing number as None."""
    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and math.isnan(plain) else plain


def _geojson(path: Path) -> list[RawRow]:
    try:
        document = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise UnreadableFileError(f"not JSON in UTF-8: {error}") from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise UnreadableFileError("not a GeoJSON FeatureCollection")
    if len(features) > MAX_ROWS:
        raise UnreadableFileError(f"more than {MAX_ROWS} features")
    return [_feature(number, feature) for number, feature in enumerate(features, start=1)]


def _feature(number: int, feature: Any) -> RawRow:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return RawRow(number, {}, None, "not a GeoJSON feature")
    attributes = feature.get("properties")
    attributes = attributes if isinstance(attributes, dict) else {}
    try:
        return RawRow(number, attributes, _geometry(feature.get("geometry")))
    except (ValueError, shapely.errors.GEOSException) as error:
        return RawRow(number, attributes, None, str(error))


def _geometry(node: Any) -> shapely.Geometry | None:
    if node is None:
        return None
    kind = node.get("type") if isinstance(node, dict) else None
    if kind == "Polygon":
        return _polygon(node.get("coordinates"))
    if kind == "MultiPolygon":
        return shapely.MultiPolygon([_polygon(part) for part in _list(node.get("coordinates"))])
    raise ValueError(f"a Polygon or MultiPolygon is expected, not {kind}")


def _polygon(rings: Any) -> shapely.Polygon:
    first, *holes = [_ring(ring) for ring in _list(rings)] or [[]]
    return shapely.Polygon(first, holes)


def _ring(ring: Any) -> list[tuple[float, float]]:
    positions = [_position(position) for position in _list(ring)]
    if len(positions) < _RING_MIN:
        raise ValueError("a ring has fewer than four positions")
    if positions[0] != positions[-1]:
        raise ValueError("a ring is not closed")
    return positions


def _position(position: Any) -> tuple[float, float]:
    if not isinstance(position, list) or len(position) != _POSITION:
        raise ValueError("a position is not a pair of longitude and latitude")
    for number in position:
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            raise ValueError("a coordinate is not a finite number")
    return float(position[0]), float(position[1])


def _list(node: Any) -> list[Any]:
    if not isinstance(node, list):
        raise ValueError("the coordinates do not fit the type")
    return node

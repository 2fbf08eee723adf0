"""GeoJSON, read strictly: what RFC 7946 does not allow is a fault of its row."""

import codecs
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely

from grids.faults import FaultKind
from grids.importing.rows import FIELDS, Fault, Raw, UnreadableFileError

_POSITION, _RING_MIN = 2, 4


def read(path: Path, fields: Mapping[str, str], most: int) -> Raw:
    """All features of a FeatureCollection. Raises `UnreadableFileError`."""
    try:
        document = orjson.loads(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise UnreadableFileError(f"不是 UTF-8 编码的 JSON not JSON in UTF-8: {error}") from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise UnreadableFileError("不是 GeoJSON 要素集合 not a GeoJSON FeatureCollection")
    if len(features) > most:
        raise UnreadableFileError(f"要素多于 {most} 个 more than {most} features")
    shapes = np.full(len(features), None, dtype=object)
    faults: list[Fault] = []
    rows: list[dict[str, Any]] = []
    for at, feature in enumerate(features):
        attributes, shape, why = _feature(feature)
        rows.append(attributes)
        shapes[at] = shape
        if why:
            faults.append(Fault(at + 1, FaultKind.UNREADABLE, {"why": why}))
    return Raw(_columns(rows, fields), shapes, _crs(document), faults)


def _columns(rows: list[dict[str, Any]], fields: Mapping[str, str]) -> dict[str, list[Any]]:
    for ours, theirs in fields.items():
        if rows and not any(theirs in row for row in rows):
            raise UnreadableFileError(f"没有字段 {theirs} no feature has a property {theirs} for {ours}")
    return {ours: [row.get(fields.get(ours, ours)) for row in rows] for ours in FIELDS}


def _crs(document: dict[str, Any]) -> str:
    """The name in the member `crs` of the older GeoJSON; RFC 7946 has none."""
    node: Any = document.get("crs")
    for key in ("properties", "name"):
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, str) else ""


def _feature(feature: Any) -> tuple[dict[str, Any], shapely.Geometry | None, str]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return {}, None, "不是 GeoJSON 要素 not a GeoJSON feature"
    attributes = feature.get("properties")
    attributes = attributes if isinstance(attributes, dict) else {}
    try:
        return attributes, _geometry(feature.get("geometry")), ""
    except (ValueError, shapely.errors.GEOSException) as error:
        return attributes, None, str(error)


def _geometry(node: Any) -> shapely.Geometry | None:
    if node is None:
        return None
    kind = node.get("type") if isinstance(node, dict) else None
    if kind == "Polygon":
        return _polygon(node.get("coordinates"))
    if kind == "MultiPolygon":
        return shapely.MultiPolygon([_polygon(part) for part in _list(node.get("coordinates"))])
    raise ValueError(f"应为面 a Polygon or MultiPolygon is expected, not {kind}")


def _polygon(rings: Any) -> shapely.Polygon:
    first, *holes = [_ring(ring) for ring in _list(rings)] or [[]]
    return shapely.Polygon(first, holes)


def _ring(ring: Any) -> list[tuple[float, float]]:
    positions = [_position(position) for position in _list(ring)]
    if len(positions) < _RING_MIN:
        raise ValueError("环少于四个点 a ring has fewer than four positions")
    if positions[0] != positions[-1]:
        raise ValueError("环未闭合 a ring is not closed")
    return positions


def _position(position: Any) -> tuple[float, float]:
    if not isinstance(position, list) or len(position) != _POSITION:
        raise ValueError("坐标应只有经度和纬度 a position is not a pair of longitude and latitude")
    for number in position:
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            raise ValueError("坐标不是有限数 a coordinate is not a finite number")
    return float(position[0]), float(position[1])


def _list(node: Any) -> list[Any]:
    if not isinstance(node, list):
        raise ValueError("坐标与图形类型不符 the coordinates do not fit the type")
    return node

"""The strict geometry field (security: Input 2): an allow-list of types, 2D, finite, closed, valid or
refused.

Nothing is ever repaired: `ST_MakeValid` on a hostile ring runs for half a minute and does not stop for a
time-out.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.gis.gdal.error import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edge.renderers import dumps
from kernel.problems import Problem

LONGITUDE = (73.0, 136.0)
LATITUDE = (3.0, 54.0)
_DEPTH = {"Point": 0, "LineString": 1, "Polygon": 2, "MultiPolygon": 3}
_RING_MIN = 4
GEOJSON = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {"type": {"type": "string"}, "coordinates": {"type": "array", "items": {}}},
}
_2D = 2
LARGEST_SQUARE_DEGREES = 25.0  # the largest county of the country has some 20


@extend_schema_field(GEOJSON)
class GeometryField(serializers.Field[GEOSGeometry, Any, Any, Any]):
    """A GeoJSON geometry in WGS-84 (`type`, `coordinates`, nothing else) of the named types.

    `max_vertices` counts all positions. Longitude 73-136, latitude 3-54. Problem-free output is a
    GEOSGeometry with
    SRID 4326.
    """

    def __init__(self, *, types: Iterable[str], max_vertices: int = 5000, **options: Any) -> None:
        super().__init__(**options)
        self.types = frozenset(types)
        self.max_vertices = max_vertices

    def to_internal_value(self, data: Any) -> GEOSGeometry:
        try:
            return parse_geometry(data, types=self.types, max_vertices=self.max_vertices)
        except Problem as problem:
            raise serializers.ValidationError(problem.detail or problem.code) from problem

    def to_representation(self, value: GEOSGeometry) -> dict[str, Any]:
        return {"type": value.geom_type, "coordinates": value.coords}


def parse_geometry(data: Any, *, types: Iterable[str], max_vertices: int) -> GEOSGeometry:
    """The geometry of a GeoJSON object, or problem `bad_geometry` with the reason."""
    if not isinstance(data, dict) or set(data) != {"type", "coordinates"}:
        _refuse("a GeoJSON object with exactly type and coordinates is expected")
    kind = data["type"]
    if kind not in set(types):
        _refuse(f"the type must be one of {', '.join(sorted(types))}")
    positions = list(_positions(data["coordinates"], _DEPTH[kind]))
    if not 0 < len(positions) <= max_vertices:
        _refuse(f"1 to {max_vertices} positions are taken")
    for position in positions:
        _check_position(position)
    try:
        geometry = GEOSGeometry(dumps(data).decode(), srid=4326)
        valid = geometry.valid
    except (GEOSException, GDALException, ValueError, TypeError):
        _refuse("the geometry cannot be read")
    if not valid:
        _refuse(geometry.valid_reason)
    if geometry.area > LARGEST_SQUARE_DEGREES:
        _refuse("the area is larger than any county")
    return geometry


def _positions(node: Any, depth: int) -> Iterator[Any]:
    if depth == 0:
        yield node
        return
    if not isinstance(node, list) or not node:
        _refuse("the coordinates do not fit the type")
    if depth == 1 and len(node) >= _RING_MIN and node[0] != node[-1]:
        _refuse("a ring is not closed")
    for entry in node:
        yield from _positions(entry, depth - 1)


def _check_position(position: Any) -> None:
    if not isinstance(position, list) or len(position) != _2D:
        _refuse("a position is a pair of longitude and latitude")
    for number, (low, high) in zip(position, (LONGITUDE, LATITUDE), strict=True):
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            _refuse("a coordinate is not a finite number")
        if not low <= number <= high:
            _refuse("a position lies outside longitude 73-136, latitude 3-54")


def _refuse(reason: str) -> Any:
    raise Problem("bad_geometry", reason)

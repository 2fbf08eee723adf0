"""Geometries that have cost other systems minutes, memory or the truth: all are refused, none is repaired."""

import math
from typing import Any


def _star(points: int, *, radius: float = 0.01) -> list[list[float]]:
    """A ring that crosses itself very often: 2·π·k/n steps around a circle in 7-decimals degrees."""
    ring = []
    for n in range(points):
        turn = 2 * math.pi * (n * (points // 2 - 1)) / points
        ring.append([round(126.6 + radius * math.cos(turn), 7), round(45.7 + radius * math.sin(turn), 7)])
    return [*ring, ring[0]]


SQUARE = [[126.6, 45.7], [126.61, 45.7], [126.61, 45.71], [126.6, 45.71], [126.6, 45.7]]


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


HOSTILE: dict[str, Any] = {
    "WKT": "POINT(126.6 45.7)",
    "EWKT": "SRID=3857;POINT(126.6 45.7)",
    "EWKT of the right SRID": "SRID=4326;POINT(126.6 45.7)",
    "hex WKB": "0101000000000000000000F03F000000000000F03F",
    "a number": 4326,
    "null": None,
    "an array": [126.6, 45.7],
    "an empty object": {},
    "no coordinates": {"type": "Point"},
    "a type nobody knows": {"type": "Sphere", "coordinates": [126.6, 45.7]},
    "a collection": {"type": "GeometryCollection", "geometries": []},
    "a collection in a collection": {
        "type": "GeometryCollection",
        "geometries": [{"type": "GeometryCollection", "geometries": []}],
    },
    "a curve": {"type": "CircularString", "coordinates": [[126.6, 45.7], [126.7, 45.8], [126.8, 45.7]]},
    "a foreign crs member": {
        "type": "Point",
        "coordinates": [126.6, 45.7],
        "crs": {"type": "name", "properties": {"name": "EPSG:3857"}},
    },
    "NaN as a text": {"type": "Point", "coordinates": ["NaN", "NaN"]},
    "NaN": {"type": "Point", "coordinates": [math.nan, 45.7]},
    "Infinity": {"type": "Point", "coordinates": [math.inf, 45.7]},
    "a huge number": {"type": "Point", "coordinates": [1e308, 1e308]},
    "swapped axes": {"type": "Point", "coordinates": [45.7, 126.6]},
    "outside the country": {"type": "Point", "coordinates": [2.35, 48.85]},
    "three dimensions": {"type": "Point", "coordinates": [126.6, 45.7, 120.0]},
    "four dimensions": {"type": "Point", "coordinates": [126.6, 45.7, 120.0, 1.0]},
    "one dimension": {"type": "Point", "coordinates": [126.6]},
    "an empty point": {"type": "Point", "coordinates": []},
    "booleans": {"type": "Point", "coordinates": [True, False]},
    "nested too deep": {"type": "Point", "coordinates": [[[[126.6, 45.7]]]]},
    "an empty polygon": polygon(),
    "an empty ring": polygon([]),
    "a ring that is not closed": polygon(SQUARE[:-1]),
    "a ring of two points": polygon([SQUARE[0], SQUARE[1], SQUARE[0]]),
    "a ring without area": polygon([SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]]),
    "a bow tie": polygon([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]),
    "a hole outside": polygon(SQUARE, [[x + 1, y] for x, y in SQUARE]),
    "a hole over the whole": polygon(SQUARE, SQUARE),
    "a spike": polygon([*SQUARE[:2], [127.9, 45.7], *SQUARE[1:]]),
    "the whole world": polygon([[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]),
    "the whole country": polygon([[74, 4], [135, 4], [135, 53], [74, 53], [74, 4]]),
    "a 17 kB ring that crosses itself": polygon(_star(720)),
    "a ring of 65 points": polygon(_star(64)),
    "a ring of 100,000 points": polygon(_star(100_000)),
    "a thousand polygons": {"type": "MultiPolygon", "coordinates": [[SQUARE]] * 1000},
}

POINTS: dict[str, Any] = {
    "WKT": "POINT(126.6 45.7)",
    "a GeoJSON point": {"type": "Point", "coordinates": [126.6, 45.7]},
    "no coordinate system": {"lon_e7": 1266000000, "lat_e7": 457000000},
    "a coordinate system nobody knows": {"lon_e7": 1266000000, "lat_e7": 457000000, "crs": "EPSG:3857"},
    "an SRID": {"lon_e7": 1266000000, "lat_e7": 457000000, "crs": "WGS84", "srid": 3857},
    "degrees": {"lon_e7": 126.6, "lat_e7": 45.7, "crs": "WGS84"},
    "texts": {"lon_e7": "1266000000", "lat_e7": "457000000", "crs": "WGS84"},
    "booleans": {"lon_e7": True, "lat_e7": True, "crs": "WGS84"},
    "nulls": {"lon_e7": None, "lat_e7": None, "crs": "WGS84"},
    "beyond 64 bits": {"lon_e7": 10**30, "lat_e7": 10**30, "crs": "WGS84"},
    "outside the country": {"lon_e7": 23500000, "lat_e7": 488500000, "crs": "WGS84"},
    "swapped axes": {"lon_e7": 457000000, "lat_e7": 1266000000, "crs": "WGS84"},
    "arrays": {"lon_e7": [1266000000], "lat_e7": [457000000], "crs": "WGS84"},
}

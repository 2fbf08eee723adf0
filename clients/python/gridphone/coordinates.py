"""A point as a phone sends it: integers of 1e-7 degree and the *declared* coordinate system.

The server converts; the phone only says what its location service gave it. Amap, Tencent and WeChat give
GCJ-02, the operating system and browsers give WGS-84. A point without a declared system is refused: read
wrongly it lies some 500 m off.
"""

import itertools
import math
from dataclasses import dataclass
from typing import Any

_A, _EE = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, as GCJ-02 uses it


@dataclass(frozen=True)
class Point:
    """Degrees east and north, in `crs`; accuracy in centimetres (radius of 68 %)."""

    lon: float
    lat: float
    crs: str = "WGS84"
    accuracy_cm: int | None = 800

    def wire(self, fix_at: str) -> dict[str, Any]:
        return {
            "lon_e7": round(self.lon * 1e7),
            "lat_e7": round(self.lat * 1e7),
            "crs": self.crs,
            "accuracy_cm": self.accuracy_cm,
            "fix_at": fix_at,
            "provider": "gnss" if self.crs == "WGS84" else "amap",
        }


def as_gcj02(point: Point) -> Point:
    """What a phone with a Chinese map library would report for a WGS-84 place (used by the simulation
    only).
    """
    x, y = point.lon - 105.0, point.lat - 35.0
    east, north = _shift_east(x, y), _shift_north(x, y)
    radians = math.radians(point.lat)
    magic = 1 - _EE * math.sin(radians) ** 2
    lat = point.lat + math.degrees(north * magic * math.sqrt(magic) / (_A * (1 - _EE)))
    lon = point.lon + math.degrees(east * math.sqrt(magic) / (_A * math.cos(radians)))
    return Point(lon, lat, "GCJ02", point.accuracy_cm)


def _waves(value: float, terms: tuple[tuple[float, float], ...]) -> float:
    return sum(weight * math.sin(value * math.pi * factor) for weight, factor in terms) * 2 / 3


def _shift_north(x: float, y: float) -> float:
    base = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    base += _waves(x, ((20.0, 6.0), (20.0, 2.0)))
    return base + _waves(y, ((20.0, 1.0), (40.0, 1 / 3))) + _waves(y, ((160.0, 1 / 12), (320.0, 1 / 30)))


def _shift_east(x: float, y: float) -> float:
    base = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    base += _waves(x, ((20.0, 6.0), (20.0, 2.0)))
    return base + _waves(x, ((20.0, 1.0), (40.0, 1 / 3))) + _waves(x, ((150.0, 1 / 12), (300.0, 1 / 30)))


def inside(lon: float, lat: float, rings: list[list[list[float]]]) -> bool:
    """Even-odd rule over all rings of one polygon: enough for a phone to say "you stand in your grid"."""
    hit = False
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                hit = not hit
    return hit

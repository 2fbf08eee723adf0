"""Coordinate systems that phones declare, and their exact way to WGS 84 and back. Plain numpy, no Django.

`GCJ-02` (Amap, Tencent, WeChat) shifts a position by 160 to 617 m, `BD-09` (Baidu) shifts that again;
CGCS2000 (official surveys) lies within decimetres of WGS 84 and is taken as equal. The system is declared
with each point and never guessed: `crs_of` refuses anything else. Both inverses are found by fixed-point
iteration of the published forward formulas, so that there and back again meets to less than a millimetre.

Where it applies: inside `SHIFTED` and outside `UNSHIFTED`, rectangles around the area in which Chinese map
services answer in GCJ-02: the mainland, Hong Kong and Macao. Taiwan, the neighbours and the open sea get no
shift, because the same services answer in WGS 84 there. The rectangles follow the border by tens of
kilometres only; a deployment near a land border should let its phones send WGS 84.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kernel.codes.law import CoordinateSystem as Crs

Floats = NDArray[np.float64]

SEMI_MAJOR = 6378245.0  # Krasovsky 1940, the ellipsoid of the GCJ-02 formulas
ECCENTRICITY_2 = 0.00669342162296594323
BD_TURN = np.pi * 3000.0 / 180.0
TOLERANCE = 1e-10  # degrees, about 0.01 mm
ROUNDS = 12
WORLD = (180.0, 90.0)

# west, south, east, north
SHIFTED = np.array(
    [
        (79.4462, 42.8899, 96.3300, 49.2204),
        (109.6872, 39.3742, 135.0002, 54.1415),
        (73.1246, 29.5297, 124.143255, 42.8899),
        (82.9684, 26.7186, 97.0352, 29.5297),
        (97.0253, 20.414096, 124.367395, 29.5297),
        (107.975793, 17.871542, 111.744104, 20.414096),
    ]
)
UNSHIFTED = np.array(
    [
        (119.921265, 21.785006, 122.497559, 25.398623),  # Taiwan
        (101.8652, 20.0988, 106.6650, 22.2840),
        (106.4525, 20.4878, 108.0510, 21.5422),
        (109.0323, 50.3257, 119.1270, 55.8175),
        (127.4568, 49.5574, 137.0227, 55.8175),
        (131.2662, 42.5692, 137.0227, 44.8922),
    ]
)


def crs_of(name: str | None) -> Crs:
    """The declared system; `ValueError` when it is missing or unknown, never a guess."""
    if not isinstance(name, str) or name not in Crs.values():
        raise ValueError(f"coordinate system not declared or unknown; one of {', '.join(Crs)}")
    return Crs(name)


def _within(boxes: Floats, lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    west, south, east, north = (boxes[:, i, None] for i in range(4))
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return np.asarray(inside.any(axis=0))


def shifted_here(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """Where GCJ-02 differs from WGS 84 (flat arrays of degrees)."""
    return _within(SHIFTED, lon, lat) & ~_within(UNSHIFTED, lon, lat)


def _offset_lat(x: Floats, y: Floats) -> Floats:
    value = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    value += (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    value += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    value += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    return np.asarray(value)


def _offset_lon(x: Floats, y: Floats) -> Floats:
    value = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    value += (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    value += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    value += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    return np.asarray(value)


def _gcj_forward(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """WGS 84 → GCJ-02, as if all the world were inside."""
    x, y = lon - 105.0, lat - 35.0
    radians = np.radians(lat)
    magic = 1.0 - ECCENTRICITY_2 * np.sin(radians) ** 2
    root = np.sqrt(magic)
    d_lat = _offset_lat(x, y) * 180.0 / (SEMI_MAJOR * (1.0 - ECCENTRICITY_2) / (magic * root) * np.pi)
    d_lon = _offset_lon(x, y) * 180.0 / (SEMI_MAJOR / root * np.cos(radians) * np.pi)
    return lon + d_lon, lat + d_lat


def _bd_forward(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """GCJ-02 → BD-09, as if all the world were inside."""
    radius = np.sqrt(lon * lon + lat * lat) + 0.00002 * np.sin(lat * BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BD_TURN)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _forward(lon: Floats, lat: Floats, crs: Crs) -> tuple[Floats, Floats]:
    lon, lat = _gcj_forward(lon, lat)
    return _bd_forward(lon, lat) if crs is Crs.BD09 else (lon, lat)


def _inverse(lon: Floats, lat: Floats, crs: Crs) -> tuple[Floats, Floats]:
    """The point whose forward image is (lon, lat): x ← x + (target - f(x)), contracting 1000-fold."""
    at_lon, at_lat = lon.copy(), lat.copy()
    for _ in range(ROUNDS):
        f_lon, f_lat = _forward(at_lon, at_lat, crs)
        step_lon, step_lat = f_lon - lon, f_lat - lat
        at_lon, at_lat = at_lon - step_lon, at_lat - step_lat
        if not at_lon.size or max(np.abs(step_lon).max(), np.abs(step_lat).max()) < TOLERANCE:
            break
    return at_lon, at_lat


def _checked(lon: object, lat: object) -> tuple[Floats, Floats, tuple[int, ...]]:
    lons, lats = np.broadcast_arrays(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    if not (np.isfinite(lons).all() and np.isfinite(lats).all()):
        raise ValueError("a coordinate is not finite")
    if (np.abs(lons) > WORLD[0]).any() or (np.abs(lats) > WORLD[1]).any():
        raise ValueError("a coordinate lies outside of the world")
    return lons.ravel(), lats.ravel(), lons.shape


def to_wgs84(lon: object, lat: object, crs: str) -> tuple[Floats, Floats]:
    """Degrees in the declared system → degrees in WGS 84, element by element, same shape."""
    system = crs_of(crs)
    lons, lats, shape = _checked(lon, lat)
    if system in (Crs.GCJ02, Crs.BD09):
        back_lon, back_lat = _inverse(lons, lats, system)
        # The true position decides whether there was a shift to take away.
        here = shifted_here(back_lon, back_lat)
        lons, lats = np.where(here, back_lon, lons), np.where(here, back_lat, lats)
    return lons.reshape(shape), lats.reshape(shape)


def from_wgs84(lon: object, lat: object, crs: str) -> tuple[Floats, Floats]:
    """Degrees in WGS 84 → degrees in `crs`, element by element, same shape."""
    system = crs_of(crs)
    lons, lats, shape = _checked(lon, lat)
    if system in (Crs.GCJ02, Crs.BD09):
        there_lon, there_lat = _forward(lons, lats, system)
        here = shifted_here(lons, lats)
        lons, lats = np.where(here, there_lon, lons), np.where(here, there_lat, lats)
    return lons.reshape(shape), lats.reshape(shape)


def to_wgs84_e7(points: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """A batch of (lon_e7, lat_e7, crs) in mixed systems → (lon_e7, lat_e7) in WGS 84, in the same order."""
    answer: list[tuple[int, int]] = [(lon, lat) for lon, lat, _ in points]
    rows: dict[Crs, list[int]] = {}
    for row, (_, _, crs) in enumerate(points):
        rows.setdefault(crs_of(crs), []).append(row)
    for system in (Crs.GCJ02, Crs.BD09):
        if picked := rows.get(system):
            degrees = np.array([answer[row] for row in picked], np.float64) / 1e7
            lon, lat = to_wgs84(degrees[:, 0], degrees[:, 1], system)
            e7 = np.rint(np.column_stack((lon, lat)) * 1e7).astype(np.int64).tolist()
            for row, (lon_e7, lat_e7) in zip(picked, e7, strict=True):
                answer[row] = (lon_e7, lat_e7)
    return answer

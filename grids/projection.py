"""CGCS2000 in three-degree Gauss-Krüger belts, EPSG:4534 to 4554: central meridians 75°, 78°, … 135° east,
false easting 500 km, no zone number in front. Plain numpy: Krüger's series to the fourth order, below a
millimetre within a belt and its neighbours (Karney 2011, doi:10.1007/s00190-011-0445-3, equations 7 to 36).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FIRST_CODE, LAST_CODE = 4534, 4554
FIRST_MERIDIAN, STEP = 75.0, 3.0
FALSE_EASTING = 500_000.0
# CGCS2000: semi-major axis and flattening
A, F = 6378137.0, 1 / 298.257222101
N = F / (2 - F)
E = np.sqrt(F * (2 - F))
RECTIFYING = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
FORWARD = (
    N / 2 - 2 / 3 * N**2 + 5 / 16 * N**3 + 41 / 180 * N**4,
    13 / 48 * N**2 - 3 / 5 * N**3 + 557 / 1440 * N**4,
    61 / 240 * N**3 - 103 / 140 * N**4,
    49561 / 161280 * N**4,
)
INVERSE = (
    N / 2 - 2 / 3 * N**2 + 37 / 96 * N**3 - 1 / 360 * N**4,
    1 / 48 * N**2 + 1 / 15 * N**3 - 437 / 1440 * N**4,
    17 / 480 * N**3 - 37 / 840 * N**4,
    4397 / 161280 * N**4,
)
ROUNDS = 5


def central_meridian(code: int) -> float:
    """Degrees east of an EPSG code of the list; `ValueError` for another."""
    if not FIRST_CODE <= code <= LAST_CODE:
        raise ValueError(f"不支持的坐标系 EPSG:{code} is none of EPSG:{FIRST_CODE} to EPSG:{LAST_CODE}")
    return FIRST_MERIDIAN + STEP * (code - FIRST_CODE)


def to_metres(lon: Floats, lat: Floats, meridian: float) -> tuple[Floats, Floats]:
    """Degrees → (easting, northing) in metres."""
    sine = np.sin(np.radians(lat))
    tangent = np.sinh(np.arctanh(sine) - E * np.arctanh(E * sine))
    turn = np.radians(lon - meridian)
    xi = np.arctan2(tangent, np.cos(turn))
    eta = np.arctanh(np.sin(turn) / np.hypot(1.0, tangent))
    north, east = xi.copy(), eta.copy()
    for j, factor in enumerate(FORWARD, start=1):
        north += factor * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
        east += factor * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
    return RECTIFYING * east + FALSE_EASTING, RECTIFYING * north


def to_degrees(easting: Floats, northing: Floats, meridian: float) -> tuple[Floats, Floats]:
    """(easting, northing) in metres → degrees (longitude, latitude)."""
    xi, eta = northing / RECTIFYING, (easting - FALSE_EASTING) / RECTIFYING
    up, side = xi.copy(), eta.copy()
    for j, factor in enumerate(INVERSE, start=1):
        up -= factor * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
        side -= factor * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
    conformal = np.sin(up) / np.hypot(np.sinh(side), np.cos(up))
    lon = meridian + np.degrees(np.arctan2(np.sinh(side), np.cos(up)))
    return lon, np.degrees(np.arctan(_geodetic(conformal)))


def _geodetic(conformal: Floats) -> Floats:
    """Tangent of the conformal latitude → tangent of the latitude, by Newton's steps."""
    tangent = conformal.copy()
    for _ in range(ROUNDS):
        root = np.hypot(1.0, tangent)
        sigma = np.sinh(E * np.arctanh(E * tangent / root))
        image = tangent * np.hypot(1.0, sigma) - sigma * root
        slope = (1 - E * E) * np.hypot(1.0, image) * root / (1 + (1 - E * E) * tangent**2)
        tangent = tangent + (conformal - image) / slope
    return np.asarray(tangent)

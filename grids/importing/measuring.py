"""Metres and square metres of shapes in degrees, good to a ten-thousandth for anything up to a county: each
shape on a plane of its own middle latitude.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

A, E2 = 6378137.0, 0.0066943799901  # WGS 84
_DEGREE = np.pi / 180


def _scales(latitude: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres of a degree of longitude and of latitude."""
    sine = np.sin(np.radians(latitude))
    root = np.sqrt(1 - E2 * sine * sine)
    return A / root * np.cos(np.radians(latitude)) * _DEGREE, A * (1 - E2) / root**3 * _DEGREE


def square_metres(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """The area of each shape; 0 for an empty one."""
    bounds = shapely.bounds(shapes)
    east, north = _scales((bounds[:, 1] + bounds[:, 3]) / 2)
    return np.nan_to_num(shapely.area(shapes) * east * north)


def area_of(shape: shapely.Geometry) -> float:
    return float(square_metres(np.array([shape], dtype=object))[0])


def width_of(shape: shapely.Geometry) -> float:
    """The mean width in metres of a strip: twice its area by its perimeter."""
    _, south, _, north_ = shape.bounds
    east, north = _scales(np.array((south + north_) / 2))
    flat = shapely.transform(shape, lambda xy: xy * (east, north))
    return float(2 * flat.area / flat.length) if flat.length else 0.0


def degrees_of(metres: float, latitude: float) -> tuple[float, float]:
    """So many metres in degrees of longitude and of latitude."""
    east, north = _scales(np.array(latitude))
    return metres / float(east), metres / float(north)

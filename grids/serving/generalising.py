"""Shapes for maps: web Mercator, simplified as one coverage, so that neighbours keep their border."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from grids.serving.tilemath import HALF, tolerances

SRID = 3857
Geometries = Any
"""An array of shapely geometries."""


def mercator(geometries: Geometries) -> Geometries:
    """Geometries of WGS 84 in metres of EPSG:3857."""
    return shapely.transform(geometries, _forward)


def _forward(degrees: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    x = degrees[:, 0] * (HALF / 180.0)
    y = np.arcsinh(np.tan(np.radians(degrees[:, 1]))) * (HALF / np.pi)
    return np.column_stack([x, y])


def bands(exact: Geometries, wanted: Sequence[str]) -> dict[str, list[str | None]]:
    """Hex EWKB of the exact shapes (`geom`) and of each wanted band; None where a band saves no vertex."""
    found: dict[str, list[str | None]] = {"geom": list(_ewkb(exact))}
    before = shapely.get_num_coordinates(exact)
    for column, metres in tolerances().items():
        if column not in wanted:
            continue
        # The parameter is the square root of the area of the triangles that go.
        simple = shapely.coverage_simplify(exact, metres)
        fewer = shapely.get_num_coordinates(simple) < before
        found[column] = [
            text if saves else None for text, saves in zip(_ewkb(_multi(simple)), fewer, strict=True)
        ]
    return found


def _multi(geometries: Geometries) -> Geometries:
    kept = np.asarray(geometries, dtype=object)
    single = shapely.get_type_id(kept) == shapely.GeometryType.POLYGON
    kept[single] = [shapely.MultiPolygon([one]) for one in kept[single]]
    return kept


def _ewkb(geometries: Geometries) -> Sequence[str]:
    texts: Sequence[str] = shapely.to_wkb(shapely.set_srid(geometries, SRID), hex=True, include_srid=True)
    return texts

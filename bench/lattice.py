"""A synthetic district of many grids for the import bench: a lattice with shifted crossings and edges.

Neighbours share their vertices, each grid has eight of them, ten by ten grids make a community. Codes lie in
a county that the demo district does not fill.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray

COUNTY = "230184"
BLOCK = 10
WEST, SOUTH, STEP = 126.5, 44.5, 0.002
STREET_OF = 100


@dataclass(frozen=True, slots=True)
class Lattice:
    """Polygons and codes of the grids, and those of the communities that they fill."""

    codes: list[str]
    shapes: NDArray[np.object_]
    community_codes: list[str]
    community_shapes: NDArray[np.object_]


def lattice(grids: int, seed: int = 1) -> Lattice:
    """At least `grids` cells, in whole communities of a hundred."""
    communities = -(-grids // (BLOCK * BLOCK))
    across = int(np.ceil(np.sqrt(communities)))
    down = -(-communities // across)
    rings = _rings(across * BLOCK, down * BLOCK, np.random.default_rng(seed))
    shapes = shapely.polygons(shapely.linearrings(rings.reshape(-1, 9, 2))).reshape(
        down * BLOCK, across * BLOCK
    )
    blocks = (
        shapes.reshape(down, BLOCK, across, BLOCK).swapaxes(1, 2).reshape(-1, BLOCK * BLOCK)[:communities]
    )
    names = [f"{COUNTY}{n // STREET_OF + 1:03d}{n % STREET_OF + 1:03d}" for n in range(communities)]
    return Lattice(
        [f"{name}{serial:02d}" for name in names for serial in range(BLOCK * BLOCK)],
        blocks.ravel(),
        names,
        np.array([shapely.coverage_union_all(block) for block in blocks]),
    )


def _rings(columns: int, rows: int, dice: np.random.Generator) -> NDArray[np.float64]:
    """(rows, columns, 9, 2): crossings and middles of edges, each shifted once for both its neighbours, in
    whole units of 1e-7 degree."""
    y, x = np.mgrid[0 : 2 * rows + 1, 0 : 2 * columns + 1].astype(np.float64)
    nodes = np.stack([WEST + x * STEP / 2, SOUTH + y * STEP / 2], axis=-1)
    nodes += dice.uniform(-STEP / 10, STEP / 10, nodes.shape)
    nodes = np.rint(nodes * 1e7) / 1e7
    around = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0), (0, 0))
    return np.stack([nodes[dy : dy + 2 * rows : 2, dx : dx + 2 * columns : 2] for dy, dx in around], axis=2)


def write(path: Path, made: Lattice) -> None:
    """A GeoPackage as a surveyor hands it over: multipolygons with code, name, kind, households."""
    count = len(made.codes)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.multipolygons(made.shapes, indices=np.arange(count))),
        [
            np.array(made.codes, dtype=object),
            np.array([f"{code[-2:]}号网格" for code in made.codes], dtype=object),
            np.full(count, "1", dtype=object),
            np.full(count, 400, dtype=np.int32),
        ],
        ["code", "name", "kind", "households"],
        geometry_type="MultiPolygon",
        crs="EPSG:4326",
        driver="GPKG",
        layer="grids",
    )

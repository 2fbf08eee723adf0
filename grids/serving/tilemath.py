"""Where a tile lies, and what is drawn at its zoom: arithmetic of the Web Mercator grid (EPSG:3857)."""

import math
from dataclasses import dataclass
from typing import NamedTuple

HALF = math.pi * 6378137.0
"""Half the width of the world in metres of EPSG:3857."""
EXTENT = 4096
"""Units of a tile's side; the statements say it too, and that a shape may reach 64 beyond the edge."""
MIN_ZOOM, MAX_ZOOM = 4, 16
# The level above is drawn where grids would be dust: no tile has more than one screen of anything.
FROM_ZOOM = {"district": 4, "street": 8, "community": 10, "grid": 12}
AREA_LEVELS = tuple(level for level in FROM_ZOOM if level != "grid")
WHOLE = "places"
TILESETS = (WHOLE, *FROM_ZOOM)
"""`places` has every level from its zoom on; each level is a tileset of its own as well."""
COLUMNS = ((4, "geom_z4"), (10, "geom_z10"), (12, "geom_z12"), (13, "geom"))
"""The stored geometries, each with the first zoom that it serves; the last one is exact."""
_DIGITS = 7


class Box(NamedTuple):
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Tile:
    """Column x and row y (from the north) of zoom z."""

    z: int
    x: int
    y: int

    def box(self) -> Box:
        """Metres of EPSG:3857."""
        size = 2 * HALF / 2**self.z
        west, north = self.x * size - HALF, HALF - self.y * size
        return Box(west, north - size, west + size, north)

    def reach(self) -> Box:
        """Degrees of WGS 84. What only touches the buffer is not in the tile: in a coverage its border is
        that of the neighbour, which is."""
        box = self.box()
        return Box(*degrees(box.west, box.south), *degrees(box.east, box.north))


def degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a position in EPSG:3857."""
    return x / HALF * 180.0, math.degrees(2 * math.atan(math.exp(y / HALF * math.pi)) - math.pi / 2)


def tile_at(longitude: float, latitude: float, zoom: int) -> Tile:
    """The tile that holds a position."""
    across = (longitude + 180.0) / 360.0
    down = 0.5 - math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)
    side = 2**zoom
    return Tile(zoom, min(max(int(across * side), 0), side - 1), min(max(int(down * side), 0), side - 1))


def tiles_over(box: Box, zoom: int) -> list[Tile]:
    """Every tile of a zoom that a box in degrees touches, row by row."""
    first, last = tile_at(box.west, box.north, zoom), tile_at(box.east, box.south, zoom)
    return [Tile(zoom, x, y) for y in range(first.y, last.y + 1) for x in range(first.x, last.x + 1)]


def parse(z: str, x: str, y: str) -> Tile | None:
    """The tile of an address; None when there is no such tile."""
    parts = (z, x, y)
    if not all(len(part) <= _DIGITS and part.isascii() and part.isdigit() for part in parts):
        return None
    tile = Tile(int(z), int(x), int(y))
    inside = MIN_ZOOM <= tile.z <= MAX_ZOOM and tile.x < 2**tile.z and tile.y < 2**tile.z
    return tile if inside else None


def levels(tileset: str, zoom: int) -> list[str]:
    """The levels that a tile of this tileset and zoom has, largest first."""
    asked = FROM_ZOOM if tileset == WHOLE else {tileset: FROM_ZOOM[tileset]}
    return [level for level, first in asked.items() if zoom >= first]


def columns(zoom: int) -> list[str]:
    """The stored geometries that serve a zoom, coarsest first: the next one stands in where one is empty."""
    return [column for n, (_, column) in enumerate(COLUMNS) if n >= _band(zoom)]


def _band(zoom: int) -> int:
    return max(n for n, (first, _) in enumerate(COLUMNS) if first <= zoom)


def tolerances() -> dict[str, float]:
    """Metres of EPSG:3857 that each generalised geometry may lose: one unit of the finest tile it serves."""
    following = [first for first, _ in COLUMNS[1:]]
    return {
        column: 2 * HALF / 2 ** (after - 1) / EXTENT
        for (_, column), after in zip(COLUMNS, following, strict=False)
    }

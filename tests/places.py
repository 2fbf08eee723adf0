"""A small district on squares, for tests: two streets, two communities each, two grids each, all in force.

y 45.72  ┌────┬────┬────┬────┐
         │A1-2│A2-2│B1-2│B2-2│
y 45.71  ├────┼────┼────┼────┤
         │A1-1│A2-1│B1-1│B2-1│
y 45.70  └────┴────┴────┴────┘
      x 126.60  .61  .62  .63  126.64
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import transaction

from accounts.models import Area
from grids.models import AreaShape, BoundaryRelease, Grid, GridShape
from kernel import clock
from sync.services import publish

SINCE = date(2020, 1, 1)
WEST, SOUTH, STEP = 126.60, 45.70, 0.01
DISTRICT = "230103"


@dataclass
class Places:
    """Areas by code name (`district`, `A`, `A1`, …), grids by name (`A1-1`, …)."""

    areas: dict[str, Area] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)
    shapes: dict[str, GridShape] = field(default_factory=dict)
    release: BoundaryRelease | None = None

    def centre(self, grid: str) -> tuple[int, int]:
        """The middle of a grid, in units of 1e-7 degree."""
        west, south, east, north = self.shapes[grid].geom.extent
        return round((west + east) / 2 * 1e7), round((south + north) / 2 * 1e7)


def square(column: float, row: float, width: int = 1, height: int = 1) -> MultiPolygon:
    """Cells of a hundredth of a degree, counted from the south-western corner."""
    west, south = round(WEST + column * STEP, 7), round(SOUTH + row * STEP, 7)
    east, north = round(WEST + (column + width) * STEP, 7), round(SOUTH + (row + height) * STEP, 7)
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


def square_district() -> Places:
    """Insert the district of the picture (no people, no organisations)."""
    places = Places()
    _tree(places)
    places.release = BoundaryRelease.objects.create(
        title="squares", area=places.areas["district"], source="tests", crs="WGS84", state="published",
        imported_at=clock.now(), published_at=clock.now(), announced_at=clock.now(), valid_from=SINCE,
    )  # fmt: skip
    for column, community in enumerate(("A1", "A2", "B1", "B2")):
        _area_shape(places, community, square(column, 0, 1, 2))
        for row in (0, 1):
            _grid(places, community, row + 1, square(column, row))
    _area_shape(places, "A", square(0, 0, 2, 2))
    _area_shape(places, "B", square(2, 0, 2, 2))
    _area_shape(places, "district", square(0, 0, 4, 2))
    with transaction.atomic():
        publish("area", [area.id for area in places.areas.values()])
        publish("grid", [grid.id for grid in places.grids.values()])
    return places


def _tree(places: Places) -> None:
    rows = [
        ("province", "230000000000", "province", None), ("city", "230100000000", "city", "province"),
        ("district", "230103000000", "district", "city"),
        ("A", "230103001000", "street", "district"), ("B", "230103002000", "street", "district"),
        ("A1", "230103001001", "community", "A"), ("A2", "230103001002", "community", "A"),
        ("B1", "230103002001", "community", "B"), ("B2", "230103002002", "community", "B"),
    ]  # fmt: skip
    for key, code, level, parent in rows:
        above = places.areas[parent] if parent else None
        places.areas[key] = Area.objects.create(
            code=code, name=f"测试{key}", level=level, parent=above, valid_from=SINCE
        )


def _grid(places: Places, community: str, serial: int, geom: MultiPolygon) -> None:
    area, name = places.areas[community], f"{community}-{serial}"
    grid = Grid.objects.create(
        code=f"{area.code}{serial:02d}", community=area, name=f"测试{name}网格", households=400
    )
    places.grids[name] = grid
    places.shapes[name] = GridShape.objects.create(
        grid=grid, release=places.release, geom=geom, name=grid.name, households=400,
        valid_from=SINCE, announced=True,
    )  # fmt: skip


def _area_shape(places: Places, key: str, geom: MultiPolygon) -> None:
    AreaShape.objects.create(
        area=places.areas[key], release=places.release, geom=geom, valid_from=SINCE, announced=True
    )

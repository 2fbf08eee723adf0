"""Raw rows → rows that may be stored, or the reasons row by row. Bad geometry is refused, never repaired."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from grids import codes
from grids.coordinates import to_wgs84
from grids.importing.rows import Checked, Fault, PlaceRow, RawRow
from kernel import text
from kernel.codes.law import GridType

GRID = "grid"
MAX_VERTICES = {GRID: 5000, "community": 5000, "street": 20_000, "district": 50_000}
BOX = (73.0, 3.0, 136.0, 54.0)
NAME_MAX = 100
E7 = 1e7
Shapes = NDArray[np.object_]


def check(rows: Sequence[RawRow], *, level: str, crs: str, serial_digits: int) -> Checked:
    """All rows of a file for one level, or all faults found; codes are also compared with each other."""
    faults = [fault for row in rows if (fault := _shape_fault(row, MAX_VERTICES[level]))]
    bad = {fault.row for fault in faults}
    good = [row for row in rows if row.number not in bad]
    shapes, moved = _transformed([row.geometry for row in good], crs)
    faults += [Fault(row.number, why) for row, why in zip(good, moved, strict=True) if why]
    places: list[PlaceRow] = []
    for row, shape in zip(good, shapes, strict=True):
        place = _place(row, shape, level, serial_digits)
        if isinstance(place, Fault):
            faults.append(place)
        else:
            places.append(place)
    faults += _doubled(places)
    faults.sort(key=lambda fault: fault.row)
    return Checked([] if faults else places, faults)


def _shape_fault(row: RawRow, max_vertices: int) -> Fault | None:
    geometry = row.geometry
    if geometry is None or row.fault:
        return Fault(row.number, row.fault or "there is no geometry")
    tests: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: geometry.is_empty, "the geometry is empty"),
        (lambda: geometry.geom_type not in ("Polygon", "MultiPolygon"), f"a {geometry.geom_type} is no area"),
        (lambda: geometry.has_z, "the geometry has a third dimension"),
        (lambda: shapely.get_num_coordinates(geometry) > max_vertices, f"more than {max_vertices} vertices"),
        (lambda: not np.isfinite(shapely.get_coordinates(geometry)).all(), "a coordinate is not finite"),
        (lambda: not _degrees(geometry), "the coordinates are not degrees of longitude and latitude"),
    )
    why = next((why for fails, why in tests if fails()), "")
    if not why and not geometry.is_valid:
        why = f"the geometry is not valid: {shapely.is_valid_reason(geometry)}"
    return Fault(row.number, why) if why else None


def _degrees(geometry: shapely.Geometry) -> bool:
    west, south, east, north = geometry.bounds
    return bool(west >= -180 and south >= -90 and east <= 180 and north <= 90)  # noqa: PLR2004  because that is the world


def _transformed(geometries: Sequence[shapely.Geometry | None], crs: str) -> tuple[Shapes, list[str]]:
    """The shapes in WGS 84 at seven decimals as multipolygons, and why each cannot be taken ('' = it can)."""
    array = np.array(geometries, dtype=object)

    def convert(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = to_wgs84(xy[:, 0], xy[:, 1], crs)
        return np.asarray(np.rint(np.column_stack((lon, lat)) * E7) / E7)

    shapes = np.array(
        [
            shapely.MultiPolygon(shapely.get_parts(shape).tolist())
            for shape in shapely.transform(array, convert)
        ],
        dtype=object,
    )
    if not len(shapes):
        return shapes, []
    valid = shapely.is_valid(shapes)
    bounds = shapely.bounds(shapes)
    inside = (bounds[:, :2] >= BOX[:2]).all(axis=1) & (bounds[:, 2:] <= BOX[2:]).all(axis=1)
    return shapes, [_moved_fault(bool(v), bool(i)) for v, i in zip(valid, inside, strict=True)]


def _moved_fault(valid: bool, inside: bool) -> str:
    if not inside:
        return "outside of longitude 73-136, latitude 3-54"
    return "" if valid else "not valid any more at seven decimals: a part is narrower than a centimetre"


def _place(row: RawRow, shape: shapely.MultiPolygon, level: str, serial_digits: int) -> PlaceRow | Fault:
    code = str(row.attributes.get("code") or "")
    if level == GRID:
        why = codes.grid_code_fault(code, serial_digits=serial_digits)
    else:
        why = codes.area_code_fault(code, level)
    raw_name = row.attributes.get("name")
    name = text.clean(raw_name.strip()) if isinstance(raw_name, str) else None
    if why is None and not (name and len(name) <= NAME_MAX):
        why = f"the name is missing, longer than {NAME_MAX} or holds a control character"
    if why or name is None:
        return Fault(row.number, why or "")
    if level != GRID:
        return PlaceRow(row.number, code, name, shape)
    return _grid(row, PlaceRow(row.number, code, name, shape))


def _grid(row: RawRow, place: PlaceRow) -> PlaceRow | Fault:
    kind = str(row.attributes.get("kind") or GridType.COMPREHENSIVE)
    if kind not in GridType.values():
        return Fault(row.number, f"kind must be one of {', '.join(GridType.values())}")
    households = row.attributes.get("households")
    if not _is_count(households):
        return Fault(row.number, "households must be a whole number, not negative, or left out")
    count = None if households is None else int(households)
    return PlaceRow(place.number, place.code, place.name, place.shape, kind, count)


def _is_count(value: Any) -> bool:
    if value is None:
        return True
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 and value == int(value)
    )


def _doubled(places: Sequence[PlaceRow]) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for place in places:
        if place.code in first:
            faults.append(Fault(place.number, f"code {place.code} stands already in row {first[place.code]}"))
        first.setdefault(place.code, place.number)
    return faults

"""Raw rows → rows that may be stored, or the reasons row by row. Bad geometry is refused, never repaired.

Column by column: numpy and shapely look at all rows at once, and only rows with a fault are looked at alone.
"""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from grids import codes
from grids.faults import FaultKind
from grids.importing.declared import Declared
from grids.importing.rows import Checked, Columns, Fault, Raw, Shapes
from kernel import text
from kernel.codes.law import GridType

GRID = "grid"
MAX_VERTICES = {GRID: 5000, "community": 5000, "street": 20_000, "district": 50_000}
BOX = (73.0, 3.0, 136.0, 54.0)
WORLD = (-180.0, -90.0, 180.0, 90.0)
# A belt of three degrees and its neighbours, on the northern half: easting without a zone number.
BELT = (0.0, 0.0, 1_000_000.0, 6_500_000.0)
NAME_MAX = 100
HOUSEHOLDS_MAX = 1_000_000
E7 = 1e7
_AREA_TYPES = (3, 6)
Mask = NDArray[np.bool_]
Pairs = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the rows are to be: of which level, in which system, with how many digits of the serial."""

    level: str
    declared: Declared
    serial_digits: int


def check(raw: Raw, wanted: Wanted) -> Checked:
    """All rows of a file for one level, or all faults found; codes are also compared with each other."""
    xy = shapely.get_coordinates(raw.shapes)
    faults = [*raw.faults, *_shape_faults(raw, wanted, xy)]
    rows = np.arange(len(raw), dtype=np.int64)
    if faults:
        rows = np.setdiff1d(rows, [fault.row - 1 for fault in faults])
        xy = shapely.get_coordinates(raw.shapes[rows])
    with ThreadPoolExecutor(1) as meanwhile:  # shapes hold no lock of Python, words hold nothing else
        placed = meanwhile.submit(_transformed, raw.shapes[rows], xy, rows, wanted.declared)
        columns, words = _attributes(raw, rows, wanted)
        doubled = _doubled(columns)
        columns.shapes, moved = placed.result()
    faults += [*moved, *words, *doubled]
    faults.sort(key=lambda fault: fault.row)
    return Checked(Columns([], [], [], [], [], raw.shapes[:0]) if faults else columns, faults)


def _shape_faults(raw: Raw, wanted: Wanted, xy: Pairs) -> list[Fault]:
    """The first thing wrong with the geometry of each row, as the file has it; `xy` are all its positions."""
    shapes = raw.shapes
    told = {fault.row - 1 for fault in raw.faults}
    box, unit = (
        (WORLD, FaultKind.NOT_DEGREES) if wanted.declared.meridian is None else (BELT, FaultKind.NOT_METRES)
    )
    most = MAX_VERTICES[wanted.level]
    tests: tuple[tuple[FaultKind, Mask, Callable[[int], dict[str, Any]]], ...] = (
        (FaultKind.NO_GEOMETRY, shapely.is_missing(shapes), _no_facts),
        (FaultKind.EMPTY, shapely.is_empty(shapes), _no_facts),
        (
            FaultKind.NO_AREA,
            ~np.isin(shapely.get_type_id(shapes), _AREA_TYPES),
            lambda row: {"type": shapes[row].geom_type},
        ),
        (FaultKind.THIRD_DIMENSION, shapely.has_z(shapes) | shapely.has_m(shapes), _no_facts),
        (FaultKind.VERTICES, shapely.get_num_coordinates(shapes) > most, lambda row: {"most": most}),
        (FaultKind.NOT_FINITE, _not_finite(shapes, xy), _no_facts),
        (unit, ~_within(shapes, box), _no_facts),
    )
    faults, seen = [], np.zeros(len(shapes), dtype=bool)
    for kind, fails, facts in tests:
        for row in np.flatnonzero(fails & ~seen).tolist():
            if row not in told:
                faults.append(Fault(row + 1, kind, facts(row)))
        seen |= fails
    return faults


def _no_facts(row: int) -> dict[str, Any]:
    return {}


def _not_finite(shapes: Shapes, xy: Pairs) -> Mask:
    bad = np.zeros(len(shapes), dtype=bool)
    if not np.isfinite(xy.sum()):  # one that is not finite makes the sum so
        xy, owner = shapely.get_coordinates(shapes, return_index=True)
        bad[owner[~np.isfinite(xy).all(axis=1)]] = True
    return bad


def _within(shapes: Shapes, box: Sequence[float]) -> Mask:
    bounds = shapely.bounds(shapes)
    west, south, east, north = box
    inside = (
        (bounds[:, 0] >= west) & (bounds[:, 1] >= south) & (bounds[:, 2] <= east) & (bounds[:, 3] <= north)
    )
    return np.asarray(inside)


def _transformed(
    shapes: Shapes, xy: Pairs, rows: NDArray[np.int64], declared: Declared
) -> tuple[Shapes, list[Fault]]:
    """The shapes, of the positions `xy`, in WGS 84 at seven decimals, and those that cannot be taken."""
    if not len(shapes):
        return shapes, []
    there, sound = shapes, None
    moved = np.rint(declared.degrees(xy) * E7) / E7
    if not np.array_equal(moved, xy):
        sound = shapely.is_valid(shapes)
        there = shapely.set_coordinates(shapes.copy(), moved)
    valid = shapely.is_valid(there)
    sound = valid if sound is None else sound
    inside = _within(there, BOX)
    faults = [
        Fault(int(rows[at]) + 1, *_moved_fault(shapes[at], bool(sound[at]), bool(inside[at])), geometry=edge)
        for at in np.flatnonzero(~(valid & sound & inside)).tolist()
        for edge in (shapely.boundary(there[at]),)
    ]
    return there, faults


def _moved_fault(shape: shapely.Geometry, sound: bool, inside: bool) -> tuple[FaultKind, dict[str, Any]]:
    if not sound:
        return FaultKind.RING, {"why": shapely.is_valid_reason(shape)}
    return (FaultKind.TOO_NARROW if inside else FaultKind.OUTSIDE), {}


def _attributes(raw: Raw, rows: NDArray[np.int64], wanted: Wanted) -> tuple[Columns, list[Fault]]:
    """Code, name, kind and households of the rows whose shape stands; all columns of equal length."""
    columns = _as_they_are(raw, rows.tolist(), raw.shapes[rows], wanted)
    if _all_plain(columns, wanted):
        return columns, []
    columns.codes = [_code(value) for value in columns.codes]
    columns.names = [_name(value) for value in columns.names]
    columns.kinds = [str(value) for value in columns.kinds]
    columns.households = [_count(value) for value in columns.households]
    plain, known = re.compile(_code_pattern(wanted)), set(GridType.values()) | {""}
    faults = [
        _attribute_fault(row, code, name, kind, wanted)
        for row, code, name, kind, count in zip(
            columns.numbers, columns.codes, columns.names, columns.kinds, columns.households, strict=True
        )
        if not (plain.fullmatch(code) and name and kind in known and count != -1)
    ]
    return columns, faults


def _as_they_are(raw: Raw, picked: list[int], shapes: Shapes, wanted: Wanted) -> Columns:
    nothing = [None] * len(raw)

    def column(name: str) -> list[Any]:
        values = raw.columns.get(name, nothing)
        return list(values) if len(picked) == len(raw) else [values[row] for row in picked]

    if wanted.level == GRID:
        kinds = [value or GridType.COMPREHENSIVE.value for value in column("kind")]
        households = column("households")
    else:
        kinds, households = [""] * len(picked), [None] * len(picked)
    return Columns([row + 1 for row in picked], column("code"), column("name"), kinds, households, shapes)


def _all_plain(columns: Columns, wanted: Wanted) -> bool:
    """Whether whole columns hold nothing that a row would be refused or changed for: no fault in them."""
    words = (columns.codes, columns.names, columns.kinds)
    if not len(columns) or set().union(*(map(type, column) for column in words)) != {str}:
        return False
    if not set(columns.kinds) <= {"", *GridType.values()}:
        return False
    told = [count for count in columns.households if count is not None]
    if set(map(type, told)) - {int} or (told and not 0 <= min(told) <= max(told) <= HOUSEHOLDS_MAX):
        return False
    lines, names = "\n".join(columns.names), "".join(columns.names)
    return (
        re.fullmatch(rf"(?:{_code_pattern(wanted)}\n)+", "\n".join(columns.codes) + "\n") is not None
        and 0 < min(map(len, columns.names)) <= max(map(len, columns.names)) <= NAME_MAX
        and names.isprintable()
        and text.clean(lines) == lines
        and re.search(r"^\s|\s$", lines, re.MULTILINE) is None
    )


def _attribute_fault(row: int, code: str, name: str, kind: str, wanted: Wanted) -> Fault:
    if not code:
        return Fault(row, FaultKind.CODE_MISSING)
    if wanted.level == GRID:
        why = codes.grid_code_fault(code, serial_digits=wanted.serial_digits)
    else:
        why = codes.area_code_fault(code, wanted.level)
    if why:
        return Fault(row, FaultKind.CODE, {"why": why}, code[:20])
    if not name:
        return Fault(row, FaultKind.NAME, {"most": NAME_MAX}, code)
    if kind and kind not in GridType.values():
        return Fault(row, FaultKind.KIND, {"known": ", ".join(GridType.values())}, code)
    return Fault(row, FaultKind.HOUSEHOLDS, {}, code)


def _code_pattern(wanted: Wanted) -> str:
    """Codes without any fault; the slow way says what is wrong with the others."""
    street, community = "[1-9][0-9]{5}(?!000)[0-5][0-9]{2}", "(?!000)[0-9]{3}"
    return {
        GRID: f"{street}{community}[0-9]{{{wanted.serial_digits}}}",
        "community": f"{street}{community}",
        "street": f"{street}000",
        "district": "[1-9][0-9]{5}000000",
    }[wanted.level]


def _code(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None or isinstance(value, float | bool) else str(value).strip()


def _name(value: Any) -> str:
    """The name in NFC; '' when it is none."""
    if not isinstance(value, str):
        return ""
    cleaned = text.clean(value.strip()) or ""
    return cleaned if len(cleaned) <= NAME_MAX and "\n" not in cleaned and "\t" not in cleaned else ""


def _count(value: Any) -> int | None:
    """Households, None when not told, -1 when it is no number of households."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124  because only NaN is not itself
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return -1
    return int(value) if 0 <= value <= HOUSEHOLDS_MAX and value == int(value) else -1


def _doubled(columns: Columns) -> list[Fault]:
    if len(set(columns.codes)) == len(columns.codes):
        return []
    first: dict[str, int] = {}
    faults = []
    for code, number in zip(columns.codes, columns.numbers, strict=True):
        if code and code in first:
            faults.append(Fault(number, FaultKind.CODE_DOUBLED, {"code": code, "first": first[code]}))
        first.setdefault(code, number)
    return faults

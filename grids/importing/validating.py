"""Whether shapes of one level fit together and fill what is above them: no overlap, no gap (GR-3).

Everything is found, with the place to look at; nothing is mended.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from grids.codes import household_warning
from grids.faults import FaultKind, Severity
from grids.importing.measuring import area_of, square_metres, width_of
from grids.importing.rows import Columns, Fault, Shapes
from kernel.law import law

# Two roundings of one line at seven decimals lie within two centimetres.
ROUNDING_M = 0.02
# What is narrower is a sliver: two drawings of one border, not ground that somebody forgot.
SLIVER_M = 1.0
FAR_FROM_MEDIAN = 50
SHOWN = 50


@dataclass(slots=True)
class Pieces:
    """Rows of one level, with the code of what each must lie in."""

    rows: Columns
    parents: list[str]

    def __len__(self) -> int:
        return len(self.rows)

    def fault(self, at: int, kind: FaultKind, severity: Severity = Severity.ERROR, **more: Any) -> Fault:
        geometry = more.pop("geometry", None)
        return Fault(self.rows.numbers[at], kind, more, self.rows.codes[at], geometry, severity)


@dataclass(slots=True)
class Findings:
    """Errors forbid publishing, warnings and notes do not."""

    faults: list[Fault] = field(default_factory=list)

    def of(self, severity: Severity) -> list[Fault]:
        return [fault for fault in self.faults if fault.severity is severity]

    def as_json(self) -> dict[str, Any]:
        """For the release: the first texts of each sort, how many there were, and the counts by kind."""
        shown: dict[str, Any] = {"counts": self.counts()}
        for name, severity in (("errors", Severity.ERROR), ("warnings", Severity.WARNING)):
            texts = [f"{fault.code}: {fault.text}" for fault in self.of(severity)]
            shown[name] = texts[:SHOWN] + ([f"… {len(texts) - SHOWN} more"] if len(texts) > SHOWN else [])
        return shown

    def counts(self) -> dict[str, int]:
        """How many of each severity and of each kind."""
        counted = dict.fromkeys(("error", "warning", "note"), 0)
        for fault in self.faults:
            for name in (fault.severity.value, fault.kind.value):
                counted[name] = counted.get(name, 0) + 1
        return counted


def fitting(rows: Columns) -> bool:
    """Whether no two shapes overlap and all neighbours share their vertices. Takes as long as storing the
    shapes and holds no lock of Python: who has them to store asks in a thread meanwhile."""
    return bool(shapely.coverage_is_valid(rows.shapes))


@law("GR-3")
def validate(pieces: Pieces, parents: Mapping[str, shapely.Geometry]) -> list[Fault]:
    """Overlaps, and gaps or excess against each parent whose shape is known; then what is worth a look."""
    fit = fitting(pieces.rows) if pieces.rows.fit is None else pieces.rows.fit
    faults = [] if fit else list(_overlaps(pieces))
    children: dict[str, list[int]] = {}
    for at, parent in enumerate(pieces.parents):
        children.setdefault(parent, []).append(at)
    unions = {parent: _union(pieces.rows.shapes[rows], fit) for parent, rows in children.items()}
    filled = _filled(unions, parents)
    for parent, rows in sorted(children.items()):
        if parent not in parents:
            faults += _without_parent(unions[parent], parent)
        elif parent not in filled:
            faults += _against_parent(pieces, rows, unions[parent], parent, parents)
    return faults + list(_looks(pieces))


def _union(shapes: Shapes, fits: bool) -> shapely.Geometry:
    return shapely.coverage_union_all(shapes) if fits else shapely.union_all(shapes)


def _filled(unions: Mapping[str, shapely.Geometry], parents: Mapping[str, shapely.Geometry]) -> set[str]:
    """Parents that are vertex by vertex what is in them, as where both were drawn together: no overlay can
    find more."""
    both = sorted(unions.keys() & parents.keys())
    ours, theirs = (
        shapely.normalize(_multi([shapes[code] for code in both])) for shapes in (unions, parents)
    )
    return {both[at] for at in np.flatnonzero(shapely.equals_exact(ours, theirs)).tolist()}


def _multi(shapes: list[shapely.Geometry]) -> Shapes:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    return np.asarray(shapely.multipolygons(parts, indices=owner))


def _overlaps(pieces: Pieces) -> Iterator[Fault]:
    """Pairs of rows whose shapes break the coverage. A row around another one may have no bad edge itself."""
    shapes = pieces.rows.shapes
    edges = shapely.coverage_invalid_edges(shapes)
    bad = ~(shapely.is_missing(edges) | shapely.is_empty(edges))
    rows = np.flatnonzero(bad)
    left, others = shapely.STRtree(shapes).query(edges[rows], predicate="intersects")
    found = {(int(rows[a]), int(b)) for a, b in zip(left, others, strict=True) if rows[a] != b}
    pairs = {(min(pair), max(pair)) for pair in found}
    for one, other in sorted(pairs):
        if (bad[one] and bad[other]) or _areal(shapely.intersection(shapes[one], shapes[other])):
            yield _pair(pieces, one, other, edges[one])


def _pair(pieces: Pieces, one: int, other: int, edge: shapely.Geometry) -> Fault:
    shapes, name = pieces.rows.shapes, pieces.rows.codes[other]
    common = _areal(shapely.intersection(shapes[one], shapes[other]))
    if common is None:
        return pieces.fault(one, FaultKind.NOT_NODED, other=name, geometry=edge)
    width = width_of(common)
    kind = FaultKind.OVERLAP if width >= SLIVER_M else FaultKind.SLIVER
    if kind is FaultKind.SLIVER and width < ROUNDING_M:
        kind = FaultKind.NOT_NODED
    return pieces.fault(one, kind, other=name, geometry=common, **_size(common, width))


def _areal(shape: shapely.Geometry) -> shapely.Geometry | None:
    """The polygons of an overlay; None when it has none."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0]
    return shapely.MultiPolygon(parts) if parts else None


def _size(shape: shapely.Geometry, width: float) -> dict[str, float]:
    return {"area": round(area_of(shape), 2), "width": round(width, 2)}


def _against_parent(
    pieces: Pieces,
    rows: list[int],
    union: shapely.Geometry,
    code: str,
    parents: Mapping[str, shapely.Geometry],
) -> Iterator[Fault]:
    parent = parents[code]
    for part in _wide(shapely.difference(parent, union)):
        width = width_of(part)
        if width >= SLIVER_M:
            yield Fault(0, FaultKind.GAP, _size(part, width), code, part)
        else:
            near = [at for at in rows if shapely.intersects(pieces.rows.shapes[at], part)] or rows[:1]
            other = ", ".join([pieces.rows.codes[at] for at in near[1:3]] or [code])
            yield pieces.fault(near[0], FaultKind.SLIVER, other=other, geometry=part, **_size(part, width))
    excess = list(_wide(shapely.difference(union, parent)))
    if excess:
        beyond = shapely.MultiPolygon(excess)
        for at in rows:
            yield from _beyond(pieces, at, beyond, code, parents)


def _beyond(
    pieces: Pieces, at: int, excess: shapely.Geometry, code: str, parents: Mapping[str, shapely.Geometry]
) -> Iterator[Fault]:
    shape = pieces.rows.shapes[at]
    part = _areal(shapely.intersection(shape, excess))
    if part is None or (width := width_of(part)) < ROUNDING_M:
        return
    middle = shapely.point_on_surface(shape)
    inside = [
        other for other, outline in parents.items() if other != code and shapely.intersects(outline, middle)
    ]
    same_level = [other for other in inside if pieces.parents.count(other)] or inside
    if same_level and not shapely.intersects(parents[code], middle):
        yield pieces.fault(at, FaultKind.ELSEWHERE, other=code, inside=same_level[0], geometry=shape)
    else:
        yield pieces.fault(at, FaultKind.BEYOND, other=code, geometry=part, **_size(part, width))


def _without_parent(union: shapely.Geometry, code: str) -> Iterator[Fault]:
    """Only holes can be seen as gaps, and that nobody could compare is said."""
    yield Fault(0, FaultKind.NO_PARENT_SHAPE, {}, code, None, Severity.WARNING)
    for part in shapely.get_parts(union):
        for ring in part.interiors:
            hole = shapely.Polygon(ring)
            yield Fault(0, FaultKind.GAP, _size(hole, width_of(hole)), code, hole, Severity.WARNING)


def _wide(shape: shapely.Geometry) -> Iterable[shapely.Polygon]:
    """The polygons of an overlay that are more than two roundings of one line."""
    parts = shapely.get_parts(shape)
    return [p for p in parts if p.geom_type == "Polygon" and width_of(p) >= ROUNDING_M]


@law("GR-1")
def _looks(pieces: Pieces) -> Iterator[Fault]:
    """What is no error: parts, holes, sizes."""
    shapes, warn = pieces.rows.shapes, Severity.WARNING
    parts, owner = shapely.get_parts(shapes, return_index=True)
    counts = np.bincount(owner, minlength=len(shapes))
    holes = np.bincount(owner, weights=shapely.get_num_interior_rings(parts), minlength=len(shapes))
    for at in np.flatnonzero(counts > 1).tolist():
        yield pieces.fault(at, FaultKind.PARTS, warn, parts=int(counts[at]), geometry=shapes[at])
    for at in np.flatnonzero(holes > 0).tolist():
        yield pieces.fault(at, FaultKind.HOLES, warn, holes=int(holes[at]), geometry=shapes[at])
    areas = square_metres(shapes)
    median = float(np.median(areas)) if len(areas) else 0.0
    for at in np.flatnonzero(
        (areas * FAR_FROM_MEDIAN < median) | (areas > FAR_FROM_MEDIAN * median)
    ).tolist():
        facts = {"area": round(float(areas[at]), 1), "median": round(median, 1)}
        yield pieces.fault(at, FaultKind.SIZE_AREA, warn, geometry=shapes[at], **facts)
    told = pieces.rows.households
    odd = [at for at, households in enumerate(told) if household_warning(households)]
    for at, middle in zip(odd, shapely.point_on_surface(shapes[odd]), strict=True):
        yield pieces.fault(at, FaultKind.SIZE_HOUSEHOLDS, warn, households=told[at], geometry=middle)

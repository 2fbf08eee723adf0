"""`--snap TOLERANCE`: closes slivers between neighbours, and lists every row that it changed.

Only rows whose border breaks the coverage, and those beside them, are touched. A vertex within the tolerance
of a neighbour's takes its place (where more rows meet in one of the two, that one stays), and a neighbour's
vertex that lies within the tolerance of an edge becomes a vertex of that edge. A row that would not be valid
afterwards stays as it was: validation then names what is left.
"""

import numpy as np
import shapely

from grids.faults import FaultKind, Severity
from grids.importing.measuring import degrees_of
from grids.importing.rows import Columns, Fault, Shapes

MOST_METRES = 5.0
E7 = 1e7


def snap(rows: Columns, metres: float) -> tuple[Columns, list[Fault]]:
    """Rows with slivers up to `metres` closed, and a note for each row that was changed."""
    if not 0 < metres <= MOST_METRES:
        raise ValueError(
            f"容差应大于 0 且不超过 {MOST_METRES} 米 a tolerance lies between 0 and {MOST_METRES} metres"
        )
    before = rows.shapes
    touched = _broken(before, metres)
    if not len(touched):
        return rows, []
    east, north = degrees_of(1.0, float(np.nanmean(shapely.bounds(before)[:, [1, 3]])))
    scale = np.array((1 / east, 1 / north))
    flat = shapely.transform(before[touched], lambda xy: xy * scale)
    flat = _with_neighbours_corners(_merged(flat, metres), metres)
    there = shapely.transform(flat, lambda xy: np.rint(xy / scale * E7) / E7)
    after = before.copy()
    after[touched] = np.where(shapely.is_valid(there) & ~shapely.is_empty(there), there, before[touched])
    changed = touched[~shapely.equals_exact(after[touched], before[touched])]
    notes = [_note(rows, int(at), after[at], scale, metres) for at in changed]
    snapped = Columns(rows.numbers, rows.codes, rows.names, rows.kinds, rows.households, after)
    return snapped, notes


def _broken(shapes: Shapes, metres: float) -> np.ndarray:
    """Rows whose border does not fit a neighbour's, or lies closer to it than the tolerance, with the rows
    that share their corners."""
    width = degrees_of(metres, float(np.nanmean(shapely.bounds(shapes)[:, [1, 3]])))[0]
    if shapely.coverage_is_valid(shapes, gap_width=width):
        return np.array([], dtype=np.int64)
    edges = shapely.coverage_invalid_edges(shapes, gap_width=width)
    bad = np.flatnonzero(~(shapely.is_missing(edges) | shapely.is_empty(edges)))
    _, beside = shapely.STRtree(shapes).query(shapes[bad], predicate="dwithin", distance=width)
    return np.union1d(bad, beside)


def _merged(shapes: Shapes, metres: float) -> Shapes:
    """Corners of different rows within the tolerance become one: that in which more rows meet, else that of
    the row that comes first.

    Two corners of one row are never merged, not even through a third: its own detail is nobody's sliver.
    """
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    places, first, inverse = np.unique(xy, axis=0, return_index=True, return_inverse=True)
    owners: list[set[int]] = [set() for _ in places]
    for place, row in zip(inverse.ravel().tolist(), owner.tolist(), strict=True):
        owners[place].add(row)
    target = np.arange(len(places))
    near = _near(places, metres)
    order = np.lexsort((first, [-len(rows) for rows in owners])).tolist()
    rank = {place: number for number, place in enumerate(order)}
    for place in order:
        if target[place] != place:
            continue
        for other in near[place]:
            if target[other] == other and rank[other] > rank[place] and not owners[place] & owners[other]:
                target[other] = place
                owners[place] |= owners[other]
    return np.asarray(shapely.set_coordinates(shapes.copy(), places[target[inverse.ravel()]]))


def _near(places: np.ndarray, metres: float) -> list[list[int]]:
    points = shapely.points(places)
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=metres)
    near: list[list[int]] = [[] for _ in places]
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        if a != b:
            near[a].append(b)
    return near


def _with_neighbours_corners(shapes: Shapes, metres: float) -> Shapes:
    """A neighbour's corner on an edge, or within the tolerance of it, becomes a corner of that edge."""
    done = shapes.copy()
    tree = shapely.STRtree(shapes)
    for at, shape in enumerate(shapes):
        others = [row for row in tree.query(shapely.buffer(shape, metres)).tolist() if row != at]
        if not others:
            continue
        corners = shapely.points(np.unique(shapely.get_coordinates(shapes[others]), axis=0))
        edge, own = shapely.boundary(shape), shapely.multipoints(shapely.get_coordinates(shape))
        shapely.prepare((edge, own))
        close = corners[shapely.dwithin(edge, corners, metres) & ~shapely.dwithin(own, corners, metres)]
        if len(close):
            done[at] = shapely.snap(shape, shapely.multipoints(close), metres)
    return done


def _note(rows: Columns, at: int, after: shapely.Geometry, scale: np.ndarray, metres: float) -> Fault:
    before = rows.shapes[at]
    new, gone = _without(after, before), _without(before, after)
    far = max(_far(new, before, scale), _far(gone, after, scale))
    facts = {"tolerance": metres, "vertices": len(new) or len(gone), "moved": round(far, 3)}
    where = shapely.multipoints(new) if len(new) else shapely.boundary(after)
    return Fault(rows.numbers[at], FaultKind.SNAPPED, facts, rows.codes[at], where, Severity.NOTE)


def _without(shape: shapely.Geometry, other: shapely.Geometry) -> np.ndarray:
    """The corners of a shape that another does not have."""
    theirs = set(map(tuple, shapely.get_coordinates(other).tolist()))
    own = dict.fromkeys(map(tuple, shapely.get_coordinates(shape).tolist()))
    return np.array([corner for corner in own if corner not in theirs]).reshape(-1, 2)


def _far(corners: np.ndarray, shape: shapely.Geometry, scale: np.ndarray) -> float:
    """How far the farthest of some corners lies from the border of a shape, in metres."""
    if not len(corners):
        return 0.0
    border = shapely.transform(shapely.boundary(shape), lambda xy: xy * scale)
    return float(shapely.distance(shapely.points(corners * scale), border).max())

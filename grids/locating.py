"""What a position says about its grid: certain, near a border, or none. Plain rules, no Django.

Shared edges and vertices belong to the grid with the lowest code, the same each time; such a point is never
`certain`. The neighbours that the position's circle touches are named with their distances, so that a person
can choose. What lies farther off is a suggestion and never an answer.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from kernel.codes import CodeTable
from kernel.geofence import Circle, circle


class LocateVerdict(CodeTable, table="locate_verdict"):
    CERTAIN = "certain", "确定", "certain"
    NEAR_BORDER = "near_border", "临近边界", "near a border"
    NONE = "none", "不在网格内", "in no grid"


class Near(NamedTuple):
    """A grid that a position is in or near. `metres` to its border, positive inside. `release_id`: of a grid
    that it is in (edges and vertices included), the boundary release that says so."""

    metres: float
    code: str
    grid_id: UUID
    release_id: UUID | None = None


class Located(NamedTuple):
    """The answer for one position. `candidates`, the grid itself among them: deepest inside first, then by
    code. `suggestion`: the nearest grid within the tolerance, when there is neither grid nor candidate."""

    verdict: LocateVerdict
    reason: Circle
    grid: Near | None
    candidates: Sequence[Near]
    suggestion: Near | None = None


def decide(near: Sequence[Near], accuracy_m: float | None, suggestion: Near | None = None) -> Located:
    """The verdict from the grids that the circle touches. `near` is empty where it touches none."""
    if not near:
        return Located(LocateVerdict.NONE, circle(float("-inf"), accuracy_m), None, (), suggestion)
    if len(near) > 1:
        near = sorted(near, key=_deepest_first)
    grid = _owner(near)
    reason = circle((grid or near[0]).metres, accuracy_m)
    verdict = LocateVerdict.CERTAIN if grid and reason is Circle.INSIDE else LocateVerdict.NEAR_BORDER
    return Located(verdict, reason, grid, near)


def _owner(near: Sequence[Near]) -> Near | None:
    """The one that has the point: of several, on a border, the one with the lowest code."""
    having = [one for one in near if one.release_id]
    if len(having) > 1:
        return min(having, key=_code)
    return having[0] if having else None


def _code(one: Near) -> str:
    return one.code


def _deepest_first(one: Near) -> tuple[float, str]:
    return (-one.metres, one.code)

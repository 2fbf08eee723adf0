"""The difference between two sets of grids: what is added, removed, split, merged, moved, renamed.

A grid that keeps its code and shape is the same grid. Of the others, two belong together when at least half
of one lies in the other; groups of such pairs are then named by how many there are on each side:

| before | after | is |
|---|---|---|
| 0 | 1 | added |
| 1 | 0 | removed |
| 1 | 1, one code | moved: another border (or `described`: another name, kind or number of households) |
| 1 | 1, two codes | renamed |
| 1 | many | split |
| many | 1 | merged |
| many | many | redrawn |
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from grids.importing.measuring import square_metres
from kernel.codes import CodeTable

HALF = 0.5


class ChangeKind(CodeTable):
    ADDED = "added", "新增", "added"
    REMOVED = "removed", "撤销", "removed"
    SPLIT = "split", "拆分", "split"
    MERGED = "merged", "合并", "merged"
    MOVED = "moved", "边界调整", "border moved"
    RENAMED = "renamed", "改编码", "another code"
    DESCRIBED = "described", "名称、类型或户数变更", "another name, kind or number of households"
    REDRAWN = "redrawn", "重新划分", "redrawn"


@dataclass(frozen=True, slots=True)
class Side:
    """A grid on one side of the comparison."""

    code: str
    name: str
    kind: str
    households: int | None
    shape: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Change:
    """`area_*` in square metres; households are sums, None where a grid does not tell them."""

    kind: ChangeKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    area_before: float
    area_after: float
    households_before: int | None
    households_after: int | None


def differences(before: Sequence[Side], after: Sequence[Side]) -> list[Change]:
    """Every change, by the first code that it concerns."""
    old, new = _changed(before, after)
    areas = [*_areas(old), *_areas(new)]
    changes = [_change(old, new, areas, *group) for group in _groups(old, new)]
    return sorted(changes, key=lambda change: min(change.before + change.after))


def renamed(gone: Sequence[Side], new: Sequence[Side]) -> list[tuple[str, str]]:
    """Pairs of codes, old and new, of one shape: among grids whose code ends and grids whose code begins."""
    pairs = _pairs(list(gone), list(new))
    return [(gone[a].code, new[b].code) for a, b in pairs if same_shape(gone[a].shape, new[b].shape)]


def _changed(before: Sequence[Side], after: Sequence[Side]) -> tuple[list[Side], list[Side]]:
    """Both sides without the grids that are the same on both."""
    there = {side.code: side for side in before}
    same = {side.code for side in after if side.code in there and _same(there[side.code], side)}
    return [s for s in before if s.code not in same], [s for s in after if s.code not in same]


def _same(one: Side, other: Side) -> bool:
    said = (one.name, one.kind, one.households) == (other.name, other.kind, other.households)
    return said and same_shape(one.shape, other.shape)


def same_shape(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Whether two shapes cover the same ground, wherever their rings begin."""
    return bool(shapely.equals_exact(one, other) or shapely.equals(one, other))


def _groups(old: list[Side], new: list[Side]) -> Iterator[tuple[list[int], list[int]]]:
    """Connected groups of grids that belong together, by their places on both sides."""
    group = list(range(len(old) + len(new)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for a, b in _pairs(old, new):
        group[root(a)] = root(len(old) + b)
    members: dict[int, tuple[list[int], list[int]]] = {}
    for at in range(len(group)):
        sides = members.setdefault(root(at), ([], []))
        sides[at >= len(old)].append(at if at < len(old) else at - len(old))
    yield from members.values()


def _pairs(old: list[Side], new: list[Side]) -> Iterator[tuple[int, int]]:
    if not old or not new:
        return
    where = {side.code: at for at, side in enumerate(new)}
    yield from ((at, where[side.code]) for at, side in enumerate(old) if side.code in where)
    ours = np.array([side.shape for side in old], dtype=object)
    theirs = np.array([side.shape for side in new], dtype=object)
    a, b = shapely.STRtree(theirs).query(ours, predicate="intersects")
    common = shapely.area(shapely.intersection(ours[a], theirs[b]))
    enough = (common >= HALF * shapely.area(ours[a])) | (common >= HALF * shapely.area(theirs[b]))
    yield from zip(a[enough].tolist(), b[enough].tolist(), strict=True)


def _change(
    old: list[Side], new: list[Side], areas: list[float], before: list[int], after: list[int]
) -> Change:
    was, is_ = [old[at] for at in before], [new[at] for at in after]
    return Change(
        _kind(was, is_), tuple(sorted(s.code for s in was)), tuple(sorted(s.code for s in is_)),
        round(sum(areas[at] for at in before), 1), round(sum(areas[len(old) + at] for at in after), 1),
        _households(was), _households(is_),
    )  # fmt: skip


def _kind(before: list[Side], after: list[Side]) -> ChangeKind:
    counts = (min(len(before), 2), min(len(after), 2))
    if counts == (1, 1):
        if before[0].code != after[0].code:
            return ChangeKind.RENAMED
        moved = not same_shape(before[0].shape, after[0].shape)
        return ChangeKind.MOVED if moved else ChangeKind.DESCRIBED
    return {
        (0, 1): ChangeKind.ADDED, (1, 0): ChangeKind.REMOVED, (1, 2): ChangeKind.SPLIT,
        (2, 1): ChangeKind.MERGED,
    }.get(counts, ChangeKind.REDRAWN)  # fmt: skip


def _areas(sides: list[Side]) -> list[float]:
    return [float(area) for area in square_metres(np.array([side.shape for side in sides], dtype=object))]


def _households(sides: list[Side]) -> int | None:
    told = [side.households for side in sides if side.households is not None]
    return sum(told) if sides and len(told) == len(sides) else None

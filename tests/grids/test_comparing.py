"""The difference between two maps, without a database."""

import pytest
import shapely

from grids.comparing import ChangeKind, Side, differences

LEFT, RIGHT = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
BOTH = shapely.box(0, 0, 2, 1)
FAR = shapely.box(9, 0, 10, 1)


def side(code: str, shape: shapely.Geometry, households: int | None = 300, name: str = "网格") -> Side:
    return Side(code, name, "1", households, shape)


CASES = {
    "nothing": ([side("1", LEFT)], [side("1", LEFT)], []),
    "the ring begins elsewhere": ([side("1", LEFT)], [side("1", LEFT.reverse().normalize())], []),
    "added": ([], [side("1", LEFT)], [ChangeKind.ADDED]),
    "removed": ([side("1", LEFT)], [], [ChangeKind.REMOVED]),
    "split": ([side("1", BOTH)], [side("1", LEFT), side("2", RIGHT)], [ChangeKind.SPLIT]),
    "split into new codes": ([side("1", BOTH)], [side("2", LEFT), side("3", RIGHT)], [ChangeKind.SPLIT]),
    "merged": ([side("1", LEFT), side("2", RIGHT)], [side("2", BOTH)], [ChangeKind.MERGED]),
    "moved": ([side("1", LEFT)], [side("1", shapely.box(0, 0, 1.2, 1))], [ChangeKind.MOVED]),
    "moved far": ([side("1", LEFT)], [side("1", FAR)], [ChangeKind.MOVED]),
    "renamed": ([side("1", LEFT)], [side("2", LEFT)], [ChangeKind.RENAMED]),
    "another name": ([side("1", LEFT)], [side("1", LEFT, name="新")], [ChangeKind.DESCRIBED]),
    "another number": ([side("1", LEFT)], [side("1", LEFT, 310)], [ChangeKind.DESCRIBED]),
    "here and there": ([side("1", LEFT)], [side("2", FAR)], [ChangeKind.REMOVED, ChangeKind.ADDED]),
    "redrawn": (
        [side("1", LEFT), side("2", RIGHT)],
        [side("1", shapely.box(0, 0, 2, 0.5)), side("2", shapely.box(0, 0.5, 2, 1))],
        [ChangeKind.REDRAWN],
    ),
}


@pytest.mark.parametrize(("before", "after", "kinds"), CASES.values(), ids=CASES)
def test_changes_are_named(before: list[Side], after: list[Side], kinds: list[ChangeKind]) -> None:
    assert [change.kind for change in differences(before, after)] == kinds


def test_households_are_summed_and_none_where_one_is_not_told() -> None:
    (change,) = differences([side("1", LEFT, 100), side("2", RIGHT, None)], [side("2", BOTH, 250)])
    assert (change.households_before, change.households_after) == (None, 250)

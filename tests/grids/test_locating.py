"""The verdict on a position: certain, near a border, or none (cases G1 and G7, without a database)."""

from uuid import UUID

import pytest

from grids.locating import LocateVerdict, Near, decide
from kernel.geofence import CIRCLE, Circle, circle, radius

RELEASE, A, B = UUID(int=9), UUID(int=1), UUID(int=2)
IN_A, BESIDE_B = Near(30.0, "23010300100101", A, RELEASE), Near(-30.0, "23010300100102", B)


def test_a_circle_inside_is_certain() -> None:
    found = decide([IN_A], 5.0)
    assert (found.verdict, found.grid, found.candidates) == (LocateVerdict.CERTAIN, IN_A, [IN_A])


def test_a_circle_over_the_border_names_both_grids_deepest_first() -> None:
    found = decide([BESIDE_B, IN_A], 40.0)
    assert (found.verdict, found.reason) == (LocateVerdict.NEAR_BORDER, Circle.TOUCHES)
    assert (found.grid, found.candidates) == (IN_A, [IN_A, BESIDE_B])


def test_outside_of_all_a_circle_that_touches_one_gives_a_candidate_and_no_grid() -> None:
    found = decide([BESIDE_B], 40.0)
    assert (found.verdict, found.grid, found.candidates) == (LocateVerdict.NEAR_BORDER, None, [BESIDE_B])


def test_what_lies_farther_off_is_only_a_suggestion() -> None:
    found = decide([], 5.0, BESIDE_B)
    assert (found.verdict, found.grid, found.suggestion) == (LocateVerdict.NONE, None, BESIDE_B)


@pytest.mark.parametrize("near", [[(0.0, "2", B), (0.0, "1", A)], [(0.0, "1", A), (0.0, "2", B)]])
def test_g7_a_shared_edge_belongs_to_the_lowest_code_and_is_never_certain(near: list[tuple]) -> None:
    found = decide([Near(*one, RELEASE) for one in near], 0.1)
    assert found.grid is not None
    assert (found.grid.grid_id, found.verdict) == (A, LocateVerdict.NEAR_BORDER)


def test_g7_a_grid_that_only_touches_the_point_does_not_have_it() -> None:
    found = decide([Near(-0.0, "1", A), Near(0.0, "2", B, RELEASE)], 5.0)
    assert found.grid is not None
    assert found.grid.grid_id == B


@pytest.mark.parametrize(
    ("accuracy", "said"),
    [
        (5.0, Circle.OUTSIDE), (60.0, Circle.ACCURACY_TOO_WIDE), (150.0, Circle.ACCURACY_TOO_WIDE),
        (1414.0, Circle.ACCURACY_TOO_WIDE), (None, Circle.ACCURACY_UNKNOWN), (0.0, Circle.ACCURACY_UNKNOWN),
        (-1.0, Circle.ACCURACY_UNKNOWN), (float("nan"), Circle.ACCURACY_UNKNOWN),
    ],
)  # fmt: skip
def test_g1_sixty_metres_outside(accuracy: float | None, said: Circle) -> None:
    assert circle(-60.0, accuracy) is said


@pytest.mark.parametrize("accuracy", [None, 0.0, -1.0, float("nan"), 50.01])
def test_an_accuracy_that_says_nothing_counts_as_the_widest_circle(accuracy: float | None) -> None:
    assert radius(accuracy) == 50.0 * CIRCLE


def test_the_circle_is_decided_at_its_very_edge() -> None:
    edge = radius(10.0)
    assert (circle(edge, 10.0), circle(-edge, 10.0)) == (Circle.INSIDE, Circle.OUTSIDE)

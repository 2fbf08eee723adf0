"""The grid of a point: one statement, one answer, the same each time (case G7)."""

from datetime import timedelta
from typing import Any

import pytest

from grids.models import GridShape
from grids.selectors import grid_at, grids_near
from kernel import clock as kernel_clock
from tests.places import SINCE, Places, square_district

pytestmark = pytest.mark.django_db

EDGE = (1266050000, 457100000)  # between A1-1 and A1-2
CORNER = (1266100000, 457100000)  # where A1 and A2 meet, four grids
OUTSIDE = (1265000000, 457100000)


@pytest.fixture
def places() -> Places:
    return square_district()


def test_each_point_gets_its_grid_in_the_order_asked(places: Places) -> None:
    names = ["B2-1", "A1-2", "A1-1"]
    hits = grid_at([places.centre(name) for name in names])
    assert [hit and hit.grid_id for hit in hits] == [places.grids[name].id for name in names]


def test_a_hit_names_community_street_and_release(places: Places) -> None:
    (hit,) = grid_at([places.centre("A2-1")])
    assert hit is not None
    assert (hit.community_id, hit.street_id) == (places.areas["A2"].id, places.areas["A"].id)
    assert places.release is not None
    assert hit.release_id == places.release.id


def test_no_grid_is_an_answer(places: Places) -> None:
    assert grid_at([OUTSIDE, places.centre("A1-1")])[0] is None


def test_no_points_cost_no_query(places: Places, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert grid_at([]) == []


def test_a_thousand_points_are_one_statement(places: Places, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert None not in grid_at([places.centre("A1-1")] * 1000)


@pytest.mark.parametrize("point", [EDGE, CORNER], ids=["edge", "corner of four"])
def test_on_a_border_the_lowest_code_has_the_point_a_hundred_times(
    places: Places, point: tuple[int, int]
) -> None:
    answers = {hit.code for hit in grid_at([point] * 100) if hit}
    assert answers == {places.grids["A1-1"].code}


def test_a_shape_counts_only_on_its_days(places: Places) -> None:
    GridShape.objects.filter(id=places.shapes["A1-1"].id).update(valid_to=kernel_clock.today())
    point = places.centre("A1-1")
    assert grid_at([point]) == [None]
    assert grid_at([point], kernel_clock.today() - timedelta(days=1)) != [None]
    assert grid_at([point], SINCE - timedelta(days=1)) == [None]


def test_grids_near_a_point_include_the_neighbours_within_the_distance(places: Places) -> None:
    near_the_edge = (1266095000, 457050000)  # 39 m west of A2
    ids = [places.grids[name].id for name in ("A1-1", "A2-1")]
    assert grids_near([near_the_edge, OUTSIDE], 200) == [ids, []]
    assert grids_near([near_the_edge], 20) == [ids[:1]]

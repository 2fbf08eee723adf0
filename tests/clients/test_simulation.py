import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from gridphone.device import CHINA
from simulation import picture, report, truth
from simulation.story import SHARES, Cell, Storyteller, plan

SQUARE = [[126.6, 45.7], [126.61, 45.7], [126.61, 45.71], [126.6, 45.71], [126.6, 45.7]]
NOW = datetime(2026, 3, 2, 9, tzinfo=CHINA)


def rows(grid: str, /, **levels: int) -> list[dict[str, Any]]:
    return [{"grid": grid, "level": level, "disputes": number} for level, number in levels.items()]


def test_equal_phones_differ_in_nothing() -> None:
    held = {"screening": {"a": 1}, "grid": {"g": 3}}
    assert not truth.compare(held, held)


@pytest.mark.parametrize(
    ("held", "part"),
    [({"s": {}}, "missing"), ({"s": {"a": 1, "b": 1}}, "surplus"), ({"s": {"a": 2}}, "stale")],
)
def test_a_difference_is_named(held: dict[str, dict[str, int]], part: str) -> None:
    found = truth.compare(held, {"s": {"a": 1}})
    assert getattr(found, part)
    assert part in str(found)


def test_a_record_that_came_back_refused_may_have_any_revision() -> None:
    assert not truth.compare({"s": {"a": 7}}, {"s": {"a": truth.ANY}})


def test_lost_has_no_outcome_and_doubled_has_two() -> None:
    assert truth.lost_and_doubled(["a", "b", "c"], {"a": 1, "b": 2}) == (["c"], ["b"])


def test_a_level_below_five_is_counted_in_the_community_only() -> None:
    shown = picture.disclose(rows("23010300100101", grid=5, street=3) + rows("23010300100102", street=2))
    assert shown.grids == {"23010300100101": {"grid": 5}}
    assert shown.communities == {"230103001001": {"street": 5}}
    assert not shown.few


def test_what_is_below_five_in_the_community_shows_no_number() -> None:
    shown = picture.disclose(rows("23010300100101", grid=4))
    assert (shown.grids, shown.communities, shown.few) == ({}, {}, {"230103001001"})


def test_a_community_is_bordered_by_the_edges_that_one_of_its_grids_alone_has() -> None:
    west = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    east = [[x + 1, y] for x, y in west]
    border = picture._border([west, east])
    assert len(border) == 6
    assert ((1.0, 0.0), (1.0, 1.0)) not in border


def test_a_label_stands_in_the_middle_of_the_area_not_of_the_vertices() -> None:
    ring = [[0.0, 0.0], [0.5, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    assert picture._centre([ring]) == pytest.approx((0.5, 0.5))


def test_the_map_is_drawn(tmp_path: Path) -> None:
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    feature = {"properties": {"code": "23010300100101"}, "geometry": shape}
    path = picture.draw([feature], rows("23010300100101", grid=6), tmp_path / "map.png")
    assert path.read_bytes().startswith(b"\x89PNG")


def test_the_plan_has_300_screenings_for_twenty_phones() -> None:
    plans = plan(20, random.Random(1))
    assert sum(map(len, plans)) == sum(SHARES.values()) == 300


@pytest.mark.parametrize("kind", SHARES)
def test_the_same_seed_tells_the_same_story(kind: str) -> None:
    cell = Cell("g", [SQUARE])
    told = [Storyteller(random.Random(7), [cell], [cell], "GCJ02").screening(kind, NOW) for _ in range(2)]
    assert told[0] == told[1]


def test_columns_stand_below_each_other_also_with_chinese_text() -> None:
    lines = report.table(("who", "n"), [("王小明", 1), ("Li", 22)]).splitlines()
    assert {report.width(line) for line in lines} == {report.width(lines[0])}

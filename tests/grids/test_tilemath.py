"""Where tiles lie and what they show: arithmetic without a database."""

import pytest

from grids.serving import tilemath
from grids.serving.tilemath import Box, Tile

HARBIN = (126.65, 45.73)


def test_the_world_is_one_tile() -> None:
    half = tilemath.HALF
    assert Tile(0, 0, 0).box() == pytest.approx((-half, -half, half, half))


@pytest.mark.parametrize("zoom", [4, 10, 13, 16])
def test_a_tile_holds_the_position_it_was_found_by(zoom: int) -> None:
    tile = tilemath.tile_at(*HARBIN, zoom)
    west, south, east, north = tile.reach()
    assert west < HARBIN[0] < east
    assert south < HARBIN[1] < north


def test_a_box_is_covered_row_by_row_without_a_hole() -> None:
    tiles = tilemath.tiles_over(Box(126.6, 45.7, 126.64, 45.72), 15)
    columns, rows = {tile.x for tile in tiles}, {tile.y for tile in tiles}
    assert len(tiles) == len(set(tiles)) == len(columns) * len(rows)
    assert tilemath.tile_at(126.6, 45.72, 15) == tiles[0]


@pytest.mark.parametrize(
    "address",
    [("3", "0", "0"), ("17", "0", "0"), ("10", "1024", "0"), ("10", "-1", "0"), ("10", "1.0", "0"),
     ("x", "0", "0"), ("1²", "0", "0"), ("99999999", "0", "0")],
)  # fmt: skip
def test_what_is_no_tile_is_none(address: tuple[str, str, str]) -> None:
    assert tilemath.parse(*address) is None


def test_the_parent_level_is_drawn_below_the_zoom_of_grids() -> None:
    assert tilemath.levels("places", 11) == ["district", "street", "community"]
    assert tilemath.levels("places", 12)[-1] == "grid"
    assert tilemath.levels("grid", 11) == []


def test_each_zoom_takes_the_coarsest_shape_that_loses_nothing_on_it() -> None:
    found = {zoom: tilemath.columns(zoom)[0] for zoom in (4, 9, 10, 11, 12, 13, 16)}
    assert list(found.values()) == ["geom_z4", "geom_z4", "geom_z10", "geom_z10", "geom_z12", "geom", "geom"]
    units = {"geom_z4": 2 * tilemath.HALF / 2**9 / 4096, "geom_z10": 4.777, "geom_z12": 2.389}
    assert tilemath.tolerances() == pytest.approx(units, rel=1e-3)

"""Coordinate systems: one conversion, exact both ways, refused when not declared (case G10)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from grids import coordinates as co

Floats = NDArray[np.float64]
HARBIN = (126.6424, 45.7567)
DEGREE = 111_320.0


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    dx = (float(a[0]) - float(b[0])) * DEGREE * np.cos(np.radians(float(a[1])))
    return float(np.hypot(dx, (float(a[1]) - float(b[1])) * DEGREE))


def test_the_same_spot_in_every_system_meets_within_two_metres() -> None:
    spots = [co.to_wgs84(*co.from_wgs84(*HARBIN, crs), crs) for crs in co.Crs]
    assert max(metres(spot, HARBIN) for spot in spots) < 0.001


@pytest.mark.parametrize(("crs", "shift"), [("GCJ02", 515), ("BD09", 1297), ("WGS84", 0), ("CGCS2000", 0)])
def test_the_shift_in_harbin_is_the_measured_one(crs: str, shift: int) -> None:
    assert metres(co.from_wgs84(*HARBIN, crs), HARBIN) == pytest.approx(shift, abs=30)


def test_a_published_pair_is_reproduced() -> None:
    # Tiananmen, the pair that libraries print in their documentation.
    assert co.from_wgs84(116.404, 39.915, "GCJ02") == pytest.approx((116.41024449916938, 39.91640428150164))
    bd = co._bd_forward(np.array([116.404]), np.array([39.915]))
    assert (bd[0][0], bd[1][0]) == pytest.approx((116.41036949371029, 39.92133699351021))


@given(lon=st.floats(98, 118), lat=st.floats(24, 41), crs=st.sampled_from(["GCJ02", "BD09"]))
def test_there_and_back_meets_below_a_millimetre(lon: float, lat: float, crs: str) -> None:
    assert metres(co.to_wgs84(*co.from_wgs84(lon, lat, crs), crs), (lon, lat)) < 0.001


@given(lon=st.floats(98, 118), lat=st.floats(24, 41), crs=st.sampled_from(["GCJ02", "BD09"]))
def test_back_and_there_meets_below_a_millimetre(lon: float, lat: float, crs: str) -> None:
    assert metres(co.from_wgs84(*co.to_wgs84(lon, lat, crs), crs), (lon, lat)) < 0.001


def anywhere(count: int) -> tuple[Floats, Floats]:
    """Points all over the shifted area, a kilometre and more away from its edges."""
    rng = np.random.default_rng(10)
    lon, lat = rng.uniform(73.2, 135, 3 * count), rng.uniform(18, 54, 3 * count)
    corners = ((east, north) for east in (-0.015, 0.015) for north in (-0.015, 0.015))
    deep = np.logical_and.reduce([co.shifted_here(lon + east, lat + north) for east, north in corners])
    return lon[deep][:count], lat[deep][:count]


@pytest.mark.parametrize("crs", ["GCJ02", "BD09"])
def test_a_million_points_make_the_round_trip_within_a_millimetre(crs: str) -> None:
    lon, lat = anywhere(1_000_000)
    back_lon, back_lat = co.to_wgs84(*co.from_wgs84(lon, lat, crs), crs)
    assert lon.size == 1_000_000
    assert max(np.abs(back_lon - lon).max(), np.abs(back_lat - lat).max()) * DEGREE < 0.001


def plainly(lon: float, lat: float) -> tuple[float, float]:
    """GCJ-02 as its formulas are printed, sine by sine."""
    x, y, sin = lon - 105.0, lat - 35.0, np.sin
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(abs(x))
    common = (20.0 * sin(6.0 * x * np.pi) + 20.0 * sin(2.0 * x * np.pi)) * 2.0 / 3.0
    east += (20.0 * sin(x * np.pi) + 40.0 * sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    north += (20.0 * sin(y * np.pi) + 40.0 * sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    east += common + (150.0 * sin(x / 12.0 * np.pi) + 300.0 * sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    north += common + (160.0 * sin(y / 12.0 * np.pi) + 320.0 * sin(y * np.pi / 30.0)) * 2.0 / 3.0
    magic = 1.0 - co.ECCENTRICITY_2 * sin(np.radians(lat)) ** 2
    per_lat = co.SEMI_MAJOR * (1.0 - co.ECCENTRICITY_2) / magic**1.5 * np.pi / 180.0
    per_lon = co.SEMI_MAJOR / np.sqrt(magic) * np.cos(np.radians(lat)) * np.pi / 180.0
    return lon + east / per_lon, lat + north / per_lat


def test_the_quick_sines_are_those_of_the_printed_formulas() -> None:
    lon, lat = anywhere(200)
    quick = np.column_stack(co.from_wgs84(lon, lat, "GCJ02"))
    slow = np.array([plainly(*pair) for pair in zip(lon, lat, strict=True)])
    assert np.abs(quick - slow).max() < 1e-12


@pytest.mark.parametrize("place", [(114.1694, 22.3193), (113.5439, 22.1987)], ids=["Hong Kong", "Macao"])
def test_hong_kong_and_macao_are_shifted_as_amap_shifts_them(place: tuple[float, float]) -> None:
    assert 300 < metres(co.to_wgs84(*place, "GCJ02"), place) < 800


@pytest.mark.parametrize("crs", ["GCJ02", "BD09"])
@pytest.mark.parametrize(
    "place",
    [(121.5654, 25.033), (131.8855, 43.1155), (139.69, 35.69), (2.35, 48.85), (-74.0, 40.71), (126.0, 10.0)],
    ids=["Taipei", "Vladivostok", "Tokyo", "Paris", "New York", "Pacific"],
)
def test_outside_there_is_no_shift(place: tuple[float, float], crs: str) -> None:
    assert co.to_wgs84(*place, crs) == place == co.from_wgs84(*place, crs)


@pytest.mark.parametrize("crs", ["", None, "gcj02", "EPSG:4326", "GCJ-02"])
def test_an_undeclared_system_is_refused(crs: str | None) -> None:
    with pytest.raises(ValueError, match="not declared"):
        co.to_wgs84(*HARBIN, crs)  # type: ignore[arg-type]  # because the wrong is meant


@pytest.mark.parametrize("lon", [np.nan, np.inf, 181.0])
def test_a_coordinate_that_is_none_is_refused(lon: float) -> None:
    with pytest.raises(ValueError, match="coordinate"):
        co.to_wgs84(lon, 45.0, "WGS84")


def test_a_mixed_batch_keeps_its_order_and_leaves_wgs84_untouched() -> None:
    spot = (1266424000, 457567000)
    gcj = [round(float(v) * 1e7) for v in co.from_wgs84(*HARBIN, "GCJ02")]
    answer = co.to_wgs84_e7([(*spot, "WGS84"), (gcj[0], gcj[1], "GCJ02"), (*spot, "CGCS2000")])
    assert answer[0] == answer[2] == spot
    assert np.abs(np.subtract(answer[1], spot)).max() <= 1


def test_no_points_are_no_work() -> None:
    assert co.to_wgs84_e7([]) == []
    assert co.to_wgs84([], [], "GCJ02")[0].size == 0

"""Coordinate systems: one conversion, exact both ways, refused when not declared (case G10)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grids import coordinates as co

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


def test_a_thousand_random_points_make_the_round_trip_at_once() -> None:
    rng = np.random.default_rng(10)
    lon, lat = rng.uniform(100, 118, 1000), rng.uniform(25, 41, 1000)
    back_lon, back_lat = co.to_wgs84(*co.from_wgs84(lon, lat, "BD09"), "BD09")
    assert max(np.abs(back_lon - lon).max(), np.abs(back_lat - lat).max()) < 1e-8


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

"""Gauss-Krüger belts of CGCS2000: there and back, and beside PROJ's own figures."""

import numpy as np
import pytest

from grids import projection


def test_a_million_points_come_back_to_a_hundredth_of_a_millimetre() -> None:
    dice = np.random.default_rng(1)
    lon, lat = dice.uniform(123.5, 128.5, 1_000_000), dice.uniform(3, 54, 1_000_000)
    back_lon, back_lat = projection.to_degrees(*projection.to_metres(lon, lat, 126.0), 126.0)
    assert max(np.abs(back_lon - lon).max(), np.abs(back_lat - lat).max()) < 1e-10


@pytest.mark.parametrize(
    ("lon", "lat", "easting", "northing"),
    [
        # gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:4551, PROJ 9.1
        (126.0, 45.0, 500000.0, 4984944.3779),
        (126.63, 45.75, 549021.1749, 5068491.7602),
        (128.9, 53.5, 692417.2692, 5934181.7192),
    ],
)
def test_proj_gives_the_same_metres(lon: float, lat: float, easting: float, northing: float) -> None:
    found = projection.to_metres(np.array([lon]), np.array([lat]), 126.0)
    assert np.ravel(found).tolist() == pytest.approx([easting, northing], abs=1e-3)


def test_the_codes_run_from_75_to_135_degrees() -> None:
    assert [projection.central_meridian(code) for code in (4534, 4551, 4554)] == [75.0, 126.0, 135.0]
    with pytest.raises(ValueError, match="4533"):
        projection.central_meridian(4533)

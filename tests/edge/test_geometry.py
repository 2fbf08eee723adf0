"""The strict geometry field: valid or refused, never repaired."""

import math
import time
from typing import Any

import pytest

from edge.fields import parse_geometry
from kernel.problems import Problem

SQUARE = [[126.6, 45.7], [126.61, 45.7], [126.61, 45.71], [126.6, 45.71], [126.6, 45.7]]
BOWTIE = [[126.6, 45.7], [126.61, 45.71], [126.61, 45.7], [126.6, 45.71], [126.6, 45.7]]
BAD: dict[str, Any] = {
    "text": "POINT(126 45)",
    "hex": "0101000020E61000000000000000805F400000000000804640",
    "a declared system": {"type": "Point", "coordinates": [126.6, 45.7], "crs": {}},
    "a type off the list": {"type": "GeometryCollection", "coordinates": []},
    "three dimensions": {"type": "Point", "coordinates": [126.6, 45.7, 1]},
    "NaN": {"type": "Point", "coordinates": [math.nan, 45.7]},
    "infinity": {"type": "Point", "coordinates": [math.inf, 45.7]},
    "text numbers": {"type": "Point", "coordinates": ["126.6", "45.7"]},
    "true": {"type": "Point", "coordinates": [True, 45.7]},
    "swapped axes": {"type": "Point", "coordinates": [45.7, 126.6]},
    "empty": {"type": "Polygon", "coordinates": []},
    "an open ring": {"type": "Polygon", "coordinates": [SQUARE[:-1]]},
    "a null vertex": {"type": "Polygon", "coordinates": [[*SQUARE[:-1], None, SQUARE[0]]]},
    "self-crossing": {"type": "Polygon", "coordinates": [BOWTIE]},
    "a hole outside": {"type": "Polygon", "coordinates": [SQUARE, [[x + 1, y] for x, y in SQUARE]]},
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_a_bad_geometry_is_refused(data: Any) -> None:
    with pytest.raises(Problem) as caught:
        parse_geometry(data, types={"Point", "Polygon"}, max_vertices=64)
    assert caught.value.code == "bad_geometry"


def test_a_ring_with_too_many_vertices_is_refused_at_once() -> None:
    ring = [[126.6 + (n % 997) * 1e-5, 45.7 + (n % 991) * 1e-5] for n in range(5001)]
    started = time.perf_counter()
    with pytest.raises(Problem, match="bad_geometry"):
        parse_geometry(
            {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, types={"Polygon"}, max_vertices=5000
        )
    assert time.perf_counter() - started < 1


def test_a_valid_square_is_taken_in_wgs84() -> None:
    square = parse_geometry({"type": "Polygon", "coordinates": [SQUARE]}, types={"Polygon"}, max_vertices=64)
    assert (square.srid, square.valid, square.num_coords) == (4326, True, 5)

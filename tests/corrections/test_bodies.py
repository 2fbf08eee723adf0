"""What a phone may send as a visit: one point at one moment, and nothing about anybody else."""

from typing import Any

import msgspec
import pytest

from corrections.bodies import VisitBody

POINT = {"lon_e7": 1_266_050_000, "lat_e7": 457_050_000, "crs": "GCJ02", "accuracy_cm": 800}
DUE = "01980000-0000-7000-8000-000000000001"


def parsed(**changes: Any) -> VisitBody:
    return msgspec.convert({"outcome": "met", "due": DUE, "point": POINT} | changes, VisitBody)


def test_a_visit_with_a_declared_system_is_read() -> None:
    body = parsed()
    assert body.point is not None
    assert body.point.crs == "GCJ02"


@pytest.mark.parametrize(
    "changes",
    [
        {"point": {key: value for key, value in POINT.items() if key != "crs"}},
        {"point": POINT | {"crs": "EPSG:4326"}},
        {"point": POINT | {"lon_e7": 126.605}},
        {"point": POINT | {"lat_e7": 0}},
        {"outcome": "fine"},
        {"category": "02"},
    ],
)
def test_what_is_not_declared_or_not_known_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        parsed(**changes)


@pytest.mark.law("CCL-34a")
def test_a_few_fixes_of_one_moment_are_taken() -> None:
    assert len(parsed(repeats=[POINT] * 4).repeats) == 4


@pytest.mark.law("SF-1")
@pytest.mark.law("CCL-34a")
def test_a_track_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        parsed(repeats=[POINT] * 5)


@pytest.mark.law("CCL-26")
def test_an_attempt_at_the_door_is_taken() -> None:
    assert parsed(outcome="not_reached", way="door").way == "door"


@pytest.mark.law("CCL-26")
@pytest.mark.parametrize("way", ["neighbour", "employer", "school"])
def test_asking_neighbours_employer_or_school_is_no_way(way: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        parsed(outcome="not_reached", way=way)

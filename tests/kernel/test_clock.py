"""The one clock and the local day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kernel import clock


@pytest.mark.parametrize(
    ("local", "day"),
    [("00:05", "2026-03-02"), ("15:59", "2026-03-02"), ("16:01", "2026-03-02"), ("23:59", "2026-03-02")],
)
def test_w1_the_local_day_is_the_one_in_shanghai(local: str, day: str) -> None:
    at = datetime.fromisoformat(f"2026-03-02T{local}:00+08:00").astimezone(UTC)
    assert clock.local_day(at) == date.fromisoformat(day)


def test_a_day_is_half_open() -> None:
    day = date(2026, 3, 2)
    assert clock.day_end(day) == clock.day_start(day + timedelta(days=1))
    assert clock.local_day(clock.day_end(day) - timedelta(microseconds=1)) == day


def test_the_offset_moves_the_running_clock() -> None:
    before = clock.now()
    clock.set_offset(timedelta(days=30))
    try:
        assert timedelta(days=30) <= clock.now() - before < timedelta(days=30, seconds=5)
    finally:
        clock.set_offset(timedelta())


def test_a_frozen_clock_moves_only_when_told() -> None:
    with clock.frozen(datetime(2026, 3, 2, 1, tzinfo=UTC)) as moving:
        assert clock.now() == clock.now()
        moving.move(timedelta(hours=2))
        assert clock.now() == datetime(2026, 3, 2, 3, tzinfo=UTC)

"""What a device's time is worth."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sync.times import TOO_NEW, TOO_OLD, Limits, judge, offset_ms

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LIMITS = Limits()
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("ahead", "skewed", "code"),
    [
        (-30 * DAY, False, ""),
        (-30 * DAY - MINUTE, False, TOO_OLD),
        (timedelta(), False, ""),
        (5 * MINUTE, False, ""),
        (6 * MINUTE, True, ""),
        (24 * HOUR, True, ""),
        (24 * HOUR + MINUTE, True, TOO_NEW),
        (8 * 365 * DAY, True, TOO_NEW),
    ],
)
def test_a_time_without_a_measured_offset(ahead: timedelta, skewed: bool, code: str) -> None:
    judged = judge(NOW + ahead, NOW, 0, LIMITS)
    assert (judged.skewed, judged.code) == (skewed, code)


def test_a_time_is_never_after_its_arrival() -> None:
    assert judge(NOW + HOUR, NOW, 0, LIMITS).at == NOW


def test_a_measured_offset_corrects_and_marks() -> None:
    wrong = NOW + 3000 * DAY
    judged = judge(wrong - HOUR, NOW, offset_ms(wrong, NOW), LIMITS)
    assert (judged.at, judged.skewed, judged.code) == (NOW - HOUR, True, "")


def test_an_offset_that_was_not_told_is_none() -> None:
    assert offset_ms(None, NOW) == 0


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), TOO_OLD),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))), TOO_NEW),
        (datetime(1970, 1, 1, tzinfo=UTC), TOO_OLD),
    ],
)
def test_the_edges_of_the_calendar_wait_for_a_person(said: datetime, code: str) -> None:
    judged = judge(said, NOW, 0, LIMITS)
    assert (judged.code, judged.at.tzinfo) == (code, UTC)

"""Where nobody is on duty: plain arithmetic on half-open spans."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.roster import Span, holes, warn_from

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def span(first: float, last: float) -> Span:
    return DAY + timedelta(hours=first), DAY + timedelta(hours=last)


@pytest.mark.parametrize(
    ("shifts", "expected"),
    [
        ([], [span(0, 24)]),
        ([span(0, 24)], []),
        ([span(-8, 8), span(8, 30)], []),
        ([span(12, 20), span(0, 8)], [span(8, 12), span(20, 24)]),
        ([span(0, 20), span(2, 4)], [span(20, 24)]),
        ([span(24, 48)], [span(0, 24)]),
    ],
)
def test_holes_are_what_no_shift_covers(shifts: list[Span], expected: list[Span]) -> None:
    assert list(holes(shifts, span(0, 24))) == expected


def test_a_hole_is_shown_three_days_before() -> None:
    assert warn_from(DAY, 3) == DAY - timedelta(days=3)

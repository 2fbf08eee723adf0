from datetime import UTC, datetime, timedelta
from math import inf, nan

import pytest

from corrections.codes import PlaceReason as R
from corrections.codes import PlaceVerdict as V
from corrections.place import Absences, Fix, Placed, judge, latest, outside
from kernel.ids import uuid7

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def fix(distance: float | None, accuracy: float | None = 5.0, at: datetime | None = NOON) -> Fix:
    return Fix(distance, accuracy, at)


def verdict(*fixes: Fix, received: datetime = NOON) -> V:
    return judge(fixes, received_at=received).verdict


@pytest.mark.parametrize("accuracy", [60, 150, 1414, None, 0, -1, nan, inf])
def test_g1_a_fix_with_a_poor_accuracy_60_m_outside_is_undecided(accuracy: float | None) -> None:
    assert verdict(fix(-60, accuracy)) == V.UNDECIDED


@pytest.mark.law("CCM-26b")
def test_g1_a_sharp_fix_60_m_outside_is_outside() -> None:
    found = judge([fix(-60, 5)], received_at=NOON)
    assert (found.verdict, found.reasons) == (V.OUTSIDE, (R.CIRCLE_OUTSIDE,))


@pytest.mark.law("CCM-26b")
def test_without_a_leave_area_nothing_is_outside() -> None:
    found = judge([fix(None)], received_at=NOON)
    assert (found.verdict, found.reasons) == (V.UNDECIDED, (R.NO_LEAVE_AREA,))


@pytest.mark.parametrize(
    ("distance", "expected"),
    [(54.6, V.INSIDE), (54.4, V.UNDECIDED), (-54.4, V.UNDECIDED), (-54.6, V.OUTSIDE)],
)
def test_the_circle_decides_at_109_hundredths_of_the_accuracy(distance: float, expected: V) -> None:
    assert verdict(fix(distance, 50)) == expected


def test_repeated_fixes_that_disagree_decide_nothing() -> None:
    found = judge([fix(-60), fix(60)], received_at=NOON)
    assert (found.verdict, found.reasons) == (V.UNDECIDED, (R.FIXES_DISAGREE,))


def test_an_approved_absence_permits_what_lies_outside() -> None:
    absence = (NOON - timedelta(days=1), NOON + timedelta(days=1))
    found = judge([fix(-600)], received_at=NOON, absences=Absences([absence]))
    assert (found.verdict, found.reasons) == (V.PERMITTED, (R.ON_APPROVED_LEAVE, R.CIRCLE_OUTSIDE))


def test_an_absence_that_has_ended_permits_nothing() -> None:
    found = judge([fix(-600)], received_at=NOON, absences=Absences([(NOON - timedelta(days=1), NOON)]))
    assert found.verdict == V.OUTSIDE


def test_no_point_is_undecided_with_its_reason() -> None:
    assert judge([], received_at=NOON).reasons == (R.NO_POINT,)


def test_what_was_converted_and_late_says_so() -> None:
    late = Fix(500, 5, NOON - timedelta(hours=2), converted=True)
    assert judge([late], received_at=NOON).reasons == (R.CIRCLE_INSIDE, R.ARRIVED_LATE, R.SYSTEM_CONVERTED)


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (NOON.replace(year=2034), R.FIX_IN_FUTURE),
        (NOON + timedelta(minutes=10), R.FIX_IN_FUTURE),
        (datetime(1970, 1, 1, tzinfo=UTC), R.FIX_TOO_OLD),
        (None, R.FIX_TIME_MISSING),
    ],
)
def test_g4_a_wrong_time_is_flagged_undecided_and_never_the_latest(at: datetime | None, reason: R) -> None:
    found = judge([fix(-600, at=at)], received_at=NOON)
    assert (found.verdict, found.reasons[0], found.trusted) == (V.UNDECIDED, reason, False)


def placed(minutes: int, found: V, received: int | None = None) -> Placed:
    arrived = minutes if received is None else received
    return Placed(NOON + timedelta(minutes=minutes), NOON + timedelta(minutes=arrived), uuid7(), found)


def test_g4_a_point_dated_years_ahead_does_not_become_the_latest() -> None:
    ahead = NOON.replace(year=2034)
    wrong = Placed(ahead, NOON, uuid7(), judge([fix(-600, at=ahead)], received_at=NOON).verdict)
    normal = placed(0, V.INSIDE)
    assert latest([wrong, normal]) == latest([normal, wrong]) == normal


def test_g3_old_points_that_arrive_later_raise_nothing() -> None:
    now_inside = placed(0, V.INSIDE)
    late = [placed(-120, V.OUTSIDE, received=5), placed(-90, V.INSIDE, received=5)]
    assert outside([now_inside, *late]) is None
    assert latest([now_inside, *late]) == now_inside


def test_g3_what_stands_carries_both_times_and_since_when() -> None:
    newest = placed(-30, V.OUTSIDE, received=10)
    found = outside([newest, placed(-60, V.OUTSIDE), placed(-90, V.INSIDE)])
    assert found is not None
    assert (found.since, found.fix_at) == (NOON - timedelta(minutes=60), newest.fix_at)
    assert (found.received_at, found.visit_id) == (newest.received_at, newest.visit_id)


def test_g3_late_data_takes_back_what_stood() -> None:
    history = [placed(0, V.OUTSIDE)]
    assert outside(history) is not None
    assert outside([*history, placed(2, V.INSIDE, received=90)]) is None


def test_g3_the_order_of_arrival_changes_nothing() -> None:
    history = [placed(0, V.INSIDE), placed(5, V.OUTSIDE), placed(9, V.UNDECIDED), placed(7, V.OUTSIDE)]
    assert outside(history) == outside(history[::-1])


def test_undecided_points_neither_raise_nor_take_back() -> None:
    assert outside([placed(0, V.UNDECIDED)]) is None
    assert outside([placed(0, V.OUTSIDE), placed(5, V.UNDECIDED)]) is not None

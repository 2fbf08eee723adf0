"""How often a caller may call, counted by two numbers."""

import pytest

from edge.counting import Calls

MINUTE = 60


def _taken(calls: Calls, times: int, now: float, limit: int = 10) -> list[bool]:
    return [calls.take("a", limit, MINUTE, now) == 0 for _ in range(times)]


def test_up_to_the_limit_every_call_is_taken() -> None:
    assert _taken(Calls(), 11, now=30.0) == [True] * 10 + [False]


def test_callers_do_not_count_for_each_other() -> None:
    calls = Calls()
    _taken(calls, 10, now=30.0)
    assert calls.take("b", 10, MINUTE, 30.0) == 0


def test_at_the_turn_of_a_period_nobody_gets_twice_the_limit() -> None:
    calls = Calls()
    _taken(calls, 10, now=59.9)
    assert _taken(calls, 10, now=60.1) == [False] * 10


def test_half_a_period_later_half_of_it_is_free() -> None:
    calls = Calls()
    _taken(calls, 10, now=30.0)
    assert _taken(calls, 10, now=90.0).count(True) == 5


def test_after_two_silent_periods_all_of_it_is_free() -> None:
    calls = Calls()
    _taken(calls, 10, now=30.0)
    assert all(_taken(calls, 10, now=180.0))


@pytest.mark.parametrize("now", [5.0, 30.0, 59.0])
def test_after_the_wait_that_was_said_a_call_is_taken_and_not_before(now: float) -> None:
    calls = Calls()
    _taken(calls, 10, now=now)
    wait = calls.take("a", 10, MINUTE, now)
    assert calls.take("a", 10, MINUTE, now + wait - 0.01) > 0
    assert calls.take("a", 10, MINUTE, now + wait + 0.01) == 0


def test_with_a_limit_of_one_the_next_call_waits_until_the_last_is_out_of_the_window() -> None:
    calls = Calls()
    calls.take("a", 1, MINUTE, 70.0)
    assert calls.take("a", 1, MINUTE, 119.0) > 0
    assert calls.take("a", 1, MINUTE, 179.0) > 0
    assert calls.take("a", 1, MINUTE, 181.0) == 0


def test_who_was_silent_longest_is_forgotten_first() -> None:
    calls = Calls(most=2)
    for key in ("a", "b", "a", "c"):
        calls.take(key, 1, MINUTE, 30.0)
    assert calls.take("b", 1, MINUTE, 30.0) == 0
    assert calls.take("c", 1, MINUTE, 30.0) > 0

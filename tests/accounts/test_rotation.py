from datetime import UTC, datetime, timedelta

import pytest

from accounts.rotation import Presented, Verdict, decide

USED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
S, M = timedelta(seconds=1), timedelta(minutes=1)


def verdict(nonce: str, age: timedelta, *, successor_used: bool = False) -> Verdict:
    return decide(Presented(USED, "first", successor_used), nonce=nonce, at=USED + age)


def test_an_unused_token_is_minted_from() -> None:
    assert decide(Presented(None, "", False), nonce="n", at=USED) is Verdict.MINT


@pytest.mark.parametrize("successor_used", [False, True])
@pytest.mark.parametrize("age", [0 * S, 5 * S, 10 * M])
def test_the_same_nonce_within_ten_minutes_gets_the_same_successor(
    age: timedelta, successor_used: bool
) -> None:
    assert verdict("first", age, successor_used=successor_used) is Verdict.REPEAT


def test_the_same_nonce_after_ten_minutes_is_a_replay() -> None:
    assert verdict("first", 10 * M + S) is Verdict.REUSE


@pytest.mark.parametrize("age", [0 * S, 30 * S])
def test_a_second_nonce_at_once_is_a_race_of_one_client(age: timedelta) -> None:
    assert verdict("second", age) is Verdict.REPEAT


def test_a_second_nonce_later_is_a_replay() -> None:
    assert verdict("second", 31 * S) is Verdict.REUSE


def test_a_second_nonce_is_a_replay_as_soon_as_the_successor_was_used() -> None:
    assert verdict("second", 0 * S, successor_used=True) is Verdict.REUSE

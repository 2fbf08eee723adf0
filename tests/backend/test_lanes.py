"""Phones have places of their own; who is put off comes back when there is room, one after another."""

import pytest

from backend.lanes import LATEST_S, Line, is_phones


def line(*, places: int = 2, longest_s: float = 1.0, most: int = 100, takes_s: float = 0.5) -> Line:
    return Line(places, longest_s, most, takes_s=takes_s)


@pytest.mark.parametrize(
    "start",
    [
        b"POST /api/v1/sync/push HTTP", b"POST /api/v1/sync/rxdb/task/pull", b"PATCH /api/v1/sync/files/0",
        b"", b"\x16\x03\x01",
    ],
)  # fmt: skip
def test_what_phones_ask_and_what_cannot_be_told_is_of_phones(start: bytes) -> None:
    assert is_phones(start)


@pytest.mark.parametrize(
    "start",
    [b"GET /api/v1/disputes HTTP/1.1", b"GET /api/v1/sync/inbox", b"GET /api/v1/sync/status", b"GET / HTTP"],
)
def test_what_staff_ask_is_not(start: bytes) -> None:
    assert not is_phones(start)


def test_as_many_are_served_as_there_are_places_the_rest_wait_in_their_order() -> None:
    phones = line()
    assert [phones.come(name, 0.0) for name in "abc"] == [None, None, None]
    assert [phones.next(), phones.next(), phones.next()] == ["a", "b", None]
    phones.done(0.5)
    assert phones.next() == "c"


def test_the_wait_is_foreseen_from_the_line_and_from_what_a_request_takes() -> None:
    phones = line()
    for name in "abcd":
        phones.come(name, 0.0)
    assert phones.wait_s() == 3 * 0.5 / 2


def test_who_would_wait_too_long_is_put_off() -> None:
    phones = line(longest_s=0.0, places=1)
    assert phones.come("a", 0.0) is None
    assert phones.come("b", 0.0) == 1


def test_a_full_line_takes_nobody() -> None:
    phones = line(most=1)
    phones.come("a", 0.0)
    assert phones.come("b", 0.0) is not None


def test_those_put_off_come_back_at_the_pace_at_which_phones_are_served() -> None:
    phones = line(places=1, longest_s=0.0, takes_s=2.0)
    phones.come("a", 0.0)
    assert [phones.come(number, 0.0) for number in range(3)] == [4, 6, 8]


def test_nobody_is_put_off_for_longer_than_five_minutes() -> None:
    phones = line(places=1, longest_s=0.0, takes_s=10_000.0)
    phones.come("a", 0.0)
    assert phones.come("b", 0.0) == LATEST_S


def test_what_a_request_takes_is_learnt() -> None:
    phones = line(takes_s=0.0)
    phones.come("a", 0.0)
    phones.next()
    phones.done(1.0)
    assert 0 < phones.takes_s < 1

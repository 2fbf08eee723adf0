"""Sealing to a key that is not here: both printed halves open, one alone nothing."""

import pytest

from kernel import sealing
from kernel.crypto import CannotOpenError

PRIVATE, PUBLIC = sealing.new_pair()


def test_what_is_sealed_opens_with_the_private_key_in_its_place_only() -> None:
    sealed = sealing.seal_to(PUBLIC, b"a key", b"place")
    assert sealing.unseal(PRIVATE, sealed, b"place") == b"a key"
    with pytest.raises(CannotOpenError):
        sealing.unseal(PRIVATE, sealed, b"elsewhere")


def test_the_same_is_never_sealed_alike_twice() -> None:
    assert sealing.seal_to(PUBLIC, b"a key", b"") != sealing.seal_to(PUBLIC, b"a key", b"")


@pytest.mark.parametrize("damage", [b"", b"s1", b"x" * 100])
def test_what_was_not_sealed_does_not_open(damage: bytes) -> None:
    with pytest.raises(CannotOpenError):
        sealing.unseal(PRIVATE, damage, b"")


def test_both_halves_make_the_key_and_one_does_not() -> None:
    first, second = sealing.halves(PRIVATE)
    assert sealing.joined(first, second) == sealing.joined(second, first) == PRIVATE
    assert PRIVATE not in (first, second)
    sealed = sealing.seal_to(PUBLIC, b"a key", b"")
    for half in (first, second):
        with pytest.raises(CannotOpenError):
            sealing.unseal(half, sealed, b"")


def test_a_half_is_read_as_it_was_printed_whatever_case_and_spaces() -> None:
    half, _ = sealing.halves(PRIVATE)
    text = sealing.printed(half)
    assert sealing.read_printed(f" {text.lower().replace('-', ' ')}\n") == half


@pytest.mark.parametrize("text", ["", "AAAA", "0189", "A" * 56, "中文"])
def test_a_typing_mistake_is_noticed(text: str) -> None:
    with pytest.raises(sealing.BadHalfError):
        sealing.read_printed(text)

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import tokens

KEY = b"k" * 32
IDS = {"token_id": uuid4(), "family_id": uuid4(), "generation": 7, "device_id": uuid4()}


def test_a_token_names_its_row_and_can_be_said_again() -> None:
    token = tokens.refresh_token(KEY, **IDS)
    assert len(token) == 64
    assert tokens.refresh_token_id(token) == IDS["token_id"]
    assert tokens.refresh_token(KEY, **IDS) == token


@pytest.mark.parametrize("part", IDS)
def test_a_token_serves_one_row_of_one_family_on_one_device(part: str) -> None:
    other = IDS | {part: 8 if part == "generation" else uuid4()}
    assert not tokens.refresh_token_is(tokens.refresh_token(KEY, **IDS), KEY, **other)


def test_a_token_under_another_key_is_not_ours() -> None:
    assert not tokens.refresh_token_is(tokens.refresh_token(b"x" * 32, **IDS), KEY, **IDS)


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    tokens.refresh_token_id(text)
    tokens.code_parts(text)
    assert not tokens.refresh_token_is(text, KEY, **IDS)


def test_a_code_has_more_than_64_secret_bits_and_is_read_as_typed() -> None:
    selector, secret = tokens.new_code()
    text = tokens.code_text(selector, secret)
    assert tokens.SECRET * 5 >= 64
    assert tokens.code_parts(text) == tokens.code_parts(text.lower().replace("-", " ")) == (selector, secret)


def test_look_alikes_are_read_as_what_they_look_like() -> None:
    assert tokens.code_parts("O" * 10 + "iL" * 5) == ("000000", "0000" + "11" * 5)


def test_a_thousand_codes_are_a_thousand_codes() -> None:
    assert len({tokens.new_code() for _ in range(1000)}) == 1000

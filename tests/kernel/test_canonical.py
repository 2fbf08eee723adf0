"""Canonical JSON equals RFC 8785 on what phones may send, and refuses the rest."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kernel.canonical import MAX_SAFE_INTEGER, NotCanonicalError, canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.text(st.characters(max_codepoint=127, exclude_categories=["Cs"]), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER) | TEXT
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
)


@given(VALUES)
def test_the_bytes_are_those_of_the_reference(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value", [1.0, {"a": 0.5}, 2**53, {"街": 1}, ["\ud800"], {1: "a"}, (1, 2), {"a": float("nan")}]
)
def test_what_languages_write_differently_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(value)

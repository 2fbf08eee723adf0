"""Byte ranges of RFC 9110, as far as a phone on a bad network uses them."""

import pytest

from grids.serving.ranges import NotSatisfiableError, Span, span

TAG = '"abc"'


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bytes=0-9", Span(0, 9)), ("bytes=90-", Span(90, 99)), ("bytes=90-500", Span(90, 99)),
        ("bytes=-10", Span(90, 99)), ("bytes=-500", Span(0, 99)), ("", None), ("bytes=0-1,5-6", None),
        ("lines=0-1", None), ("bytes=9-3", None), ("bytes=-", None), ("bytes=x-y", None),
    ],
)  # fmt: skip
def test_one_range_is_sent_and_anything_else_is_the_whole(asked: str, found: Span | None) -> None:
    assert span(asked, "", TAG, 100) == found


def test_a_range_holds_only_for_the_same_content() -> None:
    assert span("bytes=5-", TAG, TAG, 100) == Span(5, 99)
    assert span("bytes=5-", '"older"', TAG, 100) is None


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=-0"])
def test_what_begins_behind_the_end_is_told(asked: str) -> None:
    with pytest.raises(NotSatisfiableError):
        span(asked, "", TAG, 100)

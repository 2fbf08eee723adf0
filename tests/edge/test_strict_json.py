"""Bodies that are refused before anybody looks at them (security: Input 1)."""

import pytest

from edge import strict_json
from kernel.problems import Problem

BAD = {
    "not utf-8": b'{"a": "\xff"}',
    "duplicate keys": b'{"a": 1, "a": 2}',
    "nested too deep": b"[" * 17 + b"]" * 17,
    "deep far beyond recursion": b"[" * 100_000,
    "deep inside objects": b'{"a":' * 17 + b"1" + b"}" * 17,
    "beyond a double": b'{"a": 1e999}',
    "NaN": b'{"a": NaN}',
    "Infinity": b"[Infinity]",
    "an endless integer": b"[" + b"9" * 5000 + b"]",
    "a NUL escape": b'{"a": "\\u0000"}',
    "a raw NUL": b'{"a": "\x00"}',
    "a lone surrogate": b'{"a": "\\ud800"}',
    "a lone surrogate in a key": b'{"\\udfff": 1}',
    "cut off": b'{"a": ',
    "nothing": b"",
    "a byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_a_bad_body_is_refused_with_a_reason(body: bytes) -> None:
    with pytest.raises(Problem) as caught:
        strict_json.loads(body)
    assert caught.value.code == "invalid_json"
    assert caught.value.detail


def test_brackets_inside_texts_are_no_nesting() -> None:
    assert strict_json.loads(b'["' + b"[{" * 50 + b'\\""]') == ["[{" * 50 + '"']


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert strict_json.loads(b'"\\ud83d\\ude00"') == "\U0001f600"


def test_sixteen_levels_are_taken() -> None:
    assert strict_json.loads(b"[" * 16 + b"]" * 16) is not None

"""JSON as we take it: UTF-8, no duplicate keys, bounded depth, finite numbers, no NUL and no lone
surrogate."""

import json
import math
import re
from typing import Any, NoReturn

from edge.conf import setting
from kernel.problems import Problem

_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_BAD_TEXT = re.compile("[\x00\ud800-\udfff]")
_BAD_ESCAPE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def loads(body: bytes, *, texts: bool = True) -> Any:
    """The value of a JSON body. Problem `invalid_json` with the reason for everything that is refused.

    `texts=False` leaves NUL and lone surrogates to the caller.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        _refuse("not UTF-8")
    check_depth(body)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_float=_finite,
            parse_constant=lambda name: _refuse(f"{name} is not a JSON number"),
        )
    except (ValueError, RecursionError) as error:
        _refuse(str(error) if isinstance(error, json.JSONDecodeError) else "a number that cannot be read")
    if texts and (_BAD_ESCAPE.search(body) or "\x00" in text):
        check_text(value)
    return value


def check_depth(body: bytes) -> None:
    """Refuse nesting beyond the limit before anything is parsed.

    Each pass removes the innermost pairs, so there are as many passes as levels, however long the body is.
    """
    limit = setting("JSON_DEPTH_MAX")
    left = _STRINGS.sub(b"", body).translate(_ONE_KIND, _NO_BRACKETS)
    for _ in range(limit):
        left = left.replace(b"[]", b"")
    # What is left and shrinks again is deeper; what does not shrink is unbalanced, for the parser to say.
    if len(left) > limit or b"[]" in left:
        _refuse(f"nested deeper than {limit}")


def check_text(value: Any) -> None:
    """Refuse NUL and lone surrogates in any key or text of a parsed value."""
    if isinstance(value, str):
        if _BAD_TEXT.search(value):
            _refuse("a NUL or a lone surrogate in a text")
    elif isinstance(value, dict):
        for key, entry in value.items():
            check_text(key)
            check_text(entry)
    elif isinstance(value, list):
        for entry in value:
            check_text(entry)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        _refuse("a key stands twice in one object")
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse("a number beyond what can be stored")
    return number


def _refuse(reason: str) -> NoReturn:
    raise Problem("invalid_json", reason)

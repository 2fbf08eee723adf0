"""Canonical JSON (RFC 8785) for what phones sign: integers, ASCII keys, no floats.

Under these rules the standard's number and key ordering questions disappear, so that a phone in any language
makes
the same bytes by sorting keys.
"""

import json
from hashlib import sha256
from typing import Any

MAX_SAFE_INTEGER = 2**53 - 1


class NotCanonicalError(ValueError):
    """The value has a float, an integer beyond 2^53-1, a key that is not ASCII, or a lone surrogate."""


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of a JSON value of dict, list, str, int, bool, None. Raises NotCanonicalError."""
    _check(value)
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError("a lone surrogate") from error


def digest(value: Any) -> bytes:
    """SHA-256 (32 bytes) of the canonical bytes."""
    return sha256(canonical(value)).digest()


def _check(value: Any) -> None:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if abs(value) > MAX_SAFE_INTEGER:
            raise NotCanonicalError("an integer beyond 2^53-1")
    elif kind is dict:
        for key, entry in value.items():
            if type(key) is not str or not key.isascii():
                raise NotCanonicalError("a key that is not ASCII text")
            _check(entry)
    elif kind is list:
        for entry in value:
            _check(entry)
    else:
        raise NotCanonicalError(f"a value of type {kind.__name__}")

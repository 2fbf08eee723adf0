"""A byte range of a file whose entity tag is the hash of its content (RFC 9110, 14). Pure."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(?P<first>[0-9]{0,12})-(?P<last>[0-9]{0,12})")


class NotSatisfiableError(ValueError):
    """The range begins behind the end."""


@dataclass(frozen=True, slots=True)
class Span:
    """First and last byte, both part of it."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def span(asked: str, unless: str, tag: str, size: int) -> Span | None:
    """What of `size` bytes to send for the headers `Range` (`asked`) and `If-Range` (`unless`); None: all.

    More than one range, another unit or a half-read header is answered with the whole, as the RFC allows.
    """
    found = _ONE.fullmatch(asked.strip())
    if found is None or (unless and unless.strip() != tag):
        return None
    first, last = found["first"], found["last"]
    if not first:
        return _suffix(last, size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise NotSatisfiableError(asked)
    return Span(int(first), min(int(last), size - 1) if last else size - 1)


def _suffix(length: str, size: int) -> Span | None:
    if not length:
        return None
    if int(length) == 0 or size == 0:
        raise NotSatisfiableError(length)
    return Span(max(size - int(length), 0), size - 1)

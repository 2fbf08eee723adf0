"""What a page of items is asked for: boxes, times and pages, read strictly. Pure."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kernel import clock

_FLAT, _SOLID = 4, 6
_NUMBER = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,20})?")
_AFTER = re.compile(r"[0-9]{12,15}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OPEN = ("", "..")


@dataclass(frozen=True, slots=True)
class Period:
    """Days of which the first and last are part; None is open."""

    first: date | None
    last: date | None


class AskedWronglyError(ValueError):
    """Says what is wrong with a parameter."""


def box(text: str) -> list[tuple[float, float, float, float]]:
    """The boxes of a `bbox`: one, or two where it crosses the antimeridian. Heights are not looked at."""
    parts = text.split(",")
    if len(parts) not in (_FLAT, _SOLID) or not all(_NUMBER.fullmatch(part) for part in parts):
        raise AskedWronglyError("west,south,east,north in degrees")
    numbers = [float(part) for part in parts]
    if len(numbers) == _SOLID:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    west, south, east, north = numbers
    within = all(abs(x) <= 180.0 for x in (west, east)) and -90.0 <= south <= north <= 90.0  # noqa: PLR2004  because degrees end there
    if not within or not math.isfinite(sum(numbers)):
        raise AskedWronglyError("longitude -180 to 180, south <= north within -90 to 90")
    if west <= east:
        return [(west, south, east, north)]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]


def period(text: str) -> Period:
    """The days of a `datetime`: an instant, or an interval with `..` or nothing for an open end.

    Boundaries change at local midnight, so an instant stands for its local day.
    """
    ends = text.split("/")
    if len(ends) == 1:
        day = _day(text)
        return Period(day, day)
    if len(ends) != len(OPEN):
        raise AskedWronglyError("an instant, or an interval of two")
    first, last = (None if end in OPEN else _day(end) for end in ends)
    if first and last and first > last:
        raise AskedWronglyError("the interval ends before it begins")
    return Period(first, last)


def _day(text: str) -> date:
    try:
        if "T" not in text.upper():
            return date.fromisoformat(text)
        at = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
        return clock.local_day(at) if at.tzinfo else _no_zone()
    except (ValueError, OverflowError) as error:
        raise AskedWronglyError("RFC 3339, with its offset from UTC") from error


def _no_zone() -> date:
    raise AskedWronglyError("RFC 3339, with its offset from UTC")


def after(text: str) -> tuple[str, str]:
    """The place in the order of features that a `next` link carries: a code and the id of a shape."""
    code, _, shape = text.partition(".")
    if not _AFTER.fullmatch(text):
        raise AskedWronglyError("as the link next says it")
    return code, str(UUID(shape))

"""A position's circle against a border. The rule is written once: leave areas and grids ask the same.

The accuracy that a phone tells is the radius of a circle that holds the truth in 68 of 100 cases: 1.51
standard deviations. At 1.09 accuracies (1.645 deviations) from a straight border it is with 95 % on the side
that it says.
"""

from enum import StrEnum
from functools import lru_cache
from math import isfinite

CIRCLE = 1.09
WIDEST_CIRCLE_M = 50.0


class Circle(StrEnum):
    """Where the circle lies. The last three are undecided, each for its own reason."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    TOUCHES = "touches"
    ACCURACY_UNKNOWN = "accuracy_unknown"
    ACCURACY_TOO_WIDE = "accuracy_too_wide"


def radius(accuracy_m: float | None) -> float:
    """Metres in which another side of the border may be the true one; that of the widest circle when the
    accuracy says nothing."""
    return _judged(accuracy_m)[0]


def circle(distance_m: float, accuracy_m: float | None) -> Circle:
    """The circle at a signed distance from the border, metres, positive inside."""
    reach, fault = _judged(accuracy_m)
    if fault:
        return fault
    if abs(distance_m) < reach:
        return Circle.TOUCHES
    return Circle.INSIDE if distance_m > 0 else Circle.OUTSIDE


@lru_cache(1024)
def _judged(accuracy_m: float | None) -> tuple[float, Circle | None]:
    """The circle's radius, and what is wrong with the accuracy: phones tell few different ones."""
    if accuracy_m is None or not isfinite(accuracy_m) or accuracy_m <= 0:
        return CIRCLE * WIDEST_CIRCLE_M, Circle.ACCURACY_UNKNOWN
    if accuracy_m > WIDEST_CIRCLE_M:
        return CIRCLE * WIDEST_CIRCLE_M, Circle.ACCURACY_TOO_WIDE
    return CIRCLE * accuracy_m, None

"""Whether two records speak of one quarrel. Careful on purpose: two codes can be merged by a person, one
code that mixes two quarrels shows a stranger's matter. Works on blind indexes alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TWO_SIDES = 2


@dataclass(frozen=True, slots=True)
class Side:
    """The blind indexes of one side of a quarrel; None where nothing was given."""

    name: bytes | None = None
    phone: bytes | None = None
    id_number: bytes | None = None

    @property
    def known(self) -> bool:
        return bool(self.name or self.phone or self.id_number)


def surely_same(one: Side, other: Side) -> bool:
    """The same ID number, or the same telephone and no differing ID number."""
    if one.id_number and other.id_number:
        return one.id_number == other.id_number
    return bool(one.phone) and one.phone == other.phone


def maybe_same(one: Side, other: Side) -> bool:
    """The same name and nothing that speaks against it. A name alone identifies nobody."""
    if one.id_number and other.id_number and one.id_number != other.id_number:
        return False
    return bool(one.name) and one.name == other.name


def same_sides(one: Sequence[Side], other: Sequence[Side]) -> bool:
    """Two different sides of the one are sides of the other, at least one of them for sure.

    One shared person is not enough: somebody may have two quarrels with two neighbours.
    """
    free, pairs, sure = list(other), 0, False
    for side in one:
        match = next((x for x in free if surely_same(side, x)), None)
        sure = sure or match is not None
        match = match or next((x for x in free if maybe_same(side, x)), None)
        if match is not None:
            free.remove(match)
            pairs += 1
    return sure and pairs >= TWO_SIDES


def likely_same(one: Sequence[Side], other: Sequence[Side], *, same_place: bool) -> bool:
    """For a person to look at: two sides agree for sure, or, in one place, by their names alone."""
    if same_sides(one, other):
        return True
    free, pairs = list(other), 0
    for side in one:
        match = next((x for x in free if surely_same(side, x) or maybe_same(side, x)), None)
        if match is not None:
            free.remove(match)
            pairs += 1
    return same_place and pairs >= TWO_SIDES


def same_quarrel(one: Sequence[Side], other: Sequence[Side], *, metres: float | None, near: float) -> bool:
    """The same sides, and near each other. Without two places only the sides can say it, and they do not
    suffice."""
    return metres is not None and metres <= near and same_sides(one, other)

"""Nothing hidden can be worked out from what is shown."""

import random
from itertools import product

import numpy as np
import pytest

from analysis.suppression import LEAST, Cell, Line, hidden

STREETS, KINDS, MONTHS = ("a", "b", "c"), ("01", "02", "04"), (1, 2, 3, 4)
ALL = "all"


def table(values: dict[Cell, int]) -> tuple[dict[Cell, int], list[Line]]:
    """Counts of street by kind by month with all their sums, and the lines between them."""
    axes = ((ALL, *STREETS), (ALL, *KINDS), (ALL, *MONTHS))
    counts = {
        cell: sum(
            count
            for inner, count in values.items()
            if all(asked in (ALL, there) for asked, there in zip(cell, inner, strict=True))
        )
        for cell in product(*axes)
    }
    lines = []
    for cell in counts:
        for axis, whole in enumerate((STREETS, KINDS, MONTHS)):
            if cell[axis] == ALL:
                parts = tuple((*cell[:axis], part, *cell[axis + 1 :]) for part in whole)
                lines.append(Line(cell, parts))
    return counts, lines


def determined(counts: dict[Cell, int], lines: list[Line], gone: set[Cell]) -> set[Cell]:
    """Hidden cells that the sums of shown ones fix: linear algebra over all lines at once."""
    order = sorted(gone, key=str)
    at = {cell: number for number, cell in enumerate(order)}
    rows = np.zeros((len(lines), len(order)))
    for number, line in enumerate(lines):
        for cell, factor in [(line.total, -1), *((part, 1) for part in line.parts)]:
            if cell in at:
                rows[number, at[cell]] = factor
    _, sizes, space = np.linalg.svd(rows)
    rank = int((sizes > 1e-9).sum())
    free = space[rank:]
    return {cell for cell in order if not len(free) or np.allclose(free[:, at[cell]], 0)}


def made(seed: int) -> dict[Cell, int]:
    dice = random.Random(seed)
    return {
        cell: dice.choice((0, 0, 1, 2, 3, 4, 5, 7, 9, 14, 30)) for cell in product(STREETS, KINDS, MONTHS)
    }


def test_small_cells_are_hidden() -> None:
    counts, lines = table(made(1))
    assert {cell for cell, count in counts.items() if 0 < count < LEAST} <= hidden(counts, lines)


@pytest.mark.parametrize("seed", range(60))
def test_no_hidden_cell_follows_from_the_shown_ones(seed: int) -> None:
    counts, lines = table(made(seed))
    assert determined(counts, lines, hidden(counts, lines)) == set()


def test_without_small_cells_nothing_is_hidden() -> None:
    counts, lines = table(dict.fromkeys(product(STREETS, KINDS, MONTHS), LEAST))
    assert hidden(counts, lines) == set()


def test_one_small_cell_takes_the_next_smallest_with_it() -> None:
    line = Line("total", ("a", "b", "c"))
    assert hidden({"total": 30, "a": 2, "b": 8, "c": 20}, [line]) == {"a", "b"}


def test_two_of_one_each_would_be_told_by_their_sum() -> None:
    line = Line("total", ("a", "b", "c"))
    assert hidden({"total": 22, "a": 1, "b": 1, "c": 20}, [line]) == {"a", "b", "c"}


def test_of_months_that_are_out_already_none_is_taken_back() -> None:
    line = Line("year", ("jan", "feb", "mar"))
    published = {"jan": False, "feb": True, "mar": False}
    found = hidden({"year": 26, "jan": 6, "feb": 3, "mar": 17}, [line], settled=published)
    assert found == {"feb", "year"}


def test_two_lines_that_cross_tell_nothing_together() -> None:
    """Each line has two hidden cells and more than one total in common; only all of them together tell."""
    values: dict[Cell, int] = dict.fromkeys(product(STREETS, KINDS, MONTHS), 9)
    values |= {("a", "01", 1): 2, ("b", "02", 1): 3, ("c", "04", 2): 1}
    counts, lines = table(values)
    gone = hidden(counts, lines)
    assert determined(counts, lines, gone) == set()
    assert len(gone) < len(counts) / 3

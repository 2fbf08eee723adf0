"""Small cells of a table of counts are hidden, with so many others that none can be worked out from what is
shown (PM-ST; primary and complementary suppression).

A table is cells and lines. A line is a cell that is the sum of others, all of which may be shown: a district
of its streets, all categories of each, a year of its months. First each line is protected by itself; then all
of them are solved together, because two lines that cross can tell what neither tells alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Cell = Any
"""Whatever names a cell and can be hashed."""
LEAST = 5
_ZERO = 1e-8


@dataclass(frozen=True, slots=True)
class Line:
    """`total` is the sum of `parts`."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)


def hidden(
    counts: Mapping[Cell, int],
    lines: Collection[Line],
    least: int = LEAST,
    settled: Mapping[Cell, bool] | None = None,
) -> set[Cell]:
    """Cells that must not be shown: those with 1 to `least` - 1, and what would tell them.

    `settled`: cells that were published before, with whether they were hidden: they stay as they are, and
    the protection falls on the others.
    """
    table = _Table(counts, lines, least, settled or {})
    table.protect_lines()
    while (told := table.told()) and any([table.hide_near(cell) for cell in told]):
        table.protect_lines()
    return table.hidden


class _Table:
    def __init__(
        self,
        counts: Mapping[Cell, int],
        lines: Collection[Line],
        least: int,
        settled: Mapping[Cell, bool],
    ) -> None:
        self._counts, self._lines, self._least, self._settled = counts, lines, least, settled
        self.hidden = {cell for cell, count in counts.items() if settled.get(cell, 0 < count < least)}

    # -- each line by itself -----------------------------------------------------------------------

    def protect_lines(self) -> None:
        waiting: list[Line] = list(self._lines)
        while waiting:
            touched = {cell for line in waiting for cell in self._protect(line)}
            waiting = [line for line in self._lines if touched.intersection(line.cells)]

    def _protect(self, line: Line) -> Iterable[Cell]:
        while (cell := self._next(line)) is not None:
            self.hidden.add(cell)
            yield cell

    def _next(self, line: Line) -> Cell | None:
        """What has to be hidden next in the line; None when it tells nothing."""
        parts = [cell for cell in line.parts if cell in self.hidden]
        if line.total in self.hidden:
            return None if parts else self._smallest(line.parts)
        if not parts or _safe([self._counts[cell] for cell in parts], self._least):
            return None
        return self._smallest(line.parts) or self._smallest([line.total])

    def _smallest(self, cells: Iterable[Cell]) -> Cell | None:
        """The shown cell with the least in it, so that little is lost; zeros protect nothing."""
        free = [
            cell
            for cell in cells
            if self._counts[cell] and cell not in self.hidden and cell not in self._settled
        ]
        return min(free, key=lambda cell: (self._counts[cell], str(cell)), default=None)

    # -- all lines together ------------------------------------------------------------------------

    def told(self) -> list[Cell]:
        """Hidden cells that the sums of shown ones fix.

        The lines are equations in the hidden cells: one is fixed when no solution of the homogeneous system
        moves it. (What was published before tells nothing by itself.)
        """
        order = sorted(self.hidden, key=str)
        at = {cell: number for number, cell in enumerate(order)}
        crossing = [line for line in self._lines if any(cell in at for cell in line.cells)]
        system = np.zeros((max(len(crossing), 1), len(order)))
        for row, line in enumerate(crossing):
            for cell in line.cells:
                if cell in at:
                    system[row, at[cell]] = -1 if cell == line.total else 1
        return [cell for cell, moves in zip(order, _moves(system), strict=True) if not moves]

    def hide_near(self, told: Cell) -> bool:
        """Hide one more cell on the way by which `told` was worked out; whether there was one left."""
        seen, edge = {told}, {told}
        while edge:
            near = {cell for line in self._lines if edge.intersection(line.cells) for cell in line.cells}
            if (cell := self._smallest(near)) is not None:
                self.hidden.add(cell)
                return True
            edge = (near & self.hidden) - seen
            seen |= edge
        return False


def _safe(values: list[int], least: int) -> bool:
    """Whether a sum of hidden parts that everybody can work out tells none of them. Each is 1 or more, for
    zeros are shown; if all are below `least`, a sum at either end would tell every one."""
    told = sum(values)
    return len(values) > 1 and told >= least and told not in {len(values), len(values) * (least - 1)}


def _moves(system: np.ndarray) -> list[bool]:
    """For each column whether some solution of system · x = 0 has it other than zero."""
    if not system.shape[1]:
        return []
    _, sizes, space = np.linalg.svd(system)
    free = space[int((sizes > _ZERO).sum()) :]
    return [bool(moves) for moves in (np.abs(free) > _ZERO).any(axis=0)]

"""What a boundary file is read into: columns, so that two hundred thousand rows take no loop."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from grids.faults import FaultKind, Severity, words

Step = Callable[[int, int], None]
"""Told how far a long step is: (done, total)."""
Shapes = NDArray[np.object_]
FIELDS = ("code", "name", "kind", "households")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, or worth a look. Row 1 is the first feature; 0: no row, but a place.

    `geometry` is where to look: the overlap, the gap, the border of a bad ring; degrees in WGS 84.
    """

    row: int
    kind: FaultKind
    facts: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""
    geometry: shapely.Geometry | None = None
    severity: Severity = Severity.ERROR

    @property
    def text(self) -> str:
        return " ".join(words(self.kind, self.facts))

    def __str__(self) -> str:
        where = f"row {self.row}: " if self.row else ""
        return f"{where}{self.code + ' ' if self.code else ''}{self.text}"


@dataclass(slots=True)
class Raw:
    """A file as it stands. `shapes` has None where `faults` say why; `crs` is what it says of itself."""

    columns: dict[str, Sequence[Any]]
    shapes: Shapes
    crs: str = ""
    faults: list[Fault] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.shapes)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A row that may be stored: its shape is a multipolygon in WGS 84 at seven decimals."""

    number: int
    code: str
    name: str
    shape: shapely.MultiPolygon
    kind: str = ""
    households: int | None = None


@dataclass(slots=True)
class Columns:
    """Rows that may be stored, column by column. `fit`: the answer of `validating.fitting`, once asked."""

    numbers: Sequence[int]
    codes: Sequence[str]
    names: Sequence[str]
    kinds: Sequence[str]
    households: Sequence[int | None]
    shapes: Shapes
    fit: bool | None = None

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[PlaceRow]:
        rows = zip(
            self.numbers, self.codes, self.names, self.shapes, self.kinds, self.households, strict=True
        )
        return (PlaceRow(*row) for row in rows)

    @staticmethod
    def of(rows: Sequence[PlaceRow]) -> "Columns":
        return Columns(
            [row.number for row in rows], [row.code for row in rows], [row.name for row in rows],
            [row.kind for row in rows], [row.households for row in rows],
            np.array([row.shape for row in rows], dtype=object),
        )  # fmt: skip


@dataclass(slots=True)
class Checked:
    """The whole file: its rows, or the reasons why none of them is taken. `notes` forbid nothing."""

    rows: Columns
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def shown(said: str, most: int = 200) -> str:
    """What a file says of itself, as it may be kept and read: the beginning, without control characters."""
    return "".join(one if one.isprintable() else "\ufffd" for one in said[:most])


class UnreadableFileError(Exception):
    """The file as a whole cannot be taken; the text says why."""

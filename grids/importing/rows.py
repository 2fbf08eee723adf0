"""What a boundary file is read into."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import shapely

Step = Callable[[int, int], None]
"""Told how far a long step is: (done, total)."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One feature as the file has it; `fault` when its geometry could not even be read."""

    number: int
    attributes: dict[str, Any]
    geometry: shapely.Geometry | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused. Row 1 is the first feature."""

    row: int
    text: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.text}"


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
class Checked:
    """The whole file: its rows, or the reasons why none of them is taken."""

    rows: list[PlaceRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class UnreadableFileError(Exception):
    """The file as a whole cannot be taken; the text says why."""

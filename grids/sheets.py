"""A CSV text with a heading in English or Chinese → cells by row number. Faults name their rows."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

Columns = Mapping[str, tuple[str, ...]]
"""Field → the names that a heading may give it; the first is the one in messages."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row; row 1 is the first after the heading, 0 the heading or the table itself."""

    row: int
    text: str


class SheetRefusedError(Exception):
    """Nothing of the table was taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults)


def read_sheet(
    text: str, columns: Columns, *, needed: Sequence[str], most: int
) -> list[tuple[int, dict[str, str]]]:
    """(row number, field → cell) of each row that is not empty. Raises `SheetRefusedError`."""
    try:
        heading, *table = list(csv.reader(StringIO(text), strict=True)) or [[]]
    except csv.Error as error:
        raise SheetRefusedError([Fault(0, f"不是CSV表格 no CSV: {error}")]) from error
    places = _places(heading, columns, needed)
    lines = [line for line in enumerate(table, start=1) if any(cell.strip() for cell in line[1])]
    if not 0 < len(lines) <= most:
        raise SheetRefusedError([Fault(0, f"行数应为1至{most} 1 to {most} rows are taken")])
    faults = [
        Fault(n, "单元格多于表头 more cells than the heading has")
        for n, cells in lines
        if len(cells) > len(heading)
    ]
    if faults:
        raise SheetRefusedError(faults)
    return [
        (n, {field: cells[at].strip() if at < len(cells) else "" for field, at in places.items()})
        for n, cells in lines
    ]


def _places(heading: Sequence[str], columns: Columns, needed: Sequence[str]) -> dict[str, int]:
    names = [name.strip().lower() for name in heading]
    places = {field: names.index(name) for field, known in columns.items() for name in known if name in names}
    unknown = [name for name in names if not any(name in known for known in columns.values())]
    missing = [columns[field][0] for field in needed if field not in places]
    if unknown or missing or len(places) != len(names):
        reasons = [f"unknown column {name}" for name in unknown] + [f"no column {name}" for name in missing]
        raise SheetRefusedError([Fault(0, "表头有误 " + ("; ".join(reasons) or "a column twice"))])
    return places

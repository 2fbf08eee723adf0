"""What a form of corrections is filled with (plain Python). `Sheet()` is empty: a form made from it is its
blank. Whoever fills it decides what stands in it; a form prints what it finds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kernel.written import day

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a record says for a form: its lines by their keys, rows of its table, and by a signature's label
    the mark that is known (who, how, on which day)."""

    values: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)


NOTHING = Filled()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person in correction as a form's head needs it, and what is filled in below."""

    name: str = ""
    category: str = ""
    document_no: str = ""
    organ: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    station: str = ""
    agency: str = ""
    officer: str = ""
    guardian: str = ""
    below: Filled = NOTHING


BLANK = Sheet()


def span(first: date | None, last: date | None) -> str:
    """Both days; empty where one is missing."""
    return f"{day(first)}至{day(last)}" if first and last else ""


def said(*parts: str) -> str:
    """The parts that say something, in one line."""
    return "，".join(part for part in parts if part)

"""What a paper consists of, in plain Python: the same document becomes a PDF or a DOCX.

Texts are shown as they are: nothing in them is markup. An empty value is a blank to be filled in by hand.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

PaperPart = TypeVar("PaperPart")


@dataclass(frozen=True, slots=True)
class Title:
    """The large line in the middle; `below` is a smaller one under it (a number, a date)."""

    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one or more lines; `align` is left, center or right."""

    text: str
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Field:
    """A name and its value. `lines` is the room left for handwriting while there is no value."""

    label: str
    value: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Fields:
    """Names and values in a frame, in one or two pairs a row."""

    rows: tuple[Field, ...]
    pairs: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that is repeated on each page. `widths` are parts of the whole; `spare` empty rows
    stand at the end."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """Who marks the paper; `made` says the mark that is known (signature, seal, fingerprint, its date)."""

    label: str
    made: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    lines: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small print."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A line of the index. `part` is the key of the part whose pages it names; without one, `where` says
    where the paper lies."""

    title: str
    part: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """The list of what follows, with first and last page."""

    rows: tuple[IndexRow, ...]
    head: tuple[str, str, str] = ("序号", "材料名称", "页号")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a scan (by its key, from 0), on a page of its own under a small line."""

    scan: str
    number: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was scanned: a picture or a PDF. It is no text of the paper."""

    key: str
    type: str
    content: bytes = field(repr=False)


Block = Title | Heading | Paragraph | Fields | Table | Signatures | Note | PageBreak | Index | Sheet


@dataclass(frozen=True, slots=True)
class Part:
    """One paper in a document; it starts on a page of its own."""

    key: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`header` stands above each page, `footer` (whose copy this is) beside the page number. `made_at` is the
    only time in the file: the same document gives the same bytes. `scans`: what its sheets show."""

    title: str
    made_at: datetime
    parts: tuple[Part, ...]
    header: str = ""
    footer: str = ""
    scans: tuple[Scan, ...] = ()
    language: str = field(default="zh-CN")

    @classmethod
    def of(cls, title: str, made_at: datetime, blocks: Sequence[Block], header: str = "") -> "Document":
        """A document of one paper."""
        return cls(title, made_at, (Part("only", tuple(blocks)),), header)


def texts(part: Any) -> Iterator[str]:
    """Every text in a document, part or block, in order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for entry in part:
            yield from texts(entry)
    elif is_dataclass(part):
        for name in fields(part):
            yield from texts(getattr(part, name.name))


def changed(part: PaperPart, change: Callable[[str], str]) -> PaperPart:
    """The same with `change` applied to every text that is shown (keys of parts are not)."""
    new: Any = part
    if isinstance(part, str):
        new = change(part)
    elif isinstance(part, tuple):
        new = tuple(changed(entry, change) for entry in part)
    elif is_dataclass(part) and not isinstance(part, type):
        shown = [
            entry.name
            for entry in fields(part)
            if entry.name not in {"key", "part", "align", "language", "scan", "scans"}
        ]
        new = replace(part, **{name: changed(getattr(part, name), change) for name in shown})
    return new  # type: ignore[no-any-return]  # because the kind stays what it was

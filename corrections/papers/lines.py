"""How a form of corrections is put together: the common head, its lines, who signs, and a note."""

from collections.abc import Sequence
from dataclasses import dataclass

from corrections.papers.sheet import BLANK, Sheet
from edge.documents.model import (
    Block,
    Field,
    Fields,
    Note,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Title,
)
from kernel.written import boxes, day

JOINED = "、"
SIGNED_ON = "日期"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `key` is what its value is filled in by, `lines` the room left for handwriting. `options` are
    shown as boxes, and the value names the ticked ones, joined by 、."""

    key: str
    label: str
    lines: int = 1
    options: tuple[str, ...] = ()

    def field(self, sheet: Sheet) -> Field:
        value = sheet.below.values.get(self.key, "")
        if self.options:
            value = boxes(self.options, value.split(JOINED))
        return Field(self.label, value, self.lines)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table below the lines, with empty rows while nothing is known."""

    head: tuple[str, ...]
    widths: tuple[float, ...]
    spare: int

    def table(self, sheet: Sheet) -> Table:
        rows = sheet.below.rows
        return Table(self.head, rows, self.widths, spare=0 if rows else self.spare)


@dataclass(frozen=True, slots=True)
class Layout:
    """A form. `plain`: its head is the name alone, under that label, and no status."""

    title: str
    lines: tuple[Line, ...]
    signed: tuple[str, ...]
    opening: str = ""
    note: str = ""
    plain: str = ""
    grid: Grid | None = None

    def blocks(self, source: Sheet | None) -> Sequence[Block]:
        """The filled form; without a source the blank."""
        sheet = source or BLANK
        head = Fields((Field(self.plain, sheet.name),)) if self.plain else _head(sheet)
        opening = (Paragraph(f"　　{self.opening}"),) if self.opening else ()
        fields = (Fields(tuple(line.field(sheet) for line in self.lines)),) if self.lines else ()
        table = (self.grid.table(sheet),) if self.grid else ()
        note = (Note(self.note),) if self.note else ()
        return (Title(self.title), head, *opening, *fields, *table, _signatures(self.signed, sheet), *note)


def _head(sheet: Sheet) -> Fields:
    return Fields(
        (
            Field("姓名", sheet.name),
            Field("类别", sheet.category),
            Field("法律文书号", sheet.document_no),
            Field("决定机关", sheet.organ),
            Field("期限自", day(sheet.starts_on)),
            Field("期限至", day(sheet.ends_on)),
            Field("执行单位", sheet.station),
            Field("监护人", sheet.guardian),
        ),
        pairs=2,
    )


def _signatures(labels: tuple[str, ...], sheet: Sheet) -> Signatures:
    marks = sheet.below.marks
    return Signatures(tuple(Signature(label, marks.get(label, "")) for label in (*labels, SIGNED_ON)))

"""A document as DOCX, by python-docx: for papers that somebody goes on writing in."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from edge.documents import model
from edge.documents.lasting import with_missing

FACE = "宋体"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""Entries of the file carry no time: the same document gives the same bytes."""
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
TEXT_WIDTH = Mm(160)


def word(document: model.Document) -> bytes:
    """The file; the page numbers of an index are fields that the reader's program fills in."""
    document = with_missing(document, in_place=False)
    target = docx.Document()
    _prepare(target, document)
    scans = {scan.key: scan for scan in document.scans}
    for number, part in enumerate(document.parts):
        if number:
            target.add_page_break()
        _mark(target.add_paragraph(), f"start_{part.key}", 2 * number)
        for block in part.blocks:
            if isinstance(block, model.Sheet):
                _sheet(target, block, scans[block.scan])
            else:
                SETTERS[type(block)](target, block)
    written = io.BytesIO()
    target.save(written)
    return _timeless(written)


def _prepare(target: Word, document: model.Document) -> None:
    normal: Any = target.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    normal.paragraph_format.space_after = Pt(4)
    page = target.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(26), Mm(24), Mm(28), Mm(24)
    made = document.made_at.astimezone(UTC).replace(tzinfo=None)
    about = target.core_properties
    about.title, about.language, about.author, about.comments = document.title, document.language, "", ""
    about.created, about.modified, about.revision = made, made, 1
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    head.alignment, foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(document.header)
    foot.add_run(f"{document.footer}  第 " if document.footer else "第 ")
    _field(foot, "PAGE")
    foot.add_run(" 页 共 ")
    _field(foot, "NUMPAGES")
    foot.add_run(" 页")


def _field(paragraph: WordParagraph, instruction: str) -> None:
    """A value that the reader's program works out, such as a page number."""
    for kind in ("begin", None, "end"):
        run: Run = paragraph.add_run()
        if kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = instruction
            run._r.append(code)
            continue
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        if kind == "begin":
            mark.set(qn("w:dirty"), "true")
        run._r.append(mark)


def _mark(paragraph: WordParagraph, name: str, number: int) -> None:
    for kind in ("bookmarkStart", "bookmarkEnd"):
        mark = OxmlElement(f"w:{kind}")
        mark.set(qn("w:id"), str(number))
        if kind == "bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)
    paragraph.paragraph_format.space_after = Pt(0)


def _title(target: Word, block: model.Title) -> None:
    line = target.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(block.text).font.size = Pt(18)
    if block.below:
        below = target.add_paragraph(block.below)
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _heading(target: Word, block: model.Heading) -> None:
    line = target.add_paragraph()
    line.paragraph_format.keep_with_next = True
    line.add_run(block.text).font.size = Pt(12.5)


def _paragraph(target: Word, block: model.Paragraph) -> None:
    target.add_paragraph(block.text).alignment = ALIGN[block.align]


def _note(target: Word, block: model.Note) -> None:
    target.add_paragraph().add_run(block.text).font.size = Pt(8.5)


def _sheet(target: Word, block: model.Sheet, scan: model.Scan) -> None:
    """A scanned picture; the pages of a PDF stand in the PDF of the same paper, and only there."""
    target.add_paragraph().add_run(block.caption).font.size = Pt(8.5)
    if scan.type.startswith("image/"):
        target.add_picture(io.BytesIO(scan.content), width=TEXT_WIDTH, height=None)
    else:
        _note(target, model.Note("（此页见本件的 PDF 文件）"))


def _page_break(target: Word, _block: model.PageBreak) -> None:
    target.add_page_break()


def _fields(target: Word, block: model.Fields) -> None:
    grid = target.add_table(0, 2 * block.pairs, "Table Grid")
    for start in range(0, len(block.rows), block.pairs):
        cells = grid.add_row().cells
        for place, entry in enumerate(block.rows[start : start + block.pairs]):
            cells[2 * place].text = entry.label
            cells[2 * place + 1].text = entry.value or "\n" * (entry.lines - 1)
    parts = (0.2, 0.3) * block.pairs if block.pairs > 1 else (0.24, 0.76)
    _set_widths(grid, parts)


def _table(target: Word, block: model.Table) -> None:
    count = len(block.head)
    grid = target.add_table(0, count, "Table Grid")
    for row in (block.head, *block.rows, *[("",) * count] * block.spare):
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    _repeat_head(grid)
    _set_widths(grid, block.widths or (1.0,) * count)


def _index(target: Word, block: model.Index) -> None:
    grid = target.add_table(1, 3, "Table Grid")
    for cell, text in zip(grid.rows[0].cells, block.head, strict=True):
        cell.text = text
    for number, row in enumerate(block.rows, 1):
        cells = grid.add_row().cells
        cells[0].text, cells[1].text, cells[2].text = str(number), row.title, "" if row.part else row.where
        if row.part:
            _field(cells[2].paragraphs[0], f"PAGEREF start_{row.part}")
    _repeat_head(grid)
    _set_widths(grid, (0.12, 0.64, 0.24))


def _repeat_head(grid: Any) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(head)


def _set_widths(grid: Any, parts: tuple[float, ...]) -> None:
    """Widths stand on each cell: programs differ in which of the two they read."""
    whole = sum(parts)
    for column, part in zip(grid.columns, parts, strict=True):
        column.width = int(TEXT_WIDTH * part / whole)
        for cell in column.cells:
            cell.width = column.width


def _signatures(target: Word, block: model.Signatures) -> None:
    for entry in block.lines:
        line = target.add_paragraph()
        line.paragraph_format.space_before = Pt(12)
        line.add_run(f"{entry.label}：")
        blank = line.add_run(entry.made or "　" * 14)
        blank.underline = not entry.made


SETTERS: dict[type, Callable[[Word, Any], None]] = {
    model.Title: _title,
    model.Heading: _heading,
    model.Paragraph: _paragraph,
    model.Fields: _fields,
    model.Table: _table,
    model.Signatures: _signatures,
    model.Note: _note,
    model.PageBreak: _page_break,
    model.Index: _index,
}


def _timeless(written: io.BytesIO) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, ZIP_TIME), source.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()

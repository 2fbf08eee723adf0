"""Scans in a paper: pictures and PDFs on pages of their own, counted and listed as any other page."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from PIL import Image
from pypdf import PdfReader

from edge.documents.model import Document, Index, IndexRow, PageBreak, Paragraph, Part, Scan, Sheet, Title
from edge.documents.pdf import pdf
from edge.documents.scans import page_count
from edge.documents.word import word

AT = datetime(2026, 3, 2, tzinfo=UTC)


def photo(form: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (160, 120)) -> bytes:
    out = BytesIO()
    Image.new(mode, size, (200, 30, 30) if mode == "RGB" else (200, 30, 30, 90)).save(out, form)
    return out.getvalue()


def contract() -> bytes:
    """Two pages."""
    return pdf(Document.of("合同", AT, (Title("房屋维修合同"), PageBreak(), Paragraph("第二条付款"))))


def filed(*scans: Scan) -> Document:
    rows = [IndexRow(scan.key, f"scan-{scan.key}") for scan in scans]
    parts = [Part("index", (Index(tuple(rows)),))]
    for scan in scans:
        blocks: list[Any] = []
        for number in range(page_count(scan)):
            blocks += [PageBreak(), Sheet(scan.key, number, f"{scan.key} {number + 1}")]
        parts.append(Part(f"scan-{scan.key}", tuple(blocks[1:])))
    return Document(
        "卷宗", AT, (*parts, Part("end", (Paragraph("完"),))), footer="本件提供给：甲", scans=scans
    )


BOTH = (Scan("photo", "image/jpeg", photo()), Scan("contract", "application/pdf", contract()))


def pages(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def test_scanned_pages_count_and_stand_in_the_index() -> None:
    found = pages(pdf(filed(*BOTH)))
    assert len(found) == 5
    assert "photo2" in found[0]
    assert "contract3－4" in found[0]
    assert ("房屋维修合同" in found[2], "第二条付款" in found[3]) == (True, True)


def test_every_scanned_page_says_whose_copy_it_is_and_its_number() -> None:
    found = pages(pdf(filed(*BOTH)))
    assert all(f"本件提供给：甲第{n}页共5页" in text for n, text in enumerate(found, start=1))


def test_nothing_of_the_marks_stays_and_the_same_gives_the_same() -> None:
    made = pdf(filed(*BOTH))
    assert made == pdf(filed(*BOTH))
    assert b"urn:sheet" not in made
    assert not any(page.get("/Annots") for page in PdfReader(BytesIO(made)).pages)


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA")])
def test_a_picture_keeps_its_proportions(form: str, mode: str) -> None:
    made = pdf(filed(Scan("photo", f"image/{form.lower()}", photo(form, mode))))
    shown = PdfReader(BytesIO(made)).pages[1].images
    assert [image.image.size for image in shown if image.image] == [(160, 120)]


def test_what_cannot_be_read_takes_no_page() -> None:
    assert page_count(Scan("x", "application/pdf", b"%PDF-1.7 broken")) == 0


def test_a_docx_holds_the_pictures_and_says_where_pdfs_are() -> None:
    made = docx.Document(BytesIO(word(filed(*BOTH))))
    assert len(made.inline_shapes) == 1
    assert sum("此页见本件的 PDF 文件" in line.text for line in made.paragraphs) == 2

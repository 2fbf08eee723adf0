"""Papers as PDF from hostile hands: refused with a stable code, and shown with nothing but their pages."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from sync.files.images import UnacceptableError
from sync.files.pdfs import paper

A4 = (595, 842)


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def blank(pages: int = 1) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(*A4)
    return writer


def with_script() -> PdfWriter:
    writer = blank()
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(1)"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    return writer


def with_file() -> PdfWriter:
    writer = blank()
    writer.add_attachment("inside.exe", b"MZ")
    return writer


def with_password() -> PdfWriter:
    writer = blank()
    writer.encrypt("secret", algorithm="RC4-128")
    return writer


def with_launch() -> PdfWriter:
    """An action that hides in a field of one page, its key written with an escape."""
    writer = blank()
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x")}
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([DictionaryObject({NameObject("/A"): action})])
    return writer


def with_page_action() -> PdfWriter:
    writer = blank()
    writer.pages[0][NameObject("/AA")] = DictionaryObject()
    return writer


REFUSED: list[tuple[Any, str]] = [
    (with_script, "pdf_active"), (with_file, "pdf_active"), (with_launch, "pdf_active"),
    (with_page_action, "pdf_active"), (with_password, "pdf_encrypted"),
    (lambda: blank(61), "pdf_too_many_pages"), (lambda: blank(0), "pdf_unreadable"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "code"), REFUSED)
def test_what_acts_hides_or_is_too_much_is_refused(made: Any, code: str) -> None:
    with pytest.raises(UnacceptableError) as caught:
        paper(written(made()))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"%PDF-1.7\n" + b"\xff" * 5000, b"%PDF-1.4\n1 0 obj\n<<" * 300]
)
def test_what_is_no_paper_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnacceptableError, match="pdf_unreadable"):
        paper(content)


def test_a_page_tree_that_bites_its_tail_is_refused() -> None:
    writer = blank()
    tree: Any = writer.root_object["/Pages"].get_object()
    tree["/Kids"].append(writer.root_object.raw_get("/Pages"))
    with pytest.raises(UnacceptableError, match="pdf_"):
        paper(written(writer))


def test_what_is_shown_has_no_links_and_says_nothing_of_its_maker() -> None:
    writer = blank(2)
    writer.add_metadata({"/Author": "张三的电脑"})
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.org/x"))
    shown = paper(written(writer))
    read = PdfReader(BytesIO(shown.content))
    assert (shown.type, shown.width, shown.height, len(read.pages)) == ("application/pdf", *A4, 2)
    assert "/Annots" not in read.pages[0]
    assert "张三".encode("utf-16-be") not in shown.content
    assert b"example.org" not in shown.content

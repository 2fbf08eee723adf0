"""Papers as PDF: known by their first bytes. What could act by itself is refused; what is shown later is made
anew from the pages alone, without links, forms, comments, embedded files or descriptions."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from edge.conf import setting
from sync.files.images import Picture, UnacceptableError, one_at_a_time

TYPE = "application/pdf"
OBJECTS_MOST = 20_000
"""Objects that are looked at; a scan of 100 pages has some 400."""
_ACTIVE = frozenset({
    "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/AA", "/XFA", "/RichMediaContent", "/Collection",
})  # fmt: skip
_ACTIONS = frozenset({
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie",
    "/Sound", "/RichMediaExecute",
})  # fmt: skip
_NOT_OF_THE_PAGE = ("/Annots", "/AA", "/Metadata", "/PieceInfo", "/StructParents", "/Thumb", "/Tabs", "/B")


def sniff(head: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return head.startswith(b"%PDF-")


def paper(content: bytes) -> Picture:
    """The paper to serve. UnacceptableError `pdf_encrypted`, `pdf_active` (script, embedded file, action),
    `pdf_too_many_pages`, `pdf_unreadable`."""
    if not sniff(content[:8]):
        raise UnacceptableError("file_type_mismatch")
    with one_at_a_time:
        try:
            return _made_anew(PdfReader(BytesIO(content)))
        except UnacceptableError:
            raise
        except Exception as error:  # a parser fed with hostile bytes may fail in any way
            raise UnacceptableError("pdf_unreadable") from error


def _made_anew(reader: PdfReader) -> Picture:
    if reader.is_encrypted:
        raise UnacceptableError("pdf_encrypted")
    if any(_acts(found) for found in _objects(reader)):
        raise UnacceptableError("pdf_active")
    pages = len(reader.pages)
    if not 0 < pages <= setting("DOCUMENT_PAGES_MAX"):
        raise UnacceptableError("pdf_too_many_pages" if pages else "pdf_unreadable")
    writer = PdfWriter()
    for page in reader.pages:
        for name in _NOT_OF_THE_PAGE:
            page.pop(name, None)
        writer.add_page(page)
    writer.metadata = None
    out, first = BytesIO(), writer.pages[0].mediabox
    writer.write(out)
    return Picture(out.getvalue(), TYPE, int(first.width), int(first.height))


def _objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary that the file reaches from its trailer, each once."""
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            found = found.get_object()
        if len(seen) > OBJECTS_MOST:
            raise UnacceptableError("pdf_unreadable")
        if isinstance(found, DictionaryObject):
            yield found
            waiting.extend(dict.values(found))
        elif isinstance(found, ArrayObject):
            waiting.extend(list.__iter__(found))


def _acts(found: DictionaryObject) -> bool:
    """Whether a dictionary makes a reader's program do something, or carries another file."""
    return bool(_ACTIVE & found.keys()) or str(found.get("/S", "")) in _ACTIONS

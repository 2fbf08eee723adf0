"""A document as the answer to a request: a file with a name of ours."""

import re
from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpResponse

from edge.documents.model import Document
from edge.documents.pdf import pdf
from edge.documents.word import word
from kernel.problems import Problem

WRITERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "pdf": (pdf, "application/pdf"),
    "docx": (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
FORMATS = tuple(WRITERS)
_NAME_MOST = 80
_UNSAFE = re.compile(r"[^\w（）.-]+")


def file_answer(document: Document, form: str = "pdf") -> HttpResponse:
    """The document as a download that no cache keeps. Problem `bad_parameter` for an unknown format."""
    if form not in WRITERS:
        raise Problem("bad_parameter", fields={"format": f"one of {', '.join(FORMATS)}"})
    return file_of(WRITERS[form][0](document), document.title, form)


def file_of(content: bytes, title: str, form: str) -> HttpResponse:
    """A paper that was made already, under the name of its title."""
    name = f"{_UNSAFE.sub('_', title)[:_NAME_MOST] or 'document'}.{form}"
    return HttpResponse(
        content,
        content_type=WRITERS[form][1],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )

"""A document as PDF: set by typst from `page.typ`, with the fonts cut down to the characters used.

The document reaches the template as JSON: no text of a person is ever read as markup or code.
"""

from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Literal

import orjson
import typst

from edge.documents import glyphs, scans
from edge.documents.lasting import with_missing
from edge.documents.model import Document, texts
from kernel import clock

TEMPLATE = Path(__file__).with_name("page.typ").read_bytes()
PICTURE_PPI = 60.0


def pdf(document: Document) -> bytes:
    """The file, its scans in place. The same document gives the same bytes."""
    made = _compiled(document, "pdf")
    paper = made if isinstance(made, bytes) else made[0]
    return scans.bound(paper, document.scans) if document.scans else paper


def pages(document: Document) -> list[bytes]:
    """Each page as a PNG."""
    made = _compiled(document, "png")
    return [made] if isinstance(made, bytes) else made


def _compiled(document: Document, form: Literal["pdf", "png"]) -> bytes | list[bytes]:
    document = with_missing(document, in_place=True)
    fonts = glyphs.needed(texts(document))
    compiler = typst.Compiler(
        font_paths=sorted({str(path.parent) for path in fonts.values()}), ignore_system_fonts=True
    )
    told = _json(document, list(fonts))
    return compiler.compile(
        input=TEMPLATE,
        format=form,
        ppi=PICTURE_PPI,
        timestamp=document.made_at.replace(microsecond=0),
        sys_inputs={"document": told},
    )


def _json(document: Document, fonts: list[str]) -> str:
    made = document.made_at.astimezone(clock.TZ)
    told = {
        **{name.name: getattr(document, name.name) for name in fields(document) if name.name != "scans"},
        "made_at": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "fonts": fonts,
        "parts": [
            {"key": part.key, "blocks": [_block(block) for block in part.blocks]} for part in document.parts
        ],
    }
    return orjson.dumps(told, default=_refused).decode()


def _block(block: Any) -> dict[str, Any]:
    return {"kind": type(block).__name__, **asdict(block)}


def _refused(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} is no part of a document")

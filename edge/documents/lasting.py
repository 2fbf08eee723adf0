"""What is done to every document before it is set, whatever it becomes: texts made plain, and the list of
characters that cannot be shown."""

from dataclasses import replace

from edge.documents import glyphs
from edge.documents.model import Document, Note, Part, changed, texts

MISSING_ZH = "本件中下列字符所用字体未收录，请对照原件手写补正"
ATTENTION_ZH = "本件中含有下列少见字符，所用设备可能无法显示，请对照核实"


def with_missing(document: Document, *, in_place: bool) -> Document:
    """The document in plain text; at its end the characters that our fonts lack, with their code points.

    `in_place`: each is also marked where it stands (the PDF would show an empty box); else it stays (the
    reader of a DOCX may have a font for it).
    """
    document = changed(document, glyphs.plain)
    absent = glyphs.missing(texts(document))
    if not absent:
        return document
    told = "、".join(glyphs.code_point(character) for character in absent)
    if in_place:
        document = changed(document, lambda text: glyphs.marked(text, absent))
        note = Note(f"{MISSING_ZH}：{told}")
    else:
        note = Note(f"{ATTENTION_ZH}：{told}")
    *first, last = document.parts
    return _with_parts(document, (*first, Part(last.key, (*last.blocks, note))))


def _with_parts(document: Document, parts: tuple[Part, ...]) -> Document:
    return replace(document, parts=parts)

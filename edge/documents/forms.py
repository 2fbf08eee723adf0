"""The register of forms: each package enters its own when it is ready, and all are printed alike.

A form is one function from its source to blocks; without a source (`None`) it is the blank of the same form.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from edge.documents.model import Block, Document, Part
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Form:
    """`key` is stable and unique in its package; `law` are the rows that ask for the paper; `numbered`: a
    blank of it may carry a number out of a block that was reserved."""

    key: str
    title: str
    title_en: str
    law: tuple[str, ...]
    blocks: Callable[[Any | None], Sequence[Block]]
    numbered: bool = False


_forms: dict[str, dict[str, Form]] = {}


def enter(package: str, forms: Iterable[Form]) -> None:
    """Enter a package's forms, in the order in which they are listed. ValueError for a key entered twice."""
    known = _forms.setdefault(package, {})
    for form in forms:
        if form.key in known:
            raise ValueError(f"form {package}.{form.key} is entered twice")
        known[form.key] = form


def forms_of(package: str) -> list[Form]:
    return list(_forms.get(package, {}).values())


def form_of(package: str, key: str) -> Form:
    """Problem `not_found` for a key that the package does not have."""
    found = _forms.get(package, {}).get(key)
    if found is None:
        raise Problem("not_found")
    return found


def part_of(form: Form, source: Any | None, key: str = "") -> Part:
    """The form as one paper of a larger document; blank without a source."""
    return Part(key or form.key, tuple(form.blocks(source)))


def paper(
    form: Form, source: Any | None, *, made_at: datetime, header: str = "", footer: str = ""
) -> Document:
    """The form as a document of its own."""
    return Document(form.title, made_at, (part_of(form, source),), header, footer)

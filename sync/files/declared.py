"""What an item says about its files, and whether that can be taken. A name is a label, never a path."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class FileDeclared(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A file of a record: `id` is its identity, `size` in bytes, `sha256` in lower-case hexadecimal.

    `replaces` names an earlier file of the same record, of which this one is a new version.
    """

    id: UUID
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", max_length=64)]
    size: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    type: Annotated[str, Meta(max_length=100)]
    name: Annotated[str, Meta(max_length=1000)] = ""
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one record: `count` files, `total` bytes, `size` bytes each."""

    count: int
    size: int
    total: int


def refusal(files: Sequence[FileDeclared], limits: Limits) -> tuple[str, dict[str, str]] | None:
    """Why these files of one item cannot be taken: a problem code, and the field at fault."""
    if limits.count == 0:
        return "files_not_taken", {"files": "none"}
    if len(files) > limits.count:
        return "files_too_many", {"files": str(limits.count)}
    for place, file in enumerate(files):
        if file.size > limits.size:
            return "file_too_large", {f"files[{place}].size": str(limits.size)}
        if file.type not in TYPES:
            return "file_type_not_allowed", {f"files[{place}].type": " ".join(sorted(TYPES))}
    if len({file.id for file in files}) < len(files):
        return "file_id_reused", {"files": "id"}
    if sum(file.size for file in files) > limits.total:
        return "files_too_large", {"files": str(limits.total)}
    return None


def label(name: str) -> str:
    """A name as it is kept and shown: NFC, without what cannot be seen. Slashes and emoji may stay."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", name))

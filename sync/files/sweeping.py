"""Objects in the storage that no row names: what a request left that died between the bytes and the row.

An object's name carries the moment of its making, by the one clock. Until the grace is over it may belong to
an upload that is still running, and is not looked at. The rows are asked after the listing: a name is used by
one attempt and never again, so that what has no row then will never have one.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from kernel.ids import uuid7_time
from sync import life
from sync.files import storage
from sync.files.models import Blob, FilePart

FOLDERS = ("parts", "blobs")
AT_ONCE = 500
_PART = re.compile(r"parts/(?P<id>[0-9a-f-]{36})/[0-9]+-(?P<made>[0-9a-f]{32})")
_BLOB = re.compile(r"blobs/[0-9a-f]{2}/(?P<id>(?P<made>[0-9a-f-]{36}))\.(?:original|served)")


@dataclass(slots=True)
class Swept:
    """How many objects there were; those within the grace (`young`) and those whose name is not ours
    (`strange`) stay, `orphans` have no row: they are removed, unless it was a dry run."""

    objects: int = 0
    young: int = 0
    strange: int = 0
    orphans: int = 0


def sweep(before: datetime, *, dry: bool = False) -> Swept:
    """Remove the objects made before this moment that no row names. Again is no fault.

    Nothing is looked at while this may be another database than the one that goes with the storage: after a
    restore, until its epoch is rotated.
    """
    found = Swept()
    if life.is_restored():
        return found
    old = _old(before, found)
    while some := list(islice(old, AT_ONCE)):
        orphans = _unnamed(some)
        found.orphans += len(orphans)
        if not dry:
            storage.delete(orphans)
    return found


def _old(before: datetime, found: Swept) -> Iterator[str]:
    for path in _objects():
        found.objects += 1
        made = _made(path)
        if made is None:
            found.strange += 1
        elif made >= before:
            found.young += 1
        else:
            yield path


def _objects() -> Iterator[str]:
    """Every object below our folders; all lie two deep."""
    store = storage.store()
    for folder in FOLDERS:
        with suppress(FileNotFoundError):  # nothing was ever stored there
            for inner in store.listdir(folder)[0]:
                with suppress(FileNotFoundError):
                    yield from (f"{folder}/{inner}/{name}" for name in store.listdir(f"{folder}/{inner}")[1])


def _made(path: str) -> datetime | None:
    match = _PART.fullmatch(path) or _BLOB.fullmatch(path)
    try:
        return uuid7_time(UUID(match["made"])) if match else None
    except ValueError:
        return None


def _unnamed(paths: Sequence[str]) -> list[str]:
    parts = {UUID(match["id"]) for match in map(_PART.fullmatch, paths) if match}
    blobs = {UUID(match["id"]) for match in map(_BLOB.fullmatch, paths) if match}
    named = set(FilePart.objects.filter(file__in=parts).values_list("path", flat=True))
    for pair in Blob.objects.filter(id__in=blobs).values_list("path", "served_path"):
        named.update(pair)
    return [path for path in paths if path not in named]

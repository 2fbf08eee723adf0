"""Where sealed bytes lie: the storage named `files`, through Django's storage API and nothing else."""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from kernel.ids import uuid7

log = structlog.get_logger()


class DurableStorage(FileSystemStorage):
    """A folder of this machine. What was saved is on the disk before it is said to be."""

    def _save(self, name: str, content: object) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]  # because the stubs leave it out
        path = Path(self.path(saved))
        for place in (path, path.parent, path.parent.parent):
            _sync(place)
        return saved


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def store() -> Storage:
    return storages["files"]


def part_path(file_id: UUID, at: int) -> str:
    """A new name for each attempt: two that race never write into one object."""
    return f"parts/{file_id}/{at}-{uuid7().hex}"


def blob_path(blob_id: UUID, which: str) -> str:
    return f"blobs/{blob_id.hex[-2:]}/{blob_id}.{which}"


def save(path: str, content: bytes) -> str:
    return store().save(path, ContentFile(content))


def read(path: str) -> bytes:
    with store().open(path) as opened:
        content: bytes = opened.read()
    return content


def delete(paths: Iterable[str]) -> None:
    """Remove objects that nothing names any more; one that cannot be removed is logged and left."""
    for path in paths:
        try:
            store().delete(path)
        except Exception as error:
            log.warning("file object not removed", error_type=type(error).__name__)

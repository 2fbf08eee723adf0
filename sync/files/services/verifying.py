"""The last byte is here: is this the file that was declared? Only then it counts as received."""

from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.encryption import key_of
from kernel import clock, crypto
from kernel.actor import Actor
from kernel.problems import Problem
from sync.files import images, storage
from sync.files.models import Blob, File, FilePart
from sync.files.services.room import count_bytes
from sync.files.services.storing import store
from sync.services import restate


def part_place(file_id: UUID, at: int) -> bytes:
    return f"sync_file_part.{file_id}.{at}".encode()


def verify(*, actor: Actor, file: File, parts: Sequence[FilePart]) -> bool:
    """Check size, hash and type with the last `parts` and keep the file; False when another request did it.

    Problems `file_hash_mismatch` (the upload is over, a new one may begin), `file_type_mismatch`,
    `image_unreadable`, `image_too_large` (the file is refused, another has to be declared).
    """
    content = b"".join(_opened(file, parts))
    if len(content) != file.size or sha256(content).digest() != bytes(file.sha256):
        _over(actor, file, parts)
        raise Problem("file_hash_mismatch")
    if file.key_id is None:
        raise Problem("file_unknown")
    try:
        with store(file.key_id, content, file.type) as blob:
            return _kept(actor, file, parts, blob)
    except images.UnacceptableError as error:
        _over(actor, file, parts, code=error.code)
        raise Problem(error.code) from error


def discard(file: File) -> None:
    """Remove what has arrived; the file is declared as before. In the caller's transaction."""
    rows = FilePart.objects.filter(file=file)
    paths = list(rows.values_list("path", flat=True))
    rows.delete()
    file.offset, file.expires_at = 0, None
    file.save(update_fields=["offset", "expires_at"])
    transaction.on_commit(partial(storage.delete, paths))


def _opened(file: File, parts: Sequence[FilePart]) -> Iterator[bytes]:
    earlier = FilePart.objects.filter(file=file, at__lt=parts[0].at).order_by("at")
    for part in (*earlier, *parts):
        envelope = storage.read(part.path)
        key = key_of(crypto.envelope_key_id(envelope))
        yield crypto.open_(key, envelope, part_place(file.id, part.at))


@transaction.atomic
def _kept(actor: Actor, file: File, parts: Sequence[FilePart], blob: Blob) -> bool:
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    shared = Blob.objects.get(key_id=blob.key_id, sha256=blob.sha256)
    standing = File.objects.filter(id=file.id, state="waiting", offset=parts[0].at, expires_at__isnull=False)
    now = clock.now()
    moved = standing.update(state="verified", offset=file.size, blob=shared, verified_at=now, expires_at=None)
    if not moved:
        transaction.set_rollback(True)
        return False
    _parts_gone(file, parts)
    count_bytes(actor, sum(part.size for part in parts))
    _told(actor, file, "file.verified")
    return True


@transaction.atomic
def _over(actor: Actor, file: File, parts: Sequence[FilePart], *, code: str = "") -> None:
    """Not the file that was declared: what came is removed; with a `code` the file itself is refused."""
    standing = File.objects.filter(id=file.id, state="waiting", offset=parts[0].at)
    changed = {"offset": 0, "expires_at": None} | ({"state": "refused", "code": code} if code else {})
    storage_paths = [part.path for part in parts]
    if standing.update(**changed):
        _parts_gone(file, parts)
        count_bytes(actor, sum(part.size for part in parts))
        if code:
            _told(actor, file, "file.refused")
    else:
        transaction.on_commit(partial(storage.delete, storage_paths))


def _parts_gone(file: File, parts: Sequence[FilePart]) -> None:
    rows = FilePart.objects.filter(file=file)
    paths = [*rows.values_list("path", flat=True), *(part.path for part in parts)]
    rows.delete()
    transaction.on_commit(partial(storage.delete, paths))


def _told(actor: Actor, file: File, event: str) -> None:
    """The fact, and the phone rows of the record."""
    detail = {"kind": file.kind, "record": str(file.record)}
    record(actor=actor, event=event, subject_kind="file", subject_id=file.id, detail=detail)
    restate(file.kind, [file.record])

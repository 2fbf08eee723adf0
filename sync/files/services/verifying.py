"""The last byte is here: is this the file that was declared? Only then it counts as received."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.encryption import key_of
from kernel import clock, crypto
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.problems import Problem
from sync.files import images, storage
from sync.files.models import Blob, File, FilePart
from sync.files.services.room import count_bytes
from sync.services import restate

FRAME = 256 * 1024


def part_place(file_id: UUID, at: int) -> bytes:
    return f"sync_file_part.{file_id}.{at}".encode()


def blob_place(blob_id: UUID, which: str) -> bytes:
    return f"sync_blob.{which}.{blob_id}".encode()


def verify(*, actor: Actor, file: File, parts: Sequence[FilePart]) -> bool:
    """Check size, hash and type with the last `parts` and keep the file; False when another request did it.

    Problems `file_hash_mismatch` (the upload is over, a new one may begin), `file_type_mismatch`,
    `image_unreadable`, `image_too_large` (the file is refused, another has to be declared).
    """
    content = b"".join(_opened(file, parts))
    if len(content) != file.size or sha256(content).digest() != bytes(file.sha256):
        _over(actor, file, parts)
        raise Problem("file_hash_mismatch")
    try:
        blob, fresh = _blob(file, content)
    except images.UnacceptableError as error:
        _over(actor, file, parts, code=error.code)
        raise Problem(error.code) from error
    try:
        return _kept(actor, file, parts, blob)
    finally:
        if fresh and not Blob.objects.filter(id=blob.id).exists():
            storage.delete([blob.path, blob.served_path])


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


def _blob(file: File, content: bytes) -> tuple[Blob, bool]:
    """The bytes under the subject's key: those that are there, or now stored; and whether they are new."""
    known = Blob.objects.filter(key_id=file.key_id, sha256=file.sha256).first()
    if known is not None:
        if known.type != file.type:
            raise images.UnacceptableError("file_type_mismatch")
        return known, False
    made, pk = images.picture(content, file.type), uuid7()
    blob = Blob(
        id=pk, key_id=file.key_id, sha256=file.sha256, size=file.size, type=file.type,
        served_type=made.type, width=made.width, height=made.height, created_at=clock.now(),
    )  # fmt: skip
    blob.path = _save(blob, "original", content)
    blob.served_path = _save(blob, "served", made.content)
    return blob, True


def _save(blob: Blob, which: str, content: bytes) -> str:
    chunks: Iterable[bytes] = (content[at : at + FRAME] for at in range(0, len(content), FRAME))
    frames = crypto.seal_stream(key_of(blob.key_id), blob.key_id, chunks, blob_place(blob.id, which))
    return storage.save(storage.blob_path(blob.id, which), b"".join(frames))


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

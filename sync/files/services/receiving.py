"""Bytes as they come: cut into segments, each sealed, stored and committed by itself.

There is no lock to be left behind. A segment is taken by compare-and-set on the offset, in one short
transaction: of two requests that send the same part one goes on, the other is told where the file stands. A
request that dies takes nothing with it but the segment it was in.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from edge.conf import setting
from edge.encryption import key_of
from kernel import clock, crypto
from kernel.actor import Actor
from kernel.problems import Problem
from sync.files import storage
from sync.files.models import File, FilePart
from sync.files.selectors import bytes_today, own
from sync.files.services.room import count_bytes
from sync.files.services.verifying import discard, part_place, verify
from sync.files.tus import ALGORITHMS, Checksum

SEGMENT = 512 * 1024
Read = Callable[[int], bytes]


@transaction.atomic
def upload_begin(*, actor: Actor, file_id: UUID, length: int) -> File:
    """Begin the upload of a declared file, or go on with the one that is open; where it stands.

    Problems `file_unknown`, `upload_length_mismatch`, `file_refused`.
    """
    file = own(actor).select_for_update(of=("self",)).filter(id=file_id).first()
    if file is None:
        raise Problem("file_unknown")
    if length != file.size:
        raise Problem("upload_length_mismatch", size=file.size)
    if file.state == "refused":
        raise Problem("file_refused", reason=file.code)
    if file.state == "waiting":
        if file.expires_at is not None and file.expires_at <= clock.now():
            discard(file)
        file.expires_at = _end()
        file.save(update_fields=["expires_at", "offset"])
    return file


@transaction.atomic
def upload_end(*, actor: Actor, file_id: UUID) -> None:
    """Give an upload up: what has arrived is removed, the file stays declared. Problem `file_final`."""
    file = own(actor).select_for_update(of=("self",)).filter(id=file_id).first()
    if file is None:
        raise Problem("file_unknown")
    if file.state != "waiting":
        raise Problem("file_final")
    discard(file)


def upload_open(actor: Actor, file_id: UUID) -> File:
    """The file with an upload that is open, or a verified one. Problems as of tus: gone, or not begun."""
    file = own(actor).filter(id=file_id).first()
    if file is None:
        raise Problem("file_unknown")
    if file.state == "refused":
        raise Problem("file_refused", reason=file.code)
    if file.state == "waiting":
        if file.expires_at is None:
            raise Problem("upload_unknown")
        if file.expires_at <= clock.now():
            raise Problem("upload_expired")
    return file


def receive(
    *, actor: Actor, file_id: UUID, offset: int, length: int, read: Read, checksum: Checksum | None = None
) -> File:
    """Take up to `length` bytes from `read` at `offset`; the file as it stands then.

    When they break off, what came is kept, unless a checksum was to hold for all of it. With the last byte
    the file is verified: only then does its offset reach its size.
    """
    file = upload_open(actor, file_id)
    if offset != file.offset:
        raise _mismatch(file_id)
    if offset + length > file.size:
        raise Problem("upload_too_long", size=file.size)
    _check_room(actor, length)
    if checksum is None:
        return _by_segments(actor, file, offset + length, read)
    return _checked(actor, file, offset + length, read, checksum)


def _by_segments(actor: Actor, file: File, end: int, read: Read) -> File:
    while file.offset < end and (content := _taken(read, min(SEGMENT, end - file.offset))):
        file = _commit(actor, file, [_stored(file, file.offset, content)])
    return file


def _checked(actor: Actor, file: File, end: int, read: Read, checksum: Checksum) -> File:
    """All of the part or nothing: it is stored as it comes and counts when its sum is right."""
    digest, at = ALGORITHMS[checksum.algorithm](), file.offset
    parts: list[FilePart] = []
    while at < end and (content := _taken(read, min(SEGMENT, end - at))):
        parts.append(_stored(file, at, content))
        digest.update(content)
        at += len(content)
    if at < end or digest.digest() != checksum.digest:
        storage.delete(part.path for part in parts)
        raise Problem("checksum_mismatch", offset=file.offset)
    return _commit(actor, file, parts) if parts else file


def _taken(read: Read, count: int) -> bytes:
    """`count` bytes, or fewer where the request broke off."""
    chunks, left = [], count
    while left:
        try:
            chunk = read(left)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


def _stored(file: File, at: int, content: bytes) -> FilePart:
    if file.key_id is None:
        raise Problem("file_unknown")
    sealed = crypto.seal(key_of(file.key_id), file.key_id, content, part_place(file.id, at))
    path = storage.save(storage.part_path(file.id, at), sealed)
    return FilePart(file=file, at=at, size=len(content), path=path)


def _commit(actor: Actor, file: File, parts: Sequence[FilePart]) -> File:
    """Move the offset over these parts, or learn that somebody else did."""
    end = parts[-1].at + parts[-1].size
    if end == file.size:
        moved = verify(actor=actor, file=file, parts=parts)
    else:
        moved = _advanced(actor, file, parts, end)
    if not moved:
        storage.delete(part.path for part in parts)
        raise _mismatch(file.id)
    file.refresh_from_db()
    return file


@transaction.atomic
def _advanced(actor: Actor, file: File, parts: Sequence[FilePart], end: int) -> bool:
    standing = File.objects.filter(id=file.id, state="waiting", offset=parts[0].at, expires_at__isnull=False)
    if not standing.update(offset=end, expires_at=_end()):
        return False
    FilePart.objects.bulk_create(parts)
    count_bytes(actor, end - parts[0].at)
    return True


def _check_room(actor: Actor, length: int) -> None:
    limit, now = setting("SYNC_FILE_BYTES_A_DAY"), clock.now()
    if bytes_today(actor) + length > limit:
        rest = clock.day_end(clock.local_day(now)) - now
        raise Problem("files_full", limit=limit, retry_after=int(rest / timedelta(seconds=1)) + 1)


def _mismatch(file_id: UUID) -> Problem:
    standing = File.objects.values_list("offset", flat=True).get(id=file_id)
    return Problem("upload_offset_mismatch", offset=standing)


def _end() -> object:
    return clock.now() + timedelta(hours=setting("SYNC_UPLOAD_HOURS"))

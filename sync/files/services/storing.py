"""The bytes of a picture or paper under a data subject's key: the original as it came, and what is served."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from uuid import UUID

from edge.encryption import key_of
from kernel import clock, crypto
from kernel.ids import uuid7
from sync.files import images, pdfs, storage
from sync.files.models import Blob

FRAME = 256 * 1024


def blob_place(blob_id: UUID, which: str) -> bytes:
    return f"sync_blob.{which}.{blob_id}".encode()


@contextmanager
def store(key_id: UUID, content: bytes, declared: str) -> Iterator[Blob]:
    """The bytes under this key: a row that is there, or a new one, not saved yet, whose objects are stored.

    The block saves it; objects that no row names afterwards are removed. UnacceptableError as of pictures.
    """
    known = Blob.objects.filter(key_id=key_id, sha256=sha256(content).digest()).first()
    if known is not None:
        if known.type != declared:
            raise images.UnacceptableError("file_type_mismatch")
        yield known
        return
    blob = _stored(key_id, content, declared)
    try:
        yield blob
    finally:
        if not Blob.objects.filter(id=blob.id).exists():
            storage.delete([blob.path, blob.served_path])


def _stored(key_id: UUID, content: bytes, declared: str) -> Blob:
    made = pdfs.paper(content) if declared == pdfs.TYPE else images.picture(content, declared)
    blob = Blob(
        id=uuid7(), key_id=key_id, sha256=sha256(content).digest(), size=len(content), type=declared,
        served_type=made.type, width=made.width, height=made.height, created_at=clock.now(),
    )  # fmt: skip
    blob.path = _save(blob, "original", content)
    blob.served_path = _save(blob, "served", made.content)
    return blob


def _save(blob: Blob, which: str, content: bytes) -> str:
    chunks: Iterable[bytes] = (content[at : at + FRAME] for at in range(0, len(content), FRAME))
    frames = crypto.seal_stream(key_of(blob.key_id), blob.key_id, chunks, blob_place(blob.id, which))
    return storage.save(storage.blob_path(blob.id, which), b"".join(frames))

"""Bytes for readers: the picture made for serving, or the original as it came."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from edge.encryption import KeyGoneError, key_of, reveal
from kernel import crypto
from kernel.problems import Problem
from sync.files import storage
from sync.files.models import Blob, File
from sync.files.services.storing import blob_place

_NOT_IN_A_NAME = re.compile(r'[/\\:*?"<>|]+|\.{2,}')


def chunks(blob: Blob, *, original: bool) -> Iterator[bytes]:
    """The clear bytes, a frame at a time. Problem `file_key_gone` before the first when they are lost."""
    which, path = ("original", blob.path) if original else ("served", blob.served_path)
    try:
        key_of(blob.key_id)
    except KeyGoneError as error:
        raise Problem("file_key_gone") from error
    return _frames(path, blob_place(blob.id, which))


def _frames(path: str, place: bytes) -> Iterator[bytes]:
    with storage.store().open(path) as opened:
        yield from crypto.open_stream(key_of, opened.read, place)


def name_of(file: File) -> str:
    """The name that the phone gave; '' where there is none or its key was destroyed."""
    try:
        return reveal(file, "name") or ""
    except KeyGoneError:
        return ""


def disposition(file: File, served_type: str, *, original: bool) -> str:
    """`Content-Disposition` with a name that is no path, whatever the phone called it (RFC 8187)."""
    suffix = served_type.removeprefix("image/")
    said = _NOT_IN_A_NAME.sub("_", name_of(file)).strip(". ") or str(file.id)
    stem = said.rsplit(".", 1)[0][:60]
    shown = quote(f"{stem}.{suffix}", safe="")
    how = "attachment" if original else "inline"
    return f"{how}; filename=\"{file.id}.{suffix}\"; filename*=UTF-8''{shown}"

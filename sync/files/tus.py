"""The words of tus 1.0 (https://tus.io/protocols/resumable-upload): headers in, headers out."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from kernel.problems import Problem

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,expiration,termination"
MEDIA_TYPE = "application/offset+octet-stream"
ALGORITHMS: dict[str, Callable[[], Any]] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
}
_NUMBER = re.compile(r"[0-9]{1,15}")
_METADATA_MAX = 4096


@dataclass(frozen=True, slots=True)
class Checksum:
    """Of the bytes of one part."""

    algorithm: str
    digest: bytes


def number(header: str, value: str | None) -> int:
    """A whole number of bytes. Problem `tus_header` when it is missing, negative or no number."""
    if value is None or not _NUMBER.fullmatch(value):
        raise Problem("tus_header", header)
    return int(value)


def metadata(value: str) -> dict[str, str]:
    """`Upload-Metadata`: keys with base64 values, separated by commas. Problem `tus_header`."""
    found: dict[str, str] = {}
    if len(value) > _METADATA_MAX:
        raise Problem("tus_header", "Upload-Metadata")
    for pair in value.split(",") if value else []:
        key, _, encoded = pair.strip().partition(" ")
        try:
            text = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, ValueError) as error:
            raise Problem("tus_header", "Upload-Metadata") from error
        if not key or key in found:
            raise Problem("tus_header", "Upload-Metadata")
        found[key] = text
    return found


def checksum(value: str | None) -> Checksum | None:
    """`Upload-Checksum`. Problems `checksum_unsupported`, `tus_header`."""
    if value is None:
        return None
    algorithm, _, encoded = value.strip().partition(" ")
    if algorithm not in ALGORITHMS:
        raise Problem("checksum_unsupported", algorithms=sorted(ALGORITHMS))
    try:
        return Checksum(algorithm, base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError) as error:
        raise Problem("tus_header", "Upload-Checksum") from error


def expires(at: datetime) -> str:
    """`Upload-Expires`: a moment (UTC) as RFC 9110 writes it."""
    return format_datetime(at, usegmt=True)

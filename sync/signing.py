"""What a device key proves about a push: one signature over the hashes of its items, or an item's own.

Message of a batch: `gridgov-push-v1` NUL, the 16 bytes of `batch_id`, the 32-byte hashes in the order of the
items. Message of an item: `gridgov-item-v1` NUL, its hash. The hash is SHA-256 of the item's canonical JSON
(RFC 8785) without `sig`; of an item that the server puts together from a row, that of what the row says
(`Stated`). Signatures as in `kernel.crypto.verify_signature`. Vectors:
docs/conformance/signatures.json.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from kernel import crypto
from kernel.problems import Problem
from sync import registry
from sync.items import Envelope, Signed, quarantined
from sync.reading import Read

_PUSH = b"gridgov-push-v1\0"
_ITEM = b"gridgov-item-v1\0"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a device could sign where it does not know the items, because the server makes them of its rows:
    the hash of what each row says, and to which of them each item belongs."""

    hashes: list[bytes]
    places: list[int]


def push_message(batch_id: UUID, hashes: Sequence[bytes]) -> bytes:
    """What the device key signs for a whole push."""
    return _PUSH + batch_id.bytes + b"".join(hashes)


def item_message(digest: bytes) -> bytes:
    """What the device key signs for one item, at the moment it is made."""
    return _ITEM + digest


def check(envelope: Envelope, reads: Sequence[Read], hashes: Sequence[bytes], public_key: str) -> None:
    """Say of each item how it is proved, and decide those whose own signature is missing or wrong.

    `hashes` are those that the batch's signature covers. Problem `signature_invalid` when it does not verify:
    something was changed on the way, nothing is taken, and the phone sends the same again.
    """
    whole = envelope.manifest_sig is not None
    if envelope.manifest_sig is not None:
        message = push_message(envelope.batch_id, hashes)
        if not crypto.verify_signature(public_key, message, envelope.manifest_sig):
            raise Problem("signature_invalid")
    for read in reads:
        read.signed = Signed.BATCH if whole else Signed.NOT
        if read.sig is not None or _needs_own(read):
            _check_own(read, public_key)
        if read.signed and read.item:
            read.item = msgspec.structs.replace(read.item, signed=read.signed)


def _needs_own(read: Read) -> bool:
    entry = registry.find(read.kind)
    return entry is not None and entry.signed_items


def _check_own(read: Read, public_key: str) -> None:
    if read.sig is None:
        read.outcome = read.outcome or quarantined("signature_required")
    elif crypto.verify_signature(public_key, item_message(read.stated or read.hash), read.sig):
        read.signed = Signed.ITEM
    else:
        read.signed = Signed.NOT
        read.outcome = quarantined("signature_invalid")

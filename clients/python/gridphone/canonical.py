"""One byte sequence per JSON value, the same in every language (RFC 8785).

Items hold only objects, arrays, strings, integers, booleans and null, and their keys are ASCII. Then the
whole of RFC 8785 is: keys sorted, no white space, no escapes but the necessary ones, UTF-8.
"""

import hashlib
import json
from typing import Any
from uuid import UUID


def canonical(value: Any) -> bytes:
    """The canonical bytes. A float is refused: what is measured travels as an integer of a small unit."""
    _refuse_floats(value)
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def item_hash(item: dict[str, Any]) -> bytes:
    """SHA-256 (32 bytes) over the item without its own signature: what makes a replay a duplicate."""
    return hashlib.sha256(canonical({key: value for key, value in item.items() if key != "sig"})).digest()


def item_message(item: dict[str, Any]) -> bytes:
    """What the device key signs for one item, at the moment it is made."""
    return b"gridgov-item-v1\0" + item_hash(item)


def push_message(batch_id: str, hashes: list[bytes]) -> bytes:
    """What the device key signs for a whole push: its id and the hashes of its items in their order."""
    return b"gridgov-push-v1\0" + UUID(batch_id).bytes + b"".join(hashes)


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: send an integer of a smaller unit")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)

"""UUIDv7 (RFC 9562): made by the phone, offline, sorted by the time of making."""

import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def uuid7(at_ms: int | None = None) -> str:
    """48 bits of Unix milliseconds, then a counter of 12 bits, then chance.

    Two ids of the same millisecond still sort in the order in which they were made.
    """
    global _last  # noqa: PLW0603  because the counter belongs to the process, not to a phone
    with _lock:
        stamp = (at_ms if at_ms is not None else time.time_ns() // 1_000_000) << 12
        if at_ms is None:
            stamp = _last = max(stamp, _last + 1)
    value = (stamp >> 12 & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))

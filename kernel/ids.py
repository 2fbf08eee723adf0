"""Identifiers: UUIDv7 (RFC 9562 section 5.7), so that keys made offline sort by the time of their making."""

import os
import struct
import threading
from datetime import UTC, datetime
from uuid import UUID

from kernel import clock

_lock = threading.Lock()
_last = [0, 0]
_RANDOM_BITS = 12
_TAIL = (1 << 62) - 1


def uuid7(at: datetime | None = None) -> UUID:
    """A new UUIDv7. Inside one process ids made in the same millisecond keep their order (12-bit counter).

    With `at` (aware) the given instant is used and no order is promised.
    """
    if at is not None:
        return _compose(int(at.timestamp() * 1000), int.from_bytes(os.urandom(2)) & 0xFFF)
    with _lock:
        millis = int(clock.now().timestamp() * 1000)
        if millis > _last[0]:
            _last[:] = [millis, int.from_bytes(os.urandom(1))]
        else:
            _last[1] += 1
            if _last[1] >> _RANDOM_BITS:
                _last[:] = [_last[0] + 1, 0]
        return _compose(_last[0], _last[1])


def uuid7s(count: int) -> list[UUID]:
    """`count` new UUIDv7 for a batch, in order and after every earlier one of this process."""
    with _lock:
        first = max(int(clock.now().timestamp() * 1000), _last[0] + 1)
        _last[:] = [first + (max(count, 1) - 1 >> _RANDOM_BITS), (1 << _RANDOM_BITS) - 1]
    tails = struct.unpack(f">{count}Q", os.urandom(8 * count))
    return [
        UUID(int=_head(first + (n >> _RANDOM_BITS), n & 0xFFF) | tail & _TAIL) for n, tail in enumerate(tails)
    ]


def uuid7_time(value: UUID) -> datetime:
    """The instant (millisecond) that a UUIDv7 carries. ValueError for another version."""
    if value.version != 7:  # noqa: PLR2004  because the version number is the standard's own
        raise ValueError("not a UUIDv7")
    return datetime.fromtimestamp((value.int >> 80) / 1000, UTC)


def _compose(millis: int, rand_a: int) -> UUID:
    return UUID(int=_head(millis, rand_a) | int.from_bytes(os.urandom(8)) & _TAIL)


def _head(millis: int, rand_a: int) -> int:
    """All but the 62 random bits of the tail."""
    return (millis & ((1 << 48) - 1)) << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62

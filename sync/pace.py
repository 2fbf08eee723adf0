"""When a phone comes again: each device at its own offset, so that not all of a district come at once."""

from hashlib import blake2b
from uuid import UUID

from edge.conf import setting

ONE_RETRY_S = 2  # a device's own request that is still running is soon over


def poll_after(device: UUID | None) -> int:
    """Seconds until the next pull when there was nothing more."""
    return int(setting("SYNC_POLL_S")) + offset(device, int(setting("SYNC_POLL_SPREAD_S")))


def retry_after(device: UUID | None) -> int:
    """Seconds until a refused call is tried again (`Retry-After`)."""
    return 1 + offset(device, int(setting("SYNC_RETRY_SPREAD_S")))


def offset(device: UUID | None, spread: int) -> int:
    """A number below `spread`, always the same for one device."""
    digest = blake2b(device.bytes if device else b"", digest_size=4).digest()
    return int.from_bytes(digest) % max(spread, 1)

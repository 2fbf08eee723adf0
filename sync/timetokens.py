"""Time tokens: what a phone last heard of the server's clock. An item with one was not made before it.

`base64url(6 bytes of milliseconds since 1970 ‖ 16 bytes of HMAC-SHA256)` without padding: 30 characters,
bound to the device. Under the ring's refresh keys, told apart by their purpose.
"""

import base64
import binascii
import hmac
from datetime import UTC, datetime
from uuid import UUID

from edge import encryption
from kernel import clock, crypto

_MILLIS = 6
_TAG = 16
_PURPOSE = b"gridgov-time-v1\0"


def issue(device_id: UUID) -> str:
    """The present moment, for this device."""
    millis = int(clock.now().timestamp() * 1000).to_bytes(_MILLIS)
    tag = _tag(encryption.ring()["refresh"].newest, device_id, millis)
    return base64.urlsafe_b64encode(millis + tag).decode().rstrip("=")


def read(token: str, device_id: UUID) -> datetime | None:
    """The moment that a token of this device names; None when it is none of ours."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if len(raw) != _MILLIS + _TAG:
        return None
    millis, tag = raw[:_MILLIS], raw[_MILLIS:]
    keys = encryption.ring()["refresh"].by_id.values()
    if not any(hmac.compare_digest(tag, _tag(key, device_id, millis)) for key in keys):
        return None
    return datetime.fromtimestamp(int.from_bytes(millis) / 1000, UTC)


def _tag(key: bytes, device_id: UUID, millis: bytes) -> bytes:
    return crypto.hmac256(key, _PURPOSE + device_id.bytes + millis)[:_TAG]

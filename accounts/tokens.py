"""The wire forms of refresh tokens, nonces, signatures and enrolment codes: bytes in, bytes out.

A refresh token is `base64url(id ‖ HMAC-SHA256(refresh_key, id ‖ family ‖ generation ‖ device))`. Its row
holds all that goes into the HMAC, so nothing secret is stored and the same token can be said again.
"""

import base64
import binascii
import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from kernel.crypto import hmac256

_ID = 16
_TOKEN = _ID + 32
_NO_DEVICE = bytes(_ID)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": ""})
SELECTOR = 6
SECRET = 14
"""Characters of the two parts of an enrolment code: 30 bits to find it, 70 bits that must be known."""


def refresh_token(
    key: bytes, *, token_id: UUID, family_id: UUID, generation: int, device_id: UUID | None
) -> str:
    """The 64 characters that stand for one generation of a family."""
    return base64.urlsafe_b64encode(
        token_id.bytes + _tag(key, token_id, family_id, generation, device_id)
    ).decode()


def refresh_token_id(token: str) -> UUID | None:
    """The id of the row that a token claims to be of, or None when it is not in the form of one."""
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=raw[:_ID]) if len(raw) == _TOKEN else None


def refresh_token_is(
    token: str, key: bytes, *, token_id: UUID, family_id: UUID, generation: int, device_id: UUID | None
) -> bool:
    """Whether `token` is the one of this row, compared in constant time."""
    made = refresh_token(
        key, token_id=token_id, family_id=family_id, generation=generation, device_id=device_id
    )
    return hmac.compare_digest(made.encode(), token.encode("ascii", "replace"))


def _tag(key: bytes, token_id: UUID, family_id: UUID, generation: int, device_id: UUID | None) -> bytes:
    device = device_id.bytes if device_id else _NO_DEVICE
    return hmac256(key, token_id.bytes + family_id.bytes + generation.to_bytes(4) + device)


def refresh_message(*, nonce: str, token: str) -> bytes:
    """What a device signs to refresh. The token stands in it, so a signature serves one generation only."""
    return f"gridgov.refresh.v1\n{nonce}\n{token}".encode()


def wiped_message(*, device_id: UUID, order_id: str) -> bytes:
    """What a device signs to say that it has carried out its wipe order."""
    return f"gridgov.wiped.v1\n{device_id}\n{order_id}".encode()


def new_code() -> tuple[str, str]:
    """Selector and secret of a fresh enrolment code."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(SELECTOR + SECRET))
    return letters[:SELECTOR], letters[SELECTOR:]


def code_text(selector: str, secret: str) -> str:
    """The code as a person reads it: five groups of four."""
    whole = selector + secret
    return "-".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def code_parts(text: str) -> tuple[str, str] | None:
    """Selector and secret of a typed code (case, dashes and look-alikes do not matter), or None."""
    whole = text.upper().translate(_LOOKALIKES)
    if len(whole) != SELECTOR + SECRET or not set(whole) <= set(_ALPHABET):
        return None
    return whole[:SELECTOR], whole[SELECTOR:]


def secret_digest(selector: str, secret: str) -> bytes:
    """What is kept of a secret of full entropy (no slow hash is needed for 70 random bits)."""
    return sha256(f"{selector}.{secret}".encode()).digest()

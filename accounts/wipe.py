"""The wipe order of a lost phone, signed by the installation so that nobody else can give one."""

import base64
from datetime import datetime
from functools import cache
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from edge import encryption
from kernel.canonical import canonical
from kernel.problems import Problem


@cache
def _signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(encryption.ring()["orders"].newest)


def server_key() -> str:
    """The public key that verifies orders (base64 SubjectPublicKeyInfo); a phone gets it at enrolment."""
    public = _signing_key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(public).decode()


def wipe_problem(*, device_id: UUID, order_id: UUID | None, issued_at: datetime | None) -> Problem:
    """The only answer a lost phone gets: the order, and the signature over its canonical JSON (RFC 8785)."""
    order = {
        "act": "wipe",
        "device_id": str(device_id),
        "id": str(order_id),
        "issued_at": issued_at.isoformat() if issued_at else "",
    }
    signature = base64.b64encode(_signing_key().sign(canonical(order))).decode()
    return Problem("wipe", order=order, order_signature=signature)

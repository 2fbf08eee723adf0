"""The key pair of a device. The private half never leaves it; the server learns the public half at
enrolment.
"""

import base64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


class DeviceKey:
    """P-256. On a real phone it lives in the secure element; here in the device's own store."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private

    @classmethod
    def fresh(cls) -> "DeviceKey":
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def load(cls, pem: str) -> "DeviceKey":
        private = serialization.load_pem_private_key(pem.encode("ascii"), password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise TypeError("the stored device key is not an elliptic curve key")
        return cls(private)

    def dump(self) -> str:
        return self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode("ascii")

    @property
    def public_b64(self) -> str:
        """SubjectPublicKeyInfo in base64: what `POST /auth/enrol` takes as `public_key`."""
        return b64(
            self._private.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )

    def sign(self, message: bytes) -> str:
        """ECDSA over SHA-256, as r‖s of 64 bytes in base64: what browsers and phones produce."""
        r, s = decode_dss_signature(self._private.sign(message, ec.ECDSA(hashes.SHA256())))
        return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def signed_by_server(server_key: str | None, message: bytes, signature: str) -> bool:
    """Whether the installation that enrolled this device has signed (Ed25519)."""
    try:
        key = serialization.load_der_public_key(base64.b64decode(server_key or ""))
        if not isinstance(key, ed25519.Ed25519PublicKey):
            return False
        key.verify(base64.b64decode(signature), message)
    except (ValueError, InvalidSignature):
        return False
    return True

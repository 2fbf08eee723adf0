"""Sealing to a key that is not here: anybody may close with the public half, only both printed halves open.

An X25519 key pair is made once; its private key is cut in two by XOR (each half alone is random bytes),
printed and forgotten. Sealing: ephemeral X25519 → HKDF-SHA256 → AES-256-GCM; `s1|ephemeral public
key|nonce|ciphertext`.
"""

import base64
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from kernel.crypto import CannotOpenError

_VERSION = b"s1"
_KEY = 32
_NONCE = 12
_HEAD = len(_VERSION) + _KEY + _NONCE
_CHECK = 3
_GROUP = 4


class BadHalfError(ValueError):
    """A printed half that was typed wrongly, or is none."""


def new_pair() -> tuple[bytes, bytes]:
    """(private, public), 32 raw bytes each."""
    private = X25519PrivateKey.generate()
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return raw, _public(private)


def halves(private: bytes) -> tuple[bytes, bytes]:
    """Two shares of which one alone says nothing."""
    first = os.urandom(_KEY)
    return first, _xor(first, private)


def joined(first: bytes, second: bytes) -> bytes:
    """The private key of its two halves."""
    return _xor(first, second)


def public_of(private: bytes) -> bytes:
    return _public(X25519PrivateKey.from_private_bytes(private))


def printed(half: bytes) -> str:
    """A half as it stands on paper: base32 with a check, in groups of four."""
    text = base64.b32encode(half + sha256(half).digest()[:_CHECK]).decode().rstrip("=")
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def read_printed(text: str) -> bytes:
    """The half that was typed from paper; spaces, hyphens and case do not matter. BadHalfError otherwise."""
    bare = "".join(text.split()).replace("-", "").upper()
    try:
        raw = base64.b32decode(bare + "=" * (-len(bare) % 8))
    except ValueError as error:
        raise BadHalfError("not base32") from error
    half, check = raw[:_KEY], raw[_KEY:]
    if len(half) != _KEY or check != sha256(half).digest()[:_CHECK]:
        raise BadHalfError("the check does not fit")
    return half


def seal_to(public: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Close `plaintext` so that only the private key opens it. `aad` binds it to its place."""
    ephemeral = X25519PrivateKey.generate()
    own, nonce = _public(ephemeral), os.urandom(_NONCE)
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    return _VERSION + own + nonce + AESGCM(_derived(shared, own, public)).encrypt(nonce, plaintext, aad)


def unseal(private: bytes, envelope: bytes, aad: bytes) -> bytes:
    """Open it again. CannotOpenError when key, place or bytes do not fit."""
    if len(envelope) <= _HEAD or envelope[:2] != _VERSION:
        raise CannotOpenError("not sealed")
    own, nonce, body = envelope[2 : 2 + _KEY], envelope[2 + _KEY : _HEAD], envelope[_HEAD:]
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(own))
        return AESGCM(_derived(shared, own, _public(key))).decrypt(nonce, body, aad)
    except (InvalidTag, ValueError) as error:
        raise CannotOpenError("another key, another place or damaged") from error


def _derived(shared: bytes, own: bytes, public: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY, salt=None, info=b"gridgov seal" + own + public).derive(
        shared
    )


def _public(private: X25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))

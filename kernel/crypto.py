"""Cryptography as bytes in, bytes out. Who may read what is decided elsewhere.

Envelope of a value at rest: `v1|key_id|nonce|ciphertext` with AES-256-GCM; the additional data name the
table, the
column and the row, so that a ciphertext moved to another place does not open.
"""

import base64
import hmac
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

_VERSION = b"v1"
_NONCE = 12
_HEAD = len(_VERSION) + 16 + _NONCE
_RAW_SIGNATURE = 64
_AT_ONCE = 3072
_LENGTH = 4
_LARGEST_FRAME = 16 * 1024 * 1024
PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey


class CannotOpenError(Exception):
    """The envelope is damaged, stands in another place, or the key is another one."""


class BadKeyError(ValueError):
    """Not a P-256 or Ed25519 public key in SubjectPublicKeyInfo form."""


class _Random(threading.local):
    """Random bytes taken from the system a few kilobytes at a time: a push seals thousands of values."""

    left = b""

    def take(self, count: int) -> bytes:
        if len(self.left) < count:
            self.left = os.urandom(_AT_ONCE)
        taken, self.left = self.left[:count], self.left[count:]
        return taken


_random = _Random()
# A forked process must not say again what its parent took: each thread of the child begins anew.
os.register_at_fork(after_in_child=lambda: globals().__setitem__("_random", _Random()))


def new_key() -> bytes:
    """32 random bytes: an AES-256 key."""
    return os.urandom(32)


class Sealer:
    """Seals many values under one key (32 bytes): setting a cipher up costs more than a short value."""

    __slots__ = ("_cipher", "_head")

    def __init__(self, key: bytes, key_id: UUID) -> None:
        self._cipher, self._head = AESGCM(key), _VERSION + key_id.bytes

    def seal(self, plaintext: bytes, aad: bytes) -> bytes:
        """The envelope of `plaintext`."""
        nonce = _random.take(_NONCE)
        return self._head + nonce + self._cipher.encrypt(nonce, plaintext, aad)


def seal(key: bytes, key_id: UUID, plaintext: bytes, aad: bytes) -> bytes:
    """The envelope of `plaintext` under `key` (32 bytes)."""
    return Sealer(key, key_id).seal(plaintext, aad)


def envelope_key_id(envelope: bytes) -> UUID:
    """The id of the key under which an envelope was sealed. CannotOpenError when it is not an envelope."""
    if len(envelope) < _HEAD or envelope[:2] != _VERSION:
        raise CannotOpenError("not an envelope")
    return UUID(bytes=envelope[2:18])


def open_(key: bytes, envelope: bytes, aad: bytes) -> bytes:
    """The plaintext of an envelope. CannotOpenError when key, place or bytes do not fit."""
    envelope_key_id(envelope)
    try:
        return AESGCM(key).decrypt(envelope[18:_HEAD], envelope[_HEAD:], aad)
    except InvalidTag as error:
        raise CannotOpenError("wrong key, wrong place or damaged") from error


def seal_stream(key: bytes, key_id: UUID, chunks: Iterable[bytes], aad: bytes) -> Iterator[bytes]:
    """Something large as frames: four bytes of length, then the envelope of one chunk.

    A frame is bound to its number and to whether it is the last: none can be left out, swapped or cut off.
    """
    sealer, number, ahead = Sealer(key, key_id), 0, None
    for chunk in chunks:
        if ahead is not None:
            yield _frame(sealer.seal(ahead, _numbered(aad, number, last=False)))
            number += 1
        ahead = chunk
    yield _frame(sealer.seal(ahead or b"", _numbered(aad, number, last=True)))


def open_stream(key_of: Callable[[UUID], bytes], read: Callable[[int], bytes], aad: bytes) -> Iterator[bytes]:
    """The chunks of a sealed stream, which is read by `read(count)`. CannotOpenError when it is not whole."""
    number, envelope = 0, _next_frame(read)
    while envelope is not None:
        after = _next_frame(read)
        key = key_of(envelope_key_id(envelope))
        yield open_(key, envelope, _numbered(aad, number, last=after is None))
        number, envelope = number + 1, after
    if number == 0:
        raise CannotOpenError("an empty stream")


def _frame(envelope: bytes) -> bytes:
    return len(envelope).to_bytes(_LENGTH) + envelope


def _numbered(aad: bytes, number: int, *, last: bool) -> bytes:
    return b"%b.%d.%d" % (aad, number, last)


def _next_frame(read: Callable[[int], bytes]) -> bytes | None:
    head = read(_LENGTH)
    if not head:
        return None
    count = int.from_bytes(head)
    envelope = read(count) if len(head) == _LENGTH and count <= _LARGEST_FRAME else b""
    if len(envelope) != count or not count:
        raise CannotOpenError("a frame is cut off")
    return envelope


def hmac256(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def blind_index(key: bytes, purpose: str, text: str) -> bytes:
    """32 bytes by which equal values can be found without being read. `purpose` separates columns."""
    return hmac256(key, purpose.encode() + b"\0" + text.encode())


def load_public_key(spki_b64: str) -> PublicKey:
    """A device's public key from base64 SubjectPublicKeyInfo (RFC 5480, RFC 8410). BadKeyError otherwise."""
    try:
        key = load_der_public_key(base64.b64decode(spki_b64, validate=True))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadKeyError("unreadable public key") from error
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise BadKeyError("only P-256 and Ed25519 keys are taken")


def verify_signature(spki_b64: str, message: bytes, signature_b64: str) -> bool:
    """Whether `signature` is the key's over `message`. P-256: ECDSA with SHA-256, raw r‖s (as WebCrypto) or
    DER."""
    try:
        key = load_public_key(spki_b64)
        signature = base64.b64decode(signature_b64, validate=True)
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, message)
        else:
            key.verify(_der(signature), message, ec.ECDSA(SHA256()))
    except (BadKeyError, InvalidSignature, ValueError):
        return False
    return True


def _der(signature: bytes) -> bytes:
    if len(signature) != _RAW_SIGNATURE:
        return signature
    half = _RAW_SIGNATURE // 2
    return encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))

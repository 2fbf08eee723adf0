"""Envelopes, blind indexes and device signatures."""

import base64
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kernel import crypto

KEY, KEY_ID = crypto.new_key(), uuid4()


def _spki(key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey) -> str:
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def test_an_envelope_opens_with_its_key_in_its_place() -> None:
    envelope = crypto.seal(KEY, KEY_ID, "张三".encode(), b"table.column.1")
    assert crypto.open_(KEY, envelope, b"table.column.1").decode() == "张三"
    assert crypto.envelope_key_id(envelope) == KEY_ID


def test_an_envelope_moved_to_another_row_does_not_open() -> None:
    envelope = crypto.seal(KEY, KEY_ID, b"secret", b"table.column.1")
    with pytest.raises(crypto.CannotOpenError):
        crypto.open_(KEY, envelope, b"table.column.2")


@pytest.mark.parametrize("position", range(2, 50, 7))
def test_a_flipped_bit_does_not_open(position: int) -> None:
    envelope = bytearray(crypto.seal(KEY, KEY_ID, b"secret value here", b"place"))
    envelope[position % len(envelope)] ^= 1
    key_read = crypto.envelope_key_id(bytes(envelope)) == KEY_ID
    if key_read:
        with pytest.raises(crypto.CannotOpenError):
            crypto.open_(KEY, bytes(envelope), b"place")
    assert key_read is (position >= 18)


def test_bytes_that_are_no_envelope_are_refused() -> None:
    with pytest.raises(crypto.CannotOpenError):
        crypto.envelope_key_id(b"short")


def test_blind_indexes_of_two_purposes_differ() -> None:
    assert crypto.blind_index(KEY, "phone", "138") != crypto.blind_index(KEY, "id_number", "138")
    assert crypto.blind_index(KEY, "phone", "138") == crypto.blind_index(KEY, "phone", "138")


def test_p256_signatures_are_taken_raw_and_as_der() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    der = private.sign(b"message", ec.ECDSA(SHA256()))
    r, s = decode_dss_signature(der)
    for signature in (der, r.to_bytes(32) + s.to_bytes(32)):
        assert crypto.verify_signature(
            _spki(private.public_key()), b"message", base64.b64encode(signature).decode()
        )


def test_a_signature_of_another_message_is_refused() -> None:
    private = ed25519.Ed25519PrivateKey.generate()
    signature = base64.b64encode(private.sign(b"message")).decode()
    assert crypto.verify_signature(_spki(private.public_key()), b"message", signature)
    assert not crypto.verify_signature(_spki(private.public_key()), b"other", signature)


@pytest.mark.parametrize("spki", ["", "AAAA", "not base64!", base64.b64encode(UUID(int=0).bytes).decode()])
def test_garbage_is_not_a_key(spki: str) -> None:
    with pytest.raises(crypto.BadKeyError):
        crypto.load_public_key(spki)


def test_other_kinds_of_keys_are_refused() -> None:
    for key in (ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)):
        with pytest.raises(crypto.BadKeyError):
            crypto.load_public_key(_spki(key.public_key()))

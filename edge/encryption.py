"""Values encrypted at rest (envelope of `kernel.crypto`), and blind indexes to find equal ones.

The key belongs to a data subject. `privacy` installs where keys come from; this module only seals and opens.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from edge import keyring
from edge.keyring import Ring
from kernel import crypto

KeyOf = Callable[[UUID], bytes | None]


class _Keys:
    of: KeyOf | None = None


class KeyGoneError(crypto.CannotOpenError):
    """The subject's key was destroyed or sealed: the value cannot be read any more."""


def install_keys(key_of: KeyOf) -> None:
    """`key_of(key_id)` gives the 32 bytes of a subject's key, or None when there is none (any more)."""
    _Keys.of = staticmethod(key_of)


def key_of(key_id: UUID) -> bytes:
    key = _Keys.of(key_id) if _Keys.of else None
    if key is None:
        raise KeyGoneError("no such key")
    return key


class Sealed(bytes):
    """An envelope as it stands in the column. Printing it shows nothing."""

    def __repr__(self) -> str:
        return "Sealed(…)"

    __str__ = __repr__


def place(model: type[models.Model] | models.Model, field: str, pk: object) -> bytes:
    """The additional data of a value: table, column and row."""
    return f"{model._meta.db_table}.{field}.{pk}".encode()


def seal_value(model: type[models.Model], field: str, pk: object, text: str, key_id: UUID) -> Sealed:
    """`text` sealed under the subject's key for this one place."""
    return Sealed(crypto.seal(key_of(key_id), key_id, text.encode(), place(model, field, pk)))


def open_value(model: type[models.Model], field: str, pk: object, sealed: bytes | None) -> str | None:
    """The text of an envelope of this place; None for None. KeyGoneError, CannotOpenError."""
    if sealed is None:
        return None
    envelope = bytes(sealed)
    key = key_of(crypto.envelope_key_id(envelope))
    return crypto.open_(key, envelope, place(model, field, pk)).decode()


def reveal(row: models.Model, field: str) -> str | None:
    """The clear text of an encrypted field of a row. Access and the read log are the caller's matter."""
    return open_value(type(row), field, row.pk, getattr(row, field))


class EncryptedField(models.BinaryField):
    """A column of envelopes. Takes only `Sealed`, so that clear text cannot be stored by mistake."""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return None if value is None else bytes(value)
        raise FieldError(f"{self.name}: only a sealed value can be stored")


class _Held:
    """The ring in this process, and when its file was last looked at."""

    path = ""
    looked_at = 0.0
    changed_ns = -1
    ring: Ring


def ring() -> Ring:
    """The key ring of this installation, read again within a second of a change; a fixed one under test.

    Ends the process when it cannot be trusted.
    """
    now = time.monotonic()
    if _Held.path != settings.KEYRING or now - _Held.looked_at >= 1:
        _look(Path(settings.KEYRING))
        _Held.path, _Held.looked_at = settings.KEYRING, now
    return _Held.ring


def forget_ring() -> None:
    """Look at the file again with the next use."""
    _Held.path = ""


def _look(path: Path) -> None:
    try:
        changed_ns = path.stat().st_mtime_ns
        if _Held.path != str(path) or changed_ns != _Held.changed_ns:
            _Held.ring, _Held.changed_ns = keyring.read(path), changed_ns
    except FileNotFoundError:
        if settings.MODE != "test":
            raise SystemExit(f"gridgov: the key ring {path} is missing; 'make run' makes one") from None
        _Held.ring = keyring.for_tests()
    except keyring.BadKeyRingError as error:
        raise SystemExit(f"gridgov: {error}; 'make run' makes one, GRIDGOV_KEYRING names another") from error


def blind(purpose: str, text: str) -> bytes:
    """The blind index (32 bytes) of a text that the caller has brought into its compared form
    (`kernel.text`)."""
    return crypto.blind_index(ring()["index"].newest, purpose, text)


def audit_hash(text: str) -> bytes:
    """What audit keeps of a sensitive value: an HMAC of its own key."""
    return crypto.hmac256(ring()["audit"].newest, text.encode())

"""Values encrypted at rest (envelope of `kernel.crypto`), and blind indexes to find equal ones.

The key belongs to a data subject. `privacy` installs where keys come from; this module only seals and opens.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.signals import setting_changed
from django.db import models

from edge import keyring
from edge.keyring import Ring
from kernel import crypto
from kernel.law import law

log = structlog.get_logger()
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


class Subject:
    """One data subject's key in hand, for several values of one person."""

    __slots__ = ("_sealer",)

    def __init__(self, key_id: UUID) -> None:
        self._sealer = crypto.Sealer(key_of(key_id), key_id)

    def seal(self, model: type[models.Model], field: str, pk: object, text: str) -> Sealed:
        """`text` sealed for this one place."""
        return Sealed(self._sealer.seal(text.encode(), place(model, field, pk)))


@law("DJ-4")
def seal_value(model: type[models.Model], field: str, pk: object, text: str, key_id: UUID) -> Sealed:
    """`text` sealed under the subject's key for this one place."""
    return Subject(key_id).seal(model, field, pk, text)


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


def reveal_if_any(row: models.Model, field: str) -> str | None:
    """The same; a value whose key was destroyed is gone, and that is no fault."""
    try:
        return reveal(row, field)
    except KeyGoneError:
        return None


@law("PI-28")
class EncryptedField(models.BinaryField):
    """A column of envelopes. Takes only `Sealed`, so that clear text cannot be stored by mistake."""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return None if value is None else bytes(value)
        raise FieldError(f"{self.name}: only a sealed value can be stored")


class _Held:
    """The ring in this process, whose it is, and when its file was last looked at."""

    path = ""
    looked_at = float("-inf")
    changed_ns = -1
    ring: Ring


def ring() -> Ring:
    """The key ring of this installation, read again within a second of a change; a fixed one under test.

    Ends the process when it cannot be trusted at the first look; later the one in hand stays in use.
    """
    now = time.monotonic()
    if now - _Held.looked_at < 1:  # asked thousands of times in a push
        return _Held.ring
    if _Held.path != settings.KEYRING:
        _Held.ring, _Held.changed_ns = _first(Path(settings.KEYRING))
        _Held.path = settings.KEYRING
    else:
        _again(Path(settings.KEYRING))
    _Held.looked_at = now
    return _Held.ring


def look_again() -> None:
    """Look at the ring's file with the next use, however soon."""
    _Held.looked_at = float("-inf")


def _forget_path(*, setting: str, **_more: object) -> None:
    if setting == "KEYRING":
        look_again()


setting_changed.connect(_forget_path)


def _first(path: Path) -> tuple[Ring, int]:
    try:
        if settings.MODE == "test" and not path.is_file():
            return keyring.for_tests(), -1
        return keyring.read(path), path.stat().st_mtime_ns
    except keyring.BadKeyRingError as error:
        raise SystemExit(f"gridgov: {error}; 'make run' makes one, GRIDGOV_KEYRING names another") from error


def _again(path: Path) -> None:
    try:
        changed_ns = path.stat().st_mtime_ns
        if changed_ns != _Held.changed_ns:
            _Held.ring, _Held.changed_ns = keyring.read(path), changed_ns
    except (OSError, keyring.BadKeyRingError) as error:
        if _Held.changed_ns != -1:
            log.error("key ring", error_type=type(error).__name__)


def blind(purpose: str, text: str) -> bytes:
    """The blind index (32 bytes) of a text that the caller has brought into its compared form
    (`kernel.text`)."""
    return crypto.blind_index(ring()["index"].newest, purpose, text)


def audit_hash(text: str) -> bytes:
    """What audit keeps of a sensitive value: an HMAC of its own key."""
    return crypto.hmac256(ring()["audit"].newest, text.encode())

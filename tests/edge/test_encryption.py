"""Values at rest: only sealed ones can be stored, and only in their own place can they be read."""

from uuid import UUID, uuid4

import pytest
from django.core.exceptions import FieldError
from django.db import models
from django.test.utils import isolate_apps

from edge import encryption
from edge.encryption import EncryptedField, Sealed
from kernel import crypto

KEY_ID, KEY = uuid4(), crypto.new_key()


with isolate_apps("edge"):  # a model of the tests alone: the field register must not meet it

    class Person(models.Model):
        phone = EncryptedField(null=True)

        class Meta:
            app_label = "edge"
            managed = False

        def __str__(self) -> str:
            return ""


@pytest.fixture(autouse=True)
def _one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: dict[UUID, bytes] = {KEY_ID: KEY}
    monkeypatch.setattr(encryption._Keys, "of", staticmethod(keys.get))


@pytest.mark.law("DJ-4")
def test_a_sealed_value_opens_in_its_place() -> None:
    row = Person(pk=1, phone=encryption.seal_value(Person, "phone", 1, "13800138000", KEY_ID))
    assert encryption.reveal(row, "phone") == "13800138000"


@pytest.mark.law("DJ-4")
def test_a_value_copied_to_another_row_does_not_open() -> None:
    row = Person(pk=2, phone=encryption.seal_value(Person, "phone", 1, "13800138000", KEY_ID))
    with pytest.raises(crypto.CannotOpenError):
        encryption.reveal(row, "phone")


@pytest.mark.law("PI-28")
def test_clear_text_cannot_be_stored() -> None:
    with pytest.raises(FieldError, match="sealed"):
        EncryptedField().get_prep_value("13800138000")


def test_a_destroyed_key_leaves_the_value_unreadable() -> None:
    with pytest.raises(encryption.KeyGoneError):
        encryption.key_of(uuid4())


def test_printing_a_sealed_value_shows_nothing() -> None:
    assert str(Sealed(b"v1abc")) == repr(Sealed(b"v1abc")) == "Sealed(…)"


def test_blind_indexes_find_equal_values_of_one_purpose() -> None:
    assert (
        encryption.blind("phone", "138") == encryption.blind("phone", "138") != encryption.blind("id", "138")
    )

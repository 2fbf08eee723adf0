from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from edge import encryption, keyring
from kernel.actor import SYSTEM
from kernel.problems import Problem
from privacy import keys, services
from privacy.models import SubjectKey

pytestmark = pytest.mark.django_db


def _sealed(key_id: UUID) -> encryption.Sealed:
    return encryption.seal_value(User, "name", 1, "张三", key_id)


def test_a_hundred_keys_are_one_statement() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        made = services.subject_keys_create(100)
    assert len(queries) == 1
    assert SubjectKey.objects.filter(id__in=made).count() == 100


def test_a_value_opens_again_also_in_a_process_that_never_saw_the_key() -> None:
    [key_id] = services.subject_keys_create(1)
    sealed = _sealed(key_id)
    keys.forget([key_id])
    assert encryption.open_value(User, "name", 1, sealed) == "张三"


def test_a_value_does_not_open_in_another_row() -> None:
    [key_id] = services.subject_keys_create(1)
    with pytest.raises(encryption.crypto.CannotOpenError):
        encryption.open_value(User, "name", 2, _sealed(key_id))


def test_what_a_destroyed_key_sealed_is_gone() -> None:
    [key_id] = services.subject_keys_create(1)
    sealed = _sealed(key_id)
    services.subject_key_destroy(actor=SYSTEM, key_id=key_id, reason="保存期满")
    with pytest.raises(encryption.KeyGoneError):
        encryption.open_value(User, "name", 1, sealed)


def test_destroying_needs_a_reason() -> None:
    [key_id] = services.subject_keys_create(1)
    with pytest.raises(Problem, match="reason_required"):
        services.subject_key_destroy(actor=SYSTEM, key_id=key_id, reason="")


def test_the_stored_key_is_not_the_key() -> None:
    [key_id] = services.subject_keys_create(1)
    key = keys.key_of(key_id)
    assert key is not None
    assert key not in bytes(SubjectKey.objects.get(id=key_id).wrapped_key)


def test_after_a_rotation_old_keys_open_and_are_wrapped_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ring.json"
    keyring.make(path)
    monkeypatch.setattr(encryption, "ring", lambda: keyring.read(path))
    made = services.subject_keys_create(3)
    sealed = _sealed(made[0])
    keyring.rotate(path, "wrapping")
    keys.forget(made)
    assert services.subject_keys_rewrap() >= 3
    keys.forget(made)
    assert encryption.open_value(User, "name", 1, sealed) == "张三"
    assert services.subject_keys_rewrap() == 0


def test_the_command_rotates_under_a_running_server(tmp_path: Path, settings: Any) -> None:
    settings.KEYRING = str(tmp_path / "ring.json")
    keyring.make(Path(settings.KEYRING))
    [key_id] = services.subject_keys_create(1)
    before, sealed = encryption.ring()["wrapping"].current, _sealed(key_id)
    call_command("keys_rotate", "wrapping", stdout=StringIO())
    keys.forget([key_id])
    assert encryption.ring()["wrapping"].current != before
    assert encryption.open_value(User, "name", 1, sealed) == "张三"


def test_an_unknown_key_opens_nothing() -> None:
    assert keys.key_of(uuid4()) is None

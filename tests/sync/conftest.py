"""Fixtures of the engine's tests. Models are imported late: this file is read before the apps are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests import database

if TYPE_CHECKING:
    from tests.sync.phones import Phone


@pytest.fixture(scope="session")
def _note_tables(django_db_setup: None) -> None:
    from tests.sync import notes

    with database.owner() as connection:
        connection.execute(notes.TABLES)


@pytest.fixture
def _empty_notes(_note_tables: None, committed: None) -> Iterator[None]:
    yield
    with database.owner() as connection:
        connection.execute("truncate t_note, t_memo, t_grant, t_parent")
        connection.execute("delete from sync_row where kind in ('note', 'memo')")
        connection.execute("delete from sync_inbox_step")
        connection.execute("delete from sync_inbox where kind in ('note', 'memo')")


@pytest.fixture
def note_kind(_empty_notes: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tests' own kind and scopes, alone in the registry."""
    from sync import check, registry
    from tests.sync import notes

    monkeypatch.setattr(registry, "_kinds", {"note": notes.NOTE})
    monkeypatch.setattr(registry, "_scopes", [notes.SCOPES])
    yield
    assert check.check().differences == []


@pytest.fixture
def note_beside(_empty_notes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own kind beside the real ones."""
    from sync import registry
    from tests.sync import notes

    monkeypatch.setattr(registry, "_kinds", registry.kinds() | {"note": notes.NOTE})
    monkeypatch.setattr(registry, "_scopes", [*registry._scopes, notes.SCOPES])


@pytest.fixture
def phone(note_kind: None, clock: Any) -> Phone:
    from tests.sync import phones

    return phones.make("worker")


@pytest.fixture
def other_phone(phone: Phone) -> Phone:
    from tests.sync import phones

    return phones.make("neighbour")


@pytest.fixture
def second_kind(note_kind: None) -> str:
    from sync import registry
    from tests.sync import notes

    registry.register(notes.MEMO)
    return "memo"

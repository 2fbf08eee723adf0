"""Fixtures of files: the tests' own kind with files, a folder of the test's own, and a phone that sends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sync.files.sender import Sender


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where sealed bytes lie in this test."""
    files = {"BACKEND": "sync.files.storage.DurableStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"files": files}
    return tmp_path


@pytest.fixture
def filed(note_beside: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Notes take files."""
    from sync import check, registry
    from tests.sync import notes

    def readable(actor: Any, ids: Any) -> Any:
        return notes.phone_set(actor) & set(ids)

    kind = replace(notes.NOTE, takes_files=4, readable_files=readable)
    monkeypatch.setattr(registry, "_kinds", registry.kinds() | {"note": kind})
    yield
    assert check.check().differences == []


@pytest.fixture
def sender(filed: None, worker: Any) -> Sender:
    """A worker's phone with an upload client."""
    from tests.sync.files.sender import Sender

    return Sender(worker.client)


@pytest.fixture
def stranger(sender: Sender, outsider: Any) -> Sender:
    """Another person's."""
    from tests.sync.files.sender import Sender

    return Sender(outsider.client)

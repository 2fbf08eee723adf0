"""Stored bytes that no row names are removed once nobody can still be sending them, and nothing else is."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from sync import jobs, life
from sync.files import storage, sweeping
from sync.files.models import Blob, File, FilePart
from sync.files.services import verifying
from tests.sync.files.sender import Photo, Sender, picture

GRACE = timedelta(hours=48)


def objects(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def orphans(clock: Any, sender: Sender, folder: Path) -> set[str]:
    """A part and a picture whose rows never came: the process died after the bytes were on the disk."""
    photo = Photo(picture())
    sender.declare(photo)
    part = storage.save(storage.part_path(UUID(photo.id), 0), b"sealed")
    blob = storage.save(storage.blob_path(storage.uuid7(), "original"), b"sealed")
    return {part, blob}


@pytest.fixture
def kept(clock: Any, sender: Sender, folder: Path) -> set[str]:
    """An upload that is half there, and a file that was verified."""
    half, whole = Photo(picture(1)), Photo(picture(2))
    sender.declare(half, whole)
    sender.send(whole)
    sender.begin(half)
    sender.part(half, 0, half.content[:20])
    return objects(folder)


def test_orphans_go_after_the_grace_and_what_has_a_row_stays(
    kept: set[str], orphans: set[str], folder: Path, clock: Any
) -> None:
    assert len(kept) == 3
    clock.move(GRACE + timedelta(minutes=1))
    assert jobs.nightly(clock.at) == 2
    assert objects(folder) == kept
    assert jobs.nightly(clock.at) == 0


def test_within_the_grace_nothing_is_touched(orphans: set[str], folder: Path, clock: Any) -> None:
    clock.move(GRACE - timedelta(minutes=1))
    assert jobs.nightly(clock.at) == 0
    assert objects(folder) == orphans


def test_a_dry_run_tells_and_removes_nothing(
    kept: set[str], orphans: set[str], folder: Path, clock: Any
) -> None:
    out = StringIO()
    clock.move(GRACE + timedelta(minutes=1))
    call_command("sync_sweep_files", "--dry-run", stdout=out)
    assert "5 objects: 2 without a row would be removed" in out.getvalue()
    assert objects(folder) == kept | orphans
    call_command("sync_sweep_files", stdout=out)
    assert objects(folder) == kept


def test_nothing_is_removed_after_a_restore_until_the_epoch_is_rotated(
    orphans: set[str], folder: Path, clock: Any
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update sync_epoch set identity = 'another'")
    clock.move(GRACE * 2)
    assert jobs.nightly(clock.at) == 0
    assert objects(folder) == orphans
    life.rotate(lambda _rows: None)
    assert jobs.nightly(clock.at) == 2


def test_a_file_that_is_not_ours_is_left_alone(folder: Path, orphans: set[str], clock: Any) -> None:
    for name in (
        "parts/readme",
        "blobs/aa/thing.tmp",
        "blobs/00/00000000-0000-4000-8000-000000000000.served",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    clock.move(GRACE * 2)
    found = sweeping.sweep(clock.at - GRACE)
    assert (found.orphans, found.strange) == (2, 2)  # the readme lies too high to be seen
    assert len(objects(folder)) == 3


def test_a_sweep_while_the_last_part_is_verified_takes_nothing(
    clock: Any, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes of the picture are on the disk, its row is not there yet: the sweep runs in between."""
    photo, genuine = Photo(picture(3)), verifying._kept
    sender.declare(photo)
    swept = []

    def between(*args: Any) -> bool:
        swept.append(sweeping.sweep(clock.at - GRACE))
        return genuine(*args)

    monkeypatch.setattr(verifying, "_kept", between)
    assert sender.send(photo).status_code == 204
    assert [(found.young, found.orphans) for found in swept] == [(3, 0)]
    blob = Blob.objects.get()
    assert storage.store().exists(blob.path)
    assert storage.store().exists(blob.served_path)


def test_an_upload_that_rests_for_days_keeps_its_part(clock: Any, sender: Sender) -> None:
    photo = Photo(picture(4))
    sender.declare(photo)
    sender.begin(photo)
    sender.part(photo, 0, photo.content[:30])
    clock.move(timedelta(days=5))
    assert jobs.nightly(clock.at) == 0
    assert storage.store().exists(FilePart.objects.get().path)


def test_a_row_that_commits_while_the_sweep_lists_is_seen(
    clock: Any, sender: Sender, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that took longer than the grace: its row comes after the listing, before the look-up."""
    photo, genuine = Photo(picture(5)), sweeping._unnamed
    sender.declare(photo)
    sender.begin(photo)
    clock.move(GRACE * 2)
    late = storage.save(storage.part_path(File.objects.get().id, 0), b"sealed")
    clock.move(GRACE * 2)

    def look(paths: Any) -> list[str]:
        FilePart.objects.create(file=File.objects.get(), at=0, size=6, path=late)
        return genuine(paths)

    monkeypatch.setattr(sweeping, "_unnamed", look)
    assert (sweeping.sweep(clock.at - GRACE).orphans, objects(folder)) == (0, {late})

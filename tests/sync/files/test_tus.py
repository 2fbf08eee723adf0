"""The protocol of uploads: tus 1.0 with its extensions, over the real routes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest

from edge.conf import setting
from kernel.ids import uuid7
from sync.files.models import File, FilePart
from tests.sync.files.sender import PART, TUS, Photo, Sender, checksum, picture, url


@pytest.fixture
def photo(sender: Sender) -> Photo:
    """Declared, its upload begun."""
    made = Photo(picture())
    sender.declare(made)
    sender.begin(made)
    return made


def test_options_tell_version_extensions_and_limits(sender: Sender) -> None:
    answer: Any = sender.client.options("/api/v1/sync/files")
    told = {name: answer[name] for name in ("Tus-Version", "Tus-Extension", "Tus-Max-Size")}
    assert answer.status_code == 204
    assert told == {
        "Tus-Version": "1.0.0", "Tus-Extension": "creation,checksum,expiration,termination",
        "Tus-Max-Size": str(setting("SYNC_FILE_BYTES_MAX")),
    }  # fmt: skip
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_beginning_names_the_upload_and_its_end(sender: Sender) -> None:
    photo = Photo(picture())
    sender.declare(photo)
    answer = sender.begin(photo)
    assert (answer.status_code, answer["location"], answer["upload-offset"]) == (201, url(photo), "0")
    assert answer["upload-expires"].endswith("GMT")
    assert sender.begin(photo)["location"] == url(photo)


def test_an_undeclared_file_and_a_foreign_one_are_alike(sender: Sender, stranger: Sender) -> None:
    mine = Photo(picture())
    sender.declare(mine)
    answers = [stranger.begin(mine), stranger.begin(Photo(picture())), stranger.part(mine, 0, b"x")]
    assert {(a.status_code, a.json()["code"]) for a in answers} == {(404, "file_unknown")}


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0"])
def test_another_version_is_refused(sender: Sender, photo: Photo, version: str | None) -> None:
    headers = {"tus-resumable": version} if version else {}
    answer: Any = sender.client.head(url(photo), headers=headers)
    assert (answer.status_code, answer["tus-version"]) == (412, "1.0.0")


def test_a_part_moves_the_offset(sender: Sender, photo: Photo) -> None:
    answer = sender.part(photo, 0, photo.content[:10])
    assert (answer.status_code, answer["upload-offset"], answer["tus-resumable"]) == (204, "10", "1.0.0")
    head = sender.head(photo)
    assert (head["upload-offset"], head["upload-length"]) == ("10", str(len(photo.content)))
    assert head["cache-control"] == "no-store"


def test_a_part_elsewhere_is_a_conflict_that_says_where(sender: Sender, photo: Photo) -> None:
    sender.part(photo, 0, photo.content[:10])
    answer = sender.part(photo, 20, photo.content[20:])
    assert (answer.status_code, answer.json()["code"], answer.json()["offset"]) == (
        409, "upload_offset_mismatch", 10,
    )  # fmt: skip


def test_a_part_of_another_type_is_not_taken(sender: Sender, photo: Photo) -> None:
    headers = TUS | {"upload-offset": "0"}
    for kind in ("application/octet-stream", "application/json", "text/plain"):
        answer: Any = sender.client.generic("PATCH", url(photo), b"x", content_type=kind, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (415, "upload_media_type")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_damaged_part_leaves_nothing(sender: Sender, photo: Photo, folder: Path, algorithm: str) -> None:
    answer = sender.part(photo, 0, photo.content[:20], **checksum(photo.content[:21], algorithm))
    assert (answer.status_code, answer.json()["code"]) == (460, "checksum_mismatch")
    assert sender.head(photo)["upload-offset"] == "0"
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    whole = sender.part(photo, 0, photo.content, **checksum(photo.content, algorithm))
    assert (whole.status_code, File.objects.get(id=photo.id).state) == (204, "verified")


def test_an_unknown_algorithm_is_refused(sender: Sender, photo: Photo) -> None:
    answer = sender.part(photo, 0, b"x", **{"upload-checksum": "crc32 AAAA"})
    assert (answer.status_code, answer.json()["code"]) == (400, "checksum_unsupported")


def test_an_upload_can_be_ended_and_begun_again(sender: Sender, photo: Photo, folder: Path) -> None:
    sender.part(photo, 0, photo.content[:10])
    assert sender.end(photo).status_code == 204
    assert sender.head(photo).status_code == 404
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert sender.send(photo).status_code == 204
    assert sender.end(photo).json()["code"] == "file_final"


def test_an_upload_nobody_continues_ends(sender: Sender, clock: Any, run_jobs: Any) -> None:
    photo = Photo(picture())
    sender.declare(photo)
    sender.begin(photo)
    sender.part(photo, 0, photo.content[:10])
    clock.move(timedelta(days=7))
    assert sender.head(photo).status_code == 410
    run_jobs()
    assert (sender.head(photo).status_code, FilePart.objects.count()) == (404, 0)
    assert sender.begin(photo)["upload-offset"] == "0"
    assert sender.part(photo, 0, photo.content).status_code == 204


def test_networks_without_patch_and_delete_use_post(sender: Sender, photo: Photo) -> None:
    headers = TUS | {"upload-offset": "0", "x-http-method-override": "PATCH"}
    answer: Any = sender.client.generic("POST", url(photo), photo.content, content_type=PART, headers=headers)
    assert (answer.status_code, answer["upload-offset"]) == (204, str(len(photo.content)))
    assert sender.client.post(url(photo), headers=TUS).status_code == 405


def test_a_part_that_breaks_off_keeps_what_came(
    sender: Sender, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [photo.content[:7], photo.content[7:30]]
    monkeypatch.setattr(HttpRequest, "read", lambda _self, *_count: pieces.pop(0) if pieces else b"")
    answer = sender.part(photo, 0, photo.content)
    assert (answer.status_code, answer["upload-offset"]) == (204, "30")


def test_of_two_that_send_the_same_part_one_goes_on(sender: Sender, photo: Photo) -> None:
    gate = threading.Barrier(4)

    def send(_: int) -> int:
        gate.wait()
        try:
            status: int = sender.part(photo, 0, photo.content[:30]).status_code
            return status
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == [204, 409, 409, 409]
    assert FilePart.objects.count() == 1
    assert sender.part(photo, 30, photo.content[30:]).status_code == 204


def test_of_two_last_parts_one_verifies(sender: Sender, photo: Photo, folder: Path) -> None:
    gate = threading.Barrier(2)

    def send(_: int) -> int:
        gate.wait()
        try:
            status: int = sender.part(photo, 0, photo.content).status_code
            return status
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, range(2))) == [204, 409]
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2  # original and served


def test_a_device_has_its_share_of_a_day(
    sender: Sender, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDGOV_SYNC_FILE_BYTES_A_DAY", "30")
    sender.part(photo, 0, photo.content[:30])
    answer = sender.part(photo, 30, photo.content[30:])
    assert (answer.status_code, answer.json()["code"]) == (429, "files_full")
    assert 0 < int(answer["retry-after"]) <= timedelta(days=1).total_seconds()


def test_a_nameless_upload_is_not_begun(sender: Sender) -> None:
    answer: Any = sender.client.post("/api/v1/sync/files", headers=TUS | {"upload-length": "5"})
    assert (answer.status_code, answer.json()["code"]) == (400, "tus_header")
    assert sender.begin(Photo(b"x", id=str(uuid7()))).status_code == 404

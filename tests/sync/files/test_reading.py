"""Who reads files: whoever may read the record, at the time of reading; versions, links, keys."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import transaction
from PIL import Image
from rest_framework.test import APIClient

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.problems import Problem
from privacy.services import subject_key_destroy
from sync.files.declared import FileDeclared
from sync.files.models import Blob, File
from sync.files.services.declaring import declare, settle
from sync.files.services.reviewing import file_review
from sync.items import PushItem, accepted
from sync.services import publish
from tests.sync import notes
from tests.sync.files.sender import Photo, Sender, body_of, picture


@dataclass
class Sent:
    photo: Photo
    record: str


@pytest.fixture
def sent(sender: Sender) -> Sent:
    photo = Photo(picture(size=(40, 30)), "现场.png")
    record = sender.declare(photo)
    sender.send(photo)
    return Sent(photo, record)


def test_a_reader_gets_a_picture_made_anew(sender: Sender, sent: Sent) -> None:
    answer: Any = sender.client.get(sender.link(sent.photo).json()["href"])
    content = body_of(answer)
    assert Image.open(BytesIO(content)).size == (40, 30)
    assert (answer["content-type"], answer["cache-control"]) == ("image/png", "private, no-store")
    assert "%E7%8E%B0%E5%9C%BA.png" in answer["content-disposition"]


def test_a_large_picture_is_served_smaller(sender: Sender) -> None:
    photo = Photo(picture(form="JPEG", size=(6000, 3000)), type="image/jpeg")
    sender.declare(photo)
    assert sender.send(photo).status_code == 204
    answer: Any = sender.client.get(sender.link(photo).json()["href"])
    assert Image.open(BytesIO(body_of(answer))).size == (2048, 1024)


def test_the_original_is_read_with_purpose_and_reason(sender: Sender, sent: Sent) -> None:
    assert sender.link(sent.photo, original=True).json()["code"] == "purpose_required"
    told = {"original": True, "purpose": "handle", "reason": "核对"}
    href = sender.link(sent.photo, **told).json()["href"]
    assert body_of(sender.client.get(href)) == sent.photo.content


def test_what_lies_in_the_storage_is_sealed(sender: Sender, sent: Sent, folder: Path) -> None:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    assert len(paths) == 2
    assert not any(b"PNG" in path.read_bytes()[:40] or b"IHDR" in path.read_bytes() for path in paths)
    assert {path.stat().st_mode & 0o077 for path in paths} == {0}


def test_any_storage_of_django_will_do(sender: Sender, settings: Any, folder: Path) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": memory}
    photo = Photo(picture())
    sender.declare(photo)
    sender.begin(photo)
    sender.part(photo, 0, photo.content[:30])
    assert sender.part(photo, 30, photo.content[30:]).status_code == 204
    assert sender.client.get(sender.link(photo).json()["href"]).status_code == 200
    assert list(folder.rglob("*")) == []


def test_who_may_not_read_the_record_finds_no_file(sent: Sent, stranger: Sender) -> None:
    absent = Photo(b"x", id=str(uuid7()))
    answers = [stranger.listed(sent.record), stranger.link(sent.photo), stranger.link(absent)]
    assert {(a.status_code, a.json()["code"]) for a in answers} == {(404, "not_found")}


def test_access_is_asked_when_the_bytes_are_read(sender: Sender, sent: Sent) -> None:
    href = sender.link(sent.photo).json()["href"]
    notes.change([UUID(sent.record)], scopes=[])
    assert sender.client.get(href).status_code == 404


def test_a_link_needs_no_header_and_ends(sender: Sender, clock: Any) -> None:
    photo = Photo(picture())
    sender.declare(photo)
    sender.send(photo)
    href = sender.link(photo).json()["href"]
    assert APIClient().get(href).status_code == 200
    clock.move(timedelta(seconds=121))
    assert APIClient().get(href).json()["code"] == "link_invalid"


def test_a_link_opens_one_file_for_one_session(sender: Sender, sent: Sent, stranger: Sender) -> None:
    href = sender.link(sent.photo).json()["href"]
    answers = [
        stranger.client.get(href), APIClient().get(href.replace(sent.photo.id, str(uuid7()))),
        APIClient().get(href[:-4] + "AAAA"), sender.client.get(href.split("?")[0]),
        APIClient().get(href.split("?")[0] + "?link=%C3%A9"),
    ]  # fmt: skip
    assert {(a.status_code, a.json()["code"]) for a in answers} == {(403, "link_invalid")}


def test_a_destroyed_key_makes_the_file_unreadable(sender: Sender, sent: Sent) -> None:
    href = sender.link(sent.photo).json()["href"]
    subject_key_destroy(actor=SYSTEM, key_id=Blob.objects.get().key_id, reason="erasure")
    answer: Any = sender.client.get(href)
    assert (answer.status_code, answer.json()["code"]) == (410, "file_key_gone")
    assert sender.listed(sent.record).json()["files"][0]["name"] == ""


def test_an_unverified_file_has_no_link(sender: Sender) -> None:
    photo = Photo(picture())
    sender.declare(photo)
    assert sender.link(photo).json()["code"] == "file_not_ready"


def amended(actor: Actor, record: str, photo: Photo) -> None:
    """What an accepted amendment of the record does with its files."""
    now, files = clock.now(), (msgspec.convert(photo.declared(), FileDeclared),)
    item = PushItem(
        id=uuid7(), kind="note", op="amend", target=UUID(record), base_rev=1, device_at=now, device_said=now,
        received_at=now, seq=2, offset_ms=0, skewed=False, body=None, files=files,
    )  # fmt: skip
    with transaction.atomic():
        declare(actor, [item])
        settle(actor, [item], [accepted()])
        publish("note", [item.target])


def test_every_version_stays(sender: Sender, sent: Sent, worker: Any) -> None:
    better = Photo(picture(9), replaces=sent.photo.id)
    amended(worker.actor, sent.record, better)
    sender.send(better)
    shown = {file["id"]: file["superseded"] for file in sender.listed(sent.record).json()["files"]}
    assert shown == {sent.photo.id: True, better.id: False}
    assert sender.client.get(sender.link(sent.photo).json()["href"]).status_code == 200


def test_reviewed_evidence_is_not_replaced(sent: Sent, worker: Any) -> None:
    file_review(actor=worker.actor, file_id=UUID(sent.photo.id))
    with pytest.raises(Problem, match="file_not_replaceable"):
        amended(worker.actor, sent.record, Photo(picture(9), replaces=sent.photo.id))
    assert File.objects.get(id=sent.photo.id).superseded is False


def test_a_version_of_somebody_elses_file_is_refused(sent: Sent, stranger: Sender) -> None:
    (result,) = stranger.push(stranger.note(Photo(picture(9), replaces=sent.photo.id)))
    assert (result["state"], result["code"]) == ("rejected", "file_not_replaceable")

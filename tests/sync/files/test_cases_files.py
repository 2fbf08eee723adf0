"""Cases from the field about files: what went wrong in comparable systems, tried here over HTTP."""

import random
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from accounts.services import device_transition
from kernel.actor import SYSTEM
from sync.files import contents
from sync.files.models import Blob, File, FilePart
from tests.sync.files.sender import TUS, Photo, Sender, picture

CHUNK = 256 * 1024
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # one emoji of five code points
NAMES = [
    "image.jpg", "调解现场/甲方.jpg", f"{FAMILY}.jpg", "长" * 300 + ".jpg", "../../etc/passwd", "", "..",
    "a\x00b\u202e",
]  # fmt: skip


def noise(side: int) -> bytes:
    """A picture that does not compress: three bytes a pixel and some."""
    pixels, out = random.Random(7).randbytes(side * side * 3), BytesIO()
    Image.frombytes("RGB", (side, side), pixels).save(out, "PNG", compress_level=0)
    return out.getvalue()


def original(photo: Photo) -> bytes:
    blob = File.objects.get(id=photo.id).blob
    assert blob is not None
    return b"".join(contents.chunks(blob, original=True))


def test_a1_a_set_that_broke_off_is_complete_only_with_its_last_file(sender: Sender) -> None:
    photos = [Photo(picture(n)) for n in range(3)]
    record = sender.declare(*photos)
    sender.send(photos[0])
    sender.begin(photos[1])
    sender.part(photos[1], 0, photos[1].content[:20])
    assert sender.row(record)["files_waiting"] == 2
    for photo in photos:  # the whole set again: what is there says so, what is not goes on
        at = int(sender.begin(photo)["upload-offset"])
        sender.part(photo, at, photo.content[at:])
        assert sender.listed(record).json()["counts"]["complete"] == (photo is photos[2])
    assert sender.row(record)["files_waiting"] == 0
    assert [original(photo) for photo in photos] == [photo.content for photo in photos]


def test_a2_twenty_megabytes_go_on_where_they_broke_off(sender: Sender) -> None:
    photo = Photo(noise(2640))
    record = sender.declare(photo)
    sender.begin(photo)
    at, broken = 0, int(len(photo.content) * 0.6)
    while at < broken:
        at = int(sender.part(photo, at, photo.content[at : at + CHUNK])["upload-offset"])
    again = sender.part(photo, at - CHUNK, photo.content[at - CHUNK : at])  # one chunk twice
    assert (again.status_code, again.json()["offset"]) == (409, at)
    at = int(sender.head(photo)["upload-offset"])
    while at < len(photo.content):
        at = int(sender.part(photo, at, photo.content[at : at + CHUNK])["upload-offset"])
    assert sha256(original(photo)).digest() == sha256(photo.content).digest()
    assert sender.row(record)["files_waiting"] == FilePart.objects.count() == 0


def test_a3_the_same_bytes_twice_in_one_record_are_two_files(sender: Sender) -> None:
    front, back = Photo(picture(), "front.png"), Photo(picture(), "back.png")
    record = sender.declare(front, back)
    assert sender.send(front, back).status_code == 204
    listed = sender.listed(record).json()
    assert [(f["id"], f["state"]) for f in listed["files"]] == [(front.id, "verified"), (back.id, "verified")]
    assert Blob.objects.count() == 1


def test_a3_bytes_are_not_shared_between_subjects(sender: Sender, stranger: Sender) -> None:
    mine, theirs = Photo(picture()), Photo(picture())
    sender.declare(mine)
    stranger.declare(theirs)
    sender.send(mine)
    stranger.send(theirs)
    keys = {UUID(str(key)) for key in Blob.objects.values_list("key_id", flat=True)}
    assert len(keys) == Blob.objects.count() == 2


@pytest.mark.parametrize("name", NAMES)
def test_a4_equal_and_odd_names_are_no_fault(sender: Sender, name: str) -> None:
    photos = [Photo(picture(n), name) for n in range(2)]
    record = sender.declare(*photos)
    assert sender.send(*photos).status_code == 204
    shown = [file["name"] for file in sender.listed(record).json()["files"]]
    assert shown == [name.replace("\x00", "").replace("\u202e", "")] * 2
    answer: Any = sender.client.get(sender.link(photos[0]).json()["href"])
    assert (answer.status_code, ".." in answer["content-disposition"]) == (200, False)


def test_a6_a_record_is_safe_without_its_files(sender: Sender) -> None:
    item = sender.note(*(Photo(picture(n)) for n in range(3)))
    (result,) = sender.push(item)
    assert (result["state"], result["files_waiting"]) == ("accepted", 3)
    row = sender.row(item["id"])
    assert (row["files_waiting"], {file["state"] for file in row["files"]}) == (3, {"waiting"})
    asked = sender.client.post("/api/v1/sync/receipts", {"ids": [item["id"]]}, format="json").json()
    assert asked["receipts"][0]["files_waiting"] == 3


def test_u4_a_lost_phone_sends_and_reads_no_file(sender: Sender, worker: Any) -> None:
    sent, open_one = Photo(picture(1)), Photo(picture(2))
    sender.declare(sent, open_one)
    sender.send(sent)
    sender.begin(open_one)
    href = sender.link(sent).json()["href"]
    device_transition(actor=SYSTEM, device_id=worker.device.id, event="report_lost", reason="lost")
    answers = [
        sender.begin(open_one), sender.part(open_one, 0, open_one.content), sender.link(sent),
        sender.client.get(href), sender.client.options("/api/v1/sync/files", headers=TUS),
    ]  # fmt: skip
    assert {(a.status_code, a.json()["code"]) for a in answers} == {(403, "wipe")}
    assert sender.head(open_one).status_code == 403

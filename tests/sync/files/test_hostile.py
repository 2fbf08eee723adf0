"""Files that no camera makes, and declarations that lie."""

import struct
import zlib
from typing import Any

import pytest

from sync.files.models import File
from tests.sync.files.sender import TUS, Photo, Sender, body_of, checksum, picture, url


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it is enormous."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000, 9))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


REFUSED = {
    "a page": (b"<html><script>alert(1)</script>", "image/png", "file_type_mismatch"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/webp", "file_type_mismatch"),
    "a JPEG that says PNG": (picture(form="JPEG"), "image/png", "file_type_mismatch"),
    "a head without a body": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image/png", "image_unreadable"),
    "half a picture": (picture(form="JPEG", size=(400, 400))[:900], "image/jpeg", "image_unreadable"),
    "a bomb": (bomb(50_000, 50_000), "image/png", "image_too_large"),
    "a bomb just over": (bomb(4001, 4000), "image/png", "image_too_large"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_picture_is_refused_for_good(sender: Sender, case: str) -> None:
    content, kind, code = REFUSED[case]
    photo = Photo(content, type=kind)
    record = sender.declare(photo)
    answer = sender.send(photo)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert sender.begin(photo).json()["code"] == "file_refused"
    row = sender.row(record)
    assert (row["files"][0]["state"], row["files"][0]["code"], row["files_waiting"]) == ("refused", code, 0)
    assert sender.listed(record).json()["counts"]["complete"] is False


def test_what_hides_behind_a_picture_is_not_served(sender: Sender) -> None:
    """A ZIP and a script behind the end of a JPEG, a script in its comment, a position in its EXIF."""
    from PIL import Image  # noqa: PLC0415  because only this test writes EXIF

    exif = Image.Exif()
    exif[0x010E] = "<script>alert(1)</script>"
    exif.get_ifd(0x8825)[1] = "N"
    content = picture(form="JPEG", exif=exif, comment=b"secret") + b"PK\x03\x04<script>"
    photo = Photo(content, type="image/jpeg")
    sender.declare(photo)
    assert sender.send(photo).status_code == 204
    answer: Any = sender.client.get(sender.link(photo).json()["href"])
    served = body_of(answer)
    assert (answer["content-type"], answer["x-content-type-options"]) == ("image/jpeg", "nosniff")
    assert not any(word in served for word in (b"script", b"secret", b"PK\x03\x04", b"Exif"))


def test_another_content_than_declared_begins_anew(sender: Sender) -> None:
    photo = Photo(picture(1))
    sender.declare(photo)
    sender.begin(photo)
    other = picture(2)[: len(photo.content)].ljust(len(photo.content), b"\0")
    answer = sender.part(photo, 0, other, **checksum(other))
    assert (answer.status_code, answer.json()["code"]) == (460, "file_hash_mismatch")
    assert (sender.head(photo).status_code, File.objects.get(id=photo.id).state) == (404, "waiting")
    assert sender.send(photo).status_code == 204


LIES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing in it": ({"size": 0}, "item_invalid"),
    "less than nothing": ({"size": -1}, "item_invalid"),
    "too large": ({"size": 24 * 1024 * 1024 + 1}, "file_too_large"),
    "a type nobody asked for": ({"type": "image/svg+xml"}, "file_type_not_allowed"),
    "a hash that is none": ({"sha256": "x" * 64}, "item_invalid"),
    "a hash with a line after it": ({"sha256": "0" * 63 + "\n"}, "item_invalid"),
    "an id that is a path": ({"id": "../../x"}, "item_invalid"),
    "a field nobody knows": ({"path": "/etc"}, "item_invalid"),
    "a version of nothing": ({"replaces": "00000000-0000-7000-8000-000000000000"}, "file_not_replaceable"),
}


@pytest.mark.parametrize("case", LIES)
def test_a_lie_in_a_declaration_is_told_with_the_item(sender: Sender, case: str) -> None:
    lie, code = LIES[case]
    good = sender.note(Photo(picture()))
    results = sender.push(sender.note(Photo(picture(), lies=lie)), good)
    assert [(r["state"], r.get("code")) for r in results] == [("rejected", code), ("accepted", None)]
    assert File.objects.count() == 1


def test_a_record_has_so_many_files(sender: Sender) -> None:
    (result,) = sender.push(sender.note(*(Photo(picture(n)) for n in range(5))))
    assert (result["state"], result["code"]) == ("rejected", "files_too_many")


def test_a_file_id_belongs_to_one_record(sender: Sender, stranger: Sender) -> None:
    photo = Photo(picture())
    sender.declare(photo)
    for phone in (sender, stranger):
        (result,) = phone.push(phone.note(photo))
        assert (result["state"], result["code"]) == ("rejected", "file_id_reused")


def test_a_rejected_record_leaves_its_file_ids_free(sender: Sender) -> None:
    photo = Photo(picture())
    (result,) = sender.push(sender.note(photo, data={"title": "bad"}))
    assert (result["state"], File.objects.count()) == ("rejected", 0)
    sender.declare(photo)
    assert sender.send(photo).status_code == 204


@pytest.mark.parametrize("offset", ["-1", "", "1e3", "0x1", "9" * 40, "٣"])
def test_an_offset_that_is_none_is_refused(sender: Sender, offset: str) -> None:
    photo = Photo(picture())
    sender.declare(photo)
    sender.begin(photo)
    answer = sender.part(photo, 0, b"x", **{"upload-offset": offset})
    assert (answer.status_code, answer.json()["code"]) == (400, "tus_header")


@pytest.mark.parametrize(
    ("length", "status"), [("-5", 400), ("", 400), ("9" * 14, 413), ("9" * 40, 400), ("7", 400)]
)
def test_a_length_that_was_not_declared_is_refused(sender: Sender, length: str, status: int) -> None:
    photo = Photo(picture())
    sender.declare(photo)
    assert sender.begin(photo, **{"upload-length": length}).status_code == status


@pytest.mark.parametrize("told", ["id", "id ???", "id YQ==,id YQ==", "id " + "A" * 5000, "id YQ==", ","])
def test_metadata_that_is_none_is_refused(sender: Sender, told: str) -> None:
    assert sender.begin(Photo(picture()), **{"upload-metadata": told}).status_code == 400


def test_more_than_declared_is_not_read(sender: Sender) -> None:
    photo = Photo(picture())
    sender.declare(photo)
    sender.begin(photo)
    answer = sender.part(photo, 0, photo.content + b"x")
    assert (answer.status_code, answer.json()["code"]) == (413, "upload_too_long")
    huge: Any = sender.client.generic(
        "PATCH", url(photo), b"", headers=TUS | {"upload-offset": "0"}, CONTENT_LENGTH=str(10**12)
    )
    assert huge.status_code == 413

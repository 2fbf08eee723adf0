"""The photos of the demo: valid, from the seed, with a place in them that must not be shown."""

import random
from datetime import datetime
from io import BytesIO
from typing import Any

from gridphone.device import CHINA
from PIL import Image
from simulation import camera
from simulation.gallery import Gallery, Photo

POINT: dict[str, Any] = {"lon_e7": 1_266_500_000, "lat_e7": 457_500_000, "crs": "WGS84"}
AT = datetime(2026, 3, 2, 9, tzinfo=CHINA)


def taken(seed: int = 1) -> bytes:
    return camera.photo(random.Random(seed), POINT, AT)


def shown(content: bytes) -> bytes:
    """As the server shows it: the pixels alone."""
    out = BytesIO()
    Image.open(BytesIO(content)).save(out, "JPEG", exif=b"", comment=b"")
    return out.getvalue()


def test_the_same_seed_takes_the_same_photo() -> None:
    assert taken() == taken() != taken(2)


def test_a_photo_says_where_it_was_taken_and_is_not_stripped() -> None:
    place = Image.open(BytesIO(taken())).getexif().get_ifd(0x8825)
    assert (place[1], [float(part) for part in place[2]]) == ("N", [45.0, 45.0, 0.0])
    assert camera.tells_place(taken())
    assert not camera.stripped(taken())


def test_a_photo_made_anew_from_its_pixels_is_stripped() -> None:
    plain = shown(taken())
    assert camera.stripped(plain)
    assert not camera.tells_place(plain)


def test_a_comment_alone_is_noticed() -> None:
    out = BytesIO()
    Image.open(BytesIO(shown(taken()))).save(out, "JPEG", comment=b"Zhongshan Road 5")
    assert not camera.stripped(out.getvalue())


def test_what_is_not_as_it_was_taken_is_named() -> None:
    gallery = Gallery()
    gallery.note(Photo("a", "00", here=True, complete=True), equal=True, stripped=True)
    gallery.note(Photo("b", "00", here=True, complete=True, breaks=2), equal=False, stripped=True)
    gallery.note(Photo("c", "00", here=True), equal=True, stripped=True)
    assert gallery.wrong == ["b: equal", "c: not complete"]
    assert gallery.counts == {"declared": 3, "complete": 2, "resumed": 1, "equal": 2, "stripped": 3}

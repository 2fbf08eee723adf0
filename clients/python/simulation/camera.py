"""Photos as a phone takes them: JPEG with place and time in EXIF, from a seed; and what is left of that when
the server shows them.
"""

import random
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image

MAKER = "Gridphone"
SIZE = (480, 360)
QUALITY = 85
COARSE = 2  # pixels of one grain: noise that JPEG cannot make small, as on a real photo
DEGREE, MINUTE = 10_000_000, 60
TELLTALES = ("exif", "xmp", "comment", "photoshop", "icc_profile")


def photo(dice: random.Random, point: dict[str, Any], at: datetime) -> bytes:
    """`point` as the record has it, in 1e-7 degree."""
    width, height = SIZE[0] // COARSE, SIZE[1] // COARSE
    grains = Image.frombytes("RGB", (width, height), dice.randbytes(width * height * 3))
    out = BytesIO()
    grains.resize(SIZE).save(out, "JPEG", quality=QUALITY, exif=_exif(point, at), comment=b"taken on duty")
    return out.getvalue()


def _exif(point: dict[str, Any], at: datetime) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = MAKER
    exif[ExifTags.Base.DateTime] = at.strftime("%Y:%m:%d %H:%M:%S")
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N" if point["lat_e7"] >= 0 else "S"
    place[ExifTags.GPS.GPSLatitude] = _sexagesimal(abs(point["lat_e7"]))
    place[ExifTags.GPS.GPSLongitudeRef] = "E" if point["lon_e7"] >= 0 else "W"
    place[ExifTags.GPS.GPSLongitude] = _sexagesimal(abs(point["lon_e7"]))
    return exif


def _sexagesimal(e7: int) -> tuple[float, float, float]:
    degrees, rest = divmod(e7, DEGREE)
    minutes, rest = divmod(rest * MINUTE, DEGREE)
    return float(degrees), float(minutes), rest * MINUTE / DEGREE


def tells_place(content: bytes) -> bool:
    """Whether the picture says where it was taken."""
    with Image.open(BytesIO(content)) as image:
        return bool(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))


def stripped(content: bytes) -> bool:
    """Whether it is a picture of the same size of which nothing but pixels is left."""
    with Image.open(BytesIO(content)) as image:
        image.load()
        told = set(TELLTALES) & image.info.keys()
        plain = not told and not image.getexif() and MAKER.encode() not in content
        return plain and image.size == SIZE

"""Pictures: known by their first bytes, never by a name; made anew for reading, without what they carried."""

import threading
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from edge.conf import setting

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_JPEG_FACTOR = 4  # a baseline JPEG is decoded at a fraction of its size
_QUALITY = 85
one_at_a_time = threading.Semaphore(1)
"""A decoded picture takes tens of megabytes: a process holds one."""


class UnacceptableError(Exception):
    """Why the bytes are refused: a problem code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Picture:
    """What is served in place of the original. `width` and `height` are the original's, in pixels."""

    content: bytes
    type: str
    width: int
    height: int


def sniff(head: bytes) -> str:
    """The media type by the first bytes; '' for any other."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def picture(content: bytes, declared: str) -> Picture:
    """The picture to serve. UnacceptableError for another type, a bomb, and what cannot be decoded."""
    if sniff(content[:16]) != declared:
        raise UnacceptableError("file_type_mismatch")
    with one_at_a_time:
        try:
            with Image.open(BytesIO(content), formats=[FORMATS[declared]]) as opened:
                _check_size(opened)
                return _made_anew(opened)
        except UnacceptableError:
            raise
        except Image.DecompressionBombError as error:
            raise UnacceptableError("image_too_large") from error
        except Exception as error:  # a decoder fed with hostile bytes may fail in any way
            raise UnacceptableError("image_unreadable") from error


def _check_size(opened: Image.Image) -> None:
    most = setting("SYNC_IMAGE_PIXELS_MAX")
    baseline = opened.format == "JPEG" and not opened.info.get("progressive")
    if opened.width * opened.height > most * (_JPEG_FACTOR if baseline else 1):
        raise UnacceptableError("image_too_large")


def _made_anew(opened: Image.Image) -> Picture:
    """Pixels alone go over: no EXIF, no position, no comment, no profile, nothing behind the end."""
    side, (width, height) = setting("SYNC_IMAGE_SERVED_PX"), opened.size
    opened.draft("RGB", (side, side))
    opened.load()
    plain = ImageOps.exif_transpose(opened)
    plain.thumbnail((side, side))
    lossless = opened.format == "PNG"
    plain = plain.convert("RGBA" if lossless and plain.has_transparency_data else "RGB")
    plain.info = {}
    out = BytesIO()
    plain.save(out, "PNG") if lossless else plain.save(out, "JPEG", quality=_QUALITY)
    return Picture(out.getvalue(), "image/png" if lossless else "image/jpeg", width, height)

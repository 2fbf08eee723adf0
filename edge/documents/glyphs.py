"""Which characters our fonts can show. What none of them has is marked in the text and listed at its end.

The first font is the face of every paper; the second is for rare characters of names and places and may be
absent. Private-use code points mean something else in every font and count as missing in all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from kernel.text import FORBIDDEN

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
MISSING_MARK = "〓"
_CONTROL = re.compile(f"[{FORBIDDEN}\ud800-\udfff\U000e0000-\U000e007f]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # choose a form of the character before


@dataclass(frozen=True, slots=True)
class Face:
    """A font by its file's name and by the name that it gives itself."""

    file: str
    family: str


FACES = (Face("wqy-microhei.ttc", "WenQuanYi Micro Hei"), Face("BabelStoneHan.ttf", "BabelStone Han"))


class FontMissingError(Exception):
    """The font of our papers is not installed."""


@cache
def installed() -> dict[str, Path]:
    """Family → file, of those of our fonts that this machine has."""
    found: dict[str, Path] = {}
    for face in FACES:
        files = (path for folder in FOLDERS if folder.is_dir() for path in folder.rglob(face.file))
        first = min(files, default=None)
        if first is not None:
            found[face.family] = first
    if FACES[0].family not in found:
        raise FontMissingError(f"{FACES[0].file} is not installed (Debian: fonts-wqy-microhei)")
    return found


@cache
def _covered(path: Path) -> frozenset[int]:
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def plain(text: str) -> str:
    """`text` without characters that show nothing or turn the line round; a tab is a space."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def missing(texts: Iterable[str]) -> list[str]:
    """The characters that no installed font has, in order of appearance, each once."""
    seen = dict.fromkeys(character for text in texts for character in text)
    covered = [_covered(path) for path in installed().values()]
    return [one for one in seen if not _shown(one, covered)]


def _shown(character: str, covered: list[frozenset[int]]) -> bool:
    if _PRIVATE.match(character):
        return False
    known = character == "\n" or _VARIATION.match(character)
    return bool(known) or any(ord(character) in font for font in covered)


def needed(texts: Iterable[str]) -> dict[str, Path]:
    """The fonts that these texts take: the large one for rare characters is not opened for a common paper."""
    taken: dict[str, Path] = {}
    waiting = {ord(character) for text in texts for character in text}
    for family, path in installed().items():
        if not taken or waiting & _covered(path):
            taken[family] = path
        waiting -= _covered(path)
    return taken


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def marked(text: str, absent: Iterable[str]) -> str:
    """`text` with `〓[U+E123]` for each character of `absent`."""
    for character in absent:
        text = text.replace(character, f"{MISSING_MARK}[{code_point(character)}]")
    return text

"""Tiles out of a PMTiles archive (version 3): read where it lies, nothing is unpacked ahead.

https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md: directories are gzipped lists of runs of tiles
by their place on the Hilbert curve; a run of length 0 points to a directory below.
"""

import gzip
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC, HEADER, GZIP = b"PMTiles\x03", 127, 2
DEPTH_MAX = 3
_WORD = 8


@dataclass(frozen=True)
class Run:
    """`length` tiles from `first` on that have one content; 0: a directory."""

    first: int
    length: int
    offset: int
    size: int


class Archive:
    """The archive `body`; empty bytes: without a tile. ValueError when it is none."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        if not body:
            return
        if len(body) < HEADER or not body.startswith(MAGIC) or body[97] != GZIP:
            raise ValueError("no PMTiles archive of version 3")
        words = [int.from_bytes(body[at : at + _WORD], "little") for at in range(_WORD, 72, _WORD)]
        self._root, self._leaves, self._tiles = words[0:2], words[4], words[6]

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """As it is stored, gzipped; None when there is none."""
        if not self._body:
            return None
        place, (start, size) = curve(z, x, y), self._root
        for _ in range(DEPTH_MAX + 1):
            runs = directory(self._body[start : start + size])
            at = bisect_right(runs, place, key=lambda run: run.first) - 1
            if at < 0:
                return None
            run = runs[at]
            if run.length:
                found = self._tiles + run.offset
                return self._body[found : found + run.size] if place < run.first + run.length else None
            start, size = self._leaves + run.offset, run.size
        raise ValueError("directories without an end")


def directory(packed: bytes) -> list[Run]:
    """The runs of a directory, in their order."""
    numbers = _numbers(gzip.decompress(packed))
    count = next(numbers)
    steps, lengths, sizes, offsets = ([next(numbers) for _ in range(count)] for _ in range(4))
    runs: list[Run] = []
    first = 0
    for at in range(count):
        first += steps[at]
        offset = offsets[at] - 1 if offsets[at] else runs[-1].offset + runs[-1].size
        runs.append(Run(first, lengths[at], offset, sizes[at]))
    return runs


def _numbers(packed: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in packed:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:  # noqa: PLR2004  because that bit says that another byte follows
            yield value
            value = shift = 0


def curve(z: int, x: int, y: int) -> int:
    """The place of a tile: all tiles of the zooms before, then along the Hilbert curve of its own."""
    place, half = (4**z - 1) // 3, 1 << z >> 1
    while half:
        right, low = bool(x & half), bool(y & half)
        place += half * half * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = half - 1 - x, half - 1 - y
            x, y = y, x
        half >>= 1
    return place

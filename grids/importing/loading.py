"""Checked rows → the drafts of a release, by COPY in PostgreSQL's binary format: shapes go in as they lie in
memory, half as many bytes as in text, and the server has no digits to read. Shapes are in WGS 84 before they
get here: COPY gives WKB the column's SRID without looking.
"""

import struct
from collections.abc import Iterable, Iterator
from uuid import UUID

import numpy as np
import shapely
from django.db import connection
from psycopg.copy import QueuedLibpqWriter

from grids.importing.rows import Columns, Step

CHUNK = 5000
FIELDS = 8
_COPY = """copy grids_draftrow (release_id, level, number, code, name, kind, households, geom)
from stdin (format binary)"""
_BEGINNING = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # signature, flags, no header extension
_END = b"\xff\xff"
_length = struct.Struct(">i").pack
_NULL, _FOUR = _length(-1), _length(4)


def load_drafts(release_id: UUID, level: str, rows: Columns, step: Step | None = None) -> None:
    """Store the rows of one level of a release, in the caller's transaction."""
    with connection.cursor() as cursor, cursor.copy(_COPY, writer=QueuedLibpqWriter(cursor.cursor)) as sink:
        sink.write(_BEGINNING)
        for at, packed in _packed(_head(release_id, level), rows):
            sink.write(packed)
            if step:
                step(min(at + CHUNK, len(rows)), len(rows))
        sink.write(_END)


def _head(release_id: UUID, level: str) -> bytes:
    """What all rows begin with: how many fields, the release, the level, and how long a number is."""
    return struct.pack(">h", FIELDS) + _field(release_id.bytes) + _field(level.encode()) + _FOUR


def _packed(head: bytes, rows: Columns) -> Iterator[tuple[int, bytes]]:
    """Column by column too: what a row is made of stands side by side in one list, which is joined once."""
    told = {value: _told(*value) for value in {*zip(rows.kinds, rows.households, strict=True)}}
    for at in range(0, len(rows), CHUNK):
        part = slice(at, at + CHUNK)
        count = len(rows.codes[part])
        columns = (
            [head] * count, _numbers(rows.numbers[part]),
            *_sized([code.encode() for code in rows.codes[part]]),
            *_sized([name.encode() for name in rows.names[part]]),
            [told[value] for value in zip(rows.kinds[part], rows.households[part], strict=True)],
            *_sized(shapely.to_wkb(rows.shapes[part]).tolist()),
        )  # fmt: skip
        pieces = [b""] * (count * len(columns))
        for place, column in enumerate(columns):
            pieces[place :: len(columns)] = column
        yield at, b"".join(pieces)


def _told(kind: str, households: int | None) -> bytes:
    """Kind and households: few different ones stand in a file."""
    return _field(kind.encode()) + (_NULL if households is None else _FOUR + _length(households))


def _sized(values: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """How long each value is, and the values."""
    return _numbers(map(len, values)), values


def _numbers(numbers: Iterable[int]) -> list[bytes]:
    packed = np.array(list(numbers), dtype=">i4").tobytes()
    return [packed[at : at + 4] for at in range(0, len(packed), 4)]


def _field(value: bytes) -> bytes:
    return _length(len(value)) + value

"""Checked rows → the drafts of a release, by COPY. Shapes are in WGS 84 before they get here: COPY gives WKB
the column's SRID without looking.
"""

from collections.abc import Iterator
from uuid import UUID

import shapely
from django.db import connection

from grids.importing.rows import Columns, Shapes, Step

CHUNK = 5000
NULL = "\\N"
_COPY = "copy grids_draftrow (release_id, level, number, code, name, kind, households, geom) from stdin"


def load_drafts(release_id: UUID, level: str, rows: Columns, step: Step | None = None) -> None:
    """Store the rows of one level of a release, in the caller's transaction."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as sink:
        for at, text in _lines(f"{release_id}\t{level}", rows):
            sink.write(text)
            if step:
                step(min(at + CHUNK, len(rows)), len(rows))


def _lines(head: str, rows: Columns) -> Iterator[tuple[int, str]]:
    """Chunks of COPY's text format. Codes are digits and kinds a closed list: only names need escaping."""
    for at in range(0, len(rows), CHUNK):
        part = slice(at, at + CHUNK)
        columns = zip(
            rows.numbers[part], rows.codes[part], rows.names[part], rows.kinds[part], rows.households[part],
            _hexes(rows.shapes[part]), strict=True,
        )  # fmt: skip
        yield (
            at,
            "".join(
                f"{head}\t{number}\t{code}\t{escaped(name)}\t{kind}\t{told(count)}\t{geom}\n"
                for number, code, name, kind, count, geom in columns
            ),
        )


def _hexes(shapes: Shapes) -> list[str]:
    """WKB as COPY's text has it. Python writes the digits three times as fast as GEOS."""
    return [wkb.hex() for wkb in shapely.to_wkb(shapes).tolist()]


def told(count: int | None) -> int | str:
    return NULL if count is None else count


def escaped(name: str) -> str:
    """A name as COPY's text format wants it; names have no control characters."""
    return name.replace("\\", "\\\\")

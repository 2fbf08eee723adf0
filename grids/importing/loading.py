"""Checked rows → tables of a draft release, by COPY. Shapes are in WGS 84 before they get here: COPY gives
WKB the column's SRID without looking.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import shapely
from django.db import connection

from edge import sqlfile
from grids.importing.rows import PlaceRow, Step
from kernel.ids import uuid7

REPORT_EVERY = 2000


def load_shapes(
    release_id: UUID,
    rows: Sequence[PlaceRow],
    *,
    grids: bool,
    synthetic: bool = False,
    step: Step | None = None,
) -> int:
    """Store shapes (and grids that are new) of one release, in the caller's transaction; how many shapes."""
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "import_table"))
        copy = "copy grids_import (place_id, shape_id, code, name, kind, households, geom) from stdin"
        with cursor.copy(copy) as sink:
            for done, row in enumerate(_lines(rows), start=1):
                sink.write_row(row)
                if step and (done % REPORT_EVERY == 0 or done == len(rows)):
                    step(done, len(rows))
        statement = "import_grids" if grids else "import_areas"
        cursor.execute(sqlfile.load("grids", statement), {"release": release_id, "synthetic": synthetic})
        stored: int = cursor.rowcount
        cursor.execute("drop table grids_import")
    return stored


def _lines(rows: Sequence[PlaceRow]) -> Iterable[tuple[Any, ...]]:
    for row in rows:
        geom = shapely.to_wkb(shapely.set_srid(row.shape, 4326), hex=True, include_srid=True)
        yield str(uuid7()), str(uuid7()), row.code, row.name, row.kind, row.households, geom

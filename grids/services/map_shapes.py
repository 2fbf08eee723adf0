"""Shapes as maps draw them, made whenever boundaries came into force."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from django.db import connection, transaction

from edge import sqlfile
from edge.locks import longer_statements, try_advisory
from grids.models import MapShape
from grids.serving.generalising import bands, mercator
from grids.serving.tilemath import AREA_LEVELS, COLUMNS, FROM_ZOOM

STATEMENT_MS = 120_000
LEVELS = ("grid", *AREA_LEVELS)


def map_shapes_make() -> int:
    """Make what is missing, one level and day at a time; how many shapes were made.

    All shapes of the level and day are made anew: one coverage, so that simplified neighbours still meet.
    """
    return sum(_level(level) for level in LEVELS)


@transaction.atomic
def _level(level: str) -> int:
    if not try_advisory("map_shapes", level):
        return 0
    longer_statements(STATEMENT_MS)
    with connection.cursor() as cursor:
        cursor.execute(_statement("map_shapes_missing", level), {"level": level})
        days = [row[0] for row in cursor.fetchall()]
    return sum(_day(level, day) for day in days)


def _day(level: str, day: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_statement("map_shapes_of_day", level), {"level": level, "day": day})
        rows = cursor.fetchall()
    ids, shapes = [row[0] for row in rows], shapely.from_wkb([bytes(row[1]) for row in rows])
    made = bands(mercator(np.asarray(shapes, dtype=object)), _wanted(level))
    column = f"{_kind(level)}_shape_id"
    MapShape.objects.filter(**{f"{column}__in": ids}).delete()
    _copy(column, ids, made)
    return len(ids)


def _wanted(level: str) -> list[str]:
    """The bands in which the level is drawn at all."""
    following = [first for first, _ in COLUMNS[1:]]
    pairs = zip(COLUMNS, following, strict=False)
    return [column for (_, column), after in pairs if after > FROM_ZOOM[level]]


def _copy(column: str, ids: Sequence[UUID], made: dict[str, list[str | None]]) -> None:
    names = ", ".join([column, *made])
    with connection.cursor() as cursor:
        driver: Any = cursor
        with driver.copy(f"copy grids_mapshape ({names}) from stdin") as copy:
            for row in zip(ids, *made.values(), strict=True):
                copy.write_row(row)


def _kind(level: str) -> str:
    return "grid" if level == "grid" else "area"


def _statement(name: str, level: str) -> str:
    joins = "" if level == "grid" else "join accounts_area a on a.id = s.area_id"
    only = "" if level == "grid" else "and a.level = %(level)s"
    text = sqlfile.load("grids", name).replace("{kind}", _kind(level))
    return text.replace("{joins}", joins).replace("{level}", only)

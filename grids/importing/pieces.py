"""The shapes of a stored release, as validation wants them."""

from typing import Any
from uuid import UUID

import shapely
from django.db import connection

from edge import sqlfile
from grids.importing.validating import Piece
from kernel import clock


def release_pieces(release_id: UUID) -> dict[str, list[Piece]]:
    """Per level (`grid`, `community`, …) the shapes of a release."""
    levels: dict[str, list[Piece]] = {}
    for level, code, parent, households, wkb in _rows("release_pieces", release=release_id):
        levels.setdefault(level, []).append(Piece(code, parent, shapely.from_wkb(bytes(wkb)), households))
    return levels


def release_parents(release_id: UUID) -> dict[str, shapely.Geometry]:
    """Shapes of areas by code to compare with: those of the release itself, else those in force today."""
    rows = _rows("release_parents", release=release_id, today=clock.today())
    return {code: shapely.from_wkb(bytes(wkb)) for code, wkb in rows}


def release_ends(release_id: UUID) -> list[str]:
    """What would end with the release: a warning for each grid, with those who are in charge of it."""
    rows = _rows("release_ends", release=release_id, today=clock.today())
    return [f"{code} ends; {workers} assignments are in force for it" for code, workers in rows]


def _rows(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", statement), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows

"""The shapes of a release and of what is in force, as validation and comparison want them."""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from django.db import connection

from edge import sqlfile
from grids import codes
from grids.comparing import Side
from grids.importing.rows import Columns
from grids.importing.validating import Pieces

GRID = "grid"
Drafts = dict[str, Columns]
"""Rows that may be published, by level (`grid`, `community`, …)."""


def release_drafts(release_id: UUID) -> Drafts:
    """The stored rows of a release that is not published yet."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for level, *row in _rows("release_drafts", release=release_id):
        found.setdefault(level, []).append(tuple(row))
    return {level: _columns(rows) for level, rows in found.items()}


def _columns(rows: Sequence[tuple[Any, ...]]) -> Columns:
    numbers, codes_, names, kinds, households, wkb = (list(column) for column in zip(*rows, strict=True))
    return Columns(numbers, codes_, names, kinds, households, _shapes(wkb))


def _shapes(wkb: Iterable[Any]) -> np.ndarray[Any, np.dtype[np.object_]]:
    return np.asarray(shapely.from_wkb(np.array([bytes(one) for one in wkb], dtype=object)))


def pieces(level: str, rows: Columns) -> Pieces:
    """Rows with the code of what each must lie in."""
    if level == GRID:
        return Pieces(rows, [codes.community_code(code) for code in rows.codes])
    return Pieces(rows, [codes.parent_code(code, level) or "" for code in rows.codes])


def release_parents(release_id: UUID, wanted: Iterable[str], day: date) -> dict[str, shapely.Geometry]:
    """Shapes of areas by code to compare with: the release's own, else those in force on the day."""
    rows = _rows("release_parents", release=release_id, codes=sorted(wanted), day=day)
    return {code: shapely.from_wkb(bytes(wkb)) for code, wkb in rows}


def release_communities(release_id: UUID) -> list[UUID]:
    """The communities for which a release brings grids."""
    return [row[0] for row in _rows("release_communities", release=release_id)]


def sides_in_force(communities: Sequence[UUID], day: date) -> list[Side]:
    """The grids of these communities on a day."""
    rows = _rows("release_before", communities=array(communities), day=day)
    return [Side(*row, shapely.from_wkb(bytes(wkb))) for *row, wkb in rows]


def sides_of(rows: Columns | None, without: Container[str] = ()) -> list[Side]:
    """Rows for a comparison, but for those with certain codes."""
    return [
        Side(row.code, row.name, row.kind, row.households, row.shape)
        for row in rows or ()
        if row.code not in without
    ]


def release_ends(
    release_id: UUID, communities: Sequence[UUID], day: date
) -> list[tuple[str, int, shapely.Geometry]]:
    """The grids that would end with the release, with how many are in charge of each, and its shape."""
    rows = _rows("release_ends", release=release_id, communities=array(communities), day=day)
    return [(code, workers, shapely.from_wkb(bytes(wkb))) for code, workers, wkb in rows]


def release_outlines(release_id: UUID, most: int) -> list[shapely.Geometry]:
    """Shapes of a release to draw: its drafts, or what it brought."""
    rows = _rows("release_outlines", release=release_id, most=most)
    return [shapely.from_wkb(bytes(row[0])) for row in rows]


def array(ids: Iterable[UUID]) -> str:
    """Ids as one text, which the statements cast."""
    return "{" + ",".join(map(str, ids)) + "}"


def _rows(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", statement), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows

"""Places as they were called: what is asked about a past day has the codes and names of that day (GR-6)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from edge import sqlfile
from kernel import clock


def of_day(text: str, at: date | None) -> str:
    """A statement with its {areas} and {grids}: as they are, or as they were on the past day `at`."""
    names = ("accounts_area", "grids_grid")
    if at is not None and at < clock.today():
        names = (sqlfile.load("grids", "areas_of_day"), sqlfile.load("grids", "grids_of_day"))
    return text.replace("{areas}", names[0]).replace("{grids}", names[1])


def area_names(area_ids: Iterable[UUID], at: date) -> dict[UUID, tuple[str, str]]:
    """The codes and names that divisions had on a past day; none for today and later."""
    return {
        pk: (code, name) for pk, code, name in _called("a.id, a.code, a.name from {areas} a", area_ids, at)
    }


def grid_codes(grid_ids: Iterable[UUID], at: date) -> dict[UUID, str]:
    """The codes that grids had on a past day; none for today and later, when they have their present ones."""
    return dict(_called("a.id, a.code from {grids} a", grid_ids, at))


def _called(what: str, ids: Iterable[UUID], at: date) -> list[tuple[Any, ...]]:
    if at >= clock.today():
        return []
    with connection.cursor() as cursor:
        text = of_day(f"select {what} where a.id = any(%(ids)s::uuid[])", at)
        cursor.execute(text, {"ids": list(ids), "at": at})
        return list(cursor.fetchall())

"""Pages of features as text from SQL: who may see what is decided inside the statement."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from accounts.models import AreaLevel
from edge import sqlfile
from edge.conf import setting
from edge.driver import raw_cursor
from grids.geojson import IN_FORCE
from grids.past import of_day
from grids.serving import counts, tiles
from grids.serving.ogc.asked import Period
from grids.serving.ogc.collections import Collection
from kernel.actor import Actor

BOX = "ST_Intersects(s.geom, ST_MakeEnvelope(%({0}w)s, %({0}s)s, %({0}e)s, %({0}n)s, 4326))"
TOUCHED = (
    "(%(first)s::date is null or s.valid_to is null or s.valid_to > %(first)s)"
    " and (%(last)s::date is null or s.valid_from <= %(last)s)"
)
NO_PLACE = ("", "00000000-0000-0000-0000-000000000000")
AFTER = "and (a.code, s.id) > (%(code)s, %(place)s::uuid)"
PAGE = "order by a.code, s.id limit %(limit)s"
EXTENT = """
    ST_XMin(ST_Extent(s.geom)), ST_YMin(ST_Extent(s.geom)), ST_XMax(ST_Extent(s.geom)),
    ST_YMax(ST_Extent(s.geom)), min(s.valid_from)::text
"""
Row = tuple[str, str, str]
"""The feature's text; its code and the id of its shape, which together are its place in the order."""


@dataclass(frozen=True, slots=True)
class Question:
    """Boxes (any of them), days, one shape, and where the page begins."""

    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    period: Period | None = None
    shape: UUID | None = None
    after: tuple[str, str] = NO_PLACE

    @property
    def day(self) -> date | None:
        """Codes and names are those of this day: of an interval the last one; None: the present ones."""
        return self.period.last if self.period else None


def page(actor: Actor, found: Collection, asked: Question, limit: int) -> tuple[list[Row], int]:
    """The rows of a page, and how many match in all."""
    statement, parameters = _statement(actor, found, asked)
    feature = sqlfile.load("grids", _feature(found))
    place = AFTER if asked.after != NO_PLACE else ""
    rows = _run(
        statement, f"{feature}, a.code, s.id::text", f"{place} {PAGE}", {**parameters, "limit": limit}
    )
    if len(rows) < limit and not place:
        return rows, len(rows)
    return rows, _run(statement, "count(*)", "", parameters)[0][0]


def extent(actor: Actor, found: Collection) -> tuple[list[float] | None, str | None]:
    """The box of what the actor sees of a collection, and the first day of its shapes."""
    statement, parameters = _statement(actor, found, Question(period=Period(None, None)))
    *box, since = _run(statement, EXTENT, "", parameters)[0]
    return (box, since) if since else (None, None)


def _run(statement: str, answer: str, page: str, parameters: dict[str, Any]) -> list[Any]:
    text = statement.replace("{answer}", answer).replace("{page}", page)
    return raw_cursor().execute(text, parameters, prepare=True).fetchall()


def _feature(found: Collection) -> str:
    if found.layer:
        return "ogc_count_feature"
    return "ogc_grid_feature" if found.level == "grid" else "ogc_area_feature"


def _statement(actor: Actor, found: Collection, asked: Question) -> tuple[str, dict[str, Any]]:
    """The statement without its answer and its page, and the parameters."""
    reader = tiles.reader_of(actor)
    filters, parameters = _filters(asked)
    parameters |= reader.parameters
    parameters["code"], parameters["place"] = asked.after
    if found.layer:
        text = sqlfile.load("grids", f"ogc_{found.level}_counts")
        parameters |= _counted(actor, found)
    elif found.level == "grid":
        text = sqlfile.load("grids", "ogc_grids")
    else:
        text = sqlfile.load("grids", "ogc_areas").replace("{visible}", tiles.VISIBLE[AreaLevel(found.level)])
        parameters["level"] = found.level
    text = text.replace("{streets}", reader.streets_sql).replace("{filters}", filters)
    return of_day(text, asked.day), {**parameters, "at": asked.day}


def _counted(actor: Actor, found: Collection) -> dict[str, Any]:
    numbers = counts.numbers(actor, found.layer, found.level)
    return {
        "ids": list(numbers), "numbers": list(numbers.values()), "width": int(setting("MAP_COUNT_WIDTH")),
    }  # fmt: skip


def _filters(asked: Question) -> tuple[str, dict[str, Any]]:
    conditions, parameters = [], {}
    if asked.shape is not None:
        conditions.append("s.id = %(shape)s")
        parameters["shape"] = asked.shape
    elif asked.period is None:
        conditions.append("s.announced")
    elif asked.period.first is not None and asked.period.first == asked.period.last:
        conditions.append(IN_FORCE)
    else:
        conditions.append(TOUCHED)
        parameters |= {"first": asked.period.first, "last": asked.period.last}
    if asked.boxes:
        conditions.append("(" + " or ".join(BOX.format(f"b{n}") for n, _ in enumerate(asked.boxes)) + ")")
        for n, edges in enumerate(asked.boxes):
            parameters |= {f"b{n}{side}": edge for side, edge in zip("wsen", edges, strict=True)}
    return "".join(f" and {condition}" for condition in conditions), parameters

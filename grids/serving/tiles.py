"""Vector tiles, one statement each: who may see what is decided inside it.

A tile that was drawn is kept under all that it depends on: the reader's streets, and the state of all places,
asked for with each request. So none is ever stale, and two readers share one only when they see the same.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accounts.models import AreaLevel
from edge import sqlfile
from edge.conf import setting
from edge.driver import raw_cursor
from grids import access, remembering
from grids.geojson import IN_FORCE
from grids.past import of_day
from grids.remembering import Memory
from grids.serving import tilemath
from grids.serving.tilemath import Tile
from kernel import clock
from kernel.actor import Actor

VISIBLE = {
    AreaLevel.DISTRICT: "true",
    AreaLevel.STREET: "a.id in (select id from streets)",
    AreaLevel.COMMUNITY: "a.parent_id in (select id from streets)",
}
"""Outlines of districts are everybody's; streets and communities are those of the visible streets."""
KEPT_BYTES = 16 * 1024 * 1024
GIVEN_STREETS = "select unnest(%(streets)s::uuid[])"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose map it is: a person of the present, or (`grids` given) a pack of these grids and streets."""

    streets_sql: str
    parameters: dict[str, Any]
    only: bool = False


def tag_of(body: bytes) -> str:
    """The entity tag of an answer. Weak, because the bytes may be packed on the way."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tile's bytes, the levels of which more was there than the cap lets through, and its entity tag."""

    body: bytes
    capped: list[str]
    tag: str = ""


def reader_of(actor: Actor) -> Reader:
    """The map of a person in the one active role."""
    parameters = {
        "user": actor.user_id,
        "role": actor.role.value if actor.role else "",
        "organisation": actor.organisation_id,
        "today": clock.today(),
    }
    return Reader(access.streets_sql(), parameters)


def reader_of_pack(streets: Sequence[UUID], grids: Sequence[UUID]) -> Reader:
    """The map of a pack: these grids, and the outlines of their streets."""
    return Reader(GIVEN_STREETS, {"streets": list(streets), "grids": list(grids)}, only=True)


_kept: Memory[Drawn] = Memory(KEPT_BYTES, lambda drawn: len(drawn.body))


def draw_for(actor: Actor, tileset: str, tile: Tile, at: date | None = None) -> Drawn:
    """The tile of a person, drawn once for each state of all places."""
    state = remembering.present()
    streets = access.streets_in(state, actor)
    key = (streets, tileset, tile, at, clock.today(), setting("TILE_FEATURES_MAX"))
    reader = Reader(GIVEN_STREETS, {"streets": list(streets)})
    return _kept.get(state, key, lambda: draw(reader, tile, tilemath.levels(tileset, tile.z), at))


def draw(reader: Reader, tile: Tile, levels: Sequence[str], at: date | None = None) -> Drawn:
    """The tile with these levels; without `at` as the phones have the boundaries."""
    parts = " union all ".join(_part(level, tile.z, reader.only, at) for level in levels)
    parameters = {**reader.parameters, **_place(tile), "at": at}
    if not levels:
        return Drawn(b"", [])
    text = f"with streets (id) as materialized ({reader.streets_sql}) select * from ({parts}) as drawn"  # noqa: S608  because all of it is our own files
    cursor = raw_cursor()
    found = cursor.execute(text, parameters, prepare=True, binary=True).fetchall()
    most = parameters["most"]
    capped = [level for level, count, _ in found if count > most]
    body = b"".join(bytes(mvt) for _, _, mvt in found if mvt)
    body += _left_out(parameters, capped) if capped else b""
    return Drawn(body, capped, tag_of(body))


def _place(tile: Tile) -> dict[str, Any]:
    reach, (x0, y0, x1, y1) = tile.reach(), tile.box()
    most = int(setting("TILE_FEATURES_MAX"))
    return {**reach._asdict(), "x0": x0, "y0": y0, "x1": x1, "y1": y1, "most": most}


def _part(level: str, zoom: int, only: bool, at: date | None) -> str:
    geometry = ", ".join(f"m.{column}" for column in tilemath.columns(zoom))
    text = sqlfile.load("grids", "tile_grids" if level == "grid" else "tile_areas")
    text = of_day(text, at).replace("{geometry}", geometry)
    text = text.replace("{shape}", IN_FORCE if at else "s.announced")
    if level == "grid":
        return text.replace("{own}", "and g.id = any(%(grids)s)" if only else "")
    return text.replace("{level}", level).replace("{visible}", VISIBLE[AreaLevel(level)])


def _left_out(parameters: dict[str, Any], levels: list[str]) -> bytes:
    cursor = raw_cursor()
    cursor.execute(
        sqlfile.load("grids", "tile_left_out"), {**parameters, "levels": levels}, prepare=True, binary=True
    )
    return bytes(cursor.fetchone()[0])

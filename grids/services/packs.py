"""Offline packs: made by the job when something in them changed, never in a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from edge import sqlfile
from edge.conf import setting
from edge.locks import longer_statements, try_advisory
from grids.models import CodeTableRow, Pack, PackPart
from grids.serving import packing, style, tilemath, tiles
from grids.serving.packing import Part
from grids.serving.tilemath import Box, Tile
from kernel import clock

STATEMENT_MS = 60_000
TILES, GRIDS, CODES = "tiles.pmtiles", "grids.geojson", "code_tables.json"
_done: dict[str, str] = {}
"""The state of the tables after which this process has looked at every worker and found nothing to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a worker's pack is to hold; `source` is the fingerprint of all that goes into it."""

    worker: UUID
    own: list[UUID]
    streets: list[UUID]
    grids: list[UUID]
    releases: list[UUID]
    source: str


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a pack, and the grids' features by id."""

    parts: list[Part]
    features: dict[str, str]

    def body(self, name: str) -> bytes:
        return next((part.body for part in self.parts if part.name == name), b"")


def packs_make() -> int:
    """Make the packs that are missing, `PACKS_A_TICK` at most, each committed by itself; how many."""
    if _done.get("state") == _state():
        return 0
    wanted = _wanted()
    newest = Pack.objects.order_by("worker_id", "-made_at", "-id").distinct("worker_id")
    present = dict(newest.values_list("worker_id", "source"))
    missing = [one for one in wanted if present.get(one.worker) != one.source]
    now = missing[: int(setting("PACKS_A_TICK"))]
    made = sum(pack_make(wanted=one) for one in now)
    _clear([one.worker for one in wanted])
    if len(now) == len(missing):
        _done["state"] = _state()
    return made


def _state() -> str:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "packs_state"), {"today": clock.today()})
        return str(cursor.fetchone()[0])


def _wanted() -> list[Wanted]:
    with connection.cursor() as cursor, transaction.atomic():
        longer_statements(STATEMENT_MS)
        cursor.execute(
            sqlfile.load("grids", "packs_wanted"), {"today": clock.today(), "form": str(packing.FORM)}
        )
        return [Wanted(*row) for row in cursor.fetchall() if row[3]]


@transaction.atomic
def pack_make(*, wanted: Wanted) -> int:
    """Make one pack and its difference to the worker's last; 0 when another process is at it."""
    if not try_advisory("pack", wanted.worker):
        return 0
    made = _made(wanted)
    last = Pack.objects.filter(worker_id=wanted.worker).order_by("-made_at", "-id").first()
    manifest = {
        "form": packing.FORM, "own": wanted.own, "grids": wanted.grids, "releases": wanted.releases,
        "zooms": [packing.FIRST_ZOOM, packing.LAST_ZOOM], "parts": [part.named() for part in made.parts],
        "bytes": sum(len(part.body) for part in made.parts),
    }  # fmt: skip
    sha256 = Part("", "", orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS)).sha256
    difference, more = _difference(last, made) if last else (None, [])
    parts = [*made.parts, *more]
    _store(parts)
    Pack.objects.update_or_create(
        worker_id=wanted.worker, source=wanted.source,
        defaults={
            "grids": wanted.own, "sha256": sha256, "parts": sorted({part.sha256 for part in parts}),
            "manifest": orjson.loads(orjson.dumps({**manifest, "delta": difference})), "made_at": clock.now(),
        },
    )  # fmt: skip
    return 1


def _made(wanted: Wanted) -> Made:
    with connection.cursor() as cursor:
        given = {"own": wanted.own, "grids": wanted.grids}
        cursor.execute(sqlfile.load("grids", "pack_grids"), given)
        rows = cursor.fetchall()
    box = Box(*(edge([row[n] for row in rows]) for n, edge in ((2, min), (3, min), (4, max), (5, max))))
    features = {row[0]: row[1] for row in rows}
    layers = style.tilejson(tilemath.WHOLE, url="", bounds=None, most=0)["vector_layers"]
    parts = [
        Part(TILES, packing.PMTILES, packing.archive(_tiles(wanted, box), box, layers)),
        Part(GRIDS, packing.GEOJSON, packing.collection(list(features.values()))),
        Part(CODES, packing.JSON, orjson.dumps(dict(CodeTableRow.objects.values_list("name", "entries")))),
    ]
    return Made([part for part in parts if part.body], features)


def _tiles(wanted: Wanted, box: Box) -> dict[Tile, bytes]:
    reader = tiles.reader_of_pack(wanted.streets, wanted.grids)
    return {
        tile: tiles.draw(reader, tile, tilemath.levels(tilemath.WHOLE, zoom)).body
        for zoom in range(packing.FIRST_ZOOM, packing.LAST_ZOOM + 1)
        for tile in tilemath.tiles_over(box, zoom)
    }


def _difference(last: Pack, made: Made) -> tuple[dict[str, Any] | None, list[Part]]:
    """What a phone with the last pack needs to have this one, and its files; None when the whole is less."""
    old = _bodies(last)
    before = {row["id"]: orjson.dumps(row) for row in orjson.loads(old[GRIDS])["features"]}
    after = {key: orjson.dumps(orjson.loads(text)) for key, text in made.features.items()}
    new_grids, gone_grids = packing.changed(before, after)
    old_tiles, new_tiles = packing.tiles_of(old.get(TILES, b"")), packing.tiles_of(made.body(TILES))
    some, gone = packing.changed(old_tiles, new_tiles)
    new = packing.collection([made.features[pk] for pk in new_grids])
    parts = [Part(f"delta.{GRIDS}", packing.GEOJSON, new)]
    if some:
        header = packing.header_of(made.body(TILES))
        body = packing.rearchive({key: new_tiles[key] for key in some}, header)
        parts.append(Part(f"delta.{TILES}", packing.PMTILES, body))
    if made.body(CODES) != old[CODES]:
        parts.append(next(part for part in made.parts if part.name == CODES))
    size = sum(len(part.body) for part in parts)
    if size >= sum(len(part.body) for part in made.parts):
        return None, []
    return {
        "from": last.sha256, "parts": [part.named() for part in parts], "bytes": size,
        "removed_grids": gone_grids, "removed_tiles": gone,
    }, parts  # fmt: skip


def _bodies(pack: Pack) -> dict[str, bytes]:
    """The whole files of a pack by name."""
    names = {part["sha256"]: part["name"] for part in pack.manifest["parts"]}
    rows = PackPart.objects.filter(sha256__in=names).values_list("sha256", "body")
    return {names[sha256]: bytes(body) for sha256, body in rows}


def _store(parts: Sequence[Part]) -> None:
    PackPart.objects.bulk_create(
        [
            PackPart(
                sha256=part.sha256, media_type=part.media_type, body=part.body, size=len(part.body),
                made_at=clock.now(),
            )
            for part in parts
        ],
        ignore_conflicts=True,
    )  # fmt: skip


@transaction.atomic
def _clear(workers: Sequence[UUID]) -> None:
    """Take away packs of workers who have no grid or no phone any more, older packs, and files of none."""
    Pack.objects.exclude(worker_id__in=workers).delete()
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "packs_clear"), {"kept": int(setting("PACKS_KEPT"))})
        cursor.execute(sqlfile.load("grids", "packs_clear_parts"))

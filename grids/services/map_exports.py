"""Shapes as a file for somebody else's program: what the caller sees, written down in the trail."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.db import transaction

from accounts.models import AreaLevel
from audit.services import record
from edge import sqlfile
from edge.conf import setting
from edge.driver import raw_cursor
from edge.locks import longer_statements
from grids.past import of_day
from grids.serving import files, tiles
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.problems import Problem

LAYERS = {"districts": "district", "streets": "street", "communities": "community", "grids": "grid"}
STATEMENT_MS = 20_000
"""The database waits while the file is written."""


@dataclass(frozen=True, slots=True)
class Exported:
    """An open file that has no name any more: it is gone when it is closed."""

    id: UUID
    file: IO[bytes]
    name: str
    rows: int


@transaction.atomic
def map_export(*, actor: Actor, layer: str, form: str, at: date | None = None) -> Exported:
    """The visible shapes of a layer on a day (default: today). Problem: export_too_large."""
    longer_statements(STATEMENT_MS)
    export_id, chosen, day = uuid7(), files.FORMATS[form], at or clock.today()
    with tempfile.TemporaryDirectory(prefix="gridgov-export-") as folder:
        path = Path(folder) / f"{layer}.{chosen.suffix}"
        counted = _Counted(_rows(actor, layer, day))
        columns = files.GRID_COLUMNS if layer == "grids" else files.AREA_COLUMNS
        files.write(path, chosen, layer, columns, iter(counted))
        if counted.number > setting("MAP_EXPORT_ROWS_MAX"):
            raise Problem("export_too_large", most=setting("MAP_EXPORT_ROWS_MAX"))
        file = path.open("rb")
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    record(
        actor=actor, event="map.exported", subject_kind="map_export", subject_id=export_id,
        detail={
            "layer": layer, "format": form, "day": day.isoformat(), "rows": counted.number, "sha256": digest,
        },
    )  # fmt: skip
    return Exported(export_id, file, f"{layer}-{export_id}.{chosen.suffix}", counted.number)


class _Counted:
    """Counts what passes."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self.number += 1
            yield row


def _rows(actor: Actor, layer: str, at: date) -> Iterator[Any]:
    reader, level = tiles.reader_of(actor), LAYERS[layer]
    given = {**reader.parameters, "at": at, "level": level, "most": int(setting("MAP_EXPORT_ROWS_MAX"))}
    if level == "grid":
        text = sqlfile.load("grids", "export_grids")
    else:
        text = sqlfile.load("grids", "export_areas").replace("{visible}", tiles.VISIBLE[AreaLevel(level)])
    text = of_day(text.replace("{streets}", reader.streets_sql), at)
    return raw_cursor().stream(text, given, size=files.BATCH)

"""A boundary file becomes a draft release, or is refused as a whole with the row of each fault."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.models import Area
from accounts.services.places import area_create
from edge.conf import setting
from grids import codes
from grids.importing.checking import GRID, check
from grids.importing.reading import read
from grids.importing.rows import Fault, PlaceRow, Step
from grids.models import BoundaryRelease
from grids.services.releases import Origin, release_import
from kernel.actor import Actor
from kernel.law import law
from sync.services import publish


class FileRefusedError(Exception):
    """Nothing was stored; `faults` say why, by row."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class FileRequest:
    """What a file is said to be: nothing of it is guessed."""

    path: Path
    level: str
    crs: str
    layer: str | None = None
    title: str = ""


@transaction.atomic
def file_import(*, actor: Actor, request: FileRequest, step: Step | None = None) -> BoundaryRelease:
    """Read, check and store a boundary file as draft. Divisions that are new are added to the tree.

    Raises `UnreadableFileError` or `FileRefusedError`.
    """
    raw = read(request.path, request.layer)
    checked = check(raw, level=request.level, crs=request.crs, serial_digits=setting("GRID_SERIAL_DIGITS"))
    if checked.faults:
        raise FileRefusedError(checked.faults)
    known = {area.code: area for area in Area.objects.filter(valid_to__isnull=True)}
    if faults := _above_missing(checked.rows, request.level, known):
        raise FileRefusedError(faults)
    if request.level != GRID:
        _add_areas(actor, checked.rows, request.level, known)
    origin = Origin(request.title or request.path.name, request.path.name, request.crs)
    rows = {"grids" if request.level == GRID else "areas": checked.rows}
    area = known[_common_area(checked.rows, known)]
    return release_import(actor=actor, origin=origin, area_id=area.id, step=step, **rows)


@law("GR-3")
def _above_missing(rows: Sequence[PlaceRow], level: str, known: dict[str, Area]) -> list[Fault]:
    """Rows whose community (of a grid) or parent (of a division) is not in the tree."""
    faults = []
    for row in rows:
        above = codes.community_code(row.code) if level == GRID else codes.parent_code(row.code, level)
        if above is not None and above not in known:
            faults.append(Fault(row.number, f"no division {above} above it"))
    return faults


def _add_areas(actor: Actor, rows: Sequence[PlaceRow], level: str, known: dict[str, Area]) -> None:
    """Divisions that are new here; phones hear their names at once, their shapes once in force."""
    new = [row for row in rows if row.code not in known]
    for row in new:
        above = codes.parent_code(row.code, level)
        known[row.code] = area_create(
            actor=actor, code=row.code, name=row.name, level=level,
            parent_id=known[above].id if above else None,
        )  # fmt: skip
    if new:
        publish("area", [known[row.code].id for row in new])


def _common_area(rows: Sequence[PlaceRow], known: dict[str, Area]) -> str:
    """The smallest division that holds all rows: what the release covers."""
    first, last = min(row.code for row in rows), max(row.code for row in rows)
    for digits in sorted(codes.AREA_DIGITS.values(), reverse=True):
        code = first[:digits].ljust(codes.COMMUNITY_DIGITS, "0")
        if first[:digits] == last[:digits] and code in known:
            return code
    raise FileRefusedError([Fault(rows[0].number, "the rows have no known division in common")])

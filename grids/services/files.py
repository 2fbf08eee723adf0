"""A boundary file becomes a draft release, or is refused as a whole with the row of each fault."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from accounts.models import Area
from accounts.selectors import actor_areas, area_subtree_ids
from accounts.services.places import area_create
from edge.conf import setting
from grids import codes
from grids.faults import FaultKind
from grids.importing.checking import GRID, Wanted, check
from grids.importing.collector import collector_resting
from grids.importing.declared import Declared, contradiction, declared
from grids.importing.reading import Reading, read
from grids.importing.rows import Checked, Columns, Fault, Step, UnreadableFileError
from grids.importing.snapping import snap
from grids.importing.validating import fitting
from grids.models import BoundaryRelease
from grids.services.planned import codes_to_come
from grids.services.releases import Origin, release_import, release_validate
from kernel.actor import Actor
from kernel.law import law
from sync.services import publish

LEVELS = (GRID, "community", "street", "district")


class FileRefusedError(Exception):
    """Nothing was stored; `faults` say why, by row."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class FileRequest:
    """What a file is said to be: nothing is guessed. `fields`: our name → the file's; `snap` in metres."""

    path: Path
    level: str
    crs: str
    layer: str | None = None
    title: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    snap: float | None = None
    name: str = ""


@collector_resting()
def file_check(request: FileRequest) -> Checked:
    """Read and check a file without touching the database. Raises `UnreadableFileError`."""
    said = declaration(request.crs)
    raw = read(request.path, Reading(request.layer, request.fields, request.encoding))
    if why := contradiction(said, raw.crs):
        raise UnreadableFileError(why)
    checked = check(raw, Wanted(request.level, said, setting("GRID_SERIAL_DIGITS")))
    if request.snap is not None and not checked.faults:
        checked.rows, checked.notes = snap(checked.rows, request.snap)
    return checked


def declaration(crs: str) -> Declared:
    try:
        return declared(crs)
    except ValueError as error:
        raise UnreadableFileError(str(error)) from error


@transaction.atomic
def file_import(
    *,
    actor: Actor,
    request: FileRequest,
    checked: Checked | None = None,
    validate: bool = True,
    step: Step | None = None,
) -> BoundaryRelease:
    """Read, check and store a boundary file as draft, and validate it. Divisions that are new are added to
    the tree. `checked`: what `file_check` said already.

    Raises `UnreadableFileError` or `FileRefusedError`.
    """
    checked = checked or file_check(request)
    if checked.faults:
        raise FileRefusedError(checked.faults)
    rows = checked.rows
    known = {area.code: area for area in Area.objects.filter(valid_to__isnull=True)}
    if faults := _above_missing(rows, request.level, known):
        raise FileRefusedError(faults)
    area = _common_area(rows, known)
    _check_reach(actor, rows, area)
    if request.level != GRID:
        _add_areas(actor, rows, request.level, known)
    name = request.name or request.path.name
    origin = Origin(request.title or name, name, declaration(request.crs).name)
    placed: dict[str, Columns] = {"grids" if request.level == GRID else "areas": rows}
    with ThreadPoolExecutor(1) as meanwhile:
        fit = meanwhile.submit(fitting, rows) if validate else None
        release = release_import(actor=actor, origin=origin, area_id=area.id, step=step, **placed)
    if fit is None:
        return release
    rows.fit = fit.result()
    drafts = {request.level: rows}
    return release_validate(actor=actor, release_id=release.id, drafts=drafts, notes=checked.notes)


@law("GR-3", "GR-6")
def _above_missing(rows: Columns, level: str, known: dict[str, Area]) -> list[Fault]:
    """Rows whose community (of a grid) or parent (of a division) is not in the tree, and rows of what a
    change entered ahead brings there only on its day."""
    lacking = []
    for number, code in zip(rows.numbers, rows.codes, strict=True):
        above = codes.community_code(code) if level == GRID else codes.parent_code(code, level)
        asked = [above] if level == GRID else [above, code]
        lacking += [(number, code, one, one == above) for one in asked if one and one not in known]
    to_come = codes_to_come({one for _, _, one, _ in lacking})
    faults = []
    for number, code, one, is_above in lacking:
        if one in to_come:
            facts = {"above": one, "day": to_come[one].isoformat()}
            faults.append(Fault(number, FaultKind.TO_COME, facts, code))
        elif is_above:
            faults.append(Fault(number, FaultKind.NO_ABOVE, {"above": one}, code))
    return faults


def _check_reach(actor: Actor, rows: Columns, area: Area) -> None:
    if not actor.is_system and area.id not in area_subtree_ids(actor_areas(actor)):
        raise FileRefusedError([Fault(rows.numbers[0], FaultKind.NOT_YOURS, {}, rows.codes[0])])


def _add_areas(actor: Actor, rows: Columns, level: str, known: dict[str, Area]) -> None:
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


def _common_area(rows: Columns, known: dict[str, Area]) -> Area:
    """The smallest division that holds all rows: what the release covers."""
    first, last = min(rows.codes), max(rows.codes)
    for digits in sorted(codes.AREA_DIGITS.values(), reverse=True):
        code = first[:digits].ljust(codes.COMMUNITY_DIGITS, "0")
        if first[:digits] == last[:digits] and code in known:
            return known[code]
    raise FileRefusedError([Fault(rows.numbers[0], FaultKind.NOTHING_COMMON)])

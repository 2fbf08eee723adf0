"""Boundary files over the network: declared, uploaded, read by a job, answered by a report.

A doubled call answers the same, and a job that begins anew after a killed worker leaves one release.
"""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.core.files import File
from django.db import transaction

from accounts.selectors import actor_areas
from audit.services import record
from edge.conf import setting
from edge.locks import longer_statements
from edge.rows import existing
from grids import access, import_job
from grids.importing.rows import Checked, Fault, UnreadableFileError, shown
from grids.importing.validating import Findings
from grids.machine import IMPORT, ImportState
from grids.models import BoundaryImport
from grids.services.files import FileRefusedError, FileRequest, file_check, file_import
from grids.services.findings import findings_keep
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.problems import Problem
from sync.files import storage

log = structlog.get_logger()
STATEMENT_MS = 600_000
CHUNK = 1 << 20
REFUSED_MAX = 400
Read = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a file is said to be before it comes. `fields`: our name → the file's; `snap` in metres."""

    level: str
    crs: str
    file_name: str
    size: int
    sha256: str
    title: str = ""
    layer: str | None = None
    encoding: str | None = None
    snap: float | None = None
    fields: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def import_declare(*, actor: Actor, import_id: UUID, declaration: Declaration) -> BoundaryImport:
    """Say what is going to be uploaded. The same again answers the same; another file under one id is problem
    `boundary_import_taken`."""
    said = asdict(declaration)
    name, size, sha256 = said.pop("file_name"), said.pop("size"), said.pop("sha256")
    title = said.pop("title") or name
    found = BoundaryImport.objects.select_for_update(of=("self",)).filter(id=import_id).first()
    if found is not None:
        same = (found.declared, found.title, found.size, found.sha256) == (said, title, size, sha256)
        if not same or found.created_by_id != actor.user_id:
            raise Problem("boundary_import_taken")
        return found
    made = BoundaryImport.objects.create(
        id=import_id, area_id=actor_areas(actor)[0], title=title, file_name=name, size=size, sha256=sha256,
        declared=said, created_by_id=actor.user_id, created_role=str(actor.role or ""),
        created_organisation=actor.organisation_id, created_at=clock.now(),
    )  # fmt: skip
    _recorded(actor, made, "declared")
    return made


def import_upload(*, actor: Actor, import_id: UUID, read: Read) -> BoundaryImport:
    """Take the file and queue its import. A file that came already is answered with where it stands.

    Problems: not_found, boundary_file_wrong (not the declared size or SHA-256).
    """
    row = existing(access.imports_visible_to(actor).filter(id=import_id))
    if row.state != ImportState.WAITING:
        return row
    with tempfile.TemporaryFile() as kept:
        if _received(read, kept, row.size) != row.sha256:
            raise Problem("boundary_file_wrong", size=row.size)
        return _queue(actor, row.id, kept)


def _received(read: Read, kept: Any, size: int) -> str:
    """Copy at most one byte more than declared; the SHA-256 of what came."""
    digest, left = hashlib.sha256(), size + 1
    while left and (chunk := read(min(CHUNK, left))):
        kept.write(chunk)
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest() if left == 1 else ""


@transaction.atomic
def _queue(actor: Actor, import_id: UUID, kept: Any) -> BoundaryImport:
    row = BoundaryImport.objects.select_for_update(of=("self",)).get(id=import_id)
    if row.state != ImportState.WAITING:
        return row
    row.state = IMPORT.apply(row.state, "upload", role=actor.role).target
    row.started_at = clock.now()
    row.save(update_fields=["state", "started_at"])
    kept.seek(0)
    storage.store().save(_place(row), File(kept))
    _recorded(actor, row, "uploaded")
    import_job.defer(row.id)
    return row


def import_run(import_id: UUID) -> str:
    """Read, check and store the uploaded file; the state it ends in. For the job alone."""
    row = _started(import_id)
    if row is None:
        return ""
    actor = Actor(row.created_by_id, Role(row.created_role), row.created_organisation)
    with tempfile.TemporaryDirectory(prefix="gridgov-import-") as folder:
        path = Path(folder) / f"boundary{Path(row.file_name).suffix.lower()}"
        with storage.store().open(_place(row)) as source, path.open("wb") as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
        _run(actor, row, FileRequest(path, title=row.title, name=row.file_name, **row.declared))
    storage.delete([_place(row)])
    return str(row.state)


@transaction.atomic
def _started(import_id: UUID) -> BoundaryImport | None:
    row = BoundaryImport.objects.select_for_update(of=("self",)).filter(id=import_id).first()
    if row is None or row.state not in (ImportState.QUEUED, ImportState.RUNNING):
        return None
    row.state = IMPORT.apply(row.state, "start", role=None).target
    row.step, row.started_at, row.attempts = "reading", clock.now(), row.attempts + 1
    row.save(update_fields=["state", "step", "started_at", "attempts"])
    return row


def _run(actor: Actor, row: BoundaryImport, request: FileRequest) -> None:
    try:
        _read(actor, row, request)
    except Exception as error:
        log.error("boundary import failed", import_id=str(row.id), error_type=type(error).__name__)
        row.refresh_from_db()
        _end(actor, row, "fail", refused=type(error).__name__)


def _read(actor: Actor, row: BoundaryImport, request: FileRequest) -> None:
    try:
        checked = file_check(request)
        _step(row, "storing", len(checked.rows))
        if checked.faults:
            raise FileRefusedError(checked.faults)
        _store(actor, row, request, checked)
    except (UnreadableFileError, ValueError) as error:
        _end(actor, row, "refuse", refused=shown(str(error), REFUSED_MAX))
    except FileRefusedError as refusal:
        _end(actor, row, "refuse", faults=refusal.faults)


@transaction.atomic
def _store(actor: Actor, row: BoundaryImport, request: FileRequest, checked: Checked) -> None:
    longer_statements(STATEMENT_MS)
    release = file_import(actor=actor, request=request, checked=checked)
    row.release, row.done = release, len(checked.rows)
    row.counts = {"rows": len(checked.rows)} | release.findings["counts"]
    _end(actor, row, "finish")


def _step(row: BoundaryImport, step: str, total: int) -> None:
    row.step, row.total = step, total
    row.save(update_fields=["step", "total"])


@transaction.atomic
def _end(
    actor: Actor, row: BoundaryImport, event: str, *, refused: str = "", faults: Sequence[Fault] = ()
) -> None:
    row.state = IMPORT.apply(row.state, event, role=None).target
    row.refused, row.step, row.ended_at = refused, "", clock.now()
    if faults:
        row.counts = Findings(list(faults)).counts()
        findings_keep(faults, of_import=row)
    row.save()
    _recorded(actor, row, row.state)


def imports_restart(now: datetime) -> int:
    """Queue again what a killed worker left; after the last attempt it has failed. How many."""
    stale = now - timedelta(seconds=setting("BOUNDARY_IMPORT_STALE_S"))
    left = BoundaryImport.objects.filter(
        state__in=(ImportState.QUEUED, ImportState.RUNNING), started_at__lt=stale
    )
    rows = list(left.order_by("started_at", "id"))
    for row in rows:
        if row.attempts >= setting("BOUNDARY_IMPORT_ATTEMPTS"):
            row.state = ImportState.RUNNING  # whichever of the two it was in
            _end(SYSTEM, row, "fail", refused="attempts")
        else:
            with transaction.atomic():
                BoundaryImport.objects.filter(id=row.id).update(started_at=now)
                import_job.defer(row.id)
    return len(rows)


def _place(row: BoundaryImport) -> str:
    return f"boundaries/{row.id}"


def _recorded(actor: Actor, row: BoundaryImport, what: str) -> None:
    record(
        actor=actor, event=f"boundary_import.{what}", subject_kind="boundary_import", subject_id=row.id,
        detail={"sha256": row.sha256, "level": row.declared["level"], "crs": row.declared["crs"]},
    )  # fmt: skip

"""`manage.py grids_import FILE --level grid --crs GCJ-02 [--map code=编码] [--publish DAY] [--dry-run]`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from edge.bar import Bar
from edge.conf import setting
from edge.locks import longer_statements
from grids import services
from grids.importing import template
from grids.importing.rows import FIELDS, Fault, UnreadableFileError
from grids.models import BoundaryRelease, Finding
from grids.services.files import LEVELS, FileRefusedError, FileRequest, file_import
from kernel.actor import SYSTEM
from kernel.problems import Problem

STATEMENT_MS = 600_000
FAULTS_SHOWN = 200


def mapping(text: str) -> tuple[str, str]:
    """`code=网格编码` → ("code", "网格编码")."""
    ours, sign, theirs = text.partition("=")
    if not sign or ours not in FIELDS or not theirs:
        raise ValueError(text)
    return ours, theirs


class Command(BaseCommand):
    help = (
        "导入边界文件为草稿版本，全部成功或全部退回。"
        "Import a GeoPackage, zipped Shapefile or GeoJSON as a draft release: all rows or none"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?",
            help=".gpkg, .zip (Shapefile) or .geojson; fields: code, name; of grids also kind, households",
        )  # fmt: skip
        parser.add_argument("--level", default=None, choices=LEVELS, help="required: what the rows are")
        parser.add_argument(
            "--crs",
            help="required, never guessed: EPSG:4326, EPSG:4490, EPSG:4534 to 4554, GCJ-02 or BD-09",
        )
        parser.add_argument("--layer", help="layer of a GeoPackage (needed when there are several)")
        parser.add_argument("--encoding", help="of a Shapefile's table without .cpg: UTF-8 or GBK")
        parser.add_argument(
            "--map", dest="fields", type=mapping, action="append", default=[], metavar="OURS=THEIRS",
            help="a field under another name in the file, for instance code=网格编码",
        )  # fmt: skip
        parser.add_argument("--snap", type=float, metavar="METRES", help="close slivers, listing each change")
        parser.add_argument("--title", default="", help="name of the boundary release (default: the file's)")
        parser.add_argument(
            "--publish",
            type=date.fromisoformat,
            metavar="DAY",
            help="put it into force from this day, if valid",
        )
        parser.add_argument("--dry-run", action="store_true", help="do everything, keep nothing")
        parser.add_argument(
            "--template", type=Path, metavar="OUT.gpkg", help="write a file to start from, and stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["template"]:
            self._template(options["template"], options["level"] or "grid")
            return
        for name in ("file", "level", "crs"):
            if not options[name]:
                raise CommandError(f"{'' if name == 'file' else '--'}{name} is required: nothing is guessed")
        taken = ("level", "crs", "layer", "title", "encoding", "snap")
        request = FileRequest(
            options["file"], fields=dict(options["fields"]), **{name: options[name] for name in taken}
        )
        try:
            with transaction.atomic():
                longer_statements(STATEMENT_MS)
                self._run(request, options["publish"])
                transaction.set_rollback(options["dry_run"])
        except (UnreadableFileError, ValueError) as error:
            raise CommandError(str(error)) from error
        except FileRefusedError as refusal:
            self._refused(refusal)
        if options["dry_run"]:
            self.stdout.write("dry run: nothing was kept")

    def _template(self, path: Path, level: str) -> None:
        if path.exists() or path.suffix != ".gpkg":
            raise CommandError(f"{path} must end with .gpkg and not be there yet")
        template.write(path, level, setting("GRID_SERIAL_DIGITS"))
        self.stdout.write(f"{path}: fields and one example row of level {level}")

    def _run(self, request: FileRequest, day: date | None) -> None:
        # Django ends every write with a newline: a moving line needs the terminal itself.
        stream = sys.stderr if self.stderr.isatty() else cast(TextIO, self.stderr)
        release = file_import(actor=SYSTEM, request=request, step=Bar("storing", stream))
        self._findings(release)
        if day is None:
            self.stdout.write(f"release {release.id} is {release.state}")
            return
        try:
            release = services.release_publish(actor=SYSTEM, release_id=release.id, day=day)
        except Problem as problem:
            raise CommandError(f"{problem.code}: {problem.type.en}; nothing was imported") from problem
        self.stdout.write(f"release {release.id} is published from {day}")

    def _findings(self, release: BoundaryRelease) -> None:
        found = Finding.objects.filter(release=release)
        for row in found[:FAULTS_SHOWN]:
            fault = Fault(row.row, row.kind, row.facts, row.code)
            self.stdout.write(f"{row.severity}: {fault}")
        if (more := found.count() - FAULTS_SHOWN) > 0:
            self.stdout.write(f"… {more} more: /api/v1/boundary-releases/{release.id}/findings")

    def _refused(self, refusal: FileRefusedError) -> None:
        for fault in refusal.faults[:FAULTS_SHOWN]:
            self.stderr.write(str(fault))
        raise CommandError(f"{len(refusal.faults)} faults; nothing was imported") from refusal

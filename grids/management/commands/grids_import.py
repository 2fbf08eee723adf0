"""`manage.py grids_import FILE --level grid --crs GCJ02 [--publish 2026-12-01] [--dry-run]`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from edge.bar import Bar
from edge.locks import longer_statements
from grids import services
from grids.importing.rows import UnreadableFileError
from grids.models import BoundaryRelease
from grids.services.files import FileRefusedError, FileRequest, file_import
from kernel.actor import SYSTEM
from kernel.codes.law import CoordinateSystem
from kernel.problems import Problem

LEVELS = ("grid", "community", "street", "district")
STATEMENT_MS = 600_000
FAULTS_SHOWN = 200


class Command(BaseCommand):
    help = "Import boundaries from a GeoPackage or GeoJSON file as a draft release: all rows or none"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help=".gpkg or .geojson; fields: code, name; of grids also kind, households"
        )
        parser.add_argument("--level", required=True, choices=LEVELS)
        parser.add_argument(
            "--crs",
            required=True,
            choices=CoordinateSystem.values(),
            help="of the coordinates; never guessed",
        )
        parser.add_argument("--layer", help="layer of a GeoPackage (default: the first)")
        parser.add_argument("--title", default="", help="name of the boundary release (default: the file's)")
        parser.add_argument(
            "--publish",
            type=date.fromisoformat,
            metavar="DAY",
            help="put it into force from this day, if valid",
        )
        parser.add_argument("--dry-run", action="store_true", help="do everything, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        request = FileRequest(
            options["file"], options["level"], options["crs"], options["layer"], options["title"]
        )
        try:
            with transaction.atomic():
                longer_statements(STATEMENT_MS)
                self._run(request, options["publish"])
                transaction.set_rollback(options["dry_run"])
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        except FileRefusedError as refusal:
            self._refused(refusal)
        if options["dry_run"]:
            self.stdout.write("dry run: nothing was kept")

    def _run(self, request: FileRequest, day: date | None) -> None:
        # Django ends every write with a newline: a moving line needs the terminal itself.
        stream = sys.stderr if self.stderr.isatty() else cast(TextIO, self.stderr)
        release = file_import(actor=SYSTEM, request=request, step=Bar("storing", stream))
        release = services.release_validate(actor=SYSTEM, release_id=release.id)
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
        for sort in ("errors", "warnings"):
            for text in release.findings[sort]:
                self.stdout.write(f"{sort[:-1]}: {text}")

    def _refused(self, refusal: FileRefusedError) -> None:
        for fault in refusal.faults[:FAULTS_SHOWN]:
            self.stderr.write(str(fault))
        raise CommandError(f"{len(refusal.faults)} faults; nothing was imported") from refusal

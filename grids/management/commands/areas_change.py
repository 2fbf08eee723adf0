"""`manage.py areas_change FILE DAY [--document …] [--dry-run]`: changed division codes from a CSV table."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grids.services import areas_change
from kernel.actor import SYSTEM
from kernel.problems import Problem


class Command(BaseCommand):
    help = "Bring the division tree to new codes (columns: old, new, name), all rows or none"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in UTF-8 or GB 18030")
        parser.add_argument("day", type=date.fromisoformat, help="YYYY-MM-DD; a day to come: it waits")
        parser.add_argument("--document", default="", help="The paper that says so")
        parser.add_argument("--dry-run", action="store_true", help="show what would happen, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = areas_change(
                actor=SYSTEM, table=_text(options["file"]), day=options["day"],
                document=options["document"], dry_run=options["dry_run"],
            )  # fmt: skip
        except Problem as problem:
            for fault in problem.extra.get("faults", []):
                self.stderr.write(f"row {fault['row']}: {fault['fault']}")
            raise CommandError(f"{problem.code}: {problem.type.en}") from problem
        for one in done.plan.changes:
            self.stdout.write(f"{one.kind}: {one.old.code} {one.old.name} → {one.new} {one.name}")
        for new in done.plan.created.values():
            self.stdout.write(f"new: {new.code} {new.name}")
        for code in done.plan.ended:
            self.stdout.write(f"ended: {code}")
        self.stdout.write(f"{done.grids} grids get another code")
        if done.planned:
            self.stdout.write(f"planned change {done.planned.id} waits for {options['day']}")
        if options["dry_run"]:
            self.stdout.write("dry run: nothing was kept")


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandError(f"{path}: neither UTF-8 nor GB 18030")

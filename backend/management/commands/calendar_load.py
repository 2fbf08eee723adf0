"""Load the legal holidays and make-up working days of a year, as the State Council publishes them each
autumn."""

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit import services as audit
from edge import calendar_table
from kernel.actor import SYSTEM

_COLUMNS = ["day", "working", "name"]
_YES, _NO = "1", "0"


class Command(BaseCommand):
    help = (
        "载入一年的节假日与调休。Load a year's holidays from a CSV with the columns day (2027-01-01), "
        "working (0 holiday, 1 make-up working day), name. Provisional deadlines are then computed again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--dry-run", action="store_true", help="check the file, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        off, working = read_days(options["file"], year)
        self.stdout.write(f"{year}: {len(off)} holidays, {len(working)} make-up working days")
        if options["dry_run"]:
            return
        with transaction.atomic():
            calendar_table.fill_year(year, off=off, working=working, source=options["file"].name[:80])
            audit.record(
                actor=SYSTEM,
                event="calendar.year_loaded",
                subject_kind="calendar_year",
                subject_id=uuid5(NAMESPACE_OID, str(year)),
                detail={"year": year, "off": len(off), "working": len(working)},
            )


def read_days(path: Path, year: int) -> tuple[dict[date, str], dict[date, str]]:
    """Holidays and make-up days (day → name) of a file. CommandError names the row that is wrong."""
    off: dict[date, str] = {}
    working: dict[date, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != _COLUMNS:
                raise CommandError(f"the columns must be {', '.join(_COLUMNS)}")
            for number, row in enumerate(reader, start=2):
                day = _day(row["day"], year, number)
                if row["working"] not in {_YES, _NO} or day in off or day in working:
                    raise CommandError(f"row {number}: working must be 0 or 1, and a day stands once")
                (working if row["working"] == _YES else off)[day] = (row["name"] or "")[:40]
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    if not off:
        raise CommandError("the file names no holiday")
    return off, working


def _day(text: str | None, year: int, number: int) -> date:
    try:
        day = date.fromisoformat(text or "")
    except ValueError as error:
        raise CommandError(f"row {number}: {text!r} is not a date") from error
    if day.year != year:
        raise CommandError(f"row {number}: {day} is not in {year}")
    return day

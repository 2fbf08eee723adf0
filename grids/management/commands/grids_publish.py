"""`manage.py grids_publish RELEASE DAY`: put a validated boundary release into force."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from edge.locks import longer_statements
from grids.services import release_publish
from kernel.actor import SYSTEM
from kernel.problems import Problem

STATEMENT_MS = 600_000


class Command(BaseCommand):
    help = "Put a validated boundary release into force from a day on"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release", type=UUID)
        parser.add_argument("day", type=date.fromisoformat, help="YYYY-MM-DD, today or later")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                longer_statements(STATEMENT_MS)
                release = release_publish(actor=SYSTEM, release_id=options["release"], day=options["day"])
        except Problem as problem:
            raise CommandError(f"{problem.code}: {problem.type.en}") from problem
        self.stdout.write(f"release {release.id} is published from {release.valid_from}")

"""`manage.py demo_accounts`: write or refill `$GRIDGOV_HOME/demo.json`."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fixtures import mark, sign_in


class Command(BaseCommand):
    help = "Write demo.json (0600): an account for each staff role, organisations, unused enrolment codes"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--codes", type=int, default=50, help="how many unused enrolment codes there are then"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE == "production":
            raise CommandError("demo accounts are for demo and test mode only")
        if settings.MODE == "demo" and not mark.loaded():
            raise CommandError(mark.OWN_DISTRICT)
        base = os.environ.get("GRIDGOV_BASE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
        content = sign_in.write(settings.HOME / "demo.json", base_url=base, codes=options["codes"])
        counts = {name: len(entries) for name, entries in content.items() if isinstance(entries, list)}
        self.stdout.write(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()))

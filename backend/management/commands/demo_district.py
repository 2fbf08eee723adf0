"""`manage.py demo_district`: 南岗区 with real outline, names and codes, and synthetic grids and people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Area
from fixtures import loading, mark


class Command(BaseCommand):
    help = "Load the demo district into an empty database (a second call changes nothing)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--grids", type=int, default=2000, help="number of generated grids")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same district")
        parser.add_argument("--nobody-supervised", action="store_true", help="without people in correction")
        parser.add_argument("--dry-run", action="store_true", help="do everything, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE == "production":
            raise CommandError("synthetic places and people are for demo and test mode only")
        if Area.objects.exists() and not mark.loaded():
            raise CommandError(mark.OWN_DISTRICT)
        supervised = not options["nobody_supervised"]
        wish = loading.Wish(grids=options["grids"], seed=options["seed"], supervised=supervised)
        try:
            loading.load(wish, say=self._say, dry_run=options["dry_run"])
        except ModuleNotFoundError as error:
            raise CommandError(
                f"{error.name} is missing: install requirements/demo.txt for the real outlines"
            ) from error

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()

"""`manage.py privacy_reapply`: after a restore, close again what was closed since the backup."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.services import closings_reapply
from privacy.tombstones import BrokenListError


class Command(BaseCommand):
    help = "Close again what the list of closings outside the database names; before the server opens"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = closings_reapply()
        except BrokenListError as error:
            raise CommandError(f"the list of closings is damaged: {error}; nothing was done") from error
        self.stdout.write(", ".join(f"{name} again: {count}" for name, count in done.items()))

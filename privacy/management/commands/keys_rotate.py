"""`manage.py keys_rotate wrapping|refresh`: a new current key in the ring."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from edge import encryption, keyring
from privacy.services import subject_keys_rewrap

# A new index key would find nothing that is stored, a new audit key compare with nothing before it.
ROTATING = ("wrapping", "refresh")


class Command(BaseCommand):
    help = "Add a new current key to the ring; with `wrapping`, wrap every subject key with it"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("purpose", choices=ROTATING)

    def handle(self, *args: Any, **options: Any) -> None:
        key_id = keyring.rotate(Path(settings.KEYRING), options["purpose"])
        encryption.look_again()
        self.stdout.write(f"The current {options['purpose']} key is {key_id}.")
        if options["purpose"] == "wrapping":
            self.stdout.write(f"{subject_keys_rewrap()} subject keys were wrapped again.")

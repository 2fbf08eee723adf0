"""`manage.py seal_key_make`: the seal key, each half to a file on its own holder's medium."""

import os
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel.actor import SYSTEM
from kernel.problems import Problem
from privacy.services import seal_key_make

SHEET = """封存密钥分片 HALF OF THE SEAL KEY
持有人 holder: {holder}
密钥 key: {key}

    {half}

单独一片不能启封。不得拍照、不得录入本系统以外的任何系统。
One half opens nothing. Never photograph it, never type it anywhere but into a lawful query.
"""


class Command(BaseCommand):
    help = "Make the seal key; each half goes to a new file (0600) of its own and stays nowhere else"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", required=True, type=UUID, help="id of the bureau's head")
        parser.add_argument("--keeper", required=True, type=UUID, help="id of the archive keeper")
        parser.add_argument("--head-half", required=True, type=Path, help="file for the head's half")
        parser.add_argument("--keeper-half", required=True, type=Path, help="file for the keeper's half")
        parser.add_argument("--replace", action="store_true", help="retire the key in use")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = (options["head_half"], options["keeper_half"])
        if paths[0].absolute() == paths[1].absolute() or any(path.exists() for path in paths):
            raise CommandError("the two halves go to two files that do not exist yet")
        files = [os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600) for path in paths]
        try:
            made = seal_key_make(
                actor=SYSTEM, head_id=options["head"], keeper_id=options["keeper"], replace=options["replace"]
            )
        except Problem as problem:
            for path in paths:
                path.unlink()
            raise CommandError(f"{problem.code}: {problem.type.en}") from problem
        for file, holder, half in zip(files, ("head", "keeper"), (made.head, made.keeper), strict=True):
            with os.fdopen(file, "w", encoding="utf-8") as out:
                out.write(SHEET.format(holder=holder, key=made.seal_key, half=half))
        self.stdout.write(f"Seal key {made.seal_key}. Print both sheets, then destroy the two files.")

#!/usr/bin/env python3
"""Django's command line. Commands that change tables connect as the owner role, others as the app role."""

import os
import sys

OWNER_COMMANDS = frozenset({"migrate", "sqlmigrate", "makemigrations", "sync_rotate_epoch"})


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("GRIDGOV_DB_ROLE", "owner")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  because settings come first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from edge.conf import setting
from kernel import clock
from sync.files.sweeping import sweep


class Command(BaseCommand):
    help = "清理无主文件。Remove stored bytes that no row names, once the grace is over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count them, remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        before = clock.now() - timedelta(hours=setting("SYNC_FILE_ORPHAN_HOURS"))
        found = sweep(before, dry=options["dry_run"])
        what = "would be removed" if options["dry_run"] else "removed"
        self.stdout.write(
            f"{found.objects} objects: {found.orphans} without a row {what}, {found.young} too young to tell,"
            f" {found.strange} with a name that is not ours left alone"
        )

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sync.check import check

SHOWN = 50


class Command(BaseCommand):
    help = "Rebuild all phone rows beside and compare them; ends non-zero when one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        report = check()
        for difference in report.differences[:SHOWN]:
            self.stderr.write(str(difference))
        if report.differences:
            raise CommandError(f"{len(report.differences)} phone rows differ from the domain's tables")
        self.stdout.write(f"{report.rows} phone rows are what the domain's tables say")

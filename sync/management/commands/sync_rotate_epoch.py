from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from edge.bar import Bar
from sync import life


class Command(BaseCommand):
    help = "同步换代。After a restore: a new epoch; phones start over and keep their unsent records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = life.plan()
        self.stdout.write(
            f"epoch {plan.epoch}: {plan.rows} phone rows to stamp anew, {plan.tombstones} removals and "
            f"{plan.cursors} cursors to drop"
        )
        if options["dry_run"]:
            self.stdout.write("nothing was changed")
            return
        bar, total, done = Bar("stamping"), max(plan.rows + plan.tombstones, 1), 0

        def step(rows: int) -> None:
            nonlocal done
            done += rows
            bar(min(done, total), total)

        epoch = life.rotate(step)
        self.stdout.write(f"epoch {epoch} has begun: every phone starts over and keeps what it has not sent")

"""Move the clock of a demo district: everything that runs on it hears of it within a second."""

from argparse import ArgumentParser
from datetime import datetime
from math import ceil
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from edge import clock_table
from kernel import clock

DAY_S = 86_400


class Command(BaseCommand):
    help = (
        "移动演示区的时钟，服务器与后台任务一秒内跟随。Move the clock of a demo district; server and worker "
        "follow within a second."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--to", metavar="WHEN", help="local time in China, such as 2026-12-01T09:00")
        where.add_argument("--days", type=float, help="so many days on from the clock's now (back: negative)")
        where.add_argument("--real", action="store_true", help="back to the real time")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.CLOCK != "db":
            raise CommandError("only the clock of a demo district can be moved (GRIDGOV_CLOCK=db)")
        clock_table.refresh(force=True)
        clock_table.move(_offset(options))
        self.stdout.write(clock.now().astimezone(clock.TZ).isoformat(timespec="seconds"))


def _offset(options: dict[str, Any]) -> int:
    """Seconds between the real time and the one that was asked for."""
    if options["real"]:
        return 0
    if options["days"] is not None:
        return clock_table.offset() + round(options["days"] * DAY_S)
    try:
        asked = datetime.fromisoformat(options["to"])
    except ValueError as error:
        raise CommandError(f"{options['to']} is no time; say 2026-12-01T09:00") from error
    asked = asked if asked.tzinfo else asked.replace(tzinfo=clock.TZ)
    return clock_table.offset() + ceil((asked - clock.now()).total_seconds())

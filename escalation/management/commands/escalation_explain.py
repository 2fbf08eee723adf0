"""Why a dispute was escalated: every firing with version, facts, comparisons and what was done; then its
clocks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disputes.models import Dispute
from escalation.explaining import clock_line, explanation, extension_line, pause_line
from escalation.models import Extension, Firing, LevelClock, Pause


class Command(BaseCommand):
    help = "Explain the firings and the level clocks of one dispute"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the dispute's code")

    def handle(self, *_args: Any, **options: Any) -> None:
        dispute = Dispute.objects.filter(code=options["code"]).first()
        if dispute is None:
            raise CommandError(f"no dispute {options['code']}")
        self.stdout.write(f"{dispute.code}: {dispute.state}, level {dispute.level}")
        rows = (
            Firing.objects.filter(dispute=dispute)
            .select_related("version", "rule")
            .order_by("fired_at", "id")
        )
        for firing in rows:
            self.stdout.write("\n".join(explanation(firing)))
        for clock in LevelClock.objects.filter(dispute=dispute):
            self.stdout.write(clock_line(clock))
        for pause in Pause.objects.filter(dispute=dispute).order_by("paused_at"):
            self.stdout.write(pause_line(pause))
        rows_asked = Extension.objects.filter(clock__dispute=dispute).select_related("clock")
        for asked in rows_asked.order_by("asked_at"):
            self.stdout.write(extension_line(asked))

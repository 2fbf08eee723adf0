"""Bring the rules in force to what a file says; `--dry-run` shows what would change and what it would have
done."""

import json
from argparse import ArgumentParser
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disputes.models import Dispute
from escalation.rulebook import read_rule
from escalation.services import rules_load
from escalation.trying import try_rules
from kernel import clock
from kernel.actor import SYSTEM
from kernel.problems import Problem

SHIPPED = Path("fixtures/rules.json")
MOST_LINES = 500


class Command(BaseCommand):
    help = "Load escalation rules: all of the file or none; loading the same again changes nothing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED)
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, and try the rules on history"
        )
        parser.add_argument("--days", type=int, default=90, help="how much history to try them on")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            bodies = json.loads(options["file"].read_text(encoding="utf-8"))["rules"]
            changes = rules_load(actor=SYSTEM, bodies=bodies, dry_run=options["dry_run"])
        except Problem as problem:
            faults = "\n".join(
                f"  {code}: {fault}" for code, all_of in (problem.fields or {}).items() for fault in all_of
            )
            raise CommandError(f"nothing was loaded\n{faults}") from problem
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        for change in changes:
            self.stdout.write(f"{change.what:8} {change.code} v{change.number}")
        if options["dry_run"]:
            self._try(bodies, timedelta(days=options["days"]))

    def _try(self, bodies: list[Any], back: timedelta) -> None:
        """The table of what each rule would have fired on, and how often."""
        specs = [read_rule(body) for body in bodies]
        rows = Dispute.objects.filter(opened_at__gte=clock.now() - back).order_by("opened_at", "id")
        lines = try_rules(specs, rows.iterator())
        fired = Counter(line.rule for line in lines)
        self.stdout.write(f"tried on {rows.count()} disputes:")
        for spec in specs:
            self.stdout.write(f"  {fired[spec.code]:6} {spec.code}")
        for line in lines[:MOST_LINES]:
            when = line.at.astimezone(clock.TZ).strftime("%Y-%m-%d %H:%M")
            mark = "=" if line.fired else "+"
            self.stdout.write(f"  {mark} {when} {line.dispute} {line.level:9} {line.rule} on {line.event}")

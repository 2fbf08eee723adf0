"""Bring the rules in force to what a file says; `--dry-run` shows what would change and what it would have
done."""

import json
from argparse import ArgumentParser
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disputes.models import Dispute, DisputeScreening
from escalation.facts import situation
from escalation.rulebook import RuleSpec, read_rule
from escalation.services import rules_load
from kernel import clock
from kernel.actor import SYSTEM
from kernel.problems import Problem

SHIPPED = Path("fixtures/rules.json")


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
        """How many disputes each rule would have fired on, by the facts as they are now."""
        specs, fired = [read_rule(body) for body in bodies], Counter[str]()
        rows = Dispute.objects.filter(opened_at__gte=clock.now() - back)
        for dispute_id in rows.values_list("id", flat=True).iterator():
            fired.update(spec.code for spec in specs if _would_fire(spec, dispute_id))
        self.stdout.write(f"tried on {rows.count()} disputes:")
        for spec in specs:
            self.stdout.write(f"  {fired[spec.code]:6} {spec.code}")


def _would_fire(spec: RuleSpec, dispute_id: Any) -> bool:
    linked = DisputeScreening.objects.filter(dispute_id=dispute_id).values_list("screening_id", flat=True)
    for event in spec.on:
        for screening_id in (*linked, None):
            now = situation(dispute_id, event=event, screening_id=screening_id)
            if spec.fires(event, now.facts, refused=now.refused):
                return True
    return False

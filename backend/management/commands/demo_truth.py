"""`manage.py demo_truth [--wait S] USERNAME …`: what should be true, for `make demo`.

Computed from the domain's tables through `visible_to`, never from the rows that phones pull: so it can be
held against them. Only in demo mode and under test, because it names what single people may see.
"""

import json
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.models import AuditDelivery
from backend import truth

PAUSE_S, SAY_S = 0.25, 5.0


class Command(BaseCommand):
    help = "Print as JSON what the named workers' phones should hold, and what the district should show"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("usernames", nargs="*")
        parser.add_argument("--wait", type=int, default=0, help="seconds of standstill to bear")

    def handle(self, *_args: Any, usernames: list[str], wait: int, **_options: Any) -> None:
        if settings.MODE == "production":
            raise CommandError("demo_truth is for demo districts: GRIDGOV_MODE is production")
        self._wait_for_reactions(wait)
        answer = {
            "users": {name: truth.phone_set(truth.worker(name)) for name in usernames},
            "settled": truth.settled([truth.worker(name) for name in usernames]),
            "district": truth.district(),
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))

    def _wait_for_reactions(self, patience: int) -> None:
        """Until nothing waits: an error when nothing moves for so long, or something has failed for good."""
        done, moved, said = _count(AuditDelivery.DONE), time.monotonic(), time.monotonic()
        while (waiting := _count(AuditDelivery.PENDING)) and patience:
            now, before = time.monotonic(), done
            done = _count(AuditDelivery.DONE)
            moved = now if done > before else moved
            if now - moved > patience:
                raise CommandError(f"{waiting} reactions wait and nothing moves: does the worker run?")
            if now - said > SAY_S:
                self.stderr.write(f"    {waiting} reactions wait, {done} are done")
                said = now
            time.sleep(PAUSE_S)
        failed = _count(AuditDelivery.FAILED)
        if failed:
            raise CommandError(f"{failed} reactions have failed: see audit_delivery.error")


def _count(state: str) -> int:
    return AuditDelivery.objects.filter(state=state).count()

"""What falls due: ended records are restricted, marked ones sealed, opened ones closed again, lists
drafted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from privacy import closing, services
from privacy.machine import ClosingState
from privacy.models import Closing, SealKey

log = structlog.get_logger()
BATCH = 500


def due(now: datetime) -> int:
    """By the minute: what ends at once, and whatever has a time. Each record alone, oldest first."""
    at_once = [kind for kind, entry in closing.classes().items() if not entry.restrict_days]
    done = sum(services.closings_note(kind) for kind in at_once)
    done += services.queries_reseal(now) + _restrict() + _seal(now)
    return done + services.tombstones_write()


def nightly(_now: datetime) -> int:
    """What may wait for the night: records restricted later, and the lists of what is destroyed."""
    later = [kind for kind, entry in closing.classes().items() if entry.restrict_days]
    return sum(services.closings_note(kind) for kind in later) + _restrict() + services.lists_draft()


def _restrict() -> int:
    rows = Closing.objects.filter(state=ClosingState.OPEN, restrict_on__lte=clock.today())
    ids = rows.order_by("restrict_on", "id").values_list("pk", flat=True)
    return sum(_one(services.record_restrict, pk) for pk in ids[:BATCH])


def _seal(now: datetime) -> int:
    """Officers have marked them; without a seal key they wait restricted."""
    if not SealKey.objects.filter(retired_at__isnull=True).exists():
        return 0
    rows = Closing.objects.filter(state=ClosingState.RESTRICTED, to_be_sealed=True, seal_due_at__lte=now)
    ids = rows.order_by("seal_due_at", "id").values_list("pk", flat=True)
    return sum(_one(services.record_seal, pk) for pk in ids[:BATCH])


def _one(act: Callable[..., Any], closing_id: UUID) -> int:
    try:
        with transaction.atomic():
            act(actor=SYSTEM, closing_id=closing_id)
            return 1
    except Exception as error:
        log.error("closing failed", closing=str(closing_id), error_type=type(error).__name__)
        return 0

"""Level clocks that ran out: oldest first, each committed by itself, once, in order, with its true time."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db.models import Q

from escalation.models import LevelClock
from escalation.services import clock_run_out, clocks_recompute

log = structlog.get_logger()
PUSH_BACK = timedelta(minutes=10)
MOST_AT_ONCE = 2000


def due(now: datetime) -> int:
    """Work off every clock whose time has come, also those that begin and end while this runs (after days of
    downtime a dispute passes several levels). A clock that fails is pushed back and does not stop the
    others."""
    clocks_recompute()
    done, passed_over = 0, set[UUID]()
    while done < MOST_AT_ONCE:
        clock_id = _oldest(now, passed_over)
        if clock_id is None:
            return done
        worked = _work_off(clock_id, now)
        done += worked
        if not worked:
            passed_over.add(clock_id)
    return done


def _oldest(now: datetime, passed_over: set[UUID]) -> UUID | None:
    ready = Q(retry_at__isnull=True) | Q(retry_at__lte=now)
    rows = LevelClock.objects.filter(ready, ended_at=None, paused_at=None, due_at__lte=now)
    return rows.exclude(pk__in=passed_over).order_by("due_at", "id").values_list("pk", flat=True).first()


def _work_off(clock_id: UUID, now: datetime) -> int:
    try:
        return int(clock_run_out(clock_id=clock_id, now=now))
    except Exception as error:
        log.error("level clock failed", clock=str(clock_id), error_type=type(error).__name__)
        LevelClock.objects.filter(pk=clock_id).update(
            retry_at=now + PUSH_BACK, error=type(error).__name__[:80]
        )
        return 0

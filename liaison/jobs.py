"""The minute: whom a waiting report is put to next, and which one nobody has received."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db.models import QuerySet

from liaison.models import Report
from liaison.services.ticking import call_owed, second_asked_on

log = structlog.get_logger()
BATCH = 500


def due(now: datetime) -> int:
    """Each report alone, oldest first."""
    second = Report.objects.filter(state="proposed", second_due_at__lte=now)
    receipt = Report.objects.filter(receipt_due_at__lte=now, received_at__isnull=True)
    return _each(second, "second_due_at", second_asked_on, now) + _each(
        receipt, "receipt_due_at", call_owed, now
    )


def _each(rows: QuerySet[Any], column: str, act: Callable[[UUID, datetime], int], now: datetime) -> int:
    done = 0
    for report_id in rows.order_by(column, "id").values_list("pk", flat=True)[:BATCH]:
        try:
            done += act(report_id, now)
        except Exception as error:
            log.error("report clock failed", report=str(report_id), error_type=type(error).__name__)
    return done

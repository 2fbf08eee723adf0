"""What time does to files: an upload that nobody continues ends; a file that does not come is asked for."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from audit.services import Fact, record_many
from edge.conf import setting
from kernel.actor import SYSTEM
from sync.files.models import File
from sync.files.services.verifying import discard
from sync.services import restate

MOST = 500
MISSING = "files.missing"


def due(now: datetime) -> int:
    """Both, oldest first; how many."""
    return _expire(now) + _remind(now)


def _expire(now: datetime) -> int:
    over = File.objects.filter(expires_at__lte=now, state="waiting").order_by("expires_at", "id")
    ids = list(over.values_list("id", flat=True)[:MOST])
    for file_id in ids:
        with transaction.atomic():
            file = File.objects.select_for_update(of=("self",)).get(id=file_id)
            if file.state == "waiting" and file.expires_at is not None and file.expires_at <= now:
                discard(file)
    return len(ids)


def _remind(now: datetime) -> int:
    """One reminder a record: its phone row says so, and whoever reacts to `files.missing` hears of it."""
    late = now - timedelta(hours=setting("SYNC_FILES_REMIND_HOURS"))
    waiting = File.objects.filter(
        state="waiting", superseded=False, reminded_at__isnull=True, declared_at__lte=late
    )
    with transaction.atomic():
        rows = list(
            waiting.select_for_update(of=("self",), skip_locked=True).order_by("declared_at", "id")[:MOST]
        )
        File.objects.filter(id__in=[row.id for row in rows]).update(reminded_at=now)
        for kind in sorted({row.kind for row in rows}):
            _tell(kind, {row.record for row in rows if row.kind == kind})
    return len(rows)


def _tell(kind: str, records: Iterable[UUID]) -> None:
    facts = [Fact(record) for record in sorted(records)]
    record_many(actor=SYSTEM, event=MISSING, subject_kind=kind, facts=facts)
    restate(kind, [fact.subject_id for fact in facts])

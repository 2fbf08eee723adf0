"""What the night does to the outbox: deliveries that are long done go. The facts stay."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from audit.models import AuditEvent
from edge.conf import setting
from edge.locks import longer_statements

PURGED_AT_ONCE = 20_000
LEAST = timedelta(days=30)  # before the newest fact: the database's own floor, it refuses less
TIMEOUT_MS = 60_000


def nightly(now: datetime) -> int:
    """Remove old deliveries that are done, through the owner's function: the app role may delete none."""
    before = now - max(timedelta(days=setting("DELIVERY_KEEP_DAYS")), LEAST)
    newest = AuditEvent.objects.order_by("-id").values_list("at", flat=True).first()
    done = 0
    while newest is not None and before <= newest - LEAST and (some := _purge(before)):
        done += some
    return done


def _purge(before: datetime) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        longer_statements(TIMEOUT_MS)
        cursor.execute("select audit_delivery_purge(%s, %s)", [before, PURGED_AT_ONCE])
        return int(cursor.fetchone()[0])

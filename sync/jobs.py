"""What time does to cursors: they end."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from edge import sqlfile
from edge.conf import setting
from kernel import clock


def due(now: datetime) -> int:
    """Drop the cursors of devices not seen for long, and old ones whose successor was used; how many."""
    unseen = clock.local_day(now) - timedelta(days=setting("SYNC_CURSOR_UNSEEN_DAYS"))
    used = now - timedelta(days=setting("SYNC_CURSOR_USED_DAYS"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sqlfile.load("sync", "ended_cursors"), {"unseen": unseen, "used": used})
        return cursor.rowcount

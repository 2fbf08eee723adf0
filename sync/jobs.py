"""What time does to cursors, tombstones and uploads: they end; items that wait are taken, files asked for."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from edge import sqlfile
from edge.conf import setting
from edge.locks import longer_statements
from kernel import clock
from sync import releasing
from sync.files import jobs as files
from sync.files.sweeping import sweep

PURGED_AT_ONCE = 10_000
TIMEOUT_MS = 30_000


def due(now: datetime) -> int:
    """Drop what is over (cursors, tombstones, uploads), take what has waited long enough, ask for missing
    files; how many rows."""
    ended = _end_cursors(now) + _end_tombstones(now) + files.due(now)
    return ended + releasing.force(now - _longest_wait())


def nightly(now: datetime) -> int:
    """Remove stored bytes that no row names; how many."""
    return sweep(now - timedelta(hours=setting("SYNC_FILE_ORPHAN_HOURS"))).orphans


def _longest_wait() -> timedelta:
    return timedelta(hours=setting("SYNC_HELD_HOURS"))


def _end_cursors(now: datetime) -> int:
    """Those of devices not seen for long, and old ones whose successor was used."""
    unseen = clock.local_day(now) - timedelta(days=setting("SYNC_CURSOR_UNSEEN_DAYS"))
    used = now - timedelta(days=setting("SYNC_CURSOR_USED_DAYS"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sqlfile.load("sync", "ended_cursors"), {"unseen": unseen, "used": used})
        return int(cursor.rowcount)


def _end_tombstones(now: datetime) -> int:
    """Old tombstones that no cursor needs, and then the cursors that need an old one.

    In this order, and a minute apart: a page that was being read when its cursor ended leaves a successor,
    which the next run finds in the way.
    """
    today = clock.local_day(now)
    before = today - timedelta(days=setting("SYNC_TOMBSTONE_DAYS"))
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("sync", "mark"), {"today": today})
        cursor.execute(sqlfile.load("sync", "horizon"), {"before": before})
        found = cursor.fetchone()
    if found is None:
        return 0
    parameters = {"horizon": found[0], "limit": PURGED_AT_ONCE}
    purge = sqlfile.load("sync", "purge").replace("{needed}", sqlfile.load("sync", "needed"))
    return sum(_run(statement, parameters) for statement in (purge, sqlfile.load("sync", "outrun_cursors")))


def _run(statement: str, parameters: dict[str, Any]) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        longer_statements(TIMEOUT_MS)
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)

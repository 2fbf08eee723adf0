"""Which life of the database this is. After a restore no cursor holds, and nothing is told until then.

A snapshot is a statement about the transactions of one cluster on one timeline. In a database brought back
from a dump, or on a standby that was promoted, the numbers mean something else: a pull by an old cursor would
skip rows without a sign. So the database's identity is noted with the epoch and compared when a process
starts and every few seconds after; while they differ, sync answers 503 `restoring`. `rotate` begins a new
epoch.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction

from edge import sqlfile
from edge.driver import raw_cursor
from edge.locks import longer_statements
from kernel import clock
from kernel.problems import Problem
from sync import pace
from sync.models import Cursor, Row

log = structlog.get_logger()
FRESH_S = 5.0
ROTATING = "rotating"
BATCH = 5_000
TIMEOUT_MS = 60_000
FIRST_HOUR = datetime(2025, 1, 1, tzinfo=UTC)
_ADOPT = "update sync_epoch set identity = %s where identity = ''"
_RESTAMP_RECEIPTS = "update sync_inbox set changed = pg_current_xact_id() where changed is not null"
_BEGIN = "update sync_epoch set identity = %s"
_END = """
    update sync_epoch set identity = %s, since = %s, epoch = greatest(epoch + 1, %s::bigint) returning epoch
"""


@dataclass
class _Known:
    """What this process found last. `future` was looked for once in a life: it reads every row."""

    at: float = float("-inf")
    whole: bool = False
    looked_at: str = ""


_known = _Known()


def check(device_id: UUID | None) -> None:
    """Problem `restoring` while this is not the database that the epoch was noted with."""
    if time.monotonic() - _known.at > FRESH_S:
        _look()
    if not _known.whole:
        raise Problem("restoring", retry_after=pace.retry_after(device_id))


def forget() -> None:
    """Look again with the next call."""
    _known.at, _known.looked_at = float("-inf"), ""


def _look() -> None:
    noted, _epoch, here = identity()
    whole = noted in {"", here} and (_known.looked_at == here or not _has_future_rows())
    if whole and not noted:
        raw_cursor().execute(_ADOPT, [here])
    if not whole and _known.whole:
        log.error("sync stands still: run manage.py sync_rotate_epoch", noted=noted, here=here)
    _known.whole, _known.looked_at, _known.at = whole, here if whole else "", time.monotonic()


def is_restored() -> bool:
    """Whether this is another database than the epoch was noted with, and nobody has rotated it yet."""
    noted, _epoch, here = identity()
    return noted not in {"", here}


def identity() -> tuple[str, int, str]:
    """The identity noted with the epoch, the epoch, and the identity of this database."""
    found: Any = raw_cursor().execute(sqlfile.load("sync", "identity")).fetchone()
    return str(found[0]), int(found[1]), str(found[2])


def _has_future_rows() -> bool:
    found: Any = raw_cursor().execute(sqlfile.load("sync", "future")).fetchone()
    return bool(found[0])


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rotation will do: rows to stamp anew, removals and cursors to drop."""

    epoch: int
    rows: int
    tombstones: int
    cursors: int


def plan() -> Plan:
    """What `rotate` would do now."""
    with transaction.atomic():
        longer_statements(TIMEOUT_MS)
        dead = Row.objects.filter(deleted=True).count()
        live = Row.objects.filter(deleted=False).count()
        return Plan(identity()[1], live, dead, Cursor.objects.count())


def rotate(step: Callable[[int], None]) -> int:
    """Begin a new epoch: no cursor holds any more, every row counts as written now. Returns the epoch.

    `step` is told how many rows each batch was. From the first statement to the last sync answers
    `restoring`; a rotation that was cut off is simply run again.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        longer_statements(TIMEOUT_MS)
        cursor.execute(_BEGIN, [ROTATING])
        cursor.execute("delete from sync_cursor")
        cursor.execute("delete from sync_mark")
        cursor.execute(_RESTAMP_RECEIPTS)
    place: tuple[str, str, str] | None = ("", "", str(UUID(int=0)))
    while place:
        place = _batch(place, step)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from sync_cursor")
        now = clock.now()
        cursor.execute(_END, [identity()[2], now, (now - FIRST_HOUR) // timedelta(hours=1)])
        (epoch,) = cursor.fetchone()
    forget()
    return int(epoch)


def _batch(place: tuple[str, str, str], step: Callable[[int], None]) -> tuple[str, str, str] | None:
    parameters = dict(zip(("scope", "kind", "id"), place, strict=True)) | {"limit": BATCH}
    with transaction.atomic(), connection.cursor() as cursor:
        longer_statements(TIMEOUT_MS)
        cursor.execute(sqlfile.load("sync", "restamp"), parameters)
        found = cursor.fetchone()
    if found is None:
        return None
    *last, count = found
    step(count)
    return (last[0], last[1], last[2]) if count == BATCH else None

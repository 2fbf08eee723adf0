"""How the phones of a district stand: for the operator's command and for the console."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from edge import sqlfile
from edge.conf import setting
from kernel import clock
from sync import life

COUNTED = timedelta(days=30)
SETTLED = timedelta(days=1)  # an urgent record overtakes others: a break means something only a day later


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One device. `lag` counts the rows that wait for it, up to a thousand (None: it never finished a pull);
    `unsent` and `oldest_unsent_on` are what it said itself, on `told_on`. Days, not moments. `gaps` are
    breaks in its counter, `twice` numbers that several items carry (a cloned or restored phone);
    `sync.counters` names them."""

    device: UUID
    user: UUID
    state: str
    seen_on: date | None
    cursor_age_days: int | None
    lag: int | None
    held: int
    rejected: int
    quarantined: int
    conflict: int
    unsent: int | None
    oldest_unsent_on: date | None
    told_on: date | None
    gaps: int
    twice: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole district. `quiet`: active devices that were not seen for some days (a setting)."""

    epoch: int
    restoring: bool
    devices: int
    quiet: int
    cursors: int
    oldest_cursor_days: int | None
    tombstones: int
    open_items: dict[str, int]
    unsent: int
    oldest_unsent_on: date | None


def devices(ids: Iterable[UUID]) -> list[DeviceStatus]:
    """The status of these devices, by their ids."""
    with connection.cursor() as cursor:
        parameters = {
            "devices": "{" + ",".join(map(str, ids)) + "}",
            "since": clock.now() - COUNTED,
            "settled": clock.now() - SETTLED,
        }
        cursor.execute(sqlfile.load("sync", "device_status"), parameters)
        rows: list[Any] = cursor.fetchall()
    return [DeviceStatus(*(*row[:4], _days(row[4]), *row[5:])) for row in rows]


def totals() -> Totals:
    quiet = clock.today() - timedelta(days=setting("SYNC_QUIET_DAYS"))
    epoch = life.identity()[1]
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("sync", "totals"), {"quiet": quiet})
        row: Any = cursor.fetchone()
    states = orjson.loads(row[5]) if isinstance(row[5], str) else row[5]
    found = (*row[:3], _days(row[3]), row[4], states, *row[6:])
    return Totals(epoch, life.is_restored(), *found)


def _days(since: datetime | None) -> int | None:
    return None if since is None else (clock.now() - since).days

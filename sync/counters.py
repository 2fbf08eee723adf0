"""The device's counter, looked at afterwards: numbers that never came, and numbers that came twice.

An urgent record overtakes the ordinary ones, so that a gap in one push means nothing: only what is still
missing when later numbers have been here for a while is worth a look. A number that two items carry speaks of
a cloned or restored phone.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from edge import sqlfile


@dataclass(frozen=True, slots=True)
class Gap:
    """Counters `first` to `last` of a device are missing; the next one came at `since`."""

    first: int
    last: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Counters:
    gaps: list[Gap]
    twice: list[int]


def counters(device_id: UUID, *, before: datetime) -> Counters:
    """What is missing of a device's counter, seen from what arrived before `before`."""
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("sync", "counter_gaps"), {"device": device_id, "before": before})
        gaps = [Gap(*row) for row in cursor.fetchall()]
        cursor.execute(sqlfile.load("sync", "counter_twice"), {"device": device_id})
        twice = [row[0] for row in cursor.fetchall()]
    return Counters(gaps, twice)

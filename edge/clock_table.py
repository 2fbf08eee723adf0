"""Hands the offset of a demo district's clock from its table to the kernel, at most once a second."""

import time
from datetime import timedelta

from django.conf import settings
from django.db import Error, transaction

from edge.models import ClockOffset
from kernel import clock

_REFRESH_S = 1.0
_last = [0.0]


def refresh(*, force: bool = False) -> None:
    """Read the offset, unless `GRIDGOV_CLOCK` is not `db` or it was read within the last second."""
    if settings.CLOCK != "db" or (not force and time.monotonic() - _last[0] < _REFRESH_S):
        return
    _last[0] = time.monotonic()
    try:
        with transaction.atomic():
            row = ClockOffset.objects.filter(pk=1).first()
    except Error:  # no table before the first migration, or no database: the clock stays as it was
        return

    clock.set_offset(timedelta(seconds=row.seconds if row else 0))


def offset() -> int:
    """Seconds by which this district's clock is ahead of the real time."""
    row = ClockOffset.objects.filter(pk=1).first()
    return row.seconds if row else 0


def move(seconds: int) -> None:
    """Set the offset (seconds) of this district's clock."""
    ClockOffset.objects.update_or_create(pk=1, defaults={"seconds": seconds})
    refresh(force=True)

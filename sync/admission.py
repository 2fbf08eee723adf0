"""How many pushes are taken at once, over all web processes: the rest come again, and staff do not wait.

A push is admitted before a byte of its body is read. The places are locks on files in
`$GRIDGOV_HOME/admission`: they end with the process that held them, however it ended.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from edge.conf import setting
from kernel.problems import Problem
from sync import pace


@contextmanager
def place(device_id: UUID | None) -> Iterator[None]:
    """Hold one of the places. Problem `unavailable`, with a time to come again, when all are taken."""
    held = _take(device_id)
    try:
        yield
    finally:
        os.close(held)


def _take(device_id: UUID | None) -> int:
    folder = Path(settings.HOME) / "admission"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    most = setting("SYNC_PUSHES_AT_ONCE")
    first = pace.offset(device_id, most)
    for step in range(most):
        opened = os.open(folder / str((first + step) % most), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(opened)
        else:
            return opened
    raise Problem("unavailable", retry_after=pace.retry_after(device_id))

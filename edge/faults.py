"""Points of a push at which this process dies, to prove that it may: `GRIDGOV_FAULT=<point>:<nth>`.

The process kills itself (SIGKILL) whenever a point is reached for the nth time; one started again counts
anew. Without the variable `at` does nothing. A production server refuses to start with it
(`backend/settings.py`).
"""

import itertools
import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

POINTS = ("arrived", "locked", "sorted", "submitted", "stored", "committed", "answered", "cut")
"""In order: before anything was read · the device is locked · known items are known · the services have
run · the inbox is written, not committed · committed · the answer is made · half of it has been sent."""
PATH = "/sync/push"
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def _nothing(_point: str) -> None:
    """No fault is asked for."""


def armed(said: str) -> Callable[[str], None]:
    """What `at` is under this setting. ValueError when it names no point or no number."""
    point, _, number = said.partition(":")
    if point not in POINTS or not number.isdigit() or not int(number):
        raise ValueError(f"GRIDGOV_FAULT={said!r} is not <point>:<nth>; points: {', '.join(POINTS)}")
    arrivals = itertools.count(1)

    def at(reached: str) -> None:
        if reached == point and next(arrivals) == int(number):
            os.kill(os.getpid(), signal.SIGKILL)

    return at


SAID = os.environ.get("GRIDGOV_FAULT", "")
at = armed(SAID) if SAID else _nothing


def around(application: Application) -> Application:
    """The server with the points that lie outside of the push itself."""

    def wrapped(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if not str(environ.get("PATH_INFO", "")).endswith(PATH):
            return application(environ, start)
        at("arrived")
        body = b"".join(application(environ, start))
        at("answered")
        return _halves(body)

    return wrapped


def _halves(body: bytes) -> Iterable[bytes]:
    yield body[: len(body) // 2]
    at("cut")
    yield body[len(body) // 2 :]

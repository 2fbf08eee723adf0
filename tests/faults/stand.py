"""A district that may be harmed. The worker does not run: what follows from a record is not part of these
proofs.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from backend.bootstrap import stand
from backend.bootstrap.stand import UNLIMITED

RESPAWNED = "was sent SIGKILL"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Stand(stand.Stand):
    settings = UNLIMITED | {"GRIDGOV_WEB": "1", "GRIDGOV_LOG_LEVEL": "WARNING"}

    def serve(self, *, fault: str = "", **more: str) -> None:
        """Start the server (again), with a fault point or other settings."""
        super().serve(**more, **({"GRIDGOV_FAULT": fault} if fault else {}))

    def deaths(self) -> int:
        """How often a process of the server was killed so far, by its log."""
        log = self.place / "log" / "web.log"
        return log.read_text(encoding="utf-8", errors="replace").count(RESPAWNED) if log.exists() else 0

    # -- the database ------------------------------------------------------------------------------

    def ask(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """As the owner, past the server."""
        with psycopg.connect(self.cluster.url("owner", "gridgov"), autocommit=True) as connection:
            found = connection.execute(query, parameters or None)  # type: ignore[arg-type]  # because each query is a literal at its call
            return found.fetchall() if found.description else []

    def kill_database(self) -> None:
        """SIGKILL to the postmaster and everything below it; then a start, as the supervisor does it."""
        first = int((self.cluster.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
        for pid in [first, *_children(first)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.cluster.start()


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            if int(words[1]) == parent:
                found.append(int(stat.parent.name))
    return found


@contextmanager
def district() -> Iterator[Stand]:
    """A stand, furnished but not serving; this process's Django may then be set up on it."""
    began = time.monotonic()
    with stand.standing(Stand, "faults") as found:
        found.furnish()
        say(f"faults: private cluster, migrations, demo district: {time.monotonic() - began:.0f} s")
        yield found


def another() -> AbstractContextManager[Stand]:
    """A second, empty cluster beside the first: where a dump is brought back."""
    return stand.standing(Stand, "faults")

"""A district that may be harmed: a private cluster and the server as `make run` starts it, removed later.

The worker does not run: what follows from a record is not part of these proofs.
"""

import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from backend.bootstrap import supervisor
from backend.bootstrap.cluster import Cluster
from backend.bootstrap.home import environment, prepare
from backend.bootstrap.run import manage
from backend.bootstrap.supervisor import Child

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_DIRECT_URL")
RESPAWNED = "was sent SIGKILL"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stand:
    """`place` holds everything; `web` is the running server, `demo` who may enrol."""

    def __init__(self, place: Path) -> None:
        self.place = place
        prepare(place)
        self.cluster = Cluster(place)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env: dict[str, str] = {}
        self.demo: dict[str, Any] = {}
        self.web: Child | None = None

    def prepare(self) -> None:
        """Cluster, environment; the environment of this process becomes that of the stand."""
        self.cluster.start()
        env = environment(self.place, self.cluster, demo=True)
        env |= {"GRIDGOV_BASE_URL": self.url, "GRIDGOV_RATE": "1000000/min", "GRIDGOV_WEB": "1"}
        env |= {"GRIDGOV_SYNC_INTAKE_BYTES_A_DAY": str(2**40), "GRIDGOV_LOG_LEVEL": "WARNING"}
        self.env = env

    def furnish(self) -> None:
        for command in ("migrate", "demo_district", "demo_accounts"):
            manage(self.env, command)
        self.demo = json.loads((self.place / "demo.json").read_text(encoding="utf-8"))

    # -- the server --------------------------------------------------------------------------------

    def serve(self, *, fault: str = "", **more: str) -> None:
        """Start the server (again), with a fault point or other settings."""
        self.quiet()
        env = self.env | more | ({"GRIDGOV_FAULT": fault} if fault else {})
        self.web = supervisor.web(env, self.place / "log", "127.0.0.1", self.port)
        self.web.start()
        watched = supervisor.Supervisor(self.place, None)
        watched.children.append(self.web)
        watched.wait_ready(f"{self.url}/api/v1/health")

    def quiet(self) -> None:
        if self.web:
            self.web.stop()
            self.web = None

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

    def end(self) -> None:
        self.quiet()
        self.cluster.stop()


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
    for name in ADDRESSES:
        os.environ.pop(name, None)
    with _folder() as place:
        stand, began = Stand(place), time.monotonic()
        try:
            stand.prepare()
            stand.furnish()
            say(f"faults: private cluster, migrations, demo district: {time.monotonic() - began:.0f} s")
            yield stand
        finally:
            stand.end()
            shutil.rmtree(stand.cluster.base, ignore_errors=True)


@contextmanager
def _folder() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="gridgov-faults-"))
    place.chmod(0o711)  # the database's own user has to pass through
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def another() -> Iterator[Stand]:
    """A second, empty cluster beside the first: where a dump is brought back."""
    with _folder() as place:
        stand = Stand(place)
        try:
            stand.prepare()
            yield stand
        finally:
            stand.end()
            shutil.rmtree(stand.cluster.base, ignore_errors=True)

"""A district of its own, for a proof or a measurement: a private cluster, the demo, the server as `make run`
starts it, on a free port and in a folder of its own. All of it is stopped and removed afterwards; a running
`make run` is not touched.
"""

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from backend.bootstrap import run, supervisor
from backend.bootstrap.cluster import Cluster
from backend.bootstrap.home import environment, prepare
from backend.bootstrap.supervisor import Child, Supervisor

HOST = "127.0.0.1"
ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_DIRECT_URL")
# Nothing is put off that only counts requests: what is tried here is the server behind such limits.
UNLIMITED = {"GRIDGOV_RATE": "1000000/min", "GRIDGOV_SYNC_INTAKE_BYTES_A_DAY": str(2**40)}


class Stand:
    """`place` holds everything, `url` is where the server answers, `demo` who may enrol, `env` what every
    process of it sees.
    """

    settings: dict[str, str] = {}
    district: tuple[str, ...] = ()  # what `demo_district` is told

    def __init__(self, place: Path) -> None:
        self.place = place
        prepare(place)
        self.cluster = Cluster(place)
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.env: dict[str, str] = {}
        self.demo: dict[str, Any] = {}
        self.web: Child | None = None
        self._watched = Supervisor(place, None)

    def begin(self) -> None:
        """The cluster, still empty, and the environment."""
        self.cluster.start()
        env = environment(self.place, self.cluster, demo=True)
        self.env = env | {"GRIDGOV_BASE_URL": self.url} | self.settings

    def furnish(self) -> None:
        """The tables and the demo district."""
        self.manage("migrate")
        self.manage("demo_district", *self.district)
        self.manage("demo_accounts")
        self.demo = json.loads((self.place / "demo.json").read_text(encoding="utf-8"))

    def manage(self, *arguments: str) -> str:
        """What a command of `manage.py` says."""
        return run.manage(self.env, *arguments)

    def serve(self, **more: str) -> None:
        """Start the web server (again), with more settings."""
        self.quiet()
        self.web = supervisor.web(self.env | more, self.place / "log", HOST, self.port)
        self.launch(self.web)
        self._watched.wait_ready(f"{self.url}/api/v1/health")

    def quiet(self) -> None:
        if self.web:
            self.web.stop()
            self._watched.children.remove(self.web)
            self.web = None

    def work(self) -> None:
        """Start the worker, for what follows from a record."""
        self.launch(supervisor.worker(self.env, self.place / "log"))

    def launch(self, child: Child) -> None:
        """Another process beside the server, stopped with it."""
        self._watched.launch(child)

    def end(self) -> None:
        for child in self._watched.children:
            child.stop()
        self.cluster.stop()


Kind = TypeVar("Kind", bound=Stand)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def standing(kind: type[Kind], name: str) -> Iterator[Kind]:
    """A stand that has begun; it is gone afterwards. This process does not hear of any other database."""
    for address in ADDRESSES:
        os.environ.pop(address, None)
    place = Path(tempfile.mkdtemp(prefix=f"gridgov-{name}-"))
    place.chmod(0o711)  # the database's own user has to pass through
    stand = kind(place)
    try:
        stand.begin()
        yield stand
    finally:
        stand.end()
        shutil.rmtree(stand.cluster.base, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)

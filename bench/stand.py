"""A district of the bench's own: a private cluster with durable settings, the server as `make run`
starts it.

It takes a free port and a folder of its own, and removes both afterwards; a running `make run` is not
touched. The worker does not run: what follows from a record (reactions) is not part of these figures.
"""

import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import floor
import psycopg

from backend.bootstrap import supervisor
from backend.bootstrap.cluster import Cluster
from backend.bootstrap.home import environment, prepare
from backend.bootstrap.run import manage
from backend.bootstrap.venv import PYTHON


@dataclass(frozen=True)
class Stand:
    url: str
    floor_url: str
    database_url: str
    owner_url: str
    superuser_url: str
    demo: dict[str, Any]
    env: dict[str, str]
    launch: Callable[[supervisor.Child], None]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def district() -> Iterator[Stand]:
    """Everything started; everything stopped and deleted at the end."""
    place = Path(tempfile.mkdtemp(prefix="gridgov-bench-"))
    place.chmod(0o711)  # the database's own user has to pass through
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_DIRECT_URL"):
        os.environ.pop(name, None)
    prepare(place)
    cluster = Cluster(place)
    watched = supervisor.Supervisor(place, cluster)
    try:
        say("bench: private cluster, migrations, demo district …")
        yield _serve(watched, place, cluster)
    finally:
        watched.stop()
        shutil.rmtree(cluster.base, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)


def _serve(watched: supervisor.Supervisor, place: Path, cluster: Cluster) -> Stand:
    cluster.start()
    env = environment(place, cluster, demo=True)
    port, floor_port = free_port(), free_port()
    base = env["GRIDGOV_BASE_URL"] = f"http://127.0.0.1:{port}"
    env |= {"GRIDGOV_RATE": "1000000/min", "GRIDGOV_SYNC_INTAKE_BYTES_A_DAY": str(2**40)}
    env["GRIDGOV_ACCESS_MINUTES"] = "600"
    for command in ("migrate", "demo_district", "demo_accounts"):
        manage(env, command)
    with psycopg.connect(env["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(floor.TABLE)
        owner.execute("grant select, insert on bench_floor to gridgov_app")
    watched.launch(supervisor.web(env, place / "log", "127.0.0.1", port))
    watched.launch(_floor(env, place / "log", floor_port))
    watched.wait_ready(f"{base}/api/v1/health")
    demo = json.loads((place / "demo.json").read_text(encoding="utf-8"))
    return Stand(
        url=base,
        floor_url=f"http://127.0.0.1:{floor_port}",
        database_url=env["DATABASE_URL"],
        owner_url=env["DATABASE_OWNER_URL"],
        superuser_url=cluster.url("postgres", "postgres"),
        demo=demo,
        env=env,
        launch=watched.launch,
    )


def _floor(env: dict[str, str], logs: Path, port: int) -> supervisor.Child:
    """The same server program with the same threads around the bare application."""
    command = [str(PYTHON), "-m", "gunicorn", "floor:application", "--worker-class", "gthread"]
    command += ["--chdir", str(Path(__file__).parent), "--workers", "2", "--threads", "6"]
    command += ["--bind", f"127.0.0.1:{port}", "--keep-alive", "30", "--no-control-socket"]
    return supervisor.Child("floor", command, {**env, "FLOOR_URL": env["DATABASE_URL"]}, logs)

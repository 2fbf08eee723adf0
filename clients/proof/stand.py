"""A district of its own for a proof: a private cluster, the demo, web server and worker as `make run` starts
them, on a free port and in a folder of its own. Everything is stopped and removed afterwards.
"""

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.bootstrap import run, supervisor
from backend.bootstrap.cluster import Cluster
from backend.bootstrap.home import environment, prepare


@dataclass(frozen=True)
class Stand:
    """`base` is the server's address, `demo` what `demo.json` says."""

    base: str
    demo: dict[str, Any]
    env: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """What a command of `manage.py` says."""
        return run.manage(self.env, *arguments)


@contextmanager
def district() -> Iterator[Stand]:
    place = Path(tempfile.mkdtemp(prefix="gridgov-clients-"))
    place.chmod(0o711)  # the database's own user has to pass through
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_DIRECT_URL"):
        os.environ.pop(name, None)
    prepare(place)
    cluster = Cluster(place)
    watched = supervisor.Supervisor(place, cluster)
    try:
        yield _serve(watched, place, cluster)
    finally:
        watched.stop()
        shutil.rmtree(cluster.base, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)


def _serve(watched: supervisor.Supervisor, place: Path, cluster: Cluster) -> Stand:
    cluster.start()
    env = environment(place, cluster, demo=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    base = env["GRIDGOV_BASE_URL"] = f"http://127.0.0.1:{port}"
    for command in ("migrate", "demo_district", "demo_accounts"):
        run.manage(env, command)
    watched.launch(supervisor.web(env, place / "log", "127.0.0.1", port))
    watched.launch(supervisor.worker(env, place / "log"))
    watched.wait_ready(f"{base}/api/v1/health")
    demo = json.loads((place / "demo.json").read_text(encoding="utf-8"))
    return Stand(base, demo, env)

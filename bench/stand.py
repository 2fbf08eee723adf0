"""The bench's district: with durable settings, the server, and the same server program around a bare
application. The worker does not run: what follows from a record (reactions) is not part of these figures.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import floor
import psycopg

from backend.bootstrap import stand, supervisor
from backend.bootstrap.stand import UNLIMITED, free_port
from backend.bootstrap.venv import PYTHON

__all__ = ["PYTHON", "Stand", "district", "free_port", "say"]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Stand(stand.Stand):
    """`floor_url` is where the bare application answers."""

    settings = UNLIMITED | {"GRIDGOV_ACCESS_MINUTES": "600"}

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._floor_port = free_port()
        self.floor_url = f"http://{stand.HOST}:{self._floor_port}"

    @property
    def database_url(self) -> str:
        return self.env["DATABASE_URL"]

    @property
    def owner_url(self) -> str:
        return self.env["DATABASE_OWNER_URL"]

    @property
    def superuser_url(self) -> str:
        return self.cluster.url("postgres", "postgres")

    def lay_floor(self) -> None:
        """The same server program with the same threads around the bare application."""
        with psycopg.connect(self.owner_url, autocommit=True) as owner:
            owner.execute(floor.TABLE)
            owner.execute("grant select, insert on bench_floor to gridgov_app")
            # What autovacuum does within a minute on a server that runs; all who are measured plan by it.
            owner.execute("vacuum analyze")
        command = [str(PYTHON), "-m", "gunicorn", "floor:application", "--worker-class", "gthread"]
        command += ["--chdir", str(Path(__file__).parent), "--workers", "2", "--threads", "6"]
        command += ["--bind", f"{stand.HOST}:{self._floor_port}", "--keep-alive", "30", "--no-control-socket"]
        env = {**self.env, "FLOOR_URL": self.database_url}
        self.launch(supervisor.Child("floor", command, env, self.place / "log"))


@contextmanager
def district() -> Iterator[Stand]:
    """Everything started; everything stopped and deleted at the end."""
    with stand.standing(Stand, "bench") as found:
        say("bench: private cluster, migrations, demo district …")
        found.furnish()
        found.lay_floor()
        found.serve()
        yield found

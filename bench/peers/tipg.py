"""tipg: vector tiles and OGC API Features from PostGIS by FastAPI and asyncpg, on the same database.

Two processes as ours, the same tile buffer and cap. It serves a table to everybody: no roles, no streets.
"""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from link import Link
from stand import Stand, free_port, say

from backend.bootstrap import supervisor
from peers import environment

TABLE = "public.grids_gridshape"
PROPERTIES = "grid_id,name,kind,households"
PATIENCE_S = 60
SETTINGS = {
    "TIPG_DB_FUNCTIONS": "[]", "TIPG_TILE_BUFFER": "64",
    "TIPG_MAX_FEATURES_PER_TILE": "5000", "TIPG_DB_SPATIAL_EXTENT": "false",
    "TIPG_DB_DATETIME_EXTENT": "false", "TIPG_ADD_TILES_VIEWER": "false",
}  # fmt: skip


class Tipg:
    def __init__(self, url: str) -> None:
        self._link = Link(url)

    def tile(self, z: int, x: int, y: int) -> tuple[bytes, float]:
        place = f"/collections/{TABLE}/tiles/WebMercatorQuad/{z}/{x}/{y}?properties={PROPERTIES}"
        return self._link.call("GET", place, fine=(200, 204))

    def items(self, limit: int) -> tuple[bytes, float]:
        return self._link.call("GET", f"/collections/{TABLE}/items?f=geojson&limit={limit}")

    def ids(self, limit: int) -> Sequence[str]:
        content, _ = self.items(limit)
        return [feature["properties"]["grid_id"] for feature in json.loads(content)["features"]]


@contextmanager
def running(stand: Stand) -> Iterator[Tipg]:
    """tipg beside a stand."""
    say("bench: tipg is started")
    port = free_port()
    env = {"PATH": os.environ["PATH"], "HOME": stand.env.get("HOME", "/"), **SETTINGS}
    env["DATABASE_URL"] = stand.database_url.replace("postgres://", "postgresql://", 1)
    command = [environment.program("uvicorn"), "tipg.main:app", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "2", "--log-level", "warning"]
    stand.launch(supervisor.Child("tipg", command, env, Path(stand.env["GRIDGOV_HOME"]) / "log"))
    url = f"http://127.0.0.1:{port}"
    _wait(f"{url}/collections/{TABLE}")
    yield Tipg(url)


def _wait(url: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  because it is our own loopback address
        except OSError:
            if time.monotonic() > deadline:
                raise SystemExit("bench: tipg does not answer") from None
            time.sleep(0.2)
        else:
            return

"""Places beside the bare floor, in one run: `.venv/bin/python bench/grids.py [--json]`.

`GET /grids` (2,000 grids as GeoJSON, for a district's administrator) asked again and for the first time,
beside bare WSGI and SQL; `grid_at` for 1,000 points beside the shortest SQL that could answer, and beside a
shapely tree in memory. Medians of interleaved runs; grids and hits are counted in every run.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  because the project's folder must be on the path first
import psycopg  # noqa: E402  because of the same
import shapely  # noqa: E402  because of the same
from link import Link  # noqa: E402  because of the same
from stand import Stand, district, say  # noqa: E402  because of the same

POINTS = 1000
BARE = """
select p.n, s.grid_id from unnest(%s::float8[], %s::float8[]) with ordinality as p (lon, lat, n)
cross join lateral (
    select grid_id from grids_gridshape
    where valid_from is not null and ST_Intersects(geom, ST_SetSRID(ST_MakePoint(p.lon, p.lat), 4326)) limit 1
) as s
"""


class Bench:
    """`stand` serves; this process asks over HTTP, and asks the database itself."""

    def __init__(self, stand: Stand) -> None:
        self._server = Link(stand.url, _administrator(stand))
        self._floor = Link(stand.floor_url)
        self._database = psycopg.connect(stand.database_url, autocommit=True)
        rows = self._database.execute("select ST_AsBinary(geom) from grids_gridshape").fetchall()
        shapes = shapely.from_wkb([bytes(row[0]) for row in rows])
        self.grids = len(rows)
        self._asked = 0
        self._tree = shapely.STRtree(shapes)
        dice = random.Random(1)  # noqa: S311  because runs must be alike
        middles = shapely.get_coordinates(shapely.point_on_surface(shapes))
        self._points = [middles[dice.randrange(self.grids)].tolist() for _ in range(POINTS)]
        self._e7 = [(round(lon * 1e7), round(lat * 1e7)) for lon, lat in self._points]
        self._grid_at = _grid_at(stand)

    def list_grids(self) -> float:
        content, took = self._server.call("GET", "/api/v1/grids")
        return self._checked(content, took)

    def first_list_grids(self) -> float:
        """A box that was never asked for, and holds everything: no answer is kept for it."""
        self._asked += 1
        box = f"126,45,127.{self._asked:04d},46"
        content, took = self._server.call("GET", f"/api/v1/grids?bbox={box}")
        return self._checked(content, took)

    def floor_list_grids(self) -> float:
        content, took = self._floor.call("GET", "/grids")
        return self._checked(content, took)

    def _checked(self, content: bytes, took: float) -> float:
        found = len(json.loads(content)["features"])
        if found != self.grids:
            raise SystemExit(f"bench: {found} grids instead of {self.grids}")
        return took * 1000

    def grid_at(self) -> float:
        return self._timed(lambda: self._grid_at(self._e7))

    def floor_grid_at(self) -> float:
        lon, lat = zip(*self._points, strict=True)
        return self._timed(lambda: self._database.execute(BARE, (list(lon), list(lat))).fetchall())

    def tree_grid_at(self) -> float:
        points = shapely.points(np.array(self._points))
        return self._timed(lambda: self._tree.query(points, predicate="intersects").T)

    def _timed(self, work: Callable[[], Any]) -> float:
        """Microseconds a point."""
        start = time.perf_counter()
        hits = work()
        took = time.perf_counter() - start
        if len(hits) < POINTS or any(hit is None for hit in hits):
            raise SystemExit("bench: points without a grid")
        return took / POINTS * 1e6


def _administrator(stand: Stand) -> str:
    account = next(row for row in stand.demo["accounts"] if row["role"] == "district_admin")
    body = json.dumps({"username": account["username"], "password": account["password"]}).encode()
    content, _ = Link(stand.url).call("POST", "/api/v1/auth/login", body)
    return str(json.loads(content)["access"])


def _grid_at(stand: Stand) -> Callable[[Any], Any]:
    """The project's own function, on the stand's database."""
    os.environ |= {"DATABASE_URL": stand.database_url, "GRIDGOV_MODE": "test"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
    import django  # noqa: PLC0415  because the address is known only now

    django.setup()
    from grids.selectors import grid_at  # noqa: PLC0415  because of the same

    return grid_at


def measure(bench: Bench, runs: int) -> dict[str, float]:
    acts: dict[str, Callable[[], float]] = {
        "grids_geojson_ms": bench.list_grids,
        "first_grids_geojson_ms": bench.first_list_grids,
        "floor_grids_geojson_ms": bench.floor_list_grids,
        "grid_at_us_a_point": bench.grid_at,
        "floor_grid_at_us_a_point": bench.floor_grid_at,
        "tree_grid_at_us_a_point": bench.tree_grid_at,
    }
    found: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _ in range(runs):
        for name, act in acts.items():
            found[name].append(act())
    lines = [f"{'':32}{'median':>12}{'lowest':>12}{'highest':>12}"]
    for name, values in found.items():
        lines.append(f"{name:32}{statistics.median(values):12.2f}{min(values):12.2f}{max(values):12.2f}")
    print("\n".join(lines))
    return {name: round(statistics.median(values), 2) for name, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one flat object as the last line")
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    with district() as stand:
        say(f"bench: {options.runs} runs")
        bench = Bench(stand)
        flat = measure(bench, options.runs)
    if options.json:
        print(json.dumps({**flat, "grids": bench.grids, "points": POINTS, "runs": options.runs}))


if __name__ == "__main__":
    main()

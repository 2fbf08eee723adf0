"""Positions → grids beside the shortest SQL and a tree in memory: figures for `bench/grids.py`.

A thousand positions anywhere in the district, ten metres accurate. `locate` converts nothing here (WGS 84)
but says grid, release, candidates with metres, and verdict; `grid_at` is what stamps a push; the bare SQL
says the grid and nothing else; the tree holds all grids in this process. Hits are compared once, and counted
in each run.
"""

import json
import random
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import psycopg
import shapely
from inside import interleaved, ratio
from link import Link
from stand import Stand, say

POINTS = 1000
ACCURACY_M = 10.0
BARE = """
select p.n, s.grid_id from unnest(%s::float8[], %s::float8[]) with ordinality as p (lon, lat, n)
cross join lateral (
    select grid_id from grids_gridshape
    where valid_from is not null and ST_Intersects(geom, ST_SetSRID(ST_MakePoint(p.lon, p.lat), 4326)) limit 1
) as s
"""


class Locating:
    def __init__(self, stand: Stand, link: Link) -> None:
        self._database = psycopg.connect(stand.database_url, autocommit=True)
        self._link = link
        rows = self._database.execute("select grid_id, ST_AsBinary(geom) from grids_gridshape").fetchall()
        shapes = shapely.from_wkb([bytes(row[1]) for row in rows])
        self._tree = shapely.STRtree(shapes)
        self._points = _anywhere(shapes)
        self._e7 = [(round(lon * 1e7), round(lat * 1e7)) for lon, lat in self._points]
        self._compare()

    def _compare(self) -> None:
        from grids.selectors import locate  # noqa: PLC0415  because it needs Django

        bare = dict(self._bare())
        found = locate(self._e7, [ACCURACY_M] * POINTS)
        ours = {n: one.grid.grid_id for n, one in enumerate(found, start=1) if one.grid}
        if ours != bare:
            raise SystemExit(f"bench: {len(ours.items() ^ bare.items())} points have another grid")

    def locate(self) -> float:
        from grids.selectors import locate  # noqa: PLC0415  because it needs Django

        return _timed(lambda: locate(self._e7, [ACCURACY_M] * POINTS))

    def over_http(self) -> float:
        points = [
            {"lon": lon, "lat": lat, "crs": "WGS84", "accuracy_m": ACCURACY_M} for lon, lat in self._points
        ]
        body = json.dumps({"points": points}).encode()
        content, took = self._link.call("POST", "/api/v1/grids/locate", body)
        if any(one["grid"] is None for one in json.loads(content)["results"]):
            raise SystemExit("bench: points without a grid")
        return took / POINTS * 1e6

    def grid_at(self) -> float:
        from grids.selectors import grid_at  # noqa: PLC0415  because it needs Django

        return _timed(lambda: grid_at(self._e7))

    def bare(self) -> float:
        return _timed(self._bare)

    def _bare(self) -> list[tuple[Any, ...]]:
        lon, lat = zip(*self._points, strict=True)
        return self._database.execute(BARE, (list(lon), list(lat))).fetchall()

    def tree(self) -> float:
        points = shapely.points(np.array(self._points))
        return _timed(lambda: self._tree.query(points, predicate="intersects").T)


def _anywhere(shapes: Any) -> list[tuple[float, float]]:
    """Positions in the boxes of grids drawn by lot, kept where they lie in that grid."""
    dice = random.Random(1)  # noqa: S311  because runs must be alike
    points: list[tuple[float, float]] = []
    while len(points) < POINTS:
        shape = shapes[dice.randrange(len(shapes))]
        west, south, east, north = shape.bounds
        lon, lat = round(dice.uniform(west, east), 7), round(dice.uniform(south, north), 7)
        if shapely.contains_xy(shape, lon, lat):
            points.append((lon, lat))
    return points


def _timed(work: Callable[[], Any]) -> float:
    """Microseconds a point."""
    start = time.perf_counter()
    hits = work()
    took = time.perf_counter() - start
    if len(hits) < POINTS or any(hit is None for hit in hits):
        raise SystemExit("bench: points without a grid")
    return took / POINTS * 1e6


def measure_locate(stand: Stand, link: Link, runs: int) -> dict[str, float]:
    """Microseconds a point, and ours ÷ theirs. Django must be set up on the stand's database."""
    locating = Locating(stand, link)
    say(f"bench: {POINTS} positions, {runs} runs")
    acts = {
        "locate_us_a_point": locating.locate,
        "locate_http_us_a_point": locating.over_http,
        "grid_at_us_a_point": locating.grid_at,
        "bare_sql_us_a_point": locating.bare,
        "tree_us_a_point": locating.tree,
    }
    flat = interleaved(acts, runs)
    return flat | {
        "locate_vs_sql": ratio(flat, "locate_us_a_point", "bare_sql_us_a_point"),
        "locate_vs_tree": ratio(flat, "locate_us_a_point", "tree_us_a_point"),
        "points": POINTS,
    }

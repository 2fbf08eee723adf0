"""Restamping after an edit beside stamping everything anew: figures for `bench/grids.py`.

A million positions in tables of the bench's own take the part of open work: stamps, and beside them the
points (as disputes and their screenings). One grid of a hundred changes places with a neighbour. `restamp` is
the project's finding and moving (`grids/restamping.py`), without the row it leaves of each record and the
phones it tells; `full` is one statement that stamps all positions anew, polygons as its outer side
(the quick way); `changes` is the same, but writes only what differs, and must move as many as ours. Each
run is taken back.
"""

import time
from collections.abc import Callable
from typing import Any

import psycopg
from inside import interleaved, ratio
from stand import Stand, say

ONE_OF = 100
STATEMENT_MS = 900_000
TABLES = (
    "create unlogged table bench_spots (id uuid primary key, point geometry(Point, 4326))",
    "create unlogged table bench_stamps (id uuid primary key, grid_id uuid)",
    """
    with made as materialized (
        select gen_random_uuid() as id, s.grid_id, (ST_Dump(ST_GeneratePoints(s.geom, {each}, 7))).geom
        from grids_gridshape s where s.announced
    ),
    spots as (insert into bench_spots select id, geom from made)
    insert into bench_stamps select id, grid_id from made
    """,
    "create index on bench_stamps (grid_id)",
    "create index on bench_spots using gist (point)",
    """
    create unlogged table bench_shapes as
    select s.grid_id, g.code, s.geom, false as edited
    from grids_gridshape s join grids_grid g on g.id = s.grid_id where s.announced
    """,
    "analyze bench_spots",
    "analyze bench_stamps",
    "grant select, update on bench_stamps to gridgov_app",
    "grant select on bench_spots, bench_shapes to gridgov_app",
)
NEIGHBOURS = """
select a.grid_id, b.grid_id
from bench_shapes a join bench_shapes b on ST_Touches(a.geom, b.geom) and a.code < b.code
order by md5(a.code), b.code
"""
SWAP = """
update bench_shapes a set geom = b.geom, edited = true from bench_shapes b
where (a.grid_id, b.grid_id) in ((%(one)s, %(other)s), (%(other)s, %(one)s))
"""
SIDES = (
    """
    insert into grids_off select s.grid_id, s.geom from grids_gridshape s
    where s.announced and s.grid_id in (select grid_id from bench_shapes where edited)
    """,
    "insert into grids_on select code, geom from bench_shapes where edited",
    "analyze grids_off (grid_id)",
)
ROWS = """
select r.id, r.grid_id, p.point, true as told
from bench_stamps r join bench_spots p on p.id = r.id where {grids}
"""
MOVE = "update bench_stamps r set grid_id = m.grid_id from grids_moved m where m.id = r.id"
FULL = """
update bench_stamps r set grid_id = h.grid_id
from (
    select w.id, s.grid_id
    from bench_shapes s
    cross join lateral (select p.id from bench_spots p where ST_Intersects(s.geom, p.point) offset 0) w
) h
where h.id = r.id
"""
CHANGES = f"{FULL} and r.grid_id is distinct from h.grid_id"


class Restamping:
    def __init__(self, stand: Stand, points: int) -> None:
        owner = self._owner = psycopg.connect(stand.owner_url, autocommit=True)
        row: Any = owner.execute("select count(*) from grids_gridshape where announced").fetchone()
        for statement in TABLES:
            owner.execute(statement.replace("{each}", str(max(points // row[0], 1))))
        self.edited = _edit(owner, max(row[0] // ONE_OF, 2))
        counted: Any = owner.execute("select count(*) from bench_stamps").fetchone()
        self.points = int(counted[0])
        self.moved: set[int] = set()

    def restamp(self) -> float:
        from edge import sqlfile  # noqa: PLC0415  because it needs Django
        from grids.restamping import Work, find_moves  # noqa: PLC0415  because of the same

        def work(cursor: Any) -> int:
            cursor.execute(sqlfile.load("grids", "restamp_sides"))
            for statement in SIDES:
                cursor.execute(statement)
            cursor.execute(sqlfile.load("grids", "restamp_pairs"))
            find_moves(Work("bench", "bench", ROWS, MOVE))
            cursor.execute(MOVE)
            return int(cursor.rowcount)

        took, moved = self._timed(work)
        self.moved.add(moved)
        return took

    def full(self) -> float:
        took, written = self._timed(_by(FULL))
        if written != self.points:
            raise SystemExit(f"bench: {written} of {self.points} positions were stamped")
        return took

    def changes(self) -> float:
        took, moved = self._timed(_by(CHANGES))
        self.moved.add(moved)
        return took

    def _timed(self, work: Callable[[Any], int]) -> tuple[float, int]:
        """Milliseconds and rows; what was moved is taken back and swept up outside of the clock."""
        from django.db import connection, transaction  # noqa: PLC0415  because it needs Django

        from edge.locks import longer_statements  # noqa: PLC0415  because of the same

        with transaction.atomic(), connection.cursor() as cursor:
            longer_statements(STATEMENT_MS)
            start = time.perf_counter()
            rows = work(cursor)
            took = time.perf_counter() - start
            transaction.set_rollback(True)
        self._owner.execute("vacuum bench_stamps")
        return took * 1000, rows


def _by(statement: str) -> Callable[[Any], int]:
    def work(cursor: Any) -> int:
        cursor.execute(statement)
        return int(cursor.rowcount)

    return work


def _edit(owner: psycopg.Connection[Any], wanted: int) -> int:
    """Neighbours that change places, each once; how many grids."""
    taken: set[Any] = set()
    for one, other in owner.execute(NEIGHBOURS).fetchall():
        if len(taken) < wanted and not {one, other} & taken:
            owner.execute(SWAP, {"one": one, "other": other})
            taken |= {one, other}
    return len(taken)


def measure_restamp(stand: Stand, runs: int, points: int) -> dict[str, float]:
    """Milliseconds, and the share of the full one. Django must be set up on the stand's database."""
    restamping = Restamping(stand, points)
    say(f"bench: restamping {restamping.points} positions, {restamping.edited} grids edited, {runs} runs")
    acts = {
        "restamp_ms": restamping.restamp,
        "restamp_full_ms": restamping.full,
        "restamp_changes_ms": restamping.changes,
    }
    flat = interleaved(acts, runs)
    if len(restamping.moved) != 1:
        raise SystemExit(f"bench: restamping moved different numbers: {sorted(restamping.moved)}")
    return flat | {
        "restamp_share": ratio(flat, "restamp_ms", "restamp_full_ms"),
        "restamp_share_of_changes": ratio(flat, "restamp_ms", "restamp_changes_ms"),
        "restamped": max(restamping.moved),
        "restamp_points": restamping.points,
    }

"""Open work follows the ground: what lies where a release changed the grids gets the grid of the new map.

Records of the past keep their stamp. What stands above this package has the records; it enters its own here:

    follow(Work("dispute", "dispute", rows_sql, update_sql))

`rows_sql` selects `id, grid_id, point, told` of the open records that fulfil `{grids}`, a condition on
`grid_id` (written `r.grid_id`). `told`: whether it may be counted in a preview that its readers could not see
otherwise. A record whose `point` is null follows the largest part of its grid, when that has ended.
`update_sql` brings the records of the table `grids_moved (id, grid_id, to_code)` to their new grid.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from edge import sqlfile
from grids.importing.pieces import array
from kernel import clock
from sync.services import publish

IN_GRIDS = "r.grid_id = any(array(select grid_id from grids_off))"
WITHOUT_GRID = "r.grid_id is null"
IN_COMMUNITIES = """
    r.grid_id = any(array(select id from grids_grid where community_id = any('{communities}'::uuid[])))
"""
AT_ONCE = 2000
"""Phone rows are rebuilt so many at a time: no statement grows with the district."""


@dataclass(frozen=True, slots=True)
class Work:
    """A sort of open records: `name` is its own, `kind` that of its phone rows. `after` is told the records
    that moved, for what else on phones goes with them."""

    name: str
    kind: str
    rows_sql: str
    update_sql: str
    after: Callable[[list[UUID]], None] | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """So many records of a kind go from one grid to another ('' = no grid)."""

    kind: str
    before: str
    after: str
    count: int


_works: dict[str, Work] = {}


def follow(work: Work) -> None:
    """Enter a sort of open records, once."""
    if work.name in _works:
        raise ValueError(f"{work.name} is restamped twice")
    _works[work.name] = work


def works() -> list[Work]:
    return [_works[name] for name in sorted(_works)]


def restamp(release_id: UUID, *, off: Iterable[UUID], on: Iterable[UUID]) -> int:
    """Move open work between the shapes that were just turned off and on, with a row for each record; how
    many. In the caller's transaction."""
    parameters = {"off": array(off), "on": array(on)}
    if not _sides("restamp_by_shapes", **parameters):
        return 0
    return sum(_restamp(release_id, work) for work in works())


def more_than(most: int, communities: Sequence[UUID]) -> bool:
    """Whether more open records than that lie in the grids of these communities: too many to move while
    somebody waits."""
    left, where = most, IN_COMMUNITIES.replace("{communities}", array(communities))
    with connection.cursor() as cursor:
        for work in works():
            rows = work.rows_sql.replace("{grids}", where)
            text = sqlfile.load("grids", "restamp_many").replace("{rows}", rows)
            cursor.execute(text.replace("{most}", str(left + 1)))
            left -= int(cursor.fetchone()[0])
            if left < 0:
                return True
    return False


def preview(release_id: UUID, communities: Sequence[UUID], day: date) -> list[Flow]:
    """What `restamp` would move if the drafts of a release came into force."""
    if not _sides("restamp_by_drafts", release=release_id, communities=array(communities), day=day):
        return []
    counted: dict[tuple[str, str, str], int] = {}
    for work in works():
        if not find_moves(work):
            continue
        with connection.cursor() as cursor:
            cursor.execute(sqlfile.load("grids", "restamp_counts"))
            for before, after, count in cursor.fetchall():
                key = (work.kind, before, after)
                counted[key] = counted.get(key, 0) + count
    return [Flow(*key, count) for key, count in sorted(counted.items())]


def restamped(release_id: UUID) -> list[Flow]:
    """What a release has moved."""
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "restamp_told"), {"release": release_id})
        return [Flow(*row) for row in cursor.fetchall()]


def find_moves(work: Work) -> int:
    """Fill `grids_moved` with the records that lie in another grid now; how many."""
    with connection.cursor() as cursor:
        text = sqlfile.load("grids", "restamp_work")
        for placeholder, condition in (("{in_grids}", IN_GRIDS), ("{without_grid}", WITHOUT_GRID)):
            text = text.replace(placeholder, work.rows_sql.replace("{grids}", condition))
        cursor.execute(text)
        cursor.execute(sqlfile.load("grids", "restamp_moved"))
        cursor.execute(sqlfile.load("grids", "restamp_seen"), {"kind": work.kind})
        cursor.execute("select count(*) from grids_moved")
        return int(cursor.fetchone()[0])


def _sides(statement: str, **parameters: Any) -> bool:
    """Write both sides and what meets on them; whether there is anything to compare."""
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "restamp_sides"))
        cursor.execute(sqlfile.load("grids", statement), parameters)
        cursor.execute("select exists (select from grids_off) or exists (select from grids_on)")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(sqlfile.load("grids", "restamp_pairs"))
        return True


def _restamp(release_id: UUID, work: Work) -> int:
    if not find_moves(work):
        return 0
    with connection.cursor() as cursor:
        parameters = {"release": release_id, "kind": work.kind, "now": clock.now()}
        cursor.execute(sqlfile.load("grids", "restamp_rows"), parameters)
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute(work.update_sql)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        publish(work.kind, some)
        if work.after is not None:
            work.after(some)
    return len(ids)

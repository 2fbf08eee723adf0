"""Does a pull get slower as the table of phone rows grows? A hundred changes at 10^5 and at 10^6 rows."""

import statistics
import subprocess
from pathlib import Path

import psycopg
from crew import Caller
from stand import PYTHON, Stand, say

SMALL = 100_000
HUNDRED = 100
CALLS = 100
# Rows of other scopes, in the shape of screenings; put in by the owner, past the one writer on purpose.
FILL = """
insert into sync_row (scope, kind, id, rev, xid, born, deleted, shared, payload)
select 'grid:' || md5((n / 500)::text)::uuid, 'screening', md5('row' || n)::uuid, 1, pg_current_xact_id(),
    pg_current_xact_id(), false, false, json_build_object('id', md5('row' || n)::uuid, 'rev', 1, 'brief',
    repeat('邻里纠纷', 60))::text
from generate_series(%s, %s) as n
"""
COUNT = "select count(*) from sync_row"


def measure(stand: Stand, caller: Caller, most: int) -> dict[str, list[float]]:
    """`growth_time_ratio` and `growth_buffers_ratio` (10^6 ÷ 10^5 rows), and the two times (ms)."""
    times: dict[int, list[float]] = {SMALL: [], most: []}
    buffers = dict.fromkeys(times, 0.0)
    cursor, _, _ = caller.download()
    caller.push(caller.batch(100))
    with psycopg.connect(stand.owner_url, autocommit=True) as owner:
        for size, found in times.items():
            _fill(owner, size)
            for _ in range(CALLS):
                page, took = caller.pull(cursor)
                found.append(took * 1000)
            if len(page["put"]["screening"]) != HUNDRED:
                raise SystemExit("bench: not the hundred changes that were pushed")
            buffers[size] = _touched(stand, caller, cursor)
    small, large = (_medians(times[size]) for size in (SMALL, most))
    return {
        "growth_small_ms": times[SMALL],
        "growth_large_ms": times[most],
        "growth_time_ratio": [late / early for early, late in zip(small, large, strict=True)],
        "growth_buffers_ratio": [buffers[most] / buffers[SMALL]],
    }


def _medians(times: list[float]) -> list[float]:
    """Of each tenth of the calls, in their order."""
    step = CALLS // 10
    return [statistics.median(times[start : start + step]) for start in range(0, CALLS, step)]


def _fill(owner: psycopg.Connection[tuple[object, ...]], size: int) -> None:
    found = owner.execute(COUNT).fetchone()
    start = int(str(found[0])) if found else 0
    step = 50_000
    for first in range(start, size, step):
        say(f"bench: growth, {first} of {size} rows")
        owner.execute(FILL, (first, min(first + step, size) - 1))
    owner.execute("vacuum analyze sync_row")


def _touched(stand: Stand, caller: Caller, cursor: int) -> float:
    """Buffers that the statements of one pull touch, as PostgreSQL explains them."""
    program = [str(PYTHON), str(Path(__file__).with_name("buffers.py")), str(caller.device), str(cursor)]
    done = subprocess.run(program, env=stand.env, capture_output=True, text=True, check=True)  # noqa: S603  because it is our own program
    return float(done.stdout)

"""Memory of each process: what it holds (RSS), and its share of what it holds with others (PSS), in MiB.

The web workers are forks of one program, and the database's processes share one buffer: the sum of PSS is
what the machine gives, the sum of RSS counts the shared parts many times.
"""

from dataclasses import dataclass
from pathlib import Path

import psycopg
from stand import Stand, say

KIB = 1024
BACKENDS = (
    "select pid from pg_stat_activity where backend_type = 'client backend' and usename = 'gridgov_app'"
)


@dataclass(frozen=True)
class Process:
    name: str
    pid: int
    rss_mb: float
    pss_mb: float


def look(stand: Stand, when: str) -> dict[str, list[float]]:
    """Say what each process holds; sums by kind as figures named after `when` (before or after)."""
    found = [*_of("web worker", _children(stand)), *_of("postgres backend", _backends(stand))]
    for one in found:
        sizes = f"RSS {one.rss_mb:.0f} MiB, PSS {one.pss_mb:.0f} MiB"
        say(f"bench: {when} the herd, {one.name} {one.pid}: {sizes}")
    figures = {}
    for short, name in (("web", "web worker"), ("postgres", "postgres backend")):
        of_kind = [one for one in found if one.name == name]
        figures[f"memory_{short}_processes_{when}"] = [float(len(of_kind))]
        figures[f"memory_{short}_rss_max_mb_{when}"] = [max((one.rss_mb for one in of_kind), default=0.0)]
        figures[f"memory_{short}_pss_mb_{when}"] = [sum(one.pss_mb for one in of_kind)]
    return figures


def _children(stand: Stand) -> list[int]:
    process = stand.web.process if stand.web else None
    if process is None:
        return []
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return [int(pid) for pid in children.split()]


def _backends(stand: Stand) -> list[int]:
    with psycopg.connect(stand.superuser_url) as database:
        return [int(row[0]) for row in database.execute(BACKENDS)]


def _of(name: str, pids: list[int]) -> list[Process]:
    found = []
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:  # it has ended meanwhile
            continue
        sizes = dict(line.split(":", 1) for line in text.splitlines()[1:] if ":" in line)
        rss, pss = (int(sizes[key].split()[0]) / KIB for key in ("Rss", "Pss"))
        found.append(Process(name, pid, rss, pss))
    return found

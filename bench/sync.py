"""Sync beside the bare floor, in one run: `.venv/bin/python bench/sync.py [--json]`.

Pushes of many and of few by one and by eight phones, signed and not, again and with bad items; pulls that
find nothing, a hundred changes or everything; growth from 10^5 to 10^6 rows; two thousand phones at once.
Each figure is the median of interleaved runs with its spread; what came is counted in every run. `--json`
prints one flat object as the last line.
"""

import argparse
import json
import statistics
import sys
import time
import urllib.parse
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "clients" / "python")]

import growth  # noqa: E402  because the project's folders must be on the path first
import herd  # noqa: E402  because of the same
import memory  # noqa: E402  because of the same
import picture  # noqa: E402  because of the same
import psycopg  # noqa: E402  because of the same
from crew import Caller, enrolled, together  # noqa: E402  because of the same
from link import Link  # noqa: E402  because of the same
from peers import kinto  # noqa: E402  because of the same
from stand import Stand, district, say  # noqa: E402  because of the same

BATCH = 1000
FEW = 20
PHONES = 8
MANY = 16
PULLS = 300
FIRST = "||00000000-0000-0000-0000-000000000000"
REFUSED = ("accepted", "rejected")
Figures = dict[str, list[float]]


class Bench:
    """One phone downloads what it pushed; of sixteen others eight push together, and all pull together."""

    def __init__(self, stand: Stand, rows: int) -> None:
        self._database = psycopg.connect(stand.database_url, autocommit=True)
        self.one, *self._others = enrolled(stand, MANY + 1)
        self._eight = self._others[:PHONES]
        self._floor = Link(stand.floor_url)
        for _ in range(rows // BATCH):
            self.one.push(self.one.batch(BATCH))
        self._scopes = self.one.held_scopes()
        self._own = f"{self._scopes[1]}:grid_worker"  # what was refused goes back there
        self._cursor, _, _ = self.one.download()
        self.figures: dict[str, Callable[[], float]] = {
            "push_one_phone_records_per_s": self.push_one,
            "push_records_per_s": partial(self.push_eight, BATCH, signed=True),
            "push_unsigned_records_per_s": partial(self.push_eight, BATCH, signed=False),
            "push20_records_per_s": partial(self.push_eight, FEW, signed=True),
            "replay_1000_ms": self.replay,
            "poison_1000_ms": self.poison,
            "floor_push_records_per_s": self.floor_push,
            "bootstrap_rows_per_s": self.download,
            "floor_bootstrap_rows_per_s": self.floor_download,
            "changes100_p50_ms": self.changes,
            "empty_pull_p50_ms": self.empty_pull,
            "empty_pull_16_p50_ms": self.empty_pull_16,
            "empty_pulls_1000_wal_bytes": self.empty_pull_wal,
        }

    def beside(self, peer: kinto.Kinto, rows: int) -> None:
        """The same contents and about as many rows for a peer, in every run."""
        for _ in range(rows // BATCH):
            peer.push(self.one.batch(BATCH))
        self.figures["kinto_push_records_per_s"] = lambda: peer.push(self.one.batch(BATCH))
        self.figures["kinto_bootstrap_rows_per_s"] = peer.download

    def push_one(self) -> float:
        """Records a second: one phone, one signed batch of 1,000."""
        return BATCH / self.one.push(self.one.batch(BATCH, signed=True))

    def push_eight(self, count: int, *, signed: bool) -> float:
        """Records a second: eight phones at once; of small batches each sends ten, one after another."""
        times = 1 if count == BATCH else 10
        work = [[phone.batch(count, signed=signed) for _ in range(times)] for phone in self._eight]
        started = time.perf_counter()
        pairs = zip(self._eight, work, strict=True)
        together([partial(_push_all, phone, bodies) for phone, bodies in pairs])
        return PHONES * count * times / (time.perf_counter() - started)

    def replay(self) -> float:
        """Milliseconds of a batch of 1,000 that the server knows."""
        body = self.one.batch(BATCH, signed=True)
        self.one.push(body)
        return self.one.push(body, expected=("duplicate",)) * 1000

    def poison(self) -> float:
        """Milliseconds of 1,000 with three bad ones among them."""
        return self.one.push(self.one.batch(BATCH, signed=True, poison=3), expected=REFUSED) * 1000

    def floor_push(self) -> float:
        content, took = self._floor.call("POST", "/records", self.one.batch(BATCH))
        if json.loads(content)["taken"] != BATCH:
            raise SystemExit("bench: the floor did not take the batch")
        return BATCH / took

    def download(self) -> float:
        """Rows a second of a first download in pages of 5,000, until `has_more` is false."""
        self._cursor, rows, seconds = self.one.download()
        self._expect(rows, [*self._scopes, self._own])
        return rows / seconds

    def floor_download(self) -> float:
        last, rows, seconds = FIRST, 0, 0.0
        while last:
            path = "/rows?" + urllib.parse.urlencode({"scopes": ",".join(self._scopes), "after": last})
            content, took = self._floor.call("GET", path)
            page = json.loads(content)
            rows, last, seconds = rows + len(page["rows"]), page["last"], seconds + took
        self._expect(rows, self._scopes)
        return rows / seconds

    def changes(self) -> float:
        """Milliseconds (p50) of a pull of 100 changes, asked again and again from the same cursor."""
        self.one.push(self.one.batch(100))
        times = []
        for _ in range(PULLS // 10):
            page, took = self.one.pull(self._cursor)
            times.append(took * 1000)
            if len({row["id"] for row in page["put"]["screening"]}) != 100:  # noqa: PLR2004  because it is what was pushed
                raise SystemExit("bench: not the hundred changes that were pushed")
        self._cursor = page["cursor"]
        return statistics.median(times)

    def empty_pull(self) -> float:
        """Milliseconds (p50) of a pull that finds nothing; it answers the same cursor."""
        return statistics.median(self._empty(self.one, self._cursor, PULLS))

    def empty_pull_16(self) -> float:
        """The same by sixteen phones at once."""
        cursors = [phone.download()[0] for phone in self._others]
        pairs = zip(self._others, cursors, strict=True)
        found = together([partial(self._empty, phone, cursor, PULLS // 4) for phone, cursor in pairs])
        return statistics.median([took for times in found for took in times])

    def empty_pull_wal(self) -> float:
        """Bytes of write-ahead log that 1,000 empty pulls leave (others of the cluster included)."""
        before = self._wal()
        self._empty(self.one, self._cursor, 1000)
        return self._wal() - before

    def _empty(self, caller: Caller, cursor: int, count: int) -> list[float]:
        times = []
        for _ in range(count):
            page, took = caller.pull(cursor)
            times.append(took * 1000)
        if page["put"] or page["cursor"] != cursor:
            raise SystemExit("bench: the empty pull was not empty")
        return times

    def _wal(self) -> float:
        found = self._database.execute("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn").fetchone()
        return float(found[0]) if found else 0.0

    def _expect(self, rows: int, scopes: list[str]) -> None:
        found = self._database.execute(
            "select count(distinct (kind, id)) from sync_row where not deleted and scope = any(%s)", (scopes,)
        ).fetchone()
        if not found or rows != found[0]:
            raise SystemExit(f"bench: {rows} rows came, {found} are there")


def _push_all(phone: Caller, bodies: list[bytes]) -> float:
    return sum(phone.push(body) for body in bodies)


def measure(bench: Bench, runs: int) -> Figures:
    """Interleaved: each run does everything once, so that a noisy minute touches all alike."""
    found: Figures = {name: [] for name in bench.figures}
    for number in range(runs):
        say(f"bench: run {number + 1} of {runs}")
        for name, act in bench.figures.items():
            found[name].append(act())
            say(f"bench:   {name:32}{found[name][-1]:12,.1f}")
    return found


def herd_of(stand: Stand, count: int, path: Path | None) -> Figures:
    """The herd, with the memory of all processes before and after, and its picture where one is asked for."""
    found = memory.look(stand, "before")
    seen = herd.measure(stand, count)
    found |= memory.look(stand, "after") | seen.figures()
    if path is not None:
        picture.draw(seen, path)
    return found


def table(found: Figures) -> str:
    middle = {name: statistics.median(values) for name, values in found.items()}
    lines = [f"{'':32}{'median':>12}{'lowest':>12}{'highest':>12}"]
    for name, values in found.items():
        lines.append(f"{name:32}{middle[name]:12,.1f}{min(values):12,.1f}{max(values):12,.1f}")
    push = middle["floor_push_records_per_s"] / middle["push_one_phone_records_per_s"]
    pull = middle["floor_bootstrap_rows_per_s"] / middle["bootstrap_rows_per_s"]
    lines.append(
        f"the bare floor is {push:.1f} times as fast at push (one phone), {pull:.1f} times at download"
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one flat object as the last line")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--rows", type=int, default=20_000, help="screenings on the phone at the download")
    parser.add_argument("--peers", action="store_true", help="Kinto on the same PostgreSQL in the same run")
    parser.add_argument(
        "--growth", type=int, default=1_000_000, help="rows at the end of the growth (0: none)"
    )
    parser.add_argument("--herd", type=int, default=2000, help="phones of the herd (0: none)")
    parser.add_argument("--picture", type=Path, help="where the herd's histogram is written (PNG)")
    options = parser.parse_args()
    with district() as stand:
        say(f"bench: {options.rows} screenings are pushed first")
        bench = Bench(stand, options.rows)
        if options.peers:
            with kinto.running(stand) as peer:
                bench.beside(peer, options.rows)
                found = measure(bench, options.runs)
        else:
            found = measure(bench, options.runs)
        say(table(found))
        if options.herd:
            found |= herd_of(stand, options.herd, options.picture)
            say(table(found))
        if options.growth:
            found |= growth.measure(stand, bench.one, options.growth)
        print(table(found), flush=True)
    if options.json:
        flat = {name: round(statistics.median(values), 2) for name, values in found.items()}
        print(json.dumps({**flat, "runs": options.runs}))


if __name__ == "__main__":
    main()

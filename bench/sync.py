"""Sync beside the bare floor, in one run: `.venv/bin/python bench/sync.py [--json]`.

Push of 1,000 screenings in one batch, a pull that finds nothing, the first download. Each figure is the
median of interleaved runs with its spread; the number of rows is checked in every run. `--json` prints
one flat object as the last line.
"""

import argparse
import json
import random
import statistics
import sys
import urllib.parse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "clients" / "python")]

import psycopg  # noqa: E402  because the project's folders must be on the path first
from gridphone import HttpTransport, Phone, Store  # noqa: E402  because of the same
from gridphone.device import CHINA, SCHEMA  # noqa: E402  because of the same
from gridphone.ids import uuid7  # noqa: E402  because of the same
from link import Link  # noqa: E402  because of the same
from simulation.crew import own_cells  # noqa: E402  because of the same
from simulation.story import Storyteller  # noqa: E402  because of the same
from stand import Stand, district, say  # noqa: E402  because of the same

BATCH = 1000
PULLS = 300
FIRST = "||00000000-0000-0000-0000-000000000000"


class Bench:
    def __init__(self, stand: Stand, rows: int) -> None:
        self._stand, self._dice = stand, random.Random(1)  # noqa: S311  because runs must be alike
        self._phone = self._enrolled(0)
        cells = own_cells(self._phone)
        self._teller = Storyteller(self._dice, cells, cells, "WGS84")
        self._seq = 0
        self._link = Link(stand.url, self._phone.store.get("access"))
        self._floor = Link(stand.floor_url)
        for _ in range(rows // BATCH):
            self.push()
        self._scopes = self._held_scopes()
        self.rows = self._count_rows()
        self._cursor: int | None = None

    def _enrolled(self, number: int) -> Phone:
        phone = Phone(Store(":memory:"), HttpTransport(self._stand.url))
        ticket = self._stand.demo["enrolment_codes"][number]
        phone.enrol(ticket["code"], label="bench")
        phone.store.set(ticket=ticket)
        phone.pull()
        return phone

    def _batch(self) -> bytes:
        items = []
        for _ in range(BATCH):
            self._seq += 1
            one, now = uuid7(), datetime.now(CHINA)
            items.append(
                {
                    "id": one,
                    "kind": "screening",
                    "op": "create",
                    "target": one,
                    "device_at": now.isoformat(timespec="milliseconds"),
                    "seq": self._seq,
                    "data": self._teller.screening("ordinary", now),
                }
            )
        batch = {"batch_id": uuid7(), "schema": SCHEMA, "items": items}
        return json.dumps(batch, ensure_ascii=False, separators=(",", ":")).encode()

    def push(self) -> float:
        """Records a second of one batch through the whole server."""
        content, took = self._link.call("POST", "/api/v1/sync/push", self._batch())
        states = [result["state"] for result in json.loads(content)["results"]]
        if states != ["accepted"] * BATCH:
            raise SystemExit(f"bench: not all were accepted: {json.loads(content)['results'][:2]}")
        self.rows = getattr(self, "rows", 0) + BATCH
        return BATCH / took

    def floor_push(self) -> float:
        content, took = self._floor.call("POST", "/records", self._batch())
        if json.loads(content)["taken"] != BATCH:
            raise SystemExit("bench: the floor did not take the batch")
        return BATCH / took

    def download(self) -> float:
        """Rows a second of a first download in pages of 5,000, until `has_more` is false."""
        cursor, rows, seconds, more = None, 0, 0.0, True
        while more:
            body = json.dumps({"cursor": cursor, "limit": 5000, "schema": SCHEMA}).encode()
            content, took = self._link.call("POST", "/api/v1/sync/pull", body)
            page = json.loads(content)
            rows += sum(len(found) for found in page["put"].values())
            cursor, more, seconds = page["cursor"], page["has_more"], seconds + took
        self._cursor = cursor
        self._expect(rows)
        return rows / seconds

    def floor_download(self) -> float:
        last, rows, seconds = FIRST, 0, 0.0
        while last:
            path = "/rows?" + urllib.parse.urlencode({"scopes": ",".join(self._scopes), "after": last})
            content, took = self._floor.call("GET", path)
            page = json.loads(content)
            rows, last, seconds = rows + len(page["rows"]), page["last"], seconds + took
        self._expect(rows)
        return rows / seconds

    def empty_pull(self) -> float:
        """Milliseconds (p50) of a pull that finds nothing; it answers the same cursor."""
        body = json.dumps({"cursor": self._cursor, "limit": 5000, "schema": SCHEMA}).encode()
        times = []
        for _ in range(PULLS):
            content, took = self._link.call("POST", "/api/v1/sync/pull", body)
            times.append(took * 1000)
        page = json.loads(content)
        if page["put"] or page["cursor"] != self._cursor:
            raise SystemExit("bench: the empty pull was not empty")
        return statistics.median(times)

    def _expect(self, rows: int) -> None:
        if rows != self.rows:
            raise SystemExit(f"bench: {rows} rows came, {self.rows} are there")

    def _held_scopes(self) -> list[str]:
        user = self._phone.store.get("user")["id"]
        rows = self._phone.store.rows("assignment")
        grids = [f"grid:{row['grid_id']}" for row in rows if row["worker_id"] == user]
        streets = {f"area:{row['street_id']}" for row in self._phone.store.rows("grid")}
        return ["common", f"user:{user}", *grids, *streets]

    def _count_rows(self) -> int:
        with psycopg.connect(self._stand.database_url) as connection:
            found = connection.execute(
                "select count(*) from sync_row where not deleted and scope = any(%s)", (self._scopes,)
            ).fetchone()
        return int(found[0]) if found else 0


def measure(bench: Bench, runs: int) -> dict[str, list[float]]:
    """Interleaved: each run does everything once, so that a noisy minute touches all alike."""
    acts: dict[str, Callable[[], float]] = {
        "push_records_per_s": bench.push,
        "floor_push_records_per_s": bench.floor_push,
        "bootstrap_rows_per_s": bench.download,
        "floor_bootstrap_rows_per_s": bench.floor_download,
        "empty_pull_p50_ms": bench.empty_pull,
    }
    found: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(runs):
        say(f"bench: run {number + 1} of {runs}")
        for name, act in acts.items():
            found[name].append(act())
    return found


def table(found: dict[str, list[float]], rows: int) -> str:
    middle = {name: statistics.median(values) for name, values in found.items()}
    lines = [f"{'':32}{'median':>12}{'lowest':>12}{'highest':>12}"]
    for name, values in found.items():
        lines.append(f"{name:32}{middle[name]:12,.1f}{min(values):12,.1f}{max(values):12,.1f}")
    push = middle["floor_push_records_per_s"] / middle["push_records_per_s"]
    pull = middle["floor_bootstrap_rows_per_s"] / middle["bootstrap_rows_per_s"]
    lines.append(
        f"the bare floor is {push:.1f} times as fast at push, {pull:.1f} times at download ({rows} rows)"
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one flat object as the last line")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rows", type=int, default=20_000, help="screenings on the phone at the download")
    options = parser.parse_args()
    with district() as stand:
        say(f"bench: {options.rows} screenings are pushed first")
        bench = Bench(stand, options.rows)
        found = measure(bench, options.runs)
        print(table(found, bench.rows))
    if options.json:
        flat = {name: round(statistics.median(values), 2) for name, values in found.items()}
        print(json.dumps({**flat, "rows": bench.rows, "runs": options.runs}))


if __name__ == "__main__":
    main()

"""The herd: two thousand phones come back at once, each with sixty records and two pulls; staff work beside.

A figure of the whole server: the phones' side runs in this process on the same cores. Told to come again
(429, 503), a phone waits as long as the answer says. Every item must be acknowledged once.
"""

import asyncio
import json
import random
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from gridphone.device import CHINA, SCHEMA
from gridphone.ids import uuid7
from link import Link
from simulation.story import Cell, Storyteller
from stand import PYTHON, Stand, say

ITEMS = 60
KINDS = ["screening", "dispute", "task", "visit_due"]
AT_ONCE = 500
STAFF_EVERY_S = 0.2
AGAIN = (429, 503)
EDGE = 0.00002  # degrees: a square of about two metres around a point inside the grid
STORED = """
select (select count(*) from disputes_screening where id = any(%(sent)s::uuid[])),
    (select count(*) from sync_inbox where id = any(%(sent)s::uuid[]))
"""
Phones = list[dict[str, Any]]


@dataclass(frozen=True)
class Herd:
    """What was seen: seconds from the start until each phone's push was acknowledged, and until its second
    pull was answered; a clerk's calls beside it, each with its second and its milliseconds."""

    acknowledged: list[float]
    done: list[float]
    staff: list[tuple[float, float]]
    lost: int
    doubled: int

    def figures(self) -> dict[str, list[float]]:
        times = [took for _, took in self.staff]
        return {
            "herd_acknowledged_s": [max(self.acknowledged)],
            "herd_done_s": [max(self.done)],
            "herd_lost": [self.lost],
            "herd_doubled": [self.doubled],
            "herd_staff_p95_ms": [statistics.quantiles(times, n=20)[-1]],
            "herd_staff_p50_ms": [statistics.median(times)],
        }


def measure(stand: Stand, count: int) -> Herd:
    """Ends the program when a record was lost or doubled."""
    say(f"bench: herd, {count} phones are made")
    phones = _phones(stand, count)
    bodies = [_body(phone, number) for number, phone in enumerate(phones)]
    staff = _Staff(stand)
    started, times = asyncio.run(_herd(stand, phones, bodies, staff))
    sent = [item["id"] for body in bodies for item in json.loads(body)["items"]]
    with psycopg.connect(stand.database_url) as database:
        rows, items = _stored(database, sent)
    found = Herd(
        acknowledged=[acknowledged - started for acknowledged, _ in times],
        done=[done - started for _, done in times],
        staff=[(at - started, took) for at, took in staff.calls],
        lost=len(sent) - rows,
        doubled=items - rows,
    )
    if found.lost or found.doubled:
        raise SystemExit(f"bench: of {len(sent)} records {found.lost} are lost, {found.doubled} doubled")
    return found


def _phones(stand: Stand, count: int) -> Phones:
    program = [str(PYTHON), str(Path(__file__).with_name("devices.py")), str(count)]
    done = subprocess.run(program, env=stand.env, capture_output=True, text=True, check=True)  # noqa: S603  because it is our own program
    found: Phones = json.loads(done.stdout.splitlines()[-1])
    return found


def _body(phone: dict[str, Any], number: int) -> bytes:
    lon, lat = phone["lon"], phone["lat"]
    ring = [[lon + x * EDGE, lat + y * EDGE] for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))]
    cells = [Cell("", [ring])]
    teller = Storyteller(random.Random(number), cells, cells, "WGS84")  # noqa: S311  because runs must be alike
    items = []
    for seq in range(1, ITEMS + 1):
        one, now = uuid7(), datetime.now(CHINA)
        at = now.isoformat(timespec="milliseconds")
        item = {"id": one, "kind": "screening", "op": "create", "target": one, "device_at": at, "seq": seq}
        items.append(item | {"data": teller.screening("ordinary", now)})
    batch = {"batch_id": uuid7(), "schema": SCHEMA, "items": items}
    return json.dumps(batch, ensure_ascii=False, separators=(",", ":")).encode()


async def _herd(
    stand: Stand, phones: Phones, bodies: list[bytes], staff: "_Staff"
) -> tuple[float, list[tuple[float, float]]]:
    """All at once; each has pulled before, as a phone has that was in use yesterday. The start, and when each
    was acknowledged and done."""
    crowd = _Crowd(stand, len(phones))
    cursors = await asyncio.gather(*(crowd.pull(phone, None) for phone in phones))
    say("bench: herd, they come")
    staff.start()
    started = crowd.started = time.perf_counter()
    visits = zip(phones, bodies, cursors, strict=True)
    times = await asyncio.gather(*(crowd.visit(*visit) for visit in visits))
    staff.stop()
    return started, times


class _Crowd:
    """The phones' side. Says every tenth part of what is acknowledged."""

    def __init__(self, stand: Stand, count: int) -> None:
        host, port = stand.url.removeprefix("http://").split(":")
        self._host, self._port, self._count, self._acknowledged = host, int(port), count, 0
        self._gate = asyncio.Semaphore(AT_ONCE)
        self.started = 0.0

    async def visit(self, phone: dict[str, Any], body: bytes, cursor: int) -> tuple[float, float]:
        """Push, then two pulls; when the push was acknowledged, and when all was done."""
        answer = await self._call(phone["token"], "/api/v1/sync/push", body)
        acknowledged = time.perf_counter()
        states = {result["state"] for result in answer["results"]}
        if states != {"accepted"} or len(answer["results"]) != ITEMS:
            raise SystemExit(f"bench: the herd was answered {states}")
        self._acknowledged += 1
        if self._acknowledged % max(self._count // 10, 1) == 0:
            said = f"{self._acknowledged} of {self._count} acknowledged"
            say(f"bench: herd, {said} after {acknowledged - self.started:.1f} s")
        for _ in range(2):
            cursor = await self.pull(phone, cursor)
        return acknowledged, time.perf_counter()

    async def pull(self, phone: dict[str, Any], cursor: int | None) -> int:
        asked = {"cursor": cursor, "limit": 5000, "schema": SCHEMA, "kinds": KINDS}
        answer = await self._call(phone["token"], "/api/v1/sync/pull", json.dumps(asked).encode())
        return int(answer["cursor"])

    async def _call(self, token: str, path: str, body: bytes) -> Any:
        """One request on a connection of its own, as a phone that just got a network makes it."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nAuthorization: Bearer {token}\r\n"
            f"Connection: close\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        while True:
            async with self._gate:  # a phone that was told to wait holds no connection
                reader, writer = await asyncio.open_connection(self._host, self._port)
                writer.write(head + body)
                raw = await reader.read()
                writer.close()
            top, _, content = raw.partition(b"\r\n\r\n")
            status = int(top.split(b" ", 2)[1]) if top else 0
            if status == 200:  # noqa: PLR2004  because it is HTTP's own number
                return json.loads(content)
            if status not in AGAIN:
                raise SystemExit(f"bench: {path} answered {status}: {content[:300]!r}")
            await asyncio.sleep(json.loads(content).get("retry_after") or 1)


class _Staff(threading.Thread):
    """A clerk who lists disputes five times a second."""

    def __init__(self, stand: Stand) -> None:
        super().__init__(daemon=True)
        account = next(row for row in stand.demo["accounts"] if row["role"] == "centre_clerk")
        body = json.dumps({key: account[key] for key in ("username", "password")}).encode()
        content, _ = Link(stand.url).call("POST", "/api/v1/auth/login", body)
        self._link = Link(stand.url, json.loads(content)["access"])
        self._over = threading.Event()
        self.calls: list[tuple[float, float]] = []  # seconds of the clock, milliseconds

    def run(self) -> None:
        while not self._over.wait(STAFF_EVERY_S):
            at = time.perf_counter()
            _, took = self._link.call("GET", "/api/v1/disputes")
            self.calls.append((at, took * 1000))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _stored(database: psycopg.Connection[Any], sent: list[str]) -> tuple[int, int]:
    """Of the records sent: rows in the table of records, items in the inbox."""
    found = database.execute(STORED, {"sent": "{" + ",".join(sent) + "}"}).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)

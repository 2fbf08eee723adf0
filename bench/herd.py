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
Phones = list[dict[str, Any]]


def measure(stand: Stand, count: int) -> dict[str, list[float]]:
    """Seconds until all pushes are acknowledged, until all have pulled; p95 of staff reads meanwhile (ms)."""
    say(f"bench: herd, {count} phones are made")
    phones = _phones(stand, count)
    bodies = [_body(phone, number) for number, phone in enumerate(phones)]
    with psycopg.connect(stand.database_url, autocommit=True) as database:
        before = _stored(database)
        staff = _Staff(stand)
        staff.start()
        acknowledged, done = asyncio.run(_herd(stand, phones, bodies))
        staff.stop()
        stored = _stored(database) - before
    if stored != count * ITEMS:
        raise SystemExit(f"bench: {count * ITEMS} records were acknowledged, {stored} are there")
    return {
        "herd_acknowledged_s": [acknowledged],
        "herd_done_s": [done],
        "herd_staff_p95_ms": [statistics.quantiles(staff.times, n=20)[-1]],
        "herd_staff_p50_ms": [statistics.median(staff.times)],
    }


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


async def _herd(stand: Stand, phones: Phones, bodies: list[bytes]) -> tuple[float, float]:
    """All at once; each has pulled before, as a phone has that was in use yesterday."""
    gate = asyncio.Semaphore(AT_ONCE)
    cursors = await asyncio.gather(*(_pull(stand, gate, phone, None) for phone in phones))
    say("bench: herd, they come")
    started = time.perf_counter()
    visits = zip(phones, bodies, cursors, strict=True)
    times = await asyncio.gather(*(_visit(stand, gate, *visit) for visit in visits))
    return max(times) - started, time.perf_counter() - started


async def _visit(
    stand: Stand, gate: asyncio.Semaphore, phone: dict[str, Any], body: bytes, cursor: int
) -> float:
    """Push, then two pulls; when the push was acknowledged."""
    answer = await _call(stand, gate, phone["token"], "/api/v1/sync/push", body)
    acknowledged = time.perf_counter()
    states = {result["state"] for result in answer["results"]}
    if states != {"accepted"} or len(answer["results"]) != ITEMS:
        raise SystemExit(f"bench: the herd was answered {states}")
    for _ in range(2):
        cursor = await _pull(stand, gate, phone, cursor)
    return acknowledged


async def _pull(stand: Stand, gate: asyncio.Semaphore, phone: dict[str, Any], cursor: int | None) -> int:
    asked = {"cursor": cursor, "limit": 5000, "schema": SCHEMA, "kinds": KINDS}
    answer = await _call(stand, gate, phone["token"], "/api/v1/sync/pull", json.dumps(asked).encode())
    return int(answer["cursor"])


async def _call(stand: Stand, gate: asyncio.Semaphore, token: str, path: str, body: bytes) -> Any:
    """One request on a connection of its own, as a phone that just got a network makes it."""
    host, port = stand.url.removeprefix("http://").split(":")
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Connection: close\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    while True:
        async with gate:  # a phone that was told to wait holds no connection
            reader, writer = await asyncio.open_connection(host, int(port))
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
        self.times: list[float] = []

    def run(self) -> None:
        while not self._over.wait(STAFF_EVERY_S):
            _, took = self._link.call("GET", "/api/v1/disputes")
            self.times.append(took * 1000)

    def stop(self) -> None:
        self._over.set()
        self.join()


def _stored(database: psycopg.Connection[Any]) -> int:
    found = database.execute("select count(*) from disputes_screening").fetchone()
    return int(found[0]) if found else 0

"""Phones for a bench: enrolled as any phone is, their batches made beforehand, their calls measured."""

import json
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from gridphone import HttpTransport, Phone, Store
from gridphone.canonical import item_hash, push_message
from gridphone.device import CHINA, SCHEMA
from gridphone.ids import uuid7
from link import Link
from simulation.crew import own_cells
from simulation.story import Storyteller
from stand import Stand

DUMPS: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}
PAGE = 5000


class Caller:
    """One phone: makes batches, and times what the server takes for them. It remembers no cursor."""

    def __init__(self, stand: Stand, ticket: dict[str, Any], seed: int) -> None:
        self.phone = Phone(Store(":memory:"), HttpTransport(stand.url))
        self.phone.enrol(ticket["code"], label="bench")
        self.phone.store.set(ticket=ticket)
        self.phone.pull()
        self.token, self.device = self.phone.store.get("access"), self.phone.store.get("device_id")
        self.link = Link(stand.url, self.token)
        self._key = self.phone.key
        cells = own_cells(self.phone)
        self._teller = Storyteller(random.Random(seed), cells, cells, "WGS84")  # noqa: S311  because runs must be alike
        self._seq = 0

    def item(self) -> dict[str, Any]:
        self._seq += 1
        one, now = uuid7(), datetime.now(CHINA)
        at = now.isoformat(timespec="milliseconds")
        item = {
            "id": one,
            "kind": "screening",
            "op": "create",
            "target": one,
            "device_at": at,
            "seq": self._seq,
        }
        return item | {"data": self._teller.screening("ordinary", now)}

    def batch(self, count: int, *, signed: bool = False, poison: int = 0) -> bytes:
        """The body of a push of `count` screenings; `poison` of them have a content that is refused."""
        items = [self.item() for _ in range(count)]
        for number in range(poison):
            items[number * (count // poison)]["data"]["category"] = "no such category"
        batch_id = uuid7()
        body: dict[str, Any] = {"batch_id": batch_id, "schema": SCHEMA, "items": items}
        if signed:
            body["manifest_sig"] = self._key.sign(push_message(batch_id, [item_hash(item) for item in items]))
        return json.dumps(body, **DUMPS).encode()

    def push(self, body: bytes, *, expected: Sequence[str] = ("accepted",)) -> float:
        """Seconds of one push; every outcome must be one of `expected`."""
        content, took = self.link.call("POST", "/api/v1/sync/push", body)
        states = {result["state"] for result in json.loads(content)["results"]}
        if not states <= set(expected):
            raise SystemExit(f"bench: {states} instead of {expected}: {content[:400]!r}")
        return took

    def pull(self, cursor: int | None) -> tuple[dict[str, Any], float]:
        """One page and its seconds."""
        body = json.dumps({"cursor": cursor, "limit": PAGE, "schema": SCHEMA}).encode()
        content, took = self.link.call("POST", "/api/v1/sync/pull", body)
        return json.loads(content), took

    def download(self, cursor: int | None = None) -> tuple[int, int, float]:
        """Pull until there is no more: the cursor, the rows that came, the seconds of the calls."""
        rows, seconds, more = 0, 0.0, True
        while more:
            page, took = self.pull(cursor)
            rows += sum(len(found) for found in page["put"].values())
            cursor, more, seconds = page["cursor"], page["has_more"], seconds + took
        if cursor is None:
            raise SystemExit("bench: a pull without a cursor")
        return cursor, rows, seconds

    def held_scopes(self) -> list[str]:
        user = self.phone.store.get("user")["id"]
        rows = self.phone.store.rows("assignment")
        grids = [f"grid:{row['grid_id']}" for row in rows if row["worker_id"] == user]
        streets = {f"area:{row['street_id']}" for row in self.phone.store.rows("grid")}
        return ["common", f"user:{user}", *grids, *streets]


def enrolled(stand: Stand, count: int) -> list[Caller]:
    tickets = stand.demo["enrolment_codes"][:count]
    return [Caller(stand, ticket, seed) for seed, ticket in enumerate(tickets)]


def together(calls: Sequence[Any]) -> list[float]:
    """All calls at once, each in its own thread; what each gives."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]

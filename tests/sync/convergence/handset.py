"""A handset of the machine: the reference device over a network that a script decides, and the checks that
every single answer of the server has to pass, heard or not.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from gridphone import DeviceKey, NetworkLost, Phone, ServerProblem, Store
from gridphone.transport import Answer

from kernel.actor import Actor
from kernel.problems import Problem
from sync import encode, pull, push, reading
from sync.items import Envelope
from tests.sync.convergence import world

EVENTS = ("ok", "lost", "unheard", "cut", "twice", "late", "crash", "torn")
GONE = 410
KEYS: dict[UUID | None, DeviceKey] = {}  # by device; the server knows their public halves

Told = tuple[str, str, str]  # scope, kind, id


class Died(Exception):
    """The app was killed; what its store had committed is what it comes back to."""


class Memory(Store):
    """A store whose whole content can be copied out and in, and whose next transaction can be torn."""

    torn = False

    def dump(self) -> bytes:
        return self._db.serialize()

    def load(self, content: bytes) -> None:
        self._db.deserialize(content)

    def put(self, kind: str, rows: Iterable[dict[str, Any]]) -> None:
        super().put(kind, rows)
        self._tear()

    def settle(self, results: Iterable[dict[str, Any]]) -> None:
        super().settle(results)
        self._tear()

    def _tear(self) -> None:
        if self.torn:
            self.torn = False
            raise Died("in the middle of a transaction")


@dataclass
class Server:
    """What it has promised so far, over all handsets: the yardstick of each further answer."""

    counts: Counter[str]
    domain: world.World
    states: dict[str, str] = field(default_factory=dict)
    revs: dict[world.Key, int] = field(default_factory=dict)
    passes: dict[int, frozenset[Told]] = field(default_factory=dict)

    def answer(self, actor: Actor, path: str, body: dict[str, Any]) -> dict[str, Any]:
        read = reading.loads(json.dumps(body).encode())
        try:
            return self._pull(actor, read) if path == "/sync/pull" else self._push(actor, read)
        except Problem as problem:
            self.counts[f"answered {problem.code}"] += 1
            raise ServerProblem(problem.status, {"code": problem.code}) from problem

    def _pull(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        found = pull.pull(actor, pull.Asked(body["cursor"], body["limit"]))
        answer: dict[str, Any] = orjson.loads(encode.body(actor, found))
        rows = [(kind, row) for kind, rows in answer["put"].items() for row in rows]
        self._check_rows(actor, rows)
        self._check_pass(body["cursor"], answer, [row[:3] for row in found.rows])
        self.counts["pulls"] += 1
        self.counts["rows sent"] += len(rows)
        return answer

    def _check_rows(self, actor: Actor, rows: list[tuple[str, dict[str, Any]]]) -> None:
        """Nothing outside the scope, nothing stale, and a revision that never falls."""
        visible, refused = world.visible(actor), world.refused(actor)
        for kind, row in rows:
            key = (kind, row["id"])
            if "sync_state" in row:
                assert key in refused, f"{key} was handed back to somebody else"
                continue
            assert key in visible, f"{key} lies outside the scope of its reader"
            assert (row["rev"], row["title"]) == visible[key], f"{key} is not what the domain says"
            assert row["rev"] >= self.revs.get(key, 0), f"the rev of {key} fell"
            self.revs[key] = row["rev"]

    def _check_pass(self, cursor: int | None, answer: dict[str, Any], told: list[Told]) -> None:
        """At most one operation for a record of a scope in the pages of one pass."""
        before = self.passes.get(cursor or 0, frozenset())
        assert len(set(told)) == len(told), "one page tells a record twice"
        assert not before & set(told), f"told twice in one pass: {before & set(told)}"
        if answer["cursor"] != cursor:
            self.passes[answer["cursor"]] = before | set(told) if answer["has_more"] else frozenset()

    def _push(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        results = self.take(actor, body)
        self.keep(results)
        return {"results": results}

    def take(self, actor: Actor, body: dict[str, Any]) -> list[dict[str, Any]]:
        batch_id, signature = UUID(body["batch_id"]), body.get("manifest_sig")
        done = push.push(actor, Envelope(batch_id, 1, body["items"], None, signature))
        assert [entry.said_id for entry in done] == [item["id"] for item in body["items"]]
        return [
            {"id": entry.said_id, "state": entry.state.value, "code": entry.outcome.code}
            | ({"first": entry.outcome.state.value} if entry.state == "duplicate" else {})
            for entry in done
        ]

    def keep(self, results: list[dict[str, Any]]) -> None:
        """One outcome for each id, for good."""
        for result in results:
            known = self.states.get(result["id"])
            assert (result["state"] == "duplicate") == (known is not None), f"{result} after {known}"
            first = self.states.setdefault(result["id"], result.get("first", result["state"]))
            if result["state"] == "accepted":
                self.domain.rows["note"].append(UUID(result["id"]))
            assert result.get("first", result["state"]) == first, f"{result} was {first}"
            self.counts[f"told {result['state']}"] += 1


@dataclass
class Network:
    """The way between one handset and the server: events in order, then good weather."""

    server: Server
    actor: Actor
    store: Memory
    events: list[str]
    old: list[tuple[str, dict[str, Any]]]

    def send(self, _method: str, path: str, body: Any = None, _token: str | None = None) -> Answer:
        event = self.events.pop(0) if self.events else "ok"
        self.server.counts[event] += 1
        if event == "lost":
            self.old.append((path, body))  # it may still arrive, long after
            raise NetworkLost("before the server saw it")
        answer = self.server.answer(self.actor, path, body)
        if event == "twice":
            answer = self.server.answer(self.actor, path, body)
        if event == "late" and self.old:
            self._arrive(*self.old.pop(0))
        if event in {"unheard", "cut"}:
            self.old.append((path, body))
            raise NetworkLost("after the server acted")
        if event == "crash":
            raise Died("before anything was written down")
        self.store.torn = event == "torn"
        return Answer(200, {}, answer)

    def _arrive(self, path: str, body: dict[str, Any]) -> None:
        """A request of earlier reaches the server only now; nobody waits for its answer."""
        try:
            self.server.answer(self.actor, path, body)
        except ServerProblem as problem:
            if problem.status != GONE:  # its cursor has ended meanwhile
                raise AssertionError(problem) from problem


@dataclass
class Handset:
    """One phone in somebody's hand: its memory, and a backup of it."""

    actor: Actor
    server: Server
    store: Memory = field(default_factory=lambda: Memory(":memory:"))
    backup: bytes | None = None
    old: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store.set(key=KEYS[self.actor.device_id].dump())

    def phone(self, events: Iterable[str] = (), **options: Any) -> Phone:
        network = Network(self.server, self.actor, self.store, list(events), self.old)
        return Phone(self.store, network, tries=1, pause=lambda _seconds: None, **options)

    def online(self, act: str, events: list[str], page: int) -> None:
        """Push, pull or both through the network; what goes wrong is tried again another time."""
        try:
            getattr(self.phone(events, page=page, batch=page), act)()
        except (NetworkLost, Died):
            self.server.counts["broken off"] += 1
        finally:
            self.store.torn = False

    def record(self, data: dict[str, Any], at: datetime) -> None:
        self.phone().record("note", data, at=at)
        self.server.counts["recorded"] += 1

    def clone(self) -> "Handset":
        twin = Handset(self.actor, self.server, backup=self.backup)
        twin.store.load(self.store.dump())
        return twin

    def restore(self) -> None:
        if self.backup is not None:
            self.store.load(self.backup)
            self.server.counts["backups restored"] += 1

    def held(self) -> dict[world.Key, int]:
        rows = self.store.held()
        return {(kind, id_): rev for kind, ids in rows.items() for id_, rev in ids.items()}

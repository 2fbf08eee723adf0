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
from sync.machine import INBOX
from tests.sync.convergence import world

EVENTS = ("ok", "lost", "unheard", "cut", "twice", "late", "crash", "torn")
GONE = 410
STRANGE = 7
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

    def on_the_way(self) -> bool:
        return bool(self._db.execute("select 1 from outbox where batch is not null limit 1").fetchone())

    def set_aside(self, items: list[dict[str, Any]]) -> None:
        """Out of the outbox for a while, as if they had been made by another process of the app."""
        self._db.executemany("delete from outbox where id = ?", [(item["id"],) for item in items])

    def take_back(self, items: list[dict[str, Any]]) -> None:
        for item in items:
            self.queue(item, urgent=False)

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


def check_mark(actor: Actor, row: dict[str, Any], beside: list[tuple[UUID, str]]) -> None:
    """What a row says of edits that were not taken: an open conflict to everybody, the rest to its author."""
    states = [state for _, state in beside]
    own = [state for author, state in beside if author == actor.user_id]
    said = row.get("sync_state")
    assert "sync_sent" not in row or own, "what somebody else sent is told"
    if "conflict" in states:
        assert said == "conflict", f"an open conflict is not told: {said} of {beside}"
    elif own == states:
        assert said == (own[-1] if own else None), f"{said} is told of {beside}"
    else:
        assert said in {None, *own}, f"{said} is told of {beside}"


@dataclass
class Server:
    """What it has promised so far, over all handsets: the yardstick of each further answer."""

    counts: Counter[str]
    domain: world.World
    states: dict[str, str] = field(default_factory=dict)
    sent: dict[str, tuple[str, str]] = field(default_factory=dict)  # by item: operation and record
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
        visible, refused, beside = world.visible(actor), world.refused(actor), world.beside()
        for kind, row in rows:
            key = (kind, row["id"])
            if not row["rev"]:
                assert key in refused, f"{key} was handed back to somebody else"
                continue
            assert key in visible, f"{key} lies outside the scope of its reader"
            assert (row["rev"], row["title"]) == visible[key], f"{key} is not what the domain says"
            assert row["rev"] >= self.revs.get(key, 0) or key[1] in self.domain.gone, f"the rev of {key} fell"
            self.revs[key] = row["rev"]
            check_mark(actor, row, beside.get(row["id"], []))

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
        self.sent |= {item["id"]: (item["op"], item["target"]) for item in body["items"]}
        done = push.push(actor, Envelope(batch_id, 1, body["items"], None, signature))
        assert [entry.said_id for entry in done] == [item["id"] for item in body["items"]]
        return [
            {"id": entry.said_id, "state": entry.state.value, "code": entry.outcome.code}
            | ({"first": entry.outcome.state.value} if entry.state == "duplicate" else {})
            for entry in done
        ]

    def keep(self, results: list[dict[str, Any]]) -> None:
        """One outcome for each id; a replay is told what became of it since, never something else."""
        for result in results:
            known = self.states.get(result["id"])
            assert (result["state"] == "duplicate") == (known is not None), f"{result} after {known}"
            self.follow(result["id"], result.get("first", result["state"]))
            self.counts[f"told {result['state']}"] += 1

    def follow(self, one: str, state: str) -> None:
        """What became of an item: by the table, and an outcome that stands is never taken back."""
        known = self.states.get(one)
        if known == state:
            return
        assert known is None or known not in INBOX.terminal, f"{one} was {known}, and is {state}"
        self.states[one] = state
        if known:
            self.counts[f"later {state}"] += 1
        op, record = self.sent[one]
        if state == "accepted" and op != "command":
            self.domain.made(UUID(record))


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
        if not self.server.domain.open_to(item["target"] for item in body.get("items", ())):
            return
        try:
            self.server.answer(self.actor, path, body)
        except ServerProblem as problem:
            if problem.status != GONE:  # its cursor has ended meanwhile
                raise AssertionError(problem) from problem


@dataclass
class Handset:
    """One phone in somebody's hand: its memory, and a backup of it. `own`: what this person has made."""

    actor: Actor
    server: Server
    own: list[str]
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

    def push_last(self, out_of: int, events: list[str]) -> None:
        """Only the last item of what waits; a batch that is on its way is finished first."""
        waiting = self.store.outbox()
        if len(waiting) >= out_of and not self.store.on_the_way():
            self.store.set_aside(waiting[:-1])
            self.online("push", events, 1)
            self.store.take_back(waiting[:-1])

    def record(self, data: dict[str, Any], at: datetime) -> None:
        self.own.append(self.phone().record("note", data, at=at))
        self.server.counts["recorded"] += 1

    def amend(self, pick: int, data: dict[str, Any], at: datetime) -> None:
        """A new version of a record that this person made, as far as this phone knows of it; at times of one
        that somebody else made, which is not taken."""
        known = [one for one in self.own if self.knows(one)]
        if pick % STRANGE == 0:
            known = sorted(one for kind, one in self.held() if kind == "note") or known
        if known:
            self.phone().amend("note", known[pick % len(known)], data, at=at)
            self.server.counts["amended"] += 1

    def ask(self, pick: int, title: str, at: datetime) -> None:
        """Another title for a memo that this phone holds."""
        memos = sorted(one for kind, one in self.held() if kind == "memo")
        if memos:
            self.phone().ask("memo", memos[pick % len(memos)], "retitle", {"title": title}, at=at)
            self.server.counts["asked"] += 1

    def knows(self, one: str) -> bool:
        return ("note", one) in self.held() or one in self.store.receipts() or self.store.waiting(one) > 0

    def targets(self) -> set[str]:
        """The records that what waits in the outbox is about, and what it hangs on."""
        return {item["target"] for item in self.store.outbox()}

    def clone(self) -> "Handset":
        twin = Handset(self.actor, self.server, self.own, backup=self.backup)
        twin.store.load(self.store.dump())
        return twin

    def restore(self) -> None:
        if self.backup is not None:
            self.store.load(self.backup)
            self.server.counts["backups restored"] += 1

    def marked(self) -> list[dict[str, Any]]:
        """The notes and memos of the server that are held."""
        rows = [*self.store.rows("note"), *self.store.rows("memo")]
        return [row for row in rows if row["rev"]]

    def held(self) -> dict[world.Key, int]:
        rows = self.store.held()
        return {(kind, id_): rev for kind, ids in rows.items() for id_, rev in ids.items()}

"""What an author has sent about a record before: which versions stand, what waits and for what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from edge import sqlfile
from edge.driver import raw_cursor
from edge.locks import advisory
from kernel.actor import Actor
from sync import registry
from sync.items import Outcome, PushItem, State
from sync.machine import ARRIVED
from sync.merge import Edit, Place, Version, place

_REVS = "select id, rev from {root_table} where id = any(%s::uuid[]) order by id for update"
LOCK = "sync.target"
_OPEN = frozenset({State.HELD, State.CONFLICT, State.QUARANTINED})


@dataclass(slots=True)
class Work:
    """An item to be decided: one that has just arrived, or one that stood in the inbox as number `no`."""

    item: PushItem
    device: UUID
    no: int | None = None
    state: str = ARRIVED
    forced: bool = False
    outcome: Outcome | None = None
    parent: UUID | None = None

    def __post_init__(self) -> None:
        entry = registry.find(self.item.kind)
        # A body that did not fit its schema stands as it came, and names nothing.
        if entry is None or entry.parent is None or entry.schema is None:
            return
        if isinstance(self.item.body, entry.schema):
            self.parent = entry.parent(self.item.body)

    @property
    def edit(self) -> Edit:
        return Edit(self.device, self.item.seq, self.item.base_rev, self.forced)


@dataclass(slots=True)
class Stand:
    """Per record: revision (absent: there is none), versions, unsettled edits, the state of what made it,
    and the numbers of the items that wait for it. Kept up while a batch is decided."""

    revs: dict[UUID, int] = field(default_factory=dict)
    versions: dict[UUID, list[Version]] = field(default_factory=dict)
    open: dict[UUID, dict[int | UUID, tuple[UUID, int]]] = field(default_factory=dict)
    made: dict[UUID, State] = field(default_factory=dict)
    held: dict[UUID, set[int]] = field(default_factory=dict)
    moved: set[UUID] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)
    plain: bool = False
    """Only new records that nothing hangs on: nobody will ask what became of them."""

    def has(self, record: UUID) -> bool:
        """Whether a record of the author stands."""
        return record in self.versions or self.made.get(record) == State.ACCEPTED

    def place(self, work: Work) -> Place:
        target = work.item.target
        waiting = [entry for key, entry in self.open.get(target, {}).items() if key not in _keys(work)]
        versions = self.versions.get(target, ())
        return place(work.edit, rev=self.revs.get(target), versions=versions, waiting=waiting)

    def note(self, work: Work) -> None:
        """Take in what became of an item."""
        item, outcome = work.item, work.outcome
        if outcome is None:
            raise AssertionError("only what was decided is noted")
        if item.op == "create":
            self.made[item.target] = outcome.state
        elif outcome.state in _OPEN:
            self.open.setdefault(item.target, {})[item.id] = (work.device, item.seq)
        if outcome.state != State.ACCEPTED or item.op == "command":
            return
        for key in _keys(work):
            self.open.get(item.target, {}).pop(key, None)
        self.moved.add(item.target)
        if outcome.rev is not None:
            self.revs[item.target] = outcome.rev
            self.add_version(item.target, Version(outcome.rev, work.device, item.seq, item.base_rev))

    def add_version(self, record: UUID, version: Version) -> None:
        self.versions.setdefault(record, []).append(version)

    def ready(self) -> list[int]:
        """Numbers of the items whose waiting may be over; each is named once for each move of its record."""
        found = sorted({no for record in self.moved for no in self.held.get(record, ())})
        self.moved.clear()
        return found

    def drop_held(self, no: int) -> None:
        self.dropped.add(no)
        for numbers in self.held.values():
            numbers.discard(no)

    def join(self, other: "Stand") -> None:
        """Take in what another look has brought about records that were not known here."""
        self.plain = False
        self.revs = other.revs | self.revs
        self.versions = other.versions | self.versions
        self.made = other.made | self.made
        for record, entries in other.open.items():
            self.open[record] = entries | self.open.get(record, {})
        for record, numbers in other.held.items():
            self.held.setdefault(record, set()).update(numbers - self.dropped)


def _keys(work: Work) -> tuple[Any, ...]:
    return (work.item.id, work.no) if work.no is not None else (work.item.id,)


def stand(actor: Actor, works: Collection[Work]) -> Stand:
    """What matters for these works, in one statement; edited records are locked. Nothing for commands
    alone."""
    about = [work for work in works if work.item.op != "command"]
    amended = {work.item.target for work in about if work.item.op == "amend"}
    parents = {work.parent for work in about if work.parent}
    records = {work.item.target for work in about} | parents
    found = Stand()
    if not records:
        return found
    if amended:
        advisory(LOCK, amended)
    parameters = {"records": _uuids(records), "made": _uuids(amended | parents), "author": actor.user_id}
    rows = raw_cursor().execute(sqlfile.load("sync", "stand"), parameters).fetchall()
    for row in rows:
        _take_in(found, row)
    found.plain = not (rows or amended or parents)
    _load_revs(found, [work.item for work in about if work.item.target in amended])
    return found


def _take_in(found: Stand, row: tuple[Any, ...]) -> None:
    no, op, target, state, rev, device, seq, base_rev, waits_for, is_open = row
    if op == "create":
        found.made[target] = State(state)
    elif op == "amend" and state in _OPEN and is_open:
        found.open.setdefault(target, {})[no] = (device, seq)
    if state == State.ACCEPTED and rev is not None:
        found.add_version(target, Version(rev, device, seq, base_rev))
    if state == State.HELD:
        found.held.setdefault(waits_for or target, set()).add(no)


def _load_revs(found: Stand, items: Iterable[PushItem]) -> None:
    """The revisions of the records that are edited, which are the author's own: nobody else's is looked
    at."""
    by_kind: dict[str, set[UUID]] = {}
    for item in items:
        if found.has(item.target):
            by_kind.setdefault(item.kind, set()).add(item.target)
    with connection.cursor() as cursor:
        for kind, ids in sorted(by_kind.items()):
            query = _REVS.replace("{root_table}", registry.kind(kind).root_table)
            cursor.execute(query, [_uuids(ids)])
            found.revs |= dict(cursor.fetchall())


def _uuids(ids: Iterable[UUID]) -> str:
    return "{" + ",".join(map(str, sorted(ids))) + "}"

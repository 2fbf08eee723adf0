"""The server's side of the machine: the domain that changes, in transactions that overlap, and the oracle.

The oracle asks the domain's own tables (`t_note`, `t_memo`, `t_grant`), never the engine's rows.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from kernel.actor import Actor
from kernel.ids import uuid7
from sync.services import publish
from tests import database
from tests.sync.sessions import Lane

KINDS = ("note", "memo")
GRIDS = ("grid:1", "grid:2", "grid:3")
EVERYWHERE = (*GRIDS, "common")
LANES = 3
_VISIBLE = sql.SQL("""
    select id, rev, title from {} where scopes && (
      array(select scope from t_grant where user_id = %(user)s)
      || array['common', 'user:' || %(user)s, 'user:' || %(user)s || ':' || %(role)s])
""")
_REFUSED = """
    select i.kind, case i.op when 'command' then i.id else i.target end from sync_inbox i
    where i.returned and i.author_id = %s and i.role = %s
      and (i.op = 'command' or not exists (select from t_note r where r.id = i.target))
"""
_BESIDE = """
    select target::text, author_id, state from sync_inbox
    where returned and (op = 'amend' or op = 'command' and state = 'conflict') order by no
"""
_WAITING = """
    select i.no, i.author_id, i.target from sync_inbox i
    where i.closed_at is null and i.first and i.state in ('held', 'conflict', 'quarantined') order by i.no
"""
_EMPTY = """
    delete from t_note; delete from t_memo; delete from t_grant; delete from sync_row;
    delete from sync_inbox_step; delete from audit_delivery; delete from audit_event;
    delete from sync_inbox; delete from sync_cursor; delete from sync_intake;
    update accounts_device set seen_on = null
"""

Key = tuple[str, str]


@dataclass
class World:
    """Rows and grants; `lanes` are sessions whose transactions stay open over many steps.

    A row that an open transaction has touched is locked: `free` leaves it to that transaction.
    """

    lanes: list[Lane]
    counts: Counter[str]
    rows: dict[str, list[UUID]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    locked: dict[Any, int] = field(default_factory=dict)
    pending: dict[int, list[Callable[[], None]]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    # -- transactions ------------------------------------------------------------------------------

    def do(self, lane: int, work: Callable[..., Any], *args: Any) -> Any:
        """In the open transaction of a lane (which begins now if it has to); lane 0 commits at once."""
        if not lane:
            return work(*args)
        session = self.lanes[lane - 1]
        if not session.running:
            session.begin()
            self.pending[lane] = []
            self.counts["long transactions"] += 1
        return session.run(work, *args)

    def end(self, lane: int, *, commit: bool) -> None:
        session = self.lanes[lane - 1]
        if not session.running:
            return
        session.end(commit=commit)
        done = self.pending.pop(lane)
        if commit:
            for act in done:
                act()
        self.locked = {key: owner for key, owner in self.locked.items() if owner != lane}
        self.counts["committed late" if commit else "rolled back"] += 1

    def after(self, lane: int, act: Callable[[], None]) -> None:
        """When the transaction has committed; at once where it already has."""
        self.pending[lane].append(act) if lane else act()

    def lock(self, lane: int, keys: Iterable[Any]) -> None:
        if lane:
            self.locked |= dict.fromkeys(keys, lane)

    def may(self, lane: int, key: Any) -> bool:
        return self.locked.get(key, lane) == lane

    def open_to(self, records: Iterable[str]) -> bool:
        """Whether no open transaction has touched any of these."""
        return all(self.may(0, UUID(record)) for record in records)

    def free(self, lane: int, kind: str, picks: list[int]) -> list[UUID]:
        found = [id_ for id_ in self.rows[kind] if self.may(lane, id_)]
        return sorted({found[pick % len(found)] for pick in picks}) if found else []

    # -- what happens in the domain ------------------------------------------------------------------

    def write(self, lane: int, kind: str, scopes: list[str], count: int) -> None:
        made = [uuid7() for _ in range(count)]
        self.do(lane, _insert, kind, made, scopes)
        self.after(lane, lambda: self.rows[kind].extend(made))

    def change(self, lane: int, kind: str, ids: list[UUID], **columns: Any) -> None:
        self.do(lane, _update, kind, ids, columns)
        self.lock(lane, ids)

    def delete(self, lane: int, kind: str, ids: list[UUID]) -> None:
        """Not what was sent and not taken: nobody deletes a record that somebody has to decide about."""
        # Also what this transaction took itself and nobody else sees yet.
        open_ = _returned() | self.do(lane, _returned)
        ids = [id_ for id_ in ids if id_ not in open_]
        self.do(lane, _delete, kind, ids)
        self.lock(lane, ids)
        gone = set(ids)
        self.after(lane, lambda: self._forget(kind, gone))

    def made(self, record: UUID) -> None:
        """A phone's record that stands now."""
        if record not in self.rows["note"]:
            self.rows["note"].append(record)

    def _forget(self, kind: str, gone: set[UUID]) -> None:
        self.gone |= set(map(str, gone))
        self.rows[kind] = [id_ for id_ in self.rows[kind] if id_ not in gone]

    def reassign(self, lane: int, grid: str, before: Actor | None, after: Actor | None) -> None:
        """The grid leaves one person and comes to another, in one transaction."""
        keys = [(actor.user_id, grid) for actor in (before, after) if actor]
        if all(self.may(lane, key) for key in keys):
            self.do(lane, _reassign, grid, before, after)
            self.lock(lane, keys)
            self.counts["reassignments"] += 1


def _table(kind: str) -> sql.Identifier:
    return sql.Identifier(f"t_{kind}")


def _insert(kind: str, ids: list[UUID], scopes: list[str]) -> None:
    query = sql.SQL("insert into {} (id, scopes, title) values (%s, %s, 'server')").format(_table(kind))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(query, [[id_, scopes] for id_ in ids])
        publish(kind, ids, inserted=True)


def _update(kind: str, ids: list[UUID], columns: dict[str, Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for column, value in columns.items():
            query = sql.SQL("update {} set {} = %s, title_rev = {}, title_device = null where id = any(%s)")
            rev = sql.SQL("rev + 1" if column == "title" else "title_rev")
            cursor.execute(query.format(_table(kind), sql.Identifier(column), rev), [value, ids])
        publish(kind, ids)


def _delete(kind: str, ids: list[UUID]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("delete from {} where id = any(%s)").format(_table(kind)), [ids])
        publish(kind, ids)


def _reassign(grid: str, before: Actor | None, after: Actor | None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if before:
            cursor.execute("delete from t_grant where user_id = %s and scope = %s", [before.user_id, grid])
        if after:
            query = "insert into t_grant values (%s, %s) on conflict do nothing"
            cursor.execute(query, [after.user_id, grid])


# -- the truth -------------------------------------------------------------------------------------


def visible(actor: Actor) -> dict[Key, tuple[int, str]]:
    """{(kind, id): (rev, title)} that this person may see now, as committed."""
    who = {"user": str(actor.user_id), "role": str(actor.role)}
    found: dict[Key, tuple[int, str]] = {}
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(_VISIBLE.format(_table(kind)), who)
            found |= {(kind, str(id_)): (rev, title) for id_, rev, title in cursor.fetchall()}
    return found


def refused(actor: Actor) -> set[Key]:
    """The author's own items that were not accepted: they come back, as data."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSED, [actor.user_id, str(actor.role)])
        return {(kind, str(id_)) for kind, id_ in cursor.fetchall()}


def _returned() -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select target from sync_inbox where returned")
        return {target for (target,) in cursor.fetchall()}


def beside() -> dict[str, list[tuple[UUID, str]]]:
    """For each record: (author, state) of the open edits that stand beside it, the last one last."""
    found: dict[str, list[tuple[UUID, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE)
        for target, author, state in cursor.fetchall():
            found.setdefault(target, []).append((author, state))
    return found


def waiting() -> list[tuple[int, UUID, UUID]]:
    """(number, author, record) of the items that somebody has to decide about, or that wait."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return cursor.fetchall()


def story(differ: Iterable[tuple[Key, int]]) -> dict[str, list[Any]]:
    """What the inbox and the phone rows say about records, for whoever has to find a mistake."""
    found = {}
    with connection.cursor() as cursor:
        for (_, id_), _ in differ:
            items = "select op, state, code, returned, device_id, seq from sync_inbox where target = %s"
            rows = "select scope, kind, rev, deleted, inbox from sync_row where id = %s"
            found[id_] = [cursor.execute(query, [id_]).fetchall() for query in (items, rows)]
    return found


def outcomes() -> dict[str, tuple[int, str]]:
    """For each pushed id: how many outcomes the server keeps, and the first."""
    with connection.cursor() as cursor:
        cursor.execute("select id::text, count(*), min(state) from sync_inbox group by id")
        return {id_: (count, state) for id_, count, state in cursor.fetchall()}


def pushed_rows() -> dict[str, int]:
    """For each record that came from a phone: how often the domain has it."""
    with connection.cursor() as cursor:
        cursor.execute("select id::text, count(*) from t_note where author is not null group by id")
        return dict(cursor.fetchall())


def empty() -> None:
    """As before the first example; only people and devices stay."""
    with database.owner() as owner:
        with owner.transaction():
            owner.execute("set local session_replication_role = replica")
            owner.execute(_EMPTY)


def vacuum() -> None:
    with database.owner() as owner, suppress(Exception):
        owner.execute("vacuum t_note, t_memo, t_grant, sync_row, sync_inbox, sync_cursor, accounts_device")

"""A kind of the tests' own: notes that lie in any scopes, and grants that say who holds which scope."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db import InternalError, connection, transaction
from psycopg import sql
from psycopg.errors import IdleInTransactionSessionTimeout

from kernel.actor import Actor
from kernel.ids import uuid7
from sync.items import Outcome, PushItem, accepted, quarantined, rejected
from sync.registry import Kind
from sync.services import publish

TABLES = """
create table if not exists t_parent (id uuid primary key);
create table if not exists t_note (
  id uuid primary key, rev bigint not null default 1, scopes text[] not null default '{}',
  title text not null, author uuid, parent uuid references t_parent deferrable initially deferred,
  title_rev bigint not null default 1, title_device uuid,
  check (title <> 'poison'));
create table if not exists t_memo (like t_note including all);
create table if not exists t_grant (user_id uuid, scope text, primary key (user_id, scope));
grant select, insert, update, delete on t_note, t_memo, t_grant, t_parent to gridgov_app;
"""
SCOPES = "select scope from t_grant where user_id = %(user)s::uuid"
ROWS = """
select s.scope, r.id, r.rev, json_build_object('id', r.id, 'rev', r.rev, 'title', r.title)::text as payload
from t_note r cross join lateral unnest(r.scopes) as s(scope) where {roots}
"""


class NoteBody(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    scope: str | None = None
    off_phone: bool = False
    parent: UUID | None = None
    after: UUID | None = None


def submit(*, actor: Actor, items: list[PushItem]) -> list[Outcome]:
    outcomes = [_verdict(item) for item in items]
    taken = [item for item, outcome in zip(items, outcomes, strict=True) if outcome.state == "accepted"]
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into t_note (id, scopes, title, author, parent) values (%s, %s, %s, %s, %s)",
            [[i.target, _scopes(actor, i.body), i.body.title, actor.user_id, i.body.parent] for i in taken],
        )
    publish("note", [item.target for item in taken], inserted=True)
    return outcomes


def amend(*, actor: Actor, items: list[PushItem]) -> list[Outcome]:
    outcomes = [_verdict(item) for item in items]
    taken = [item for item, outcome in zip(items, outcomes, strict=True) if outcome.state == "accepted"]
    query = "update t_note set title = %s, rev = rev + 1 where id = %s returning rev"
    with connection.cursor() as cursor:
        revs = {i.target: cursor.execute(query, [i.body.title, i.target]).fetchone()[0] for i in taken}
    publish("note", revs)
    return [
        accepted(rev=revs[item.target]) if item.target in revs else outcome
        for item, outcome in zip(items, outcomes, strict=True)
    ]


def _verdict(item: PushItem) -> Outcome:
    if item.body.title == "crash":
        raise RuntimeError("a fault in the service")
    if item.body.title == "ended":
        raise InternalError from IdleInTransactionSessionTimeout()
    verdicts = {"bad": rejected("bad_page"), "odd": quarantined("conflict", "两可")}
    return verdicts.get(item.body.title, accepted(rev=1))


def _scopes(actor: Actor, body: NoteBody) -> list[str]:
    if body.off_phone:
        return []
    return [f"user:{actor.user_id}", *([body.scope] if body.scope else [])]


def phone_set(actor: Actor) -> set[UUID]:
    query = """select id from t_note where scopes && array(select scope from t_grant where user_id = %s)
               or scopes && %s"""
    with connection.cursor() as cursor:
        cursor.execute(query, [actor.user_id, ["common", f"user:{actor.user_id}"]])
        return {row[0] for row in cursor.fetchall()}


NOTE = Kind(
    name="note", version=1, root_table="t_note", rows_sql=ROWS, phone_set=phone_set, submit=submit,
    schema=NoteBody, amend=amend, parent=lambda body: body.after,
)  # fmt: skip
MEMO = Kind(
    name="memo",
    version=1,
    root_table="t_memo",
    rows_sql=ROWS.replace("t_note", "t_memo"),
    phone_set=phone_set,
)


def write(titles: Sequence[str], *scopes: str, kind: str = "note") -> list[UUID]:
    """Insert notes (or memos) and publish them, in one transaction (or the caller's)."""
    made = [uuid7() for _ in titles]
    table = sql.Identifier(f"t_{kind}")
    query = sql.SQL("insert into {} (id, scopes, title) values (%s, %s, %s)").format(table)
    with transaction.atomic(), connection.cursor() as cursor:
        rows = [[id_, list(scopes), title] for id_, title in zip(made, titles, strict=True)]
        cursor.executemany(query, rows)
        publish(kind, made, inserted=True)
    return made


def titles() -> list[str]:
    """In the order in which they were stored."""
    with connection.cursor() as cursor:
        cursor.execute("select title from t_note order by ctid")
        return [row[0] for row in cursor.fetchall()]


def title(id_: Any) -> tuple[str, int]:
    """Title and revision of a note."""
    with connection.cursor() as cursor:
        cursor.execute("select title, rev from t_note where id = %s", [id_])
        found: tuple[str, int] = cursor.fetchone()
    return found


def change(ids: Iterable[UUID], **columns: Any) -> None:
    """Set columns of notes and publish them."""
    known = list(ids)
    with transaction.atomic(), connection.cursor() as cursor:
        for column, value in columns.items():
            query = sql.SQL("update t_note set {} = %s where id = any(%s)").format(sql.Identifier(column))
            cursor.execute(query, [value, known])
        publish("note", known)


def delete(ids: Iterable[UUID]) -> None:
    known = list(ids)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from t_note where id = any(%s)", [known])
        publish("note", known)


def grant(actor: Actor, *scopes: str) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("insert into t_grant values (%s, %s)", [[actor.user_id, s] for s in scopes])


def revoke(actor: Actor, *scopes: str) -> None:
    query = "delete from t_grant where user_id = %s and scope = any(%s)"
    with connection.cursor() as cursor:
        cursor.execute(query, [actor.user_id, list(scopes)])

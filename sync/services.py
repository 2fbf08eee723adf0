"""The one writer of phone rows. Called by every service that changes a root row, in the same transaction."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from edge import sqlfile
from edge.driver import raw_cursor
from kernel.actor import Actor
from sync import caller, registry
from sync.registry import ROOTS, Kind

BY_IDS = "r.id = any(%(ids)s::uuid[])"


def publish(kind: str, ids: Iterable[UUID], *, inserted: bool = False) -> None:
    """Rebuild the phone rows of these records, set-based, in the caller's transaction.

    Locks the roots (sorted), raises their `rev` (but for kinds that their authors amend: there it counts the
    author's versions), overwrites their rows in every scope that holds them now and
    leaves a tombstone where one held them before. Also for records that were deleted.
    `inserted=True` for roots that this very transaction inserted with `rev = 1`: nobody else can see them, so
    neither lock nor raise is needed.
    """
    _require_transaction()
    entry, parameters = registry.kind(kind), {"kind": kind, "ids": _uuids(ids)}
    if inserted:
        raw_cursor().execute(_sql("publish_new", entry), parameters)
        return
    with connection.cursor() as cursor:
        cursor.execute(_sql("lock" if entry.amend else "bump", entry), parameters)
        cursor.execute(_sql("publish", entry), parameters)


def restate(kind: str, ids: Iterable[UUID]) -> None:
    """Rebuild phone rows because something beside the record changed (its files). Its `rev` stays: what a
    phone has written against it meanwhile is no conflict."""
    _require_transaction()
    entry, parameters = registry.kind(kind), {"kind": kind, "ids": _uuids(ids)}
    with connection.cursor() as cursor:
        cursor.execute(_sql("lock", entry), parameters)
        cursor.execute(_sql("publish", entry), parameters)


def withdraw(kind: str, scope: str, ids: Iterable[UUID]) -> None:
    """Leave a tombstone in a scope, also where it never held the record: a phone that made it drops it."""
    _require_transaction()
    parameters = {"kind": kind, "scope": scope, "ids": _uuids(ids)}
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("sync", "withdraw"), parameters)


def mark(kind: str, ids: Iterable[UUID]) -> None:
    """Send records again because of what stands beside them in the inbox; nothing of themselves changes."""
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute(with_mark(sqlfile.load("sync", "beside"), "s.id"), {"kind": kind, "ids": _uuids(ids)})


def with_mark(statement: str, id_column: str) -> str:
    """A statement with the number of the open edit beside the record in the place of `{mark}`."""
    return statement.replace("{mark}", sqlfile.load("sync", "open_edit").replace("{id}", id_column))


def send_again(actor: Actor, kind: str, ids: Iterable[UUID]) -> None:
    """Bring records once more with the next pull, as they stand: for a phone that has dropped or changed its
    copy by itself. Only where the caller may see them."""
    _require_transaction()
    parameters = caller.parameters(actor) | {"kind": kind, "ids": _uuids(ids)}
    raw_cursor().execute(caller.held_sql("send_again"), parameters)


def rows_sql(kind: Kind, roots: str) -> str:
    """The kind's SELECT of rows, restricted to `roots` (a condition on `r`); with the files of each record
    where the kind takes any."""
    rows = kind.rows_sql.replace(ROOTS, roots)
    if not kind.takes_files:
        return rows
    with_files = sqlfile.load("sync", "rows_with_files")
    return with_files.replace("{rows}", rows).replace("{kind}", kind.name)


def _sql(name: str, kind: Kind) -> str:
    text = with_mark(sqlfile.load("sync", name), "f.id").replace("{root_table}", kind.root_table)
    return text.replace("{rows}", rows_sql(kind, BY_IDS))


def _uuids(ids: Iterable[UUID]) -> str:
    """The array as one text: psycopg is slow with lists of UUID objects."""
    return "{" + ",".join(sorted({str(entry) for entry in ids})) + "}"


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "phone rows are written in the transaction of the change"
        )

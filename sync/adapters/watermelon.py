"""WatermelonDB's pull and push over the engine's own: `timestamp` is the cursor, rows come as `updated`.

A pull is a page like any other; `has_more` says to ask again with the new timestamp. Rejections are columns
of the record. A phone does not delete or change what is the server's: what it dropped comes back with the
next pull.
"""

from typing import Any
from uuid import UUID

import msgspec
import orjson

from edge.locks import retrying
from kernel.actor import Actor
from sync import encode
from sync import pull as sync_pull
from sync.adapters import outgoing
from sync.adapters.outgoing import Row, Said, Sending
from sync.services import send_again


class Changes(msgspec.Struct):
    """What a client changed in one table. Deletions cannot be: see above."""

    created: list[dict[str, Any]] = []
    updated: list[dict[str, Any]] = []
    deleted: list[str] = []


class PushBody(Said, forbid_unknown_fields=True):
    """`changes` as WatermelonDB gives them."""

    changes: dict[str, Changes]
    last_pulled_at: int | None = None


def pull(actor: Actor, asked: sync_pull.Asked) -> dict[str, Any]:
    """`{changes, timestamp}` and what else an answer of the engine says."""
    body = orjson.loads(encode.body(actor, sync_pull.pull(actor, asked)))
    put, remove = body.pop("put"), body.pop("remove")
    changes = {
        kind: {
            "created": [],
            "updated": [outgoing.flat(outgoing.stated(row)) for row in put.get(kind, ())],
            "deleted": remove.get(kind, []),
        }
        for kind in sorted(put.keys() | remove.keys())
    }
    return {"changes": changes, "timestamp": body.pop("cursor"), **body}


def sending(actor: Actor, body: PushBody) -> Sending:
    """What is new in the rows, as a push."""
    return outgoing.sending(actor, [row for row in rows_of(body) if row.sends], body)


def undo(actor: Actor, body: PushBody) -> None:
    """What the phone did to the server's rows is undone with its next pull."""
    undone: dict[str, set[UUID]] = {
        kind: {Row(kind, {"id": id_}).id for id_ in changes.deleted} for kind, changes in body.changes.items()
    }
    for row in rows_of(body):
        if not row.sends:
            undone[row.kind].add(row.id)
    retrying(lambda: _send_again(actor, undone))


def rows_of(body: PushBody) -> list[Row]:
    return [
        Row(kind, columns)
        for kind, changes in body.changes.items()
        for columns in (*changes.created, *changes.updated)
    ]


def _send_again(actor: Actor, undone: dict[str, set[UUID]]) -> None:
    for kind, ids in sorted(undone.items()):
        if ids:
            send_again(actor, kind, ids)

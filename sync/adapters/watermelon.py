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
from sync.adapters.outgoing import Row
from sync.items import When
from sync.push import Result
from sync.services import send_again


class Changes(msgspec.Struct):
    """What a client changed in one table. Deletions cannot be: see above."""

    created: list[dict[str, Any]] = []
    updated: list[dict[str, Any]] = []
    deleted: list[str] = []


class PushBody(msgspec.Struct, forbid_unknown_fields=True):
    """`changes` as WatermelonDB gives them; `sent_at` is the device's clock at the moment of sending."""

    changes: dict[str, Changes]
    last_pulled_at: int | None = None
    sent_at: When | None = None


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


def push(actor: Actor, body: PushBody) -> list[tuple[Row, Result]]:
    """Send what is new; what the phone did to the server's rows is undone with the next pull."""
    rows = rows_of(body)
    undone: dict[str, set[UUID]] = {
        kind: {Row(kind, {"id": id_}).id for id_ in changes.deleted} for kind, changes in body.changes.items()
    }
    for row in rows:
        if not row.sends:
            undone[row.kind].add(row.id)
    sent = [row for row in rows if row.sends]
    results = outgoing.push(actor, sent, body.sent_at)
    retrying(lambda: _send_again(actor, undone))
    return list(zip(sent, results, strict=True))


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

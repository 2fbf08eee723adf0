"""RxDB's pull and push over the engine's own, one kind for each collection: the checkpoint is the cursor.

RxDB takes a page shorter than it asked for as "done", and keeps a checkpoint with documents alone: so a page
is filled up to what was asked, and without documents the cursor stays. A push answers with the true state of
each document that the server did not take, or where the phone changed what is the server's.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import orjson

from kernel.actor import Actor
from sync import encode
from sync import pull as sync_pull
from sync.adapters import outgoing
from sync.adapters.outgoing import Row, Said, Sending
from sync.items import State
from sync.push import Result

Document = dict[str, Any]
FINE = frozenset({State.ACCEPTED, State.DUPLICATE})


class Checkpoint(msgspec.Struct, forbid_unknown_fields=True):
    c: Any


class PullBody(msgspec.Struct, forbid_unknown_fields=True):
    """`checkpoint` and batch size as RxDB's pull handler gets them."""

    limit: Annotated[int, msgspec.Meta(ge=1)]
    checkpoint: Checkpoint | None = None


class WriteRow(msgspec.Struct, rename="camel"):
    new_document_state: Document
    assumed_master_state: Document | None = None


class PushBody(Said, forbid_unknown_fields=True):
    """`rows` as RxDB's push handler gets them."""

    rows: list[WriteRow]


def pull(actor: Actor, kind: str, cursor: int | None, limit: int) -> dict[str, Any]:
    """`{documents, checkpoint, …}`: as many documents as asked for unless there are no more."""
    documents: list[Document] = []
    at = cursor
    while True:
        asked = sync_pull.Asked(at, limit - len(documents), [kind], rows_only=True)
        answer = sync_pull.pull(actor, asked)
        body = orjson.loads(encode.body(actor, answer))
        documents += _documents(kind, body)
        moved, at = answer.cursor != (at or 0), answer.cursor or None
        rest = answer.has_more or (moved and not documents)  # the latter: the end of a pass that had begun
        if not rest or len(documents) >= limit:
            checkpoint = None if at is None else {"c": at}
            told = {name: body[name] for name in ("poll_after_s", "server_time", "time_token")}
            return {"documents": documents, "checkpoint": checkpoint, **told}


def _documents(kind: str, body: dict[str, Any]) -> list[Document]:
    put = [outgoing.stated(row) | {"_deleted": False} for row in body["put"].get(kind, ())]
    return put + [{"id": id_, "_deleted": True} for id_ in body["remove"].get(kind, ())]


def sending(actor: Actor, kind: str, body: PushBody) -> Sending:
    """What is new in the documents, as a push."""
    rows = rows_of(kind, body)
    sent = [row for row in rows if row.sends and not row.columns.get("_deleted")]
    return outgoing.sending(actor, sent, body)


def conflicts(
    actor: Actor, kind: str, body: PushBody, sent: Sequence[Row], results: Sequence[Result]
) -> list[Document]:
    """RxDB's array of conflicts: what was not taken, and what the phone holds otherwise."""
    pairs = zip(sent, results, strict=True)
    taken = {row.id for row, result in pairs if {result.state, result.outcome.state} <= FINE}
    return _true_states(actor, kind, [row for row in rows_of(kind, body) if row.id not in taken])


def rows_of(kind: str, body: PushBody) -> list[Row]:
    return [_row(kind, row) for row in body.rows]


def _row(kind: str, row: WriteRow) -> Row:
    assumed = row.assumed_master_state or {}
    return Row(kind, row.new_document_state, assumed.get("rev"))


def _true_states(actor: Actor, kind: str, rows: Sequence[Row]) -> list[Document]:
    """The records as they stand, where the phone holds them otherwise."""
    if not rows:
        return []
    answer = sync_pull.Answer(0, 0, has_more=False, rows=[], purged=[])
    answer.rows = sync_pull.standing(actor, kind, {row.id for row in rows})
    found = {
        document["id"]: document for document in _documents(kind, orjson.loads(encode.body(actor, answer)))
    }
    pairs = [(row.columns, found.get(str(row.id))) for row in rows]
    return [true for held, true in pairs if true is not None and not _same(held, true)]


def _same(held: Document, true: Document) -> bool:
    return all(
        held.get(name) == value for name, value in true.items() if name != "_deleted"
    ) and not held.get("_deleted")

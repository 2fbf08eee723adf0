"""The evidence: every item with its outcome, its content sealed; and what is handed back from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from edge import sqlfile
from edge.driver import raw_cursor
from edge.encryption import KeyGoneError, key_of
from kernel import clock, crypto
from kernel.actor import Actor
from sync import caller, registry
from sync.items import Outcome, PushItem, State
from sync.reading import Read

_KNOWN = """
    select id, hash, author_id, state, code, detail, field_errors, rev from sync_inbox
    where id = any(%s::uuid[]) order by no
"""
_CONTENTS = "select no, hash, body from sync_inbox where no = any(%s)"


@dataclass(frozen=True, slots=True)
class Known:
    """An item that was stored before."""

    hash: bytes
    author: UUID
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is stored of one item beside the item itself."""

    read: Read
    outcome: Outcome
    queue: UUID | None


@dataclass(frozen=True, slots=True)
class Proof:
    """A push as its device signed it: the hashes of all its items in their order."""

    batch_id: UUID
    hashes: list[bytes]
    signature: str | None


def known(ids: Iterable[UUID]) -> dict[UUID, list[Known]]:
    """What stands in the inbox under these ids, by whomever."""
    found: dict[UUID, list[Known]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, ["{" + ",".join(map(str, ids)) + "}"])
        for id_, digest, author, state, code, detail, errors, rev in cursor.fetchall():
            parsed = orjson.loads(errors) if isinstance(errors, str) else errors
            outcome = Outcome(State(state), code, detail, parsed, rev)
            found.setdefault(id_, []).append(Known(bytes(digest), author, outcome))
    return found


def store(actor: Actor, proof: Proof, received_at: datetime, key_id: UUID, kept: Sequence[Evidence]) -> None:
    """Keep the items of one push, in one statement; hand back as records those that were not accepted.

    An accepted record that its author's phone does not hold (it is kept off phones) leaves that phone by a
    tombstone. `key_id` is the device's key, for what names no subject.
    """
    if not kept:
        return
    parameters = {
        "items": orjson.dumps([_line(entry) for entry in kept]).decode(),
        "hashes": [entry.read.hash for entry in kept],
        "bodies": [_sealed(entry.read, entry.outcome.key_id, key_id) for entry in kept],
        "author": actor.user_id,
        "device": actor.device_id,
        "role": actor.role,
        "scope": caller.own_scopes(actor)[-1],
        "own": caller.own_scopes(actor),
        "batch": proof.batch_id,
        "manifest": b"".join(proof.hashes),
        "signature": proof.signature,
        "received_at": received_at,
        "day": clock.local_day(received_at),
        "bytes": sum(len(entry.read.canonical) for entry in kept),
    }
    returned = {entry.read.kind for entry in kept if _returned(entry)}
    raw_cursor().execute(sqlfile.load("sync", "store"), parameters)
    with connection.cursor() as cursor:
        for kind in sorted(returned):
            ids = "{" + ",".join(str(entry.read.id) for entry in kept if entry.read.kind == kind) + "}"
            cursor.execute(returned_sql("hand_back", kind), {"kind": kind, "ids": ids})


def returned_sql(statement: str, kind: str) -> str:
    """A statement over the rows that are handed back of a kind (`{returned}`)."""
    rows = sqlfile.load("sync", "returned").replace("{root_table}", registry.kind(kind).root_table)
    return sqlfile.load("sync", statement).replace("{returned}", rows)


def contents(numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the phones sent as `data`, by the number of the inbox row, as far as it can be opened."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS, [list(numbers)])
        rows = cursor.fetchall()
    opened = {number: _open(bytes(digest), bytes(body)) for number, digest, body in rows}
    return {number: content for number, content in opened.items() if content is not None}


def _open(digest: bytes, body: bytes) -> dict[str, Any] | None:
    try:
        key = key_of(crypto.envelope_key_id(body))
        item = orjson.loads(crypto.open_(key, body, _place(digest)))
    except (crypto.CannotOpenError, orjson.JSONDecodeError):
        return None
    data = item.get("data") if isinstance(item, dict) else None
    return data if isinstance(data, dict) else None


def _place(digest: bytes) -> bytes:
    return b"sync_inbox.body." + digest.hex().encode()


def _returned(entry: Evidence) -> bool:
    read = entry.read
    return entry.outcome.state != State.ACCEPTED and read.first and read.op == "create" and read.pushable


def _line(entry: Evidence) -> dict[str, Any]:
    """A row without what is empty: reading the JSON is most of the cost of storing it."""
    read, outcome = entry.read, entry.outcome
    line: dict[str, Any] = {
        "id": read.id,
        "first": read.first,
        "kind": read.kind,
        "op": read.op,
        "target": read.id if read.op == "create" else None,
        "state": outcome.state,
    }
    if read.item and read.whole:
        line |= _times(read.item)
    if outcome.rev is not None:
        line["rev"] = outcome.rev
    if read.signed or read.sig or read.not_before or read.flags:
        line |= {
            "signed": read.signed,
            "sig": read.sig,
            "not_before": read.not_before,
            "flags": read.flags,
        }
    if outcome.state != State.ACCEPTED:
        line |= {
            "code": outcome.code,
            "detail": outcome.detail,
            "field_errors": outcome.field_errors,
            "returned": _returned(entry),
            "queue": entry.queue,
        }
    return line


def _times(item: PushItem) -> dict[str, Any]:
    return {
        "base_rev": item.base_rev,
        "seq": item.seq,
        "device_at": item.device_at,
        "offset_ms": item.offset_ms,
        "skewed": item.skewed,
    }


def _sealed(read: Read, subject_key: UUID | None, device_key: UUID) -> bytes:
    for key_id in (subject_key, device_key):
        if key_id is not None:
            try:
                return crypto.seal(key_of(key_id), key_id, read.canonical, _place(read.hash))
            except KeyGoneError:
                continue
    raise KeyGoneError("the device has no key")

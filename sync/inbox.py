"""The evidence: every item with its outcome, its content sealed; and what is handed back from it."""

import unicodedata
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
from sync import caller, machine, registry
from sync.commands import Order
from sync.items import Outcome, PushItem, State
from sync.models import Inbox
from sync.reading import Read
from sync.services import mark

_KNOWN = """
    select id, hash, author_id, state, code, detail, field_errors, rev, clash from sync_inbox
    where id = any(%s::uuid[]) order by no
"""
_RETURNED = """
    select no, hash, body, op, author_id, state, code, detail, field_errors from sync_inbox where no = any(%s)
"""
_DROP_BACK = """
    update sync_row set deleted = true, payload = '', inbox = null, xid = pg_current_xact_id()
    where scope = any(%s) and kind = %s and id = any(%s::uuid[]) and rev = 0 and not deleted
"""


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
    asked = "{" + ",".join(map(str, ids)) + "}"
    for id_, digest, author, state, code, detail, errors, rev, clash in raw_cursor().execute(_KNOWN, [asked]):
        parsed = orjson.loads(errors) if isinstance(errors, str) else errors
        outcome = Outcome(State(state), code, detail, parsed, rev, fields=tuple(clash or ()))
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
    raw_cursor().execute(sqlfile.load("sync", "store"), parameters)
    changed = [(e.read.item, e.outcome) for e in kept if e.read.item and e.read.op != "create"]
    reflect(actor, [pair for pair in changed if pair[0]], [e.read for e in kept if _returned(e)])


def reflect(actor: Actor, decided: Sequence[tuple[PushItem, Outcome]], refused: Sequence[Read] = ()) -> None:
    """Bring to phones what stands in the inbox about these items: records handed back, commands that are done
    with, and the marks of records that an edit stands beside."""
    _close_earlier(actor, [item for item, outcome in decided if _stands(item, outcome)])
    back: dict[str, set[UUID]] = {}
    marked: dict[str, set[UUID]] = {}
    for read in refused:
        if read.op == "create":
            back.setdefault(read.kind, set()).add(read.id)
    for item, outcome in decided:
        if item.op == "command":
            if outcome.state == State.ACCEPTED:
                continue
            if isinstance(item.body, Order) and outcome.state == State.CONFLICT:
                marked.setdefault(item.body.command.kind, set()).add(item.target)
            back.setdefault(item.kind, set()).add(item.id)
        elif outcome.state != State.ACCEPTED:
            back.setdefault(item.kind, set()).add(item.target)
        if item.op == "amend":
            marked.setdefault(item.kind, set()).add(item.target)
    _drop_back(actor, decided)
    _bring(back, marked)


def _drop_back(actor: Actor, decided: Sequence[tuple[PushItem, Outcome]]) -> None:
    """What was handed back and is now accepted stands as a record of its kind, or nowhere."""
    done: dict[str, set[UUID]] = {}
    for item, outcome in decided:
        if outcome.state == State.ACCEPTED:
            done.setdefault(item.kind, set()).add(item.id if item.op == "command" else item.target)
    with connection.cursor() as cursor:
        for kind, ids in sorted(done.items()):
            cursor.execute(_DROP_BACK, [caller.own_scopes(actor), kind, "{" + ",".join(map(str, ids)) + "}"])


def _bring(back: dict[str, set[UUID]], marked: dict[str, set[UUID]]) -> None:
    with connection.cursor() as cursor:
        for kind, ids in sorted(back.items()):
            listed = "{" + ",".join(map(str, sorted(ids))) + "}"
            cursor.execute(returned_sql("hand_back", kind), {"kind": kind, "ids": listed})
    for kind, ids in sorted(marked.items()):
        mark(kind, ids)


def returned_sql(statement: str, kind: str) -> str:
    """A statement over the rows that are handed back of a kind (`{returned}`)."""
    rows = sqlfile.load("sync", "returned").replace("{root_table}", registry.kind(kind).root_table)
    rows = rows.replace("{record}", "id" if kind == registry.COMMAND else "target")
    return sqlfile.load("sync", statement).replace("{returned}", rows)


def _stands(item: PushItem, outcome: Outcome) -> bool:
    return item.op == "amend" and outcome.state == State.ACCEPTED and outcome.rev is not None


def _close_earlier(actor: Actor, items: Sequence[PushItem]) -> None:
    if not items:
        return
    parameters = {
        "targets": [item.target for item in items],
        "seqs": [item.seq for item in items],
        "devices": [actor.device_id] * len(items),
        "author": actor.user_id,
        "role": str(actor.role or ""),
        "at": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("sync", "close_earlier"), parameters)


@dataclass(frozen=True, slots=True)
class Returned:
    """An item that goes back with a row: what its author sent, and what became of it."""

    op: str
    author: UUID
    state: str
    code: str
    detail: str
    field_errors: Any
    content: dict[str, Any] | None


def returned(numbers: Sequence[int]) -> dict[int, Returned]:
    """Items by the number of the inbox row, their contents as far as they can be opened."""
    with connection.cursor() as cursor:
        cursor.execute(_RETURNED, [list(numbers)])
        rows = cursor.fetchall()
    found = {}
    for number, digest, body, op, author, state, code, detail, errors in rows:
        parsed = orjson.loads(errors) if isinstance(errors, str) else errors
        content = _data(_open(bytes(digest), bytes(body)))
        found[number] = Returned(op, author, state, code, detail, parsed, content)
    return found


def contents(numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the phones sent as `data`, by the number of the inbox row, as far as it can be opened."""
    return {no: entry.content for no, entry in returned(numbers).items() if entry.content is not None}


def rows(numbers: Iterable[int]) -> list[Inbox]:
    """Held items by number, locked; one that was decided meanwhile is left out."""
    found = Inbox.objects.select_for_update().filter(no__in=list(numbers), state=State.HELD)
    return list(found.order_by("seq", "no"))


def opened(row: Inbox) -> dict[str, Any] | None:
    """The item as the phone sent it, in NFC; None when it cannot be opened any more."""
    item = _open(bytes(row.hash), bytes(row.body))
    if item is None:
        return None
    text = orjson.dumps(item).decode()
    plain: dict[str, Any] = orjson.loads(unicodedata.normalize("NFC", text))
    return plain


def _open(digest: bytes, body: bytes) -> dict[str, Any] | None:
    try:
        key = key_of(crypto.envelope_key_id(body))
        item = orjson.loads(crypto.open_(key, body, _place(digest)))
    except (crypto.CannotOpenError, orjson.JSONDecodeError):
        return None
    return item if isinstance(item, dict) else None


def _data(item: dict[str, Any] | None) -> dict[str, Any] | None:
    data = item.get("data") if item else None
    return data if isinstance(data, dict) else None


def _place(digest: bytes) -> bytes:
    return b"sync_inbox.body." + digest.hex().encode()


def _returned(entry: Evidence) -> bool:
    read = entry.read
    aimed = read.op == "create" or (read.op in {"amend", "command"} and read.item is not None)
    return entry.outcome.state != State.ACCEPTED and read.first and aimed and read.pushable


def _line(entry: Evidence) -> dict[str, Any]:
    """A row without what is empty: reading the JSON is most of the cost of storing it."""
    read, outcome = entry.read, entry.outcome
    line: dict[str, Any] = {
        "id": read.id,
        "first": read.first,
        "kind": read.kind,
        "op": read.op,
        "target": read.item.target if read.item else read.id if read.op == "create" else None,
        "state": machine.step(machine.ARRIVED, outcome.state).target,
    }
    if read.item and read.whole:
        line |= _times(read.item)
    if read.item and isinstance(read.item.body, Order):
        line["about"] = read.item.body.command.kind
    if outcome.rev is not None:
        line["rev"] = outcome.rev
    if read.signed or read.sig or read.not_before or read.flags:
        line |= {
            "signed": read.signed,
            "sig": read.sig,
            "not_before": read.not_before,
            "flags": read.flags,
        }
    if outcome.code:
        line |= {"code": outcome.code, "detail": outcome.detail}
    if outcome.state != State.ACCEPTED:
        line |= {
            "field_errors": outcome.field_errors,
            "returned": _returned(entry),
            "queue": entry.queue,
            "waits_for": outcome.waits_for,
            "clash": list(outcome.fields) or None,
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

"""From a row of a stock client to a push item. Stock clients cannot add an envelope: it stands in the row.

Columns that begin with `item_` belong to the phone and are never sent to it; all others are the server's.

- `item_data`: the item's `data`. A row without it has nothing to send, unless the server never told of it.
- `item_at`: `device_at`, as text with an offset or in milliseconds; else the time in the row's UUIDv7.
- `item_seq`: `seq`; else the milliseconds of that time.
- `item_base_rev`: the revision that an edit was made from; else `rev`.
- `item_target`: a command's record. `item_sig`, `item_files` and `item_time_token` pass as they are.

What a row sends first under its id is a `create`; any other content is an `amend`, whose id follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from edge import strict_json
from kernel.actor import Actor
from kernel.problems import Problem
from sync import inbox, reading
from sync import push as sync_push
from sync.inbox import Known
from sync.items import Envelope, State
from sync.manifest import SCHEMA
from sync.push import Result

COMMAND = "command"
PASSED = ("time_token", "files", "sig")
_UUID7 = 7
_MS_MAX = 2**48 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the client holds it; `base_rev` where the client itself says what an edit was made from."""

    kind: str
    columns: dict[str, Any]
    base_rev: Any = None

    @property
    def id(self) -> UUID:
        """Problem `row_id_not_uuid` for an id that could not come back by pull."""
        said = self.columns.get("id")
        try:
            return UUID(said)
        except (ValueError, TypeError, AttributeError) as error:
            raise Problem("row_id_not_uuid", kind=self.kind, id=str(said)[:64]) from error

    @property
    def told(self) -> bool:
        """Whether the server has told this client of the record."""
        return bool(self.columns.get("sync_state"))

    @property
    def sends(self) -> bool:
        """Whether there is something to send: always of a record that the server may not know."""
        return not (self.told and _absent(self.columns.get("item_data")))


def push(actor: Actor, rows: Sequence[Row], sent_at: datetime | None) -> list[Result]:
    """Send what the rows hold: one result for each, in order. The same rows give the same items, so a second
    time is a duplicate."""
    plans = _plans(actor, rows)
    made = [plan for plan in plans if isinstance(plan, dict)]
    results = iter(sync_push.push(actor, Envelope(_batch_id(made), SCHEMA, made, sent_at)) if made else ())
    return [next(results) if isinstance(plan, dict) else plan for plan in plans]


def _plans(actor: Actor, rows: Sequence[Row]) -> list[dict[str, Any] | Result]:
    """Of each row the item to send, or what became of the same edit before."""
    creates = [_create(row) for row in rows]
    edits = [_edit_id(actor, create) for create in creates]
    known = inbox.known({row.id for row in rows} | set(edits)) if rows else {}
    return [
        _plan(actor, row, create, edit, known) for row, create, edit in zip(rows, creates, edits, strict=True)
    ]


def _plan(
    actor: Actor, row: Row, create: dict[str, Any], edit: UUID, known: dict[UUID, list[Known]]
) -> dict[str, Any] | Result:
    made = [entry for entry in known.get(row.id, ()) if entry.author == actor.user_id]
    new = not made and not row.told
    if new or row.kind == COMMAND or reading.digest(create) in {entry.hash for entry in made}:
        return create
    if edit in known:
        return Result(create["id"], State.DUPLICATE, known[edit][0].outcome)
    base = _base(row, made[0].outcome.rev if made else None)
    return create | {"id": str(edit), "op": "amend", "target": create["id"], "base_rev": base}


def _base(row: Row, first: int | None) -> int:
    """The revision that an edit was made from: said, else held, else what the first arrival became."""
    for base in (row.columns.get("item_base_rev"), row.base_rev, row.columns.get("rev"), first):
        if type(base) is int and base >= 0:
            return base
    return 0


def _create(row: Row) -> dict[str, Any]:
    columns, at = row.columns, _at(row)
    item: dict[str, Any] = {"id": str(row.id), "kind": row.kind, "op": "create"}
    if row.kind == COMMAND:
        item |= {"op": COMMAND, "target": columns.get("item_target")}
    if at is not None:
        item["device_at"] = at
    item["seq"] = columns["item_seq"] if columns.get("item_seq") else _ms(at)
    if not _absent(columns.get("item_data")):
        item["data"] = _parsed(columns["item_data"])
    passed = {name: _parsed(columns.get(f"item_{name}")) for name in PASSED}
    return item | {name: value for name, value in passed.items() if not _absent(value)}


def _edit_id(actor: Actor, create: dict[str, Any]) -> UUID:
    """The id of an edit with this content: it follows from who made what of which record when."""
    author = actor.user_id.bytes if actor.user_id else b""
    return _made_id(b"gridgov-stock-edit-v1\0" + author + reading.digest(create))


def _batch_id(made: Sequence[dict[str, Any]]) -> UUID:
    return _made_id(b"gridgov-stock-batch-v1\0" + b"".join(map(reading.digest, made)))


def _made_id(content: bytes) -> UUID:
    """A UUIDv8 (RFC 9562) of the content."""
    value = int.from_bytes(sha256(content).digest()[:16])
    value = value & ~(0xF << 76) | 0x8 << 76
    return UUID(int=value & ~(0b11 << 62) | 0b10 << 62)


def _at(row: Row) -> Any:
    said = row.columns.get("item_at")
    if _absent(said) or said == 0:
        return _said(row.id.int >> 80) if row.id.version == _UUID7 else None
    if isinstance(said, int | float) and 0 < said <= _MS_MAX:
        return _said(int(said))
    return said


def _said(milliseconds: int) -> str:
    try:
        at = datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError):
        return str(milliseconds)
    return at.isoformat(timespec="milliseconds")


def _ms(at: Any) -> int:
    try:
        return max(0, int(datetime.fromisoformat(at).timestamp() * 1000))
    except (ValueError, TypeError, OverflowError):
        return 0


def _parsed(value: Any) -> Any:
    """A column of text that holds an object or a list; what cannot be read is for the engine to refuse."""
    if not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    try:
        return strict_json.loads(value.encode(), texts=False)
    except (Problem, UnicodeEncodeError):
        return value


def _absent(value: Any) -> bool:
    return value is None or value == ""


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """Columns hold no objects or lists: these become JSON text."""
    return {
        name: orjson.dumps(value).decode() if isinstance(value, dict | list) else value
        for name, value in row.items()
    }


STATE = {"sync_state": "accepted", "reject_code": None, "reject_detail": None, "reject_fields": None}


def stated(row: dict[str, Any]) -> dict[str, Any]:
    """A pulled row with what became of it: also where nothing is wrong, so that an older reason goes away."""
    return STATE | row

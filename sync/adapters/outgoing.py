"""From a row of a stock client to a push item. Stock clients cannot add an envelope: it stands in the row.

Columns that begin with `item_` belong to the phone and are never sent to it; all others are the server's.

- `item_data`: the item's `data`. A row without it has nothing to send, unless the server never told of it.
- `item_at`: `device_at`, as text with an offset or in milliseconds; else the time in the row's UUIDv7.
- `item_seq`: `seq`; else the milliseconds of that time.
- `item_base_rev`: the revision that an edit was made from; else `rev`.
- `item_target`: a command's record. `item_sig`, `item_files` and `item_time_token` pass as they are.

What a row sends first under its id is a `create`; any other content is an `amend`, whose id follows from it.
The phone cannot know which, so what it signs is always the item as a `create`: what the row says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
import orjson

from edge import strict_json
from kernel.actor import Actor
from kernel.problems import Problem
from sync import inbox, reading
from sync.inbox import Known
from sync.items import Envelope, Signature, State, When
from sync.manifest import SCHEMA
from sync.push import Result
from sync.signing import Stated

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


class Said(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a client may say beside its rows: its clock at the moment of sending, and its signature over the
    hashes of what the rows say, under a batch id of its own."""

    sent_at: When | None = None
    batch_id: UUID | None = None
    manifest_sig: Signature | None = None

    def __post_init__(self) -> None:
        if self.manifest_sig is not None and self.batch_id is None:
            raise ValueError("manifest_sig stands with the batch_id that it covers")


@dataclass(frozen=True, slots=True)
class Sending:
    """What rows hold, as a push: `results` puts what became of its items to the rows, in their order."""

    rows: Sequence[Row]
    envelope: Envelope
    stated: Stated
    plans: Sequence[dict[str, Any] | Result]

    @property
    def filed(self) -> bool:
        """Whether any row has declared files."""
        return any(not _absent(row.columns.get("item_files")) for row in self.rows)

    def results(self, taken: Sequence[Result]) -> list[Result]:
        each = iter(taken)
        return [next(each) if isinstance(plan, dict) else plan for plan in self.plans]


def sending(actor: Actor, rows: Sequence[Row], said: Said) -> Sending:
    """What these rows send. The same rows give the same items, so that a second time is a duplicate."""
    words = [_words(actor, row) for row in rows]
    known = inbox.known({row.id for row in rows} | {each.edit for each in words}) if rows else {}
    plans = [_plan(actor, row, each, known) for row, each in zip(rows, words, strict=True)]
    items = [plan for plan in plans if isinstance(plan, dict)]
    places = [place for place, plan in enumerate(plans) if isinstance(plan, dict)]
    batch_id = said.batch_id or _batch_id(items)
    envelope = Envelope(batch_id, SCHEMA, items, said.sent_at, said.manifest_sig)
    return Sending(rows, envelope, Stated([each.digest for each in words], places), plans)


@dataclass(frozen=True, slots=True)
class Words:
    """What a row says: the item as a `create`, its hash, and the id that it would have as an edit."""

    create: dict[str, Any]
    digest: bytes
    edit: UUID


def _words(actor: Actor, row: Row) -> Words:
    create = _create(row)
    digest = reading.digest(create)
    return Words(create, digest, _edit_id(actor, digest))


def _plan(actor: Actor, row: Row, words: Words, known: dict[UUID, list[Known]]) -> dict[str, Any] | Result:
    """Of a row the item to send, or what became of the same edit before."""
    create, edit = words.create, words.edit
    made = [entry for entry in known.get(row.id, ()) if entry.author == actor.user_id]
    new = not made and not row.told
    if new or row.kind == COMMAND or words.digest in {entry.hash for entry in made}:
        return create
    if edit in known:
        return Result(str(edit), State.DUPLICATE, known[edit][0].outcome)
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


def _edit_id(actor: Actor, digest: bytes) -> UUID:
    """The id of an edit with this content: it follows from who made what of which record when."""
    author = actor.user_id.bytes if actor.user_id else b""
    return _made_id(b"gridgov-stock-edit-v1\0" + author + digest)


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

"""What a phone pushed, as the services of the kinds get it, and what they answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from sync.files.declared import FileDeclared


class State(StrEnum):
    """What became of an item. None needs a re-send except after the person has edited the record."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    HELD = "held"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    CONFLICT = "conflict"
    NOT_APPLICABLE = "not_applicable"


class Signed(StrEnum):
    """By what the device's key proves an item."""

    NOT = ""
    BATCH = "batch"
    ITEM = "item"


class PushItem(msgspec.Struct, frozen=True):
    """One item of a push, parsed.

    `id` is the item's own, `target` the record's (for `create` the same). `base_rev` is the revision of the
    record that the device made it from; its own edits before this one count as one each. `device_at` is the
    device's time corrected by `offset_ms` (server minus device clock at the time of sending; 0 when the
    device did not tell), never later than `received_at`; `device_said` is the time as the device wrote it.
    `seq` is the device's counter. `skewed`: the device's clock is off by more than the allowed skew.
    `decided`: a person has looked at the item and wants it taken: place and time of it are not judged
    again. `signed` is a `Signed`.
    """

    id: UUID
    kind: str
    op: str
    target: UUID
    base_rev: int
    device_at: datetime
    device_said: datetime
    received_at: datetime
    seq: int
    offset_ms: int
    skewed: bool
    body: Any
    signed: str = ""
    decided: bool = False
    files: tuple[FileDeclared, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item. `key_id` names the data subject's key under which the item is kept.

    `current` is the state of the record where a command could not be applied, as far as the author may see
    it; `fields` names what is in conflict. `queue`: the organisation that looks after it, where the kind
    knows better than by its rule. `waits_for` is the record that a held item waits for; `forced`: it was
    taken before that came.
    """

    state: State
    code: str = ""
    detail: str = ""
    field_errors: dict[str, str] | None = None
    rev: int | None = None
    key_id: UUID | None = None
    current: dict[str, Any] | None = None
    fields: tuple[str, ...] = ()
    queue: UUID | None = None
    waits_for: UUID | None = None
    forced: bool = False


def accepted(rev: int | None = None, key_id: UUID | None = None, code: str = "") -> Outcome:
    return Outcome(State.ACCEPTED, code, rev=rev, key_id=key_id)


def rejected(code: str, detail: str = "", field_errors: dict[str, str] | None = None) -> Outcome:
    """The record cannot be taken as it is; its author can correct it."""
    return Outcome(State.REJECTED, code, detail, field_errors)


def quarantined(code: str, detail: str = "", queue: UUID | None = None) -> Outcome:
    """A person has to decide about it."""
    return Outcome(State.QUARANTINED, code, detail, queue=queue)


def held(code: str, waits_for: UUID) -> Outcome:
    """It waits for what the device made before it; released by itself."""
    return Outcome(State.HELD, code, waits_for=waits_for)


def conflict(code: str, fields: tuple[str, ...] = (), queue: UUID | None = None) -> Outcome:
    """Somebody else changed the same meanwhile: theirs stands, a person chooses."""
    return Outcome(State.CONFLICT, code, fields=fields, queue=queue)


def not_applicable(code: str, current: dict[str, Any] | None = None) -> Outcome:
    """A command that does not fit the state of its record any more; it stays as evidence."""
    return Outcome(State.NOT_APPLICABLE, code, current=current)


SafeInt = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
When = Annotated[datetime, msgspec.Meta(tz=True)]
Signature = Annotated[str, msgspec.Meta(max_length=200)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Head(msgspec.Struct, forbid_unknown_fields=True):
    """The envelope of one item on the wire."""

    id: UUID
    kind: Name
    op: Literal["create", "amend", "command"]
    device_at: When
    seq: SafeInt
    data: Any
    target: UUID | None = None
    base_rev: SafeInt | None = None
    time_token: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    sig: Signature | None = None
    files: tuple[FileDeclared, ...] = ()


class Envelope(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a push. `sent_at` is the device's clock at the moment of sending, `manifest_sig` the
    device key's signature over the hashes of the items (`sync.signing`)."""

    batch_id: UUID
    schema: Annotated[int, msgspec.Meta(ge=1, le=10_000)]
    items: list[Any]
    sent_at: When | None = None
    manifest_sig: Signature | None = None

"""What a phone pushed, as the services of the kinds get it, and what they answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec


class State(StrEnum):
    """What became of an item. None needs a re-send except after the person has edited the record."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


class Signed(StrEnum):
    """By what the device's key proves an item."""

    NOT = ""
    BATCH = "batch"
    ITEM = "item"


class PushItem(msgspec.Struct, frozen=True):
    """One item of a push, parsed.

    `id` is the item's own, `target` the record's (for `create` the same). `device_at` is the device's time
    corrected by `offset_ms` (server minus device clock at the time of sending; 0 when the device did not
    tell), never later than `received_at`; `device_said` is the time as the device wrote it. `seq` is the
    device's counter. `skewed`: the device's clock is off by more than the allowed skew.
    `signed` is a `Signed`.
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item. `key_id` names the data subject's key under which the item is kept."""

    state: State
    code: str = ""
    detail: str = ""
    field_errors: dict[str, str] | None = None
    rev: int | None = None
    key_id: UUID | None = None


def accepted(rev: int | None = None, key_id: UUID | None = None) -> Outcome:
    return Outcome(State.ACCEPTED, rev=rev, key_id=key_id)


def rejected(code: str, detail: str = "", field_errors: dict[str, str] | None = None) -> Outcome:
    """The record cannot be taken as it is; its author can correct it."""
    return Outcome(State.REJECTED, code, detail, field_errors)


def quarantined(code: str, detail: str = "") -> Outcome:
    """A person has to decide about it."""
    return Outcome(State.QUARANTINED, code, detail)


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


class Envelope(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a push. `sent_at` is the device's clock at the moment of sending, `manifest_sig` the
    device key's signature over the hashes of the items (`sync.signing`)."""

    batch_id: UUID
    schema: Annotated[int, msgspec.Meta(ge=1, le=10_000)]
    items: list[Any]
    sent_at: When | None = None
    manifest_sig: Signature | None = None

"""Recording facts. Called inside the service's own transaction: fact, rows for phones and change commit
together."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from audit import registry
from edge import sqlfile
from edge.driver import after_pipeline, raw_cursor
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7s
from kernel.law import law
from kernel.text import mask_numbers

EVENTS_PER_JOB = 100
_recorded: ContextVar[int] = ContextVar("facts_recorded", default=0)


def facts_recorded() -> int:
    """How many facts this thread of work has recorded so far. An act that adds none to them has changed
    nothing: it had been done before."""
    return _recorded.get()


@dataclass(frozen=True, slots=True)
class Fact:
    """What one record of a batch adds to the event: names of changed fields, a reason, times, a small
    detail."""

    subject_id: UUID
    fields: Sequence[str] = ()
    reason: str = ""
    device_at: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    urgent: bool = False
    """Its reactions, and what follows from them, go before all that waits: a danger to life or limb."""


@law("DJ-3", "CS-23")
def record(
    *,
    actor: Actor,
    event: str,
    subject_kind: str,
    subject_id: UUID,
    fields: Sequence[str] = (),
    reason: str = "",
    device_at: datetime | None = None,
    detail: Mapping[str, Any] | None = None,
) -> UUID:
    """Record one fact and queue its reactions; returns the event's id. `detail` must not hold personal
    values."""
    fact = Fact(subject_id, fields, reason, device_at, detail or {})
    return record_many(actor=actor, event=event, subject_kind=subject_kind, facts=[fact])[0]


def record_many(*, actor: Actor, event: str, subject_kind: str, facts: Sequence[Fact]) -> list[UUID]:
    """Record a fact for each record of a batch in one statement; ids in the order of `facts`."""
    if not facts:
        return []
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a fact is recorded inside the change's transaction")
    _recorded.set(_recorded.get() + len(facts))
    at, ids = clock.now(), uuid7s(len(facts))
    deputy = _deputy(actor)
    rows = [_row(pk, fact, deputy) for pk, fact in zip(ids, facts, strict=True)]
    reactions = registry.reactions_of(event)
    parameters = {"events": orjson.dumps(rows).decode(), "reactions": list(reactions)}
    shared = _head(actor, event, subject_kind, at)
    raw_cursor().execute(sqlfile.load("audit", "insert_events"), parameters | shared)
    _defer(reactions, [pk for pk, fact in zip(ids, facts, strict=True) if fact.urgent], urgent=True)
    _defer(reactions, [pk for pk, fact in zip(ids, facts, strict=True) if not fact.urgent])
    return ids


def _head(actor: Actor, event: str, subject_kind: str, at: datetime) -> dict[str, Any]:
    return {
        "at": at,
        "event": event,
        "user_id": actor.user_id,
        "role": actor.role.value if actor.role else "",
        "organisation_id": actor.organisation_id,
        "device_id": actor.device_id,
        "request_id": actor.request_id,
        "subject_kind": subject_kind,
    }


def _deputy(actor: Actor) -> dict[str, Any]:
    """代理: in whose place, by which document. Nothing for who acts in the own right."""
    if actor.acting is None:
        return {}
    return {"acting_for": str(actor.acting.for_user), "acting_document": actor.acting.document}


def _row(pk: UUID, fact: Fact, deputy: Mapping[str, Any]) -> dict[str, Any]:
    """What this fact adds; what it leaves empty is not told, since reading it is most of the cost."""
    row: dict[str, Any] = {"id": pk, "subject_id": fact.subject_id, "device_at": fact.device_at}
    if fact.fields:
        row["fields"] = list(fact.fields)
    if fact.reason:
        row["reason"] = mask_numbers(fact.reason)[0][:400]
    if fact.detail or deputy:
        row["detail"] = {**fact.detail, **deputy}
    return row


def _defer(reactions: Sequence[str], ids: Sequence[UUID], *, urgent: bool = False) -> None:
    """One job for up to a hundred events: a batch of a thousand records must not write a thousand jobs."""
    from audit.delivery import defer  # noqa: PLC0415  because the task module needs the loaded apps

    parts = [ids[start : start + EVENTS_PER_JOB] for start in range(0, len(ids), EVENTS_PER_JOB)]
    jobs = [(reaction, part) for reaction in reactions for part in parts]
    after_pipeline(lambda: defer(jobs, urgent=urgent))

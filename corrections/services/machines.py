"""One step of a machine about a person: asked of the table, written by compare-and-set, with its row.

Works for every record that has `state`, `subject` and steps of its own (`corrections.models.steps.Step`). The
person's row is locked by then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.services import record
from corrections.models import Subject
from edge.encryption import Sealed, seal_value
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.problems import Problem
from kernel.transitions import StateTable


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about a step: when it truly happened (default: now), a code and words."""

    at: datetime | None = None
    reason: str = ""
    text: str = ""


def take(
    actor: Actor,
    row: Any,
    table: StateTable,
    event: str,
    said: Said | None = None,
    *,
    facts: Mapping[str, Any] | None = None,
    **columns: Any,
) -> None:
    """Apply `event` to a locked row and leave its step. Problem `transition_not_allowed`, `role_not_allowed`,
    or the guard's own code."""
    said, now = said or Said(), clock.now()
    role = actor.role.value if actor.role else None
    known = {"role": actor.role, "reason": said.reason, "text": said.text} | dict(facts or {})
    step = table.apply(row.state, event, role=role, facts=known)
    model = type(row)
    changed = model._default_manager.filter(pk=row.pk, state=row.state).update(state=step.target, **columns)
    if not changed:
        raise Problem("conflict")
    pk, steps = uuid7(), row.steps.model
    sealed = sealed_text(steps, "reason_text", pk, said.text, row.subject)
    row.steps.create(
        id=pk, event=event, source=step.source, target=step.target, at=said.at or now, recorded_at=now,
        actor_id=actor.user_id, role=role or "", reason=said.reason, reason_text=sealed,
    )  # fmt: skip
    row.state = step.target
    for name, value in columns.items():
        setattr(row, name, value)
    record(
        actor=actor, event=f"{table.name}.{event}", subject_kind=table.name, subject_id=row.pk,
        fields=["state", *sorted(columns)], reason=said.reason,
    )  # fmt: skip


def sealed_text(model: Any, field: str, pk: object, text: str, subject: Subject) -> Sealed | None:
    """`text` under the person's key for this place; None for an empty one."""
    return seal_value(model, field, pk, text, subject.key_id) if text else None

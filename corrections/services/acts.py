"""One step of a machine about a person: asked of its table, written by compare-and-set under the row's lock,
with its row and its fact. Due contacts alone, which move by the hundred, have a writer of their own
(`services/steps.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Min

from audit.services import record
from corrections.models import ActStep, OrderTerm, Subject
from corrections.signing import signing_of
from edge.encryption import Sealed, seal_value
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.problems import Problem
from kernel.transitions import StateTable


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about a step: words, a code of the machine's own list, the day that a paper states, when
    time itself took it, the facts of the guard."""

    text: str = ""
    code: str = ""
    on: date | None = None
    at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def sealed(row_class: type[models.Model], name: str, pk: UUID, text: str, key_id: UUID) -> Sealed | None:
    """The text under the person's key; None for an empty one."""
    return seal_value(row_class, name, pk, text, key_id) if text else None


def move(actor: Actor, row: Any, machine: StateTable, event: str, said: Said, **columns: Any) -> None:
    """Apply `event` to a locked row, and leave its step and its fact. The guard knows role, code and
    text beside the facts. Problem `transition_not_allowed`, `role_not_allowed`, or the guard's."""
    role = actor.role.value if actor.role else None
    facts = {"role": actor.role, "code": said.code, "text": said.text, **said.facts}
    step = machine.apply(row.state, event, role=role, facts=facts)
    if what := signing_of(machine.name, event):
        actor.sign(what)
    changed = type(row).objects.filter(pk=row.pk, state=step.source).update(state=step.target, **columns)
    if changed != 1:
        raise Problem("conflict")
    now, pk = clock.now(), uuid7()
    ActStep.objects.create(
        id=pk, machine=machine.name, row_id=row.pk, subject=subject_of(row), event=event, source=step.source,
        target=step.target, actor_id=actor.user_id, role=role or "", code=said.code, said_on=said.on,
        at=said.at or now, recorded_at=now, reason=sealed(ActStep, "reason", pk, said.text, key_of(row)),
        acting_for_id=actor.acting_for,
    )  # fmt: skip
    record(
        actor=actor, event=f"{machine.name}.{event}", subject_kind=machine.name, subject_id=row.pk,
        fields=["state", *sorted(columns)], reason=said.code,
        detail={"from": step.source, "to": step.target},
    )  # fmt: skip
    row.refresh_from_db(fields=["state", *columns])


def subject_of(row: Any) -> Subject | None:
    """The person a row is about: its own, or that of the decision it belongs to."""
    owner = getattr(row, "decision", row)
    found: Subject | None = getattr(owner, "subject", None)
    return found


def key_of(row: Any) -> UUID:
    """A complaint and an opinion have a key of their own; all else stands under the person's."""
    owner: Any = row if hasattr(row, "key_id") else subject_of(row)
    key_id: UUID = owner.key_id
    return key_id


def in_course(field_name: str, day: date, *since: date | None) -> date:
    """A day that a paper states, of a step that follows others. Problem `invalid` for one in the future, or
    before what it follows."""
    if any(before is not None and day < before for before in since):
        raise Problem("invalid", fields={field_name: ["before the step that it follows"]})
    return not_after_today(field_name, day)


def of_term(field_name: str, day: date, subject: Subject) -> date:
    """A day on which something happened to a person in correction. Problem `invalid` for one in the future,
    or before the first term began (while there is none: before the person was registered)."""
    began = OrderTerm.objects.filter(order__subject=subject).aggregate(day=Min("starts_on"))["day"]
    if day < (began or subject.received_on):
        raise Problem("invalid", fields={field_name: ["before the term"]})
    return not_after_today(field_name, day)


def not_after_today(field_name: str, day: date) -> date:
    """A day that a paper states. Problem `invalid` for one in the future."""
    if day > clock.today():
        raise Problem("invalid", fields={field_name: ["in the future"]})
    return day

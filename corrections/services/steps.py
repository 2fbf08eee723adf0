"""Transitions of due contacts: by the table, by compare-and-set, each with its row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from corrections.codes import ContactState
from corrections.machine import CONTACT, ON_PHONE, PHONE_FORMS, next_limit, steps_due
from corrections.models import ContactStep, DueContact
from corrections.searching import review_due
from edge.conf import setting
from edge.encryption import Sealed
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to a contact: the event, when it truly happened, by whom and why."""

    event: str
    at: datetime
    actor: Actor = SYSTEM
    reason: str = ""
    reason_text: Sealed | None = None
    step_id: UUID = field(default_factory=uuid7)
    visit_id: UUID | None = None


def advance(contact: DueContact, now: datetime) -> list[ContactStep]:
    """What time has done to the contact since somebody looked, on the row in memory; its steps, unsaved."""
    steps = steps_due(contact.state, contact, now)
    return [move_in_memory(contact, Change(step.event, step.at), now) for step in steps]


def move(contact: DueContact, change: Change, now: datetime) -> list[ContactStep]:
    """What time has done, then this change, saved. The row must be locked. Problem
    `transition_not_allowed`.
    """
    before = contact.state
    steps = [*advance(contact, now), move_in_memory(contact, change, now)]
    save_moved(contact, before, steps)
    return steps


def save_moved(contact: DueContact, before: str, steps: Sequence[ContactStep]) -> None:
    """Write a contact that was moved in memory: only if it still stands where it stood."""
    changed = DueContact.objects.filter(id=contact.id, state=before).update(
        state=contact.state, next_at=contact.next_at, on_phone=contact.on_phone,
        settled_at=contact.settled_at, excuse=contact.excuse, review_at=contact.review_at,
    )  # fmt: skip
    if not changed:
        raise Problem("transition_not_allowed", current=contact.state)
    ContactStep.objects.bulk_create(steps)


def move_in_memory(contact: DueContact, change: Change, now: datetime) -> ContactStep:
    """Move the locked row in memory; its step, unsaved. Problem `transition_not_allowed`,
    `role_not_allowed`.
    """
    role = change.actor.role
    step = CONTACT.apply(contact.state, change.event, role=role)
    contact.state = ContactState(step.target)
    contact.next_at = next_look(contact)
    missed = contact.state == ContactState.MISSED
    contact.review_at = review_due(change.at, setting("MISSED_REVIEW_H")) if missed else None
    contact.on_phone = contact.form in PHONE_FORMS and contact.state in ON_PHONE
    if contact.state in CONTACT.terminal:
        contact.settled_at = change.at
    return ContactStep(
        id=change.step_id, contact_id=contact.id, event=change.event, source=step.source, target=step.target,
        at=change.at, recorded_at=now, actor_id=change.actor.user_id, role=role or "", reason=change.reason,
        acting_for_id=change.actor.acting_for,
        reason_text=change.reason_text, visit_id=change.visit_id,
    )  # fmt: skip


def next_look(contact: DueContact) -> datetime | None:
    """When the job has to look again: at the next limit, or when a missed one leaves the phones."""
    if contact.state == ContactState.MISSED and contact.form in PHONE_FORMS:
        until: datetime = contact.grace_until + timedelta(days=setting("VISIT_MISSED_ON_PHONE_DAYS"))
        return until
    return next_limit(contact.state, contact)

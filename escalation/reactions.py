"""Because something happened to a dispute: its rules are asked, and its level clock follows it."""

from uuid import UUID

from audit.models import AuditEvent
from escalation.services import clock_follow, event_evaluate
from escalation.vocabulary import EVENTS


def evaluate(event: AuditEvent) -> None:
    """For every `dispute.*` event. Runs in the delivery's transaction: killed in between, nothing has
    happened."""
    named = event.detail.get("screening")
    if event.event in EVENTS:
        event_evaluate(
            dispute_id=event.subject_id,
            event=event.event,
            event_id=event.id,
            screening_id=UUID(named) if named else None,
            due_at=event.at,
        )
    clock_follow(dispute_id=event.subject_id, at=event.at)

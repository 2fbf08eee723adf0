"""Words about leave in clear: each read with purpose and reason, and one row in the read log."""

from typing import Any
from uuid import UUID

from django.db import transaction

from corrections import access
from corrections.models import Leave, Permit
from corrections.selectors import steps_of
from edge.encryption import reveal
from edge.rows import existing
from kernel.actor import Actor
from kernel.law import law
from privacy.services import read_logged


@law("CCL-61")
@transaction.atomic
def leave_read(*, actor: Actor, leave_id: UUID, purpose: str, reason: str) -> dict[str, Any]:
    """Destination, reason, proof, and the texts of steps, decisions and notices."""
    leave = existing(Leave.objects.filter(id=leave_id, subject__in=access.readable_by(actor)))
    read_logged(
        actor=actor, subject_kind="leave", subject_id=leave.id, purpose=purpose, reason=reason,
        fields=("destination", "reason_text", "proof", "texts"),
    )  # fmt: skip
    return {
        "destination": reveal(leave, "destination"),
        "reason_text": reveal(leave, "reason_text"),
        "proof": reveal(leave, "proof"),
        "step_texts": [reveal(row, "reason") for row in steps_of([leave])[leave.id]],
        "decision_texts": [reveal(row, "text") for row in leave.decisions.all()],
        "notice_notes": [reveal(row, "note") for row in leave.notices.all()],
    }


@law("CCL-61")
@transaction.atomic
def permit_read(*, actor: Actor, permit_id: UUID, purpose: str, reason: str) -> dict[str, Any]:
    """What the application for a permit says, and the texts of its steps."""
    permit = existing(Permit.objects.filter(id=permit_id, subject__in=access.readable_by(actor)))
    read_logged(
        actor=actor, subject_kind="permit", subject_id=permit.id, fields=("details", "texts"),
        purpose=purpose, reason=reason,
    )  # fmt: skip
    texts = [reveal(row, "reason") for row in steps_of([permit])[permit.id]]
    return {"details": reveal(permit, "details"), "step_texts": texts}

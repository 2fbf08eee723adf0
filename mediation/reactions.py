"""A refusal heard anywhere ends mediation everywhere."""

from audit.models import AuditEvent
from kernel.actor import SYSTEM
from kernel.law import law
from mediation.services.ending import dispute_refused


@law("PM-17")
def refusal_follow(event: AuditEvent) -> None:
    """A "no" written down with the dispute (by the grid, or in an attempt) ends the open case and bars the
    open intake item: nobody at the centre asks again."""
    dispute_refused(actor=SYSTEM, dispute_id=event.subject_id)

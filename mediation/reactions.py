"""A refusal heard anywhere ends mediation everywhere; an intake item follows its dispute."""

from audit.models import AuditEvent
from kernel.actor import SYSTEM
from kernel.law import law
from mediation.services.ending import dispute_refused
from mediation.services.going_along import intake_merged, intake_parted


@law("PM-17")
def refusal_follow(event: AuditEvent) -> None:
    """A "no" written down with the dispute (by the grid, or in an attempt) ends the open case and bars the
    open intake item: nobody at the centre asks again."""
    dispute_refused(actor=SYSTEM, dispute_id=event.subject_id)


def intake_follow(event: AuditEvent) -> None:
    """Two disputes became one, or parted again: what waits at the centre goes along."""
    if event.detail.get("event") == "merge":
        intake_merged(actor=SYSTEM, dispute_id=event.subject_id)
    elif event.detail.get("event") == "unmerge":
        intake_parted(actor=SYSTEM, dispute_id=event.subject_id)

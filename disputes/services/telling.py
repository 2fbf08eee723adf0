"""What phones hold of a dispute: its public face and its steps. Called after it is stored, in the same
transaction."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from disputes.models import Dispute, DisputeScreening, DisputeTransition
from sync.services import publish, restate

DISPUTE, EVENT, SCREENING = "dispute", "dispute_event", "screening"


def dispute_stored(dispute: Dispute, steps: Sequence[DisputeTransition] = ()) -> None:
    """Store a dispute and tell phones of it and of the steps that were just taken."""
    dispute.store()
    publish(DISPUTE, [dispute.id])
    steps_told(steps)


def steps_told(steps: Sequence[DisputeTransition]) -> None:
    """Tell phones of steps that this transaction has made; the dispute is stored."""
    if steps:
        publish(EVENT, [step.id for step in steps], inserted=True)


def readers_changed(disputes: Iterable[UUID], *, screenings: bool = True) -> None:
    """Others see a dispute than before (protection, place, authors, merging): its steps and its records
    follow."""
    ids = list(disputes)
    restate(EVENT, DisputeTransition.objects.filter(dispute_id__in=ids).values_list("id", flat=True))
    if screenings:
        linked = DisputeScreening.objects.filter(dispute_id__in=ids).values_list("screening_id", flat=True)
        publish(SCREENING, list(linked))

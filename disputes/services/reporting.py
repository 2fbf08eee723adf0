"""A report to the police that rests on a dispute: acts, time and place go; no word of a party,
and no name but the one that the author types."""

from typing import Any
from uuid import UUID

from django.db import transaction

from disputes import access
from edge.rows import existing
from kernel.actor import Actor
from kernel.law import law
from liaison.grounds import Way
from liaison.models import Report
from liaison.services import Observed, Source, report_draft


@law("PM-25", "PS-1")
@transaction.atomic
def dispute_report(
    *, actor: Actor, dispute_id: UUID, ground: str, way: str = "system", id: UUID | None = None, **seen: Any
) -> tuple[Report, bool]:
    """A draft of the actor's, with the dispute's own place, and whether it was there before. Problems
    `not_found`, `ground_not_yours`, `report_not_open` (somebody else's is under way).
    """
    dispute = existing(access.disputes_visible_to(actor).filter(pk=dispute_id))
    observed = Observed(
        acts=tuple(seen.pop("acts")), area_id=dispute.street_id, grid_id=dispute.grid_id,
        no_place_reason="" if dispute.grid_id else "no_location", **seen,
    )  # fmt: skip
    source = Source("dispute", dispute.pk)
    return report_draft(actor=actor, ground=ground, source=source, observed=observed, way=Way(way), id=id)

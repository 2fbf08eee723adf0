"""A person puts a dispute into another grid: near a border it went to the wrong one, or it had no point."""

from uuid import UUID

from django.db import transaction

from audit.services import record
from disputes.machine import OPEN_STATES
from disputes.models import Dispute, DisputeMove
from disputes.services.moving import locked
from disputes.services.telling import dispute_stored, readers_changed
from grids.access import grids_visible_to
from grids.selectors import release_of
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.problems import Problem


@transaction.atomic
def dispute_place(*, actor: Actor, dispute_id: UUID, grid_id: UUID, reason: str) -> Dispute:
    """From now on the grid answers for the dispute; its phones get it, the others lose it.

    The screenings keep the stamp of their point. A doubled call changes nothing. Problems: not_found (no such
    grid in force in the streets of the actor), transition_not_allowed (the dispute is over),
    role_not_allowed (on the protected track only the director knows and moves the place).
    """
    dispute = locked(dispute_id)
    if dispute.protected and actor.role != Role.CENTRE_DIRECTOR:
        raise Problem("role_not_allowed")
    if dispute.state not in OPEN_STATES:
        raise Problem("transition_not_allowed", current=dispute.state, event="place")
    grid = grids_visible_to(actor).select_related("community").filter(id=grid_id).first()
    release_id = release_of(grid_id) if grid else None
    if grid is None or release_id is None:
        raise Problem("not_found")
    if dispute.grid_id == grid.id:
        return dispute
    DisputeMove.objects.create(
        dispute=dispute, from_grid_id=dispute.grid_id, to_grid=grid, release_id=release_id, reason=reason,
        actor_id=actor.person, role=str(actor.role), at=clock.now(),
    )  # fmt: skip
    dispute.grid_id, dispute.community_id = grid.id, grid.community_id
    dispute.street_id = grid.community.parent_id or dispute.street_id
    dispute_stored(dispute)
    readers_changed([dispute.id], screenings=False)
    record(
        actor=actor, event="dispute.moved", subject_kind="dispute", subject_id=dispute.id,
        fields=["grid", "community"], reason=reason,
    )  # fmt: skip
    return dispute

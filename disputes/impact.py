"""Open disputes that a change of charge concerns."""

from disputes.access import disputes_visible_to
from disputes.machine import OPEN_STATES
from grids.impact import count_by
from grids.models import Assignment
from kernel.actor import Actor


def connect() -> None:
    """Enter the counter (once, when the app is ready)."""
    count_by("dispute", open_disputes)


def open_disputes(actor: Actor, assignment: Assignment) -> int:
    """Open disputes of the grid, as far as the actor sees them."""
    return disputes_visible_to(actor).filter(grid=assignment.grid_id, state__in=OPEN_STATES).count()

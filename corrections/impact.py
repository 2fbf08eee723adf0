"""Due visits of a worker: they go by person and stay with the worker when a grid is taken away."""

from collections.abc import Sequence
from uuid import UUID

from corrections.access import contacts_visible_to, held_contacts
from grids.impact import count_by
from grids.models import Assignment
from grids.release_impact import count_grids_by
from grids.selectors import workers_of
from kernel.actor import Actor


def connect() -> None:
    """Enter the counters (once, when the app is ready)."""
    count_by("visit_due", due_visits)
    count_grids_by("visit_due", due_visits_of_grids)


def due_visits(actor: Actor, assignment: Assignment) -> int:
    """Visits that the worker's phones hold. Who may not know of somebody in correction is told 0."""
    return contacts_visible_to(actor).filter(id__in=held_contacts(assignment.worker_id).values("id")).count()


def due_visits_of_grids(actor: Actor, grid_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The same by grid: visits that the phones of those in charge of it hold."""
    if not contacts_visible_to(actor).exists():
        return {}
    return {
        grid_id: sum(due_visits(actor, assignment) for assignment in assignments)
        for grid_id, assignments in workers_of(grid_ids).items()
    }

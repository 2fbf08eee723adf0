"""Due visits of a worker: they go by person and stay with the worker when a grid is taken away."""

from corrections.access import contacts_visible_to, held_contacts
from grids.impact import count_by
from grids.models import Assignment
from kernel.actor import Actor


def connect() -> None:
    """Enter the counter (once, when the app is ready)."""
    count_by("visit_due", due_visits)


def due_visits(actor: Actor, assignment: Assignment) -> int:
    """Visits that the worker's phones hold. Who may not know of somebody in correction is told 0."""
    return contacts_visible_to(actor).filter(id__in=held_contacts(assignment.worker_id).values("id")).count()

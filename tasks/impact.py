"""Open tasks that a change of charge concerns."""

from grids.impact import count_by
from grids.models import Assignment
from kernel.actor import Actor
from tasks.access import visible_to
from tasks.codes import TaskState


def connect() -> None:
    """Enter the counter (once, when the app is ready)."""
    count_by("task", open_tasks)


def open_tasks(actor: Actor, assignment: Assignment) -> int:
    """Tasks of the worker in the grid, as far as the actor sees them."""
    rows = visible_to(actor).filter(state=TaskState.OPEN, grid=assignment.grid_id)
    return rows.filter(assignee=assignment.worker_id).count()

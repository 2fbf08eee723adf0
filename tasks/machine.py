"""States of a task. Whose task it is, is a matter of `visible_to`."""

from collections.abc import Sequence

from kernel.codes.roles import Role
from kernel.law import law
from kernel.transitions import StateTable, Transition
from tasks.codes import GRID_DUTIES, TaskState

ANYBODY = frozenset(Role)

TASK = StateTable(
    "task",
    initial=TaskState.OPEN,
    transitions=[
        Transition(TaskState.OPEN, "done", TaskState.DONE, ANYBODY),
        Transition(TaskState.OPEN, "cancel", TaskState.CANCELLED, ANYBODY - {Role.GRID_WORKER}),
    ],
    terminal=[TaskState.DONE, TaskState.CANCELLED],
)


@law("GR-8")
def duty_listed(kind: str, duties: Sequence[str]) -> bool:
    """Whether a grid takes tasks of this kind; an empty list stands for the district's own."""
    return kind in (duties or GRID_DUTIES)

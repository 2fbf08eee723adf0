"""States of a task. Whose task it is, is a matter of `visible_to`."""

from collections.abc import Mapping, Sequence
from typing import Any

from kernel.codes.roles import Role
from kernel.law import law
from kernel.transitions import StateTable, Transition
from tasks.codes import GRID_DUTIES, TaskKind, TaskState

ANYBODY = frozenset(Role)
CONSENT = "consent"
CLOSED_BY_ITS_ACT = frozenset({(TaskKind.REVIEW.value, CONSENT)})
"""Kind and subject of what nobody ticks off: a withdrawn consent is decided (erased, or kept by a duty of the
law), and the decision closes the task."""


@law("PI-13/14")
def _ticked_off(facts: Mapping[str, Any]) -> str | None:
    return "task_closed_by_act" if (facts["kind"], facts["subject_kind"]) in CLOSED_BY_ITS_ACT else None


TASK = StateTable(
    "task",
    initial=TaskState.OPEN,
    transitions=[
        Transition(TaskState.OPEN, "done", TaskState.DONE, ANYBODY, _ticked_off),
        Transition(TaskState.OPEN, "cancel", TaskState.CANCELLED, ANYBODY - {Role.GRID_WORKER}, _ticked_off),
    ],
    terminal=[TaskState.DONE, TaskState.CANCELLED],
)


@law("GR-8")
def duty_listed(kind: str, duties: Sequence[str]) -> bool:
    """Whether a grid takes tasks of this kind; an empty list stands for the district's own."""
    return kind in (duties or GRID_DUTIES)

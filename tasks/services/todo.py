"""Making, doing and cancelling tasks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from audit.services import record
from edge.rows import existing
from grids.models import Grid
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.problems import Problem
from sync.services import publish
from tasks import access
from tasks.codes import TaskKind, TaskState
from tasks.machine import TASK, duty_listed
from tasks.models import Task


@dataclass(frozen=True, slots=True)
class About:
    """What a task is about: a record of some package, and where it lies (for the list of duties)."""

    subject_kind: str
    subject_id: UUID
    grid_id: UUID | None = None
    area_id: UUID | None = None


@transaction.atomic
def task_create(
    *,
    actor: Actor,
    kind: TaskKind,
    about: About,
    role: Role,
    assignee_id: UUID | None = None,
    organisation_id: UUID | None = None,
    due_at: datetime | None = None,
) -> Task:
    """Give a task to a person in a role, or to a role of an organisation.

    Problem `duty_not_listed` when a grid worker would get what the grid's list of duties does not name.
    """
    if role is Role.GRID_WORKER and about.grid_id is not None:
        _check_duty(kind, about.grid_id)
    task = Task.objects.create(
        kind=kind, due_at=due_at, role=role, assignee_id=assignee_id, organisation_id=organisation_id,
        subject_kind=about.subject_kind, subject_id=about.subject_id, grid_id=about.grid_id,
        area_id=about.area_id, created_by_id=actor.user_id, created_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="task.created", subject_kind="task", subject_id=task.id, detail={"kind": kind})
    publish("task", [task.id])
    return task


def _check_duty(kind: TaskKind, grid_id: UUID) -> None:
    duties = Grid.objects.values_list("duties", flat=True).get(id=grid_id)
    if not duty_listed(kind, duties):
        raise Problem("duty_not_listed", kind=kind)


def task_done(*, actor: Actor, task_id: UUID) -> Task:
    """Done; a doubled call answers the same. Problem `task_closed_by_act` for what its own act closes."""
    return _close(actor, task_id, "done", "")


def task_cancel(*, actor: Actor, task_id: UUID, reason: str) -> Task:
    """Cancelled with a reason; a doubled call answers the same. Problem `task_closed_by_act`."""
    return _close(actor, task_id, "cancel", reason)


@transaction.atomic
def _close(actor: Actor, task_id: UUID, event: str, reason: str) -> Task:
    task = existing(access.visible_to(actor).select_for_update(of=("self",)).filter(id=task_id))
    if TASK.already_done(task.state, event):
        return task
    facts = {"kind": task.kind, "subject_kind": task.subject_kind}
    task.state = TASK.apply(task.state, event, role=actor.role, facts=facts).target
    task.closed_at, task.closed_by_id = clock.now(), actor.user_id
    task.save(update_fields=["state", "closed_at", "closed_by"])
    record(actor=actor, event=f"task.{task.state}", subject_kind="task", subject_id=task.id, reason=reason)
    publish("task", [task.id])
    return task


def tasks_cancel_for(
    *, actor: Actor, subject_kind: str, subject_id: UUID, reason: str, kind: TaskKind | None = None
) -> int:
    """Cancel what is still open about a record that is over (of one kind, where one is named); how many. For
    services of the packages above."""
    rows = Task.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return _close_for(actor, rows.filter(kind=kind) if kind else rows, TaskState.CANCELLED, reason)


def tasks_done_for(
    *,
    actor: Actor,
    subject_kind: str,
    subject_id: UUID,
    kind: TaskKind | None = None,
    grid_id: UUID | None = None,
) -> int:
    """What was open about a record (of one kind, in one grid, where these are named) is done with it; how
    many. For services of the packages above."""
    rows = Task.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    rows = rows.filter(grid_id=grid_id) if grid_id else rows
    return _close_for(actor, rows.filter(kind=kind) if kind else rows, TaskState.DONE)


@transaction.atomic
def _close_for(actor: Actor, rows: QuerySet[Task], state: TaskState, reason: str = "") -> int:
    ids = sorted(rows.select_for_update().filter(state="open").values_list("id", flat=True))
    Task.objects.filter(id__in=ids).update(state=state, closed_at=clock.now(), closed_by_id=actor.user_id)
    for task_id in ids:
        record(actor=actor, event=f"task.{state}", subject_kind="task", subject_id=task_id, reason=reason)
    if ids:
        publish("task", ids)
    return len(ids)

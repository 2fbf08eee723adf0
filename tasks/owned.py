"""What people own of tasks: open to-dos given to them, and shifts of a duty list that are still to come."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from accounts.ownership import OwnedItem, Owner, Source, register
from accounts.selectors import held_elsewhere
from audit.services import record
from kernel import clock
from kernel.actor import Actor
from kernel.clock import TZ
from kernel.codes.roles import Role
from sync.services import publish
from tasks.codes import DutyPost, TaskKind, TaskState
from tasks.models import DutyShift, Task


def connect() -> None:
    """Enter the sources (once, when the app is ready)."""
    register(Source("tasks", "未办任务", "open tasks", open_tasks, give_task))
    register(Source("duty_shifts", "未值班次", "shifts to come", shifts))


def _of(owner: Owner) -> Q:
    """A to-do says in which organisation only where it matters: then this one, or of the only membership."""
    mine = Q(organisation_id=owner.organisation_id)
    return mine if held_elsewhere(owner) else mine | Q(organisation__isnull=True)


def open_tasks(owner: Owner) -> Iterable[OwnedItem]:
    rows = Task.objects.filter(_of(owner), assignee_id=owner.user_id, role=owner.role, state=TaskState.OPEN)
    for row in rows.order_by("due_at", "id"):
        kind = TaskKind(row.kind)
        yield OwnedItem("task", row.id, kind.zh, kind.en, row.due_at)


def give_task(actor: Actor, task_id: UUID, owner: Owner, to: UUID) -> bool:
    """The same to-do, of another; False when it was done meanwhile."""
    rows = Task.objects.filter(id=task_id, assignee_id=owner.user_id, role=owner.role, state=TaskState.OPEN)
    if not rows.update(assignee_id=to):
        return False
    publish("task", [task_id])
    record(
        actor=actor, event="task.passed_on", subject_kind="task", subject_id=task_id, fields=["assignee"],
        detail={"from": str(owner.user_id), "to": str(to)},
    )  # fmt: skip
    return True


def shifts(owner: Owner) -> Iterable[OwnedItem]:
    """Whoever plans the list puts another on it."""
    if owner.role != Role.DUTY_OFFICER:
        return
    rows = DutyShift.objects.filter(
        person_id=owner.user_id, organisation_id=owner.organisation_id, cancelled_at__isnull=True,
        ends_at__gt=clock.now(),
    )  # fmt: skip
    for row in rows:
        post, at = DutyPost(row.post), row.starts_at.astimezone(TZ).strftime("%m-%d %H:%M")
        yield OwnedItem("duty_shift", row.id, f"{post.zh} {at}", f"{post.en} {at}", row.ends_at)

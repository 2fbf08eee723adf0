"""What tasks themselves put on the worklist."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from accounts.ownership import Owner, owned_by
from accounts.powers import ACTING_ROLES
from accounts.selectors import stands_in_for
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from tasks.access import DESKS, hand_overs_visible_to, papers_visible_to, visible_to
from tasks.codes import HandingReason, TaskKind, TaskState
from tasks.models import Task
from tasks.worklist import Section, SectionKind, WorklistItem, register

EVERYBODY = frozenset(Role)


def _open(actor: Actor) -> list[Task]:
    """Open tasks of the actor, or of the actor's role where nobody has taken them."""
    mine = Q(assignee_id=actor.user_id) | Q(assignee__isnull=True)
    return list(visible_to(actor).filter(mine, state=TaskState.OPEN, role=actor.role))


def _line(task: Task) -> WorklistItem:
    kind = TaskKind(task.kind)
    return WorklistItem(
        task.subject_kind, task.subject_id, kind.zh, kind.en, due_at=task.due_at, since=task.created_at
    )


def overdue(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return [_line(task) for task in _open(actor) if task.due_at is not None and task.due_at <= now]


def due_today(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Due by 24:00 of this local day."""
    end = clock.day_end(clock.local_day(now))
    return [_line(task) for task in _open(actor) if task.due_at is not None and now < task.due_at <= end]


def later(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    end = clock.day_end(clock.local_day(now))
    return [_line(task) for task in _open(actor) if task.due_at is None or task.due_at > end]


def to_compare(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """What colleagues have entered from paper and nobody has compared."""
    rows = papers_visible_to(actor).filter(compared_at__isnull=True).exclude(entered_by_id=actor.person)
    return [
        WorklistItem(
            "paper_entry",
            row.id,
            "待核对的纸质录入",
            "entered from paper, to be compared",
            since=row.entered_at,
        )
        for row in rows
    ]


def to_take(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """What colleagues have handed over and nobody has signed for: to be taken, or waited for."""
    rows = hand_overs_visible_to(actor).filter(taken_at__isnull=True).exclude(person_id=actor.person)
    return [
        WorklistItem(
            "hand_over", row.id, f"交接待签收：{HandingReason(row.reason).zh}",
            f"hand-over to sign for: {HandingReason(row.reason).en}", since=row.written_at,
            waiting_for=Role(row.role).zh, marks=(row.role, row.reason),
        )
        for row in rows
    ]  # fmt: skip


def deputised(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Everything that is open with the person for whom the actor stands in by document: to-dos, shifts,
    whatever packages count as owned."""
    away = stands_in_for(actor).select_related("user").first()
    if away is None:
        return []
    owned = owned_by(Owner(away.user_id, away.role, away.organisation_id))
    return [
        WorklistItem(
            item.subject_kind, item.subject_id, f"代{away.user.name}：{item.title}",
            f"for {away.user.name}: {item.title_en}", due_at=item.due_at, marks=(source,),
        )
        for source, items in owned.items()
        for item in items
    ]  # fmt: skip


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    register(Section("tasks_overdue", SectionKind.OVERDUE, "超期任务", "tasks overdue", EVERYBODY, overdue))
    register(
        Section("tasks_today", SectionKind.DUE_TODAY, "今日到期任务", "tasks due today", EVERYBODY, due_today)
    )
    register(Section("tasks_later", SectionKind.TO_DO, "其他任务", "other tasks", EVERYBODY, later))
    register(
        Section(
            "deputised", SectionKind.DEPUTISED, "代理事项", "of whom I stand in for", ACTING_ROLES, deputised
        )
    )
    register(Section("papers", SectionKind.TO_DO, "待核对的纸质录入", "papers to compare", DESKS, to_compare))
    register(
        Section(
            "hand_overs", SectionKind.WAITING, "待签收的交接", "hand-overs to sign for", EVERYBODY, to_take
        )
    )

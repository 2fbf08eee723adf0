"""Danger now 紧急情况: somebody at the centre opens it, or the duty officer is called up, then the deputy."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from disputes.codes import Urgency
from disputes.deadlines import danger_due
from disputes.models import DangerCallUp, DisputeScreening, Screening
from edge.conf import setting
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.deadlines import ran_out
from kernel.law import law
from tasks.codes import DutyPost, TaskKind, TaskState
from tasks.models import Task
from tasks.selectors import OnDuty, duty_place, on_duty
from tasks.services import About, task_create, tasks_cancel_for

OPENERS = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.DUTY_OFFICER})
ORDER = (DutyPost.MAIN, DutyPost.DEPUTY)


@transaction.atomic
def screening_opened(*, actor: Actor, screening: Screening) -> None:
    """Somebody at the centre has opened a danger: nobody has to be called up for it any more."""
    if actor.role not in OPENERS or screening.urgency == Urgency.NONE or screening.danger_opened_at:
        return
    now = clock.now()
    fresh = Screening.objects.filter(id=screening.id, danger_opened_at__isnull=True)
    if fresh.update(danger_opened_at=now, danger_opened_by=actor.user_id, danger_due_at=None):
        record(
            actor=actor, event="screening.danger_opened", subject_kind="screening",
            subject_id=screening.id, fields=["danger_opened_at"],
        )  # fmt: skip
        tasks_cancel_for(
            actor=actor, subject_kind="screening", subject_id=screening.id, kind=TaskKind.CALL_UP,
            reason="已有人查看 somebody has opened it",
        )  # fmt: skip
    screening.danger_opened_at = now


@transaction.atomic
def dispute_danger_opened(*, actor: Actor, dispute_id: UUID) -> None:
    """The same for every danger of a dispute, of which somebody at the centre has read what it is about."""
    linked = DisputeScreening.objects.filter(dispute_id=dispute_id).values("screening_id")
    waiting = Screening.objects.filter(id__in=linked, danger_opened_at__isnull=True)
    for screening in waiting.exclude(urgency=Urgency.NONE).order_by("id"):
        screening_opened(actor=actor, screening=screening)


@law("PS-6")
@transaction.atomic
def danger_call_up(*, screening_id: UUID) -> bool:
    """Call up whoever is on duty at this moment for a danger whose time is over: the main post, at its next
    time the deputy, each once, with the true time. Where nobody holds the post the next one is due at once.
    Row and fact hold no content.
    """
    row = Screening.objects.select_for_update(skip_locked=True).filter(id=screening_id).first()
    if row is None or row.danger_due_at is None or row.danger_opened_at:
        return False
    if not ran_out(row.danger_due_at, clock.now()) or row.danger_step >= len(ORDER):
        return False
    due, post = row.danger_due_at, ORDER[row.danger_step]
    place = duty_place(row.street_id) if row.street_id else None
    person = (on_duty(place, clock.now()) if place else OnDuty()).post(post)
    _called(row, due, post, place, person)
    row.danger_step += 1
    within = setting("DANGER_OPEN_MIN") if person else 0
    row.danger_due_at = danger_due(due, within) if row.danger_step < len(ORDER) else None
    row.save(update_fields=["danger_step", "danger_due_at"])
    return True


def _called(row: Screening, due: datetime, post: DutyPost, place: UUID | None, person: UUID | None) -> None:
    DangerCallUp.objects.create(
        screening=row, post=post, organisation_id=place, person_id=person, due_at=due, called_at=clock.now()
    )
    record(
        actor=SYSTEM, event="screening.danger_called_up", subject_kind="screening", subject_id=row.id,
        detail={
            "step": row.danger_step + 1, "post": post, "person": str(person or ""),
            "due_at": due.isoformat(),
        },
    )  # fmt: skip
    if place is not None:
        _told(row, due, place, person)


def _told(row: Screening, due: datetime, place: UUID, person: UUID | None) -> None:
    """One to-do without a place: for the person on duty; for the director where nobody is on the post, or
    where the duty officer may not be shown what it is about."""
    about, kind = About("screening", row.id), TaskKind.CALL_UP
    if person is not None:
        task_create(
            actor=SYSTEM, kind=kind, about=about, role=Role.DUTY_OFFICER, assignee_id=person,
            organisation_id=place, due_at=due,
        )  # fmt: skip
    if (person is None or row.restricted) and not _director_told(row):
        task_create(
            actor=SYSTEM, kind=kind, about=about, role=Role.CENTRE_DIRECTOR, organisation_id=place,
            due_at=due,
        )  # fmt: skip


def _director_told(row: Screening) -> bool:
    """One to-do is enough, whichever post is empty."""
    open_ones = Task.objects.filter(subject_kind="screening", subject_id=row.id, state=TaskState.OPEN)
    return open_ones.filter(kind=TaskKind.CALL_UP, role=Role.CENTRE_DIRECTOR).exists()

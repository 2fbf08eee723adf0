"""What falls due after an agreement: flags set once, with the true time, for the centre's worklist. Parties
are told nothing by it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F, Model

from kernel import calendar, clock
from kernel.actor import SYSTEM
from kernel.law import law
from mediation.agreed import parties_want_reminding
from mediation.models import Confirmation, ConfirmationReminder, FollowUp, Obligation
from mediation.services.after import move, tell
from mediation.services.centre import centre_task
from mediation.services.effect import reminder_at, window_set
from mediation.services.moves import Step
from tasks.codes import TaskKind

log = structlog.get_logger()
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Flag:
    """`flag` gets the time of `column` once that is past, and `event` is recorded."""

    model: type[Model]
    column: str
    flag: str
    event: str


FLAGS = (
    Flag(Obligation, "falls_due_at", "fell_due_at", "obligation_due"),
    Flag(Obligation, "due_at", "overdue_at", "obligation_overdue"),
    Flag(FollowUp, "due_at", "overdue_at", "follow_up_overdue"),
    Flag(Confirmation, "due_at", "over_at", "confirmation_over"),
)


def due(now: datetime) -> int:
    """Every flag that is due, oldest first; reminders; confirmations whose time is over for good."""
    done = _recompute() + sum(_all(flag, now) for flag in FLAGS)
    done += _each(ConfirmationReminder, "due_at", now, _remind)
    return done + _each(Confirmation, "closes_at", now, _expire)


def _all(flag: Flag, now: datetime) -> int:
    return _each(flag.model, flag.column, now, lambda pk, at: _set(flag, pk, at), **{flag.flag: None})


def _each(
    model: Any, column: str, now: datetime, act: Callable[[UUID, datetime], int], **waiting: Any
) -> int:
    rows = model.objects.filter(**{f"{column}__lte": now}, **waiting).order_by(column, "id")
    return sum(_safely(model, act, pk, now) for pk in rows.values_list("pk", flat=True)[:AT_ONCE])


def _safely(model: type[Model], act: Callable[[UUID, datetime], int], pk: UUID, now: datetime) -> int:
    """Each commits by itself, and a bad row holds up no other."""
    try:
        with transaction.atomic():
            return act(pk, now)
    except Exception as error:
        log.error("clock failed", table=model._meta.db_table, row=str(pk), error_type=type(error).__name__)
        return 0


def _set(flag: Flag, pk: UUID, now: datetime) -> int:
    """Compare-and-set: whichever scheduler is first writes the flag and its fact, the others nothing."""
    model: Any = flag.model
    rows = model.objects.filter(pk=pk, **{f"{flag.column}__lte": now, flag.flag: None})
    if not rows.update(**{flag.flag: F(flag.column)}):
        return 0
    row = model.objects.select_related("agreement").get(pk=pk)
    tell(SYSTEM, flag.event, row.agreement, row, [flag.flag], at=getattr(row, flag.flag).isoformat())
    return 1


@law("PM-33")
def _expire(pk: UUID, now: datetime) -> int:
    """The thirty days are over, a moved last day too. Once, with the true time."""
    rows = Confirmation.objects.select_for_update().filter(pk=pk, closes_at__lte=now)
    row = rows.select_related(None).first()
    if row is None:
        return 0
    move(
        SYSTEM, row, "expire", Step({}, stated_at=row.closes_at), expired_at=row.closes_at, due_at=None,
        closes_at=None,
    )  # fmt: skip
    return 1


@law("PM-33")
def _remind(pk: UUID, now: datetime) -> int:
    """The centre's worklist shows it; parties are told by a person, only if every one wants it, and in the
    allowed hours."""
    moved = reminder_at(now)
    if moved > now:
        ConfirmationReminder.objects.filter(pk=pk).update(due_at=moved)
        return 0
    row = ConfirmationReminder.objects.select_for_update(of=("self",)).filter(pk=pk, reminded_at=None).first()
    if row is None or row.due_at is None:
        return 0
    confirmation = Confirmation.objects.select_related("agreement__case__dispute").get(pk=row.confirmation_id)
    row.reminded_at, row.to_parties = now, parties_want_reminding(confirmation)
    row.due_at = None
    row.save(update_fields=["reminded_at", "due_at", "to_parties"])
    tell(SYSTEM, "confirmation_reminder", confirmation.agreement, row, ["reminded_at"])
    if row.to_parties:
        case = confirmation.agreement.case
        centre_task(SYSTEM, case, TaskKind.NOTIFY, "mediation_confirmation", confirmation.pk)
    return 1


@law("PM-33")
def _recompute() -> int:
    """Days that rested on a year without known holidays, once that year is loaded."""
    rows = Confirmation.objects.filter(provisional=True, closes_at__isnull=False).select_related("agreement")
    return sum(
        _safely(Confirmation, _recomputed, pk, clock.now()) for pk in rows.values_list("pk", flat=True)
    )


def _recomputed(pk: UUID, _now: datetime) -> int:
    row = Confirmation.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=pk)
    day = row.agreement.effective_on
    if day is None or not calendar.current().knows(row.last_day):
        return 0
    again = window_set(row.agreement, day)
    if again.provisional:
        return 0
    tell(SYSTEM, "clock_recomputed", row.agreement, again, ["moved_day", "provisional"])
    return 1

"""Mediation's own clocks: time over is a flag for a person, set once with its true time; nothing ends by
itself."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from audit import services as audit
from edge.conf import setting
from kernel import calendar
from kernel.actor import SYSTEM
from kernel.law import law
from mediation import clocks, deadlines, selectors, table_jobs
from mediation.models import Case, Referral
from mediation.services.referrals import flag_unanswered

log = structlog.get_logger()
CLOCKS = ("acceptance", "mediation", "labour")
AT_ONCE = 500


def due(now: datetime) -> int:
    """Set the flag of every clock that is over, oldest first, each committed by itself."""
    flagged = sum(_flag_all(name, now) for name in CLOCKS)
    return _recompute() + flagged + clocks.due(now) + table_jobs.due(now) + _unanswered(now)


def _unanswered(now: datetime) -> int:
    """Referrals whose channel has not answered in time, oldest first, each by itself."""
    waiting = Referral.objects.filter(answer_due_at__lte=now, no_answer_at=None)
    ids = list(waiting.order_by("answer_due_at", "id").values_list("pk", flat=True)[:AT_ONCE])
    return sum(flag_unanswered(pk) for pk in ids)


def _flag_all(name: str, now: datetime) -> int:
    waiting = Case.objects.filter(**{f"{name}_due_at__lte": now, f"{name}_over_at": None})
    ids = list(waiting.order_by(f"{name}_due_at", "id").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_flag(case_id, name, now) for case_id in ids)


def _flag(case_id: UUID, name: str, now: datetime) -> int:
    """Compare-and-set: whichever scheduler is first writes the flag and its audit row, the others nothing."""
    try:
        with transaction.atomic():
            rows = Case.objects.filter(pk=case_id, **{f"{name}_due_at__lte": now, f"{name}_over_at": None})
            if not rows.update(**{f"{name}_over_at": F(f"{name}_due_at")}):
                return 0
            _record(Case.objects.get(pk=case_id), f"mediation.{name}_over", [f"{name}_over_at"])
            return 1
    except Exception as error:
        log.error("mediation clock failed", case=str(case_id), clock=name, error_type=type(error).__name__)
        return 0


def _record(case: Case, event: str, fields: list[str]) -> None:
    audit.record(
        actor=SYSTEM,
        event=event,
        subject_kind="mediation_case",
        subject_id=case.pk,
        fields=fields,
        detail={"dispute": str(case.dispute_id)},
    )


@law("PM-T3", "PM-T6")
def _recompute() -> int:
    """Days that rested on a year without known holidays, once that year is loaded."""
    ids = Case.objects.filter(provisional=True, ended_at=None).values_list("pk", flat=True)[:AT_ONCE]
    return sum(_recomputed(case_id) for case_id in ids)


@transaction.atomic
def _recomputed(case_id: UUID) -> int:
    case = Case.objects.select_for_update().get(pk=case_id)
    known = calendar.current()
    if case.acceptance_due_at is not None:
        days = setting("ACCEPTANCE_WORKING_DAYS")
        name, again = (
            "acceptance",
            deadlines.acceptance_due(case.received_on, working_days=days, calendar=known),
        )
    elif case.mediation_due_at is not None and case.accepted_on is not None:
        first = deadlines.mediation_due(case.category, case.accepted_on, calendar=known)
        name, again = "mediation", deadlines.replayed(first, selectors.term_changes(case), calendar=known)
    else:
        return 0
    if again.provisional:
        return 0
    setattr(case, f"{name}_last_day", again.last_day)
    setattr(case, f"{name}_due_at", again.due_at)
    case.provisional = False
    fields = [f"{name}_last_day", f"{name}_due_at", "provisional"]
    case.save(update_fields=fields)
    _record(case, "mediation.clock_recomputed", fields)
    return 1

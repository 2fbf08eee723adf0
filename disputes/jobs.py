"""What falls due by itself: unread danger is called up, colours and suggestions end, watches end. Each row
alone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet

from audit.services import record
from disputes.codes import DisputeState
from disputes.deadlines import watch_due
from disputes.machine import rank
from disputes.models import Dispute, JointQuestion, Screening
from disputes.selectors import joint_silent, watch_ended
from disputes.services.danger import danger_call_up
from disputes.services.joint_silence import joint_silence
from disputes.services.moving import dispute_transition
from disputes.services.telling import dispute_stored
from kernel import clock
from kernel.actor import SYSTEM
from kernel.codes.law import HandlingLevel
from kernel.deadlines import ran_out

log = structlog.get_logger()
BATCH = 500


def due(now: datetime) -> int:
    """Do what is due at `now`, oldest first; how many rows. A row that fails is passed over and logged."""
    today = clock.local_day(now)
    return (
        _each(Screening.objects.filter(danger_due_at__lte=now).order_by("danger_due_at", "id"), _call_up)
        + _each(Dispute.objects.filter(colour_until__lte=now).order_by("colour_until", "id"), _end_colour)
        + _each(
            Dispute.objects.filter(suggested_until__lte=now).order_by("suggested_until", "id"),
            _end_suggestion,
        )
        + _each(JointQuestion.objects.filter(joint_silent(now)).order_by("due_at", "id"), _flag_silent)
        + _each(Dispute.objects.filter(watch_ended(today)).order_by("watch_until", "id"), _end_watch)
    )


def _each(rows: QuerySet[Any], work: Callable[[UUID], bool]) -> int:
    done = 0
    for row_id in rows.values_list("id", flat=True)[:BATCH]:
        try:
            with transaction.atomic():
                done += work(row_id)
        except Exception as error:
            log.error("due row failed", job=f"disputes.{work.__name__}", error_type=type(error).__name__)
    return done


def _call_up(screening_id: UUID) -> bool:
    return danger_call_up(screening_id=screening_id)


def _flag_silent(question_id: UUID) -> bool:
    return joint_silence(question_id=question_id)


def _locked(dispute_id: UUID) -> Dispute | None:
    return Dispute.objects.select_for_update(skip_locked=True).filter(id=dispute_id).first()


def _end_colour(dispute_id: UUID) -> bool:
    """A colour falls to none unless a person sets it again (C-13)."""
    dispute = _locked(dispute_id)
    if dispute is None or not ran_out(dispute.colour_until, clock.now()):
        return False
    dispute.colour, dispute.colour_until, dispute.colour_by = "", None, None
    dispute_stored(dispute)
    record(
        actor=SYSTEM,
        event="dispute.colour_ended",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["colour"],
    )
    return True


def _end_suggestion(dispute_id: UUID) -> bool:
    """A suggestion that nobody has confirmed within the day was none. No phone shows it, so none is told."""
    dispute = _locked(dispute_id)
    if dispute is None or not ran_out(dispute.suggested_until, clock.now()):
        return False
    dispute.suggested, dispute.suggested_signs, dispute.suggested_until = "", [], None
    dispute.store()
    return True


def _end_watch(dispute_id: UUID) -> bool:
    """A watch ends by itself. What nobody has taken up meanwhile was no dispute; what somebody has, goes
    on."""
    dispute = _locked(dispute_id)
    if dispute is None or dispute.watch_until is None:
        return False
    if not ran_out(watch_due(dispute.watch_until), clock.now()):
        return False
    untouched = dispute.state == DisputeState.REGISTERED and rank(dispute.level) < rank(HandlingLevel.STREET)
    if untouched and dispute.party_asked_at is None:
        dispute_transition(actor=SYSTEM, dispute_id=dispute.id, event="watch_over", reason="watch ended")
        return True
    dispute.watch_until = None
    dispute_stored(dispute)
    record(
        actor=SYSTEM,
        event="dispute.watch_ended",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["watch_until"],
    )
    return True

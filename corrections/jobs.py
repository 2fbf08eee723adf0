"""The minute's work: what the calendar and the clock do, oldest first, each committed by itself."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db.models import F, Q, QuerySet

from corrections.ends import STAGES, stages_begun
from corrections.models import (
    DueContact,
    EndStage,
    Leave,
    Member,
    PositioningOrder,
    Search,
    Subject,
    Visit,
)
from corrections.positioning import LIVE
from corrections.services.assessments import assessment_recompute, assessments_now_known
from corrections.services.complaints import complaint_recompute, complaints_now_known
from corrections.services.detention import detained_with_due, detention_tick
from corrections.services.ending import end_stages_tick
from corrections.services.endings import member_turn, subject_end, visit_off_phone
from corrections.services.leave.course import leave_tick
from corrections.services.leave.effects import permits_to_expire
from corrections.services.leave.permits import permit_expire
from corrections.services.medical import medical_open, medical_to_open
from corrections.services.plans import plan_extend_due, plans_to_extend
from corrections.services.positioning import positioning_tick
from corrections.services.searches import review_open_due, review_settle
from corrections.services.ticking import contact_recompute, contact_tick, provisional_now_known
from corrections.services.transfers import transfer_flag, transfers_to_flag
from kernel import clock

log = structlog.get_logger()
BATCH = 5000
PUSHED_BACK = timedelta(minutes=10)


def due(now: datetime) -> int:
    """Everything that is due at `now`; how many things were done."""
    today = clock.local_day(now)
    _each(detained_with_due(now), detention_tick)

    def tick(contact_id: UUID) -> int:
        return contact_tick(contact_id, now)

    done = _each(_members(today), member_turn)
    done += _each(
        _oldest(Subject.objects.filter(ends_on__lt=today, state="in_correction"), "ends_on"), subject_end
    )
    done += _each(
        _oldest(DueContact.objects.filter(next_at__lte=now), "next_at"),
        tick,
        failed=lambda contact_id: _push_back(contact_id, now),
    )
    done += _each(_positioning(now), positioning_tick)
    done += _each(transfers_to_flag(now), transfer_flag)
    done += _each(_before_end(today), end_stages_tick)
    done += _each(medical_to_open(today), medical_open)
    done += _each(provisional_now_known(), contact_recompute)
    done += _each(assessments_now_known(), assessment_recompute)
    done += _each(complaints_now_known(), complaint_recompute)
    done += _leaves(now) + _reviews(now)
    done += _each(plans_to_extend(), plan_extend_due)
    return done + _each(_oldest(Visit.objects.filter(phone_until__lte=now), "phone_until"), visit_off_phone)


def _reviews(now: datetime) -> int:
    def opened(contact_id: UUID) -> int:
        return review_open_due(contact_id, now)

    settled = Search.objects.filter(state="review", contact__state__in=["done_late", "excused"])
    done = _each(_oldest(DueContact.objects.filter(review_at__lte=now), "review_at"), opened)
    return done + _each(_oldest(settled, "opened_at"), review_settle)


def _leaves(now: datetime) -> int:
    def tick(leave_id: UUID) -> int:
        return leave_tick(leave_id, now)

    begun_or_over = _oldest(Leave.objects.filter(next_at__lte=now), "next_at")
    expired = _oldest(permits_to_expire(clock.local_day(now)), "valid_to")
    return _each(begun_or_over, tick) + _each(expired, permit_expire)


def _before_end(today: date) -> list[UUID]:
    """People whose end is near enough for a stage that has not begun."""
    near = Subject.objects.filter(state="in_correction", ends_on__gte=today)
    near = near.filter(ends_on__lte=today + timedelta(days=max(STAGES)))
    begun = EndStage.objects.filter(ends_on=F("subject__ends_on"), subject__in=near)
    known: dict[UUID, set[int]] = {}
    for subject_id, days in begun.values_list("subject_id", "days"):
        known.setdefault(subject_id, set()).add(days)
    return [
        pk
        for pk, ends_on in near.order_by("ends_on", "id").values_list("id", "ends_on")
        if ends_on is not None and set(stages_begun(ends_on, today)) - known.get(pk, set())
    ]


def _positioning(now: datetime) -> list[UUID]:
    """Orders that time has something to do with: a limit has passed, or a question is due."""
    rows = PositioningOrder.objects.filter(over_at=None)
    timed = Q(ends_at__lte=now) | Q(execute_due_at__lte=now) | Q(review_due_at__lte=now) | Q(ask_at__lte=now)
    return _oldest(rows.filter(timed, state__in=LIVE), "ends_at")


def _members(day: date) -> list[UUID]:
    begun = Member.objects.filter(state="planned", valid_from__lte=day)
    over = Member.objects.exclude(state="ended").filter(valid_to__lte=day)
    return _oldest(begun | over, "valid_from")


def _oldest(rows: QuerySet[Any], order: str) -> list[UUID]:
    return list(rows.order_by(order, "id").values_list("id", flat=True)[:BATCH])


def _each(
    ids: Iterable[UUID], act: Callable[[UUID], int], failed: Callable[[UUID], object] | None = None
) -> int:
    """A row that fails is logged and pushed back; it never stops the others."""
    done = 0
    for row_id in ids:
        try:
            done += act(row_id)
        except Exception as error:
            log.error("due work failed", job=act.__name__, row=str(row_id), error_type=type(error).__name__)
            if failed is not None:
                failed(row_id)
    return done


def _push_back(contact_id: UUID, now: datetime) -> None:
    DueContact.objects.filter(id=contact_id).update(next_at=now + PUSHED_BACK)

"""The duty list 值班表: planned by the head, one person a post, each shift handed over and signed for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import Organisation
from accounts.selectors import memberships_in_force
from audit.services import record
from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.problems import Problem
from tasks import access
from tasks.codes import DutyPost
from tasks.models import DutyShift
from tasks.selectors import ON_THE_LIST


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of a plan: who, on which post, from when to when (half-open)."""

    person_id: UUID
    post: DutyPost
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def shifts_plan(*, actor: Actor, shifts: Sequence[Planned]) -> list[DutyShift]:
    """Enter shifts into the duty list of the actor's own centre or station, all or none.

    Problems: duty_not_yours, duty_times_wrong, not_a_duty_officer, duty_overlaps.
    """
    organisation = _planned_by(actor)
    now = clock.now()
    longest = timedelta(hours=setting("DUTY_SHIFT_HOURS_MAX"))
    for line in shifts:
        if not line.starts_at < line.ends_at <= line.starts_at + longest or line.ends_at <= now:
            raise Problem("duty_times_wrong")
        if line.starts_at > now + timedelta(days=setting("DUTY_AHEAD_DAYS")):
            raise Problem("duty_times_wrong")
        if not _duty_officer_all_along(organisation, line):
            raise Problem("not_a_duty_officer", person=str(line.person_id))
    made = DutyShift.objects.bulk_create(
        DutyShift(
            organisation=organisation, person_id=line.person_id, post=line.post, starts_at=line.starts_at,
            ends_at=line.ends_at, entered_by_id=actor.person, entered_at=now,
        )
        for line in shifts
    )  # fmt: skip
    for shift in made:
        _recorded(actor, shift, "planned", ["person", "post", "starts_at", "ends_at"])
    return made


def _planned_by(actor: Actor) -> Organisation:
    if actor.organisation_id is None or not access.plans_duty(actor):
        raise Problem("duty_not_yours")
    organisation = Organisation.objects.filter(id=actor.organisation_id, kind__in=ON_THE_LIST).first()
    if organisation is None:
        raise Problem("duty_not_yours")
    return organisation


def _duty_officer_all_along(organisation: Organisation, line: Planned) -> bool:
    last = clock.local_day(line.ends_at - timedelta(microseconds=1))
    rows = memberships_in_force(clock.local_day(line.starts_at)).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=last),
        user_id=line.person_id, organisation=organisation, role=Role.DUTY_OFFICER,
    )  # fmt: skip
    return rows.exists()


@transaction.atomic
def shift_cancel(*, actor: Actor, shift_id: UUID, reason: str) -> DutyShift:
    """Take a shift off the list; of one that has begun only the rest. A doubled call answers the same.

    Problems: not_found, duty_not_yours, duty_times_wrong (it is over).
    """
    shift = _locked(actor, shift_id)
    if not access.plans_duty(actor):
        raise Problem("duty_not_yours")
    now = clock.now()
    if shift.cancel_reason:
        return shift
    if shift.ends_at <= now:
        raise Problem("duty_times_wrong")
    if shift.starts_at < now:
        shift.ends_at = now
    else:
        shift.cancelled_at = now
    shift.cancel_reason = reason
    shift.save(update_fields=["ends_at", "cancelled_at", "cancel_reason"])
    _recorded(actor, shift, "cancelled", ["ends_at", "cancelled_at"], reason)
    return shift


@transaction.atomic
def shift_hand_over(*, actor: Actor, shift_id: UUID, note: str) -> DutyShift:
    """交班: the one on duty writes down what goes on, until somebody has signed for it.

    Problems: not_found, duty_not_yours (another's shift), duty_times_wrong (not begun), handover_taken.
    """
    shift = _locked(actor, shift_id)
    if shift.person_id != actor.person:
        raise Problem("duty_not_yours")
    if shift.starts_at > clock.now() or shift.cancelled_at:
        raise Problem("duty_times_wrong")
    if shift.taken_at:
        raise Problem("handover_taken")
    if shift.handed_at and shift.note == note:
        return shift
    shift.note, shift.handed_at = note, clock.now()
    shift.save(update_fields=["note", "handed_at"])
    _recorded(actor, shift, "handed_over", ["note"])
    return shift


@transaction.atomic
def shift_take_over(*, actor: Actor, shift_id: UUID) -> DutyShift:
    """接班: who is on duty next signs for what was handed over. A doubled call answers the same.

    Problems: not_found, own_handover, duty_not_handed_over, handover_taken, duty_not_over_to_you.
    """
    shift = _locked(actor, shift_id)
    if shift.person_id == actor.person:
        raise Problem("own_handover")
    if shift.taken_by_id == actor.person:
        return shift
    if shift.taken_at:
        raise Problem("handover_taken")
    if not shift.handed_at:
        raise Problem("duty_not_handed_over")
    if not _comes_next(actor, shift):
        raise Problem("duty_not_over_to_you")
    shift.taken_by_id, shift.taken_at = actor.person, clock.now()
    shift.save(update_fields=["taken_by", "taken_at"])
    _recorded(actor, shift, "taken_over", ["taken_by"])
    return shift


def _comes_next(actor: Actor, shift: DutyShift) -> bool:
    """On duty now, or soon enough, in the same place, and not only before the shift that is handed over."""
    now = clock.now()
    soon = now + timedelta(minutes=setting("DUTY_TAKE_EARLY_MIN"))
    rows = DutyShift.objects.filter(
        organisation_id=shift.organisation_id, person_id=actor.person, cancelled_at__isnull=True,
        starts_at__lte=soon, ends_at__gt=max(now, shift.starts_at),
    )  # fmt: skip
    return rows.exists()


def _locked(actor: Actor, shift_id: UUID) -> DutyShift:
    shift = existing(access.shifts_visible_to(actor).select_for_update(of=("self",)).filter(id=shift_id))
    return shift


def _recorded(actor: Actor, shift: DutyShift, what: str, fields: list[str], reason: str = "") -> None:
    record(
        actor=actor, event=f"duty.{what}", subject_kind="duty_shift", subject_id=shift.id, fields=fields,
        reason=reason, detail={"organisation": str(shift.organisation_id), "post": shift.post},
    )  # fmt: skip

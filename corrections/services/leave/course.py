"""The course of an approved leave: begun and over by date; everything else an officer writes down."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corrections.complaints import Burden
from corrections.leave import LEAVE, OVER, leave_over_at
from corrections.leave_codes import DecisionKind, LeaveState, NoticeKind, PermitState, ReturnJudgement
from corrections.models import Leave, Permit, Subject
from corrections.services.acts import Said, move
from corrections.services.guarding import burden_guard
from corrections.services.leave.deciding import Ruling, decision_written
from corrections.services.leave.effects import absence_begins
from corrections.services.leave.found import leave_locked, said_on, within_term
from corrections.services.leave.notices import notices_drop, notices_open
from corrections.services.leave.permits import permit_end_with_term
from corrections.services.leave.routing import route_facts
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.clock import day_start
from kernel.law import law
from kernel.problems import Problem


@law("CCM-28")
@transaction.atomic
def leave_close(*, actor: Actor, leave_id: UUID, returned_on: date, left_on: date | None = None) -> Leave:
    """销假: the person came back in time, on the stated day, also when it is entered later. Twice is no
    fault."""
    leave = leave_locked(actor, leave_id)
    if LEAVE.already_done(leave.state, "close"):
        return leave
    first, last = _used(leave, left_on, returned_on)
    facts = {"returned_on": returned_on, "last_day": leave.last_day}
    move(
        actor, leave, LEAVE, "close", Said(at=day_start(returned_on), facts=facts), used_from=first,
        used_to=last, next_at=None,
    )  # fmt: skip
    return leave


@law("CCM-28")
@transaction.atomic
def leave_close_late(
    *,
    actor: Actor,
    leave_id: UUID,
    returned_on: date,
    judgement: ReturnJudgement,
    text: str,
    left_on: date | None = None,
) -> Leave:
    """The person came back after the last day. What that means is the officer's judgement, in words; nothing
    follows from the date alone. Twice is no fault."""
    leave = leave_locked(actor, leave_id)
    if LEAVE.already_done(leave.state, "close_late"):
        return leave
    first, last = _used(leave, left_on, returned_on)
    said = Said(text, code=judgement, at=day_start(returned_on), facts={"judgement": judgement})
    move(
        actor, leave, LEAVE, "close_late", said, used_from=first,
        used_to=last, return_judgement=judgement, next_at=None,
    )  # fmt: skip
    return leave


def _used(leave: Leave, left_on: date | None, returned_on: date) -> tuple[date, date]:
    first = left_on or leave.first_day
    if not leave.first_day <= first <= returned_on <= clock.today():
        raise Problem("invalid", fields={"returned_on": ["in the future, or before the leave began"]})
    return first, returned_on


@transaction.atomic
def leave_not_used(*, actor: Actor, leave_id: UUID) -> Leave:
    """The person did not go; no day is counted. Twice is no fault."""
    leave = leave_locked(actor, leave_id)
    if not LEAVE.already_done(leave.state, "not_used"):
        move(actor, leave, LEAVE, "not_used", Said(), next_at=None)
        notices_drop(actor, leave, "not_used", keep=[NoticeKind.FILING, NoticeKind.PROCURATORATE])
    return leave


@law("CCM-27c", "CCM-28")
@transaction.atomic
def leave_extend(
    *, actor: Actor, leave_id: UUID, last_day: date, text: str, decided_on: date | None = None
) -> Leave:
    """A new decision about a leave that runs: the same router, over the whole of it. What only the city may
    decide is recorded with its document (`city_record`)."""
    leave = leave_locked(actor, leave_id)
    if last_day <= leave.last_day:
        raise Problem("invalid", fields={"last_day": ["not after the last day in force"]})
    if not text:
        raise Problem("reason_required", fields={"text": ["required"]})
    within_term(leave.subject, last_day)
    day = said_on(decided_on, not_before=leave.applied_on)
    facts = route_facts(leave, day, last_day) | {
        "document_no": "",
        "recorded_by": actor.user_id,
        "confirmed_by": None,
    }
    columns = {"last_day": last_day, "next_at": leave_over_at(last_day)}
    move(actor, leave, LEAVE, "extend", Said(text, facts=facts), **columns)
    decision_written(actor, leave, Ruling(DecisionKind.EXTEND, day, text=text), facts)
    notices_open(actor, leave, [NoticeKind.TELL_PERSON], day)
    absence_begins(actor, leave)
    return leave


@law("CCM-28")
@transaction.atomic
def leave_order_back(*, actor: Actor, leave_id: UUID, back_by: date, text: str) -> Leave:
    """责令返回: the agency calls the person back by a day, with reasons. Twice is no fault."""
    leave = leave_locked(actor, leave_id)
    if LEAVE.already_done(leave.state, "order_back"):
        return leave
    if not text or not clock.today() <= back_by <= leave.last_day:
        raise Problem("invalid", fields={"back_by": ["today to the last day, and with a reason"]})
    facts = route_facts(leave, clock.today())
    columns = {"last_day": back_by, "next_at": leave_over_at(back_by)}
    move(actor, leave, LEAVE, "order_back", Said(text, facts=facts), **columns)
    burden_guard(actor, leave.subject, Burden.ORDERED_BACK)
    decision_written(actor, leave, Ruling(DecisionKind.ORDER_BACK, clock.today(), text=text), facts)
    notices_open(actor, leave, [NoticeKind.TELL_PERSON], clock.today())
    return leave


@transaction.atomic
def leave_tick(leave_id: UUID, now: datetime) -> int:
    """What the date does to one leave, in order and with its true times; how many steps."""
    leave = Leave.objects.select_for_update(skip_locked=True, of=("self",)).select_related("subject")
    row = leave.filter(id=leave_id, next_at__lte=now).first()
    if row is None:
        return 0
    done = 0
    if row.state == LeaveState.APPROVED:
        move(SYSTEM, row, LEAVE, "begin", Said(at=row.next_at), next_at=leave_over_at(row.last_day))
        done += 1
    if row.state in ("active", "extended", "ordered_back") and row.next_at and row.next_at <= now:
        move(SYSTEM, row, LEAVE, "run_over", Said(at=row.next_at), next_at=None)
        done += 1
    return done


@law("CCL-44")
def leaves_end(subject: Subject) -> None:
    """The term is over: no leave is open and no permit in force any more, without anybody's act."""
    for leave in Leave.objects.select_for_update().filter(subject=subject).exclude(state__in=OVER):
        leave.subject = subject
        move(SYSTEM, leave, LEAVE, "term_end", Said(), next_at=None)
        notices_drop(SYSTEM, leave, "term_end")
    permits = Permit.objects.select_for_update().filter(subject=subject)
    for permit in permits.filter(state__in=[PermitState.APPLIED, PermitState.IN_FORCE]):
        permit.subject = subject
        permit_end_with_term(permit)

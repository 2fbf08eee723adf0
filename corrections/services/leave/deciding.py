"""Decisions about leave: by the station under its delegation, by the agency, on objection."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from corrections.complaints import Burden
from corrections.leave import LEAVE, leave_over_at
from corrections.leave_codes import DecisionKind, LeaveLevel, LeaveRefusal, NoticeKind
from corrections.models import Leave, LeaveDecision
from corrections.services.acts import Said, move, sealed
from corrections.services.found import require_staff, subject_locked
from corrections.services.giving import LEAVE_TO_CITY, given_out
from corrections.services.guarding import burden_guard
from corrections.services.leave.asking import LeaveAsked, leave_submit, leave_written
from corrections.services.leave.effects import absence_begins
from corrections.services.leave.found import leave_locked, said_on
from corrections.services.leave.notices import notices_open
from corrections.services.leave.routing import refused_by, route_facts, working_told
from kernel import clock
from kernel.actor import Actor
from kernel.clock import day_start
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is written down of a decision. `decided_on` is the day of the paper."""

    kind: DecisionKind
    decided_on: date
    reason: str = ""
    text: str = ""
    document_no: str = ""
    scan_sha256: str = ""
    original_at: str = ""


def decision_written(
    actor: Actor, leave: Leave, ruling: Ruling, facts: dict[str, Any], **columns: Any
) -> LeaveDecision:
    """A decision with the working that it rests on."""
    pk = uuid7()
    return LeaveDecision.objects.create(
        id=pk, leave=leave, kind=ruling.kind, level=facts["level"], decided_on=ruling.decided_on,
        reason=ruling.reason, text=sealed(LeaveDecision, "text", pk, ruling.text, leave.subject.key_id),
        document_no=ruling.document_no, scan_sha256=ruling.scan_sha256, original_at=ruling.original_at,
        working=working_told(facts["working"]), delegation=facts["delegation"],
        recorded_by_id=require_staff(actor), role=actor.role or "", recorded_at=clock.now(),
        **{"first_day": leave.first_day, "last_day": leave.last_day} | columns,
    )  # fmt: skip


@law("CCM-27b", "CCL-9/10")
@transaction.atomic
def leave_approve(
    *, actor: Actor, leave_id: UUID, decided_on: date | None = None, ask_destination: bool = False
) -> Leave:
    """Approve at the own level: a station up to its days and only under a delegation valid on the day of the
    decision. Twice is no fault."""
    leave = leave_locked(actor, leave_id)
    if LEAVE.already_done(leave.state, "approve"):
        return leave
    day = said_on(decided_on, not_before=leave.applied_on)
    facts = route_facts(leave, day)
    approve(actor, leave, "approve", facts, Ruling(DecisionKind.APPROVE, day))
    more = [NoticeKind.DESTINATION] if ask_destination else []
    if facts["level"] == LeaveLevel.STATION and leave.subject.station_id == actor.organisation_id:
        more.append(NoticeKind.FILING)
    notices_open(actor, leave, more, day)
    return leave


def approve(
    actor: Actor,
    leave: Leave,
    event: str,
    facts: dict[str, Any],
    ruling: Ruling | None,
    *,
    on: date | None = None,
) -> None:
    """What every approval brings, whichever way it came: the step, the decision, the effects, the telling."""
    day = ruling.decided_on if ruling else on or clock.today()
    move(actor, leave, LEAVE, event, Said(facts=facts), next_at=day_start(leave.first_day))
    if ruling is not None:
        decision_written(actor, leave, ruling, facts)
    notices_open(actor, leave, [NoticeKind.TELL_PERSON], day)
    absence_begins(actor, leave)


@law("CCL-27a")
@transaction.atomic
def leave_refuse(
    *, actor: Actor, leave_id: UUID, code: LeaveRefusal, text: str, decided_on: date | None = None
) -> Leave:
    """Refuse, with code, text and officer. The person is told and may object. Twice is no fault."""
    leave = leave_locked(actor, leave_id)
    if LEAVE.already_done(leave.state, "refuse"):
        return leave
    day = said_on(decided_on, not_before=leave.applied_on)
    facts = route_facts(leave, day)
    move(actor, leave, LEAVE, "refuse", Said(text, code=code, facts=facts))
    burden_guard(actor, leave.subject, Burden.LEAVE_REFUSED)
    decision_written(actor, leave, Ruling(DecisionKind.REFUSE, day, code, text), facts)
    notices_open(actor, leave, [NoticeKind.TELL_PERSON], day)
    return leave


@law("CCM-27c")
@transaction.atomic
def leave_forward(*, actor: Actor, leave_id: UUID, opinion: str) -> Leave:
    """Send it to the city with the agency's opinion. Until the city answers it is pending, and the person is
    told where it lies. Twice is no fault."""
    leave = leave_locked(actor, leave_id)
    if LEAVE.already_done(leave.state, "forward"):
        return leave
    if not opinion:
        raise Problem("reason_required", fields={"opinion": ["required"]})
    facts = route_facts(leave, clock.today())
    move(actor, leave, LEAVE, "forward", Said(opinion, facts=facts))
    decision_written(actor, leave, Ruling(DecisionKind.FORWARD, clock.today(), text=opinion), facts)
    notices_open(actor, leave, [NoticeKind.TELL_PERSON], clock.today())
    given_out(actor, leave.id, LEAVE_TO_CITY)
    return leave


@law("CCL-27a", "CCM-27a")
@transaction.atomic
def leave_emergency(*, actor: Actor, subject_id: UUID, asked: LeaveAsked) -> Leave:
    """By phone, at any hour: the officer on duty decides at the own level; papers follow."""
    subject = subject_locked(actor, subject_id)
    leave = leave_written(actor, subject, asked, emergency=True)
    leave_submit(actor=actor, leave_id=leave.id)
    leave = leave_approve(actor=actor, leave_id=leave.id)
    notices_open(actor, leave, [NoticeKind.PAPERS], clock.today())
    return leave


@transaction.atomic
def leave_object(*, actor: Actor, leave_id: UUID, text: str) -> Leave:
    """The person objects to a refusal, in any words. Another officer of the agency answers."""
    leave = leave_locked(actor, leave_id)
    if not LEAVE.already_done(leave.state, "object"):
        move(actor, leave, LEAVE, "object", Said(text))
    return leave


@law("CCL-27a", "CCM-32")
@transaction.atomic
def objection_decide(
    *, actor: Actor, leave_id: UUID, grant: bool, text: str, decided_on: date | None = None
) -> Leave:
    """Grant an objection, or uphold the refusal with reasons; never by who refused."""
    leave = leave_locked(actor, leave_id)
    if not text:
        raise Problem("reason_required", fields={"text": ["required"]})
    day = said_on(decided_on, not_before=leave.applied_on)
    facts = route_facts(leave, day) | {"decider": actor.user_id, "refused_by": refused_by(leave)}
    if grant:
        approve(actor, leave, "grant", facts, Ruling(DecisionKind.APPROVE, day, text=text))
        return leave
    move(actor, leave, LEAVE, "uphold", Said(text, facts=facts))
    burden_guard(actor, leave.subject, Burden.LEAVE_REFUSED)
    decision_written(actor, leave, Ruling(DecisionKind.UPHOLD, day, text=text), facts)
    notices_open(actor, leave, [NoticeKind.TELL_PERSON], day)
    return leave


def over_at(leave: Leave) -> Any:
    return leave_over_at(leave.last_day)

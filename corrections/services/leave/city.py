"""The city's decision, which falls outside of this system: recorded by one officer with document, date and
scan, compared and put into effect by another."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.leave import LEAVE, leave_over_at
from corrections.leave_codes import DecisionKind, LeaveLevel, LeaveRefusal, LeaveState, NoticeKind
from corrections.machine import AGENCY
from corrections.models import Leave, LeaveDecision
from corrections.services.acts import Said, move
from corrections.services.found import require_staff
from corrections.services.giving import LEAVE_TO_CITY, given_out
from corrections.services.leave.deciding import Ruling, approve, decision_written
from corrections.services.leave.effects import absence_begins
from corrections.services.leave.found import leave_locked, said_on, within_term
from corrections.services.leave.notices import notices_open
from corrections.services.leave.routing import route_facts
from edge.encryption import reveal
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing


@dataclass(frozen=True, slots=True)
class CityPaper:
    """What the city sent. `scan_sha256` is the hash of the scan, `original_at` where the paper lies."""

    approved: bool
    decided_on: date
    document_no: str
    scan_sha256: str
    original_at: str
    code: LeaveRefusal | None = None
    text: str = ""
    last_day: date | None = None


@law("CCM-27c")
@transaction.atomic
def city_record(*, actor: Actor, leave_id: UUID, paper: CityPaper) -> LeaveDecision:
    """Write the city's answer down; nothing changes until another officer has compared it. With `last_day` it
    is about an extension of a leave that runs."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    actor.sign(Signing.LEAVE)
    leave = leave_locked(actor, leave_id)
    extends = paper.last_day is not None
    wanted = (LeaveState.ACTIVE, LeaveState.EXTENDED) if extends else (LeaveState.WITH_CITY,)
    if leave.state not in wanted:
        raise Problem("transition_not_allowed", current=leave.state)
    if _waiting(leave) is not None:
        raise Problem("already_exists", fields={"leave": ["a decision waits for the second officer"]})
    last_day = paper.last_day or leave.last_day
    if last_day < leave.last_day or (not paper.approved and (paper.code is None or not paper.text)):
        raise Problem("refusal_needs_reason" if not paper.approved else "invalid")
    within_term(leave.subject, last_day)
    facts = route_facts(leave, paper.decided_on, last_day)
    if facts["level"] != LeaveLevel.CITY:
        raise Problem("leave_not_for_city")
    row = decision_written(actor, leave, _ruling(paper, leave, extends), facts, last_day=last_day)
    record(actor=actor, event="leave.city_recorded", subject_kind="leave", subject_id=leave.id)
    if extends:  # what was forwarded stands in the log already
        given_out(actor, leave.id, LEAVE_TO_CITY)
    return row


def _ruling(paper: CityPaper, leave: Leave, extends: bool) -> Ruling:
    kind = DecisionKind.EXTEND if extends else DecisionKind.APPROVE
    return Ruling(
        kind if paper.approved else DecisionKind.REFUSE,
        said_on(paper.decided_on, not_before=leave.applied_on),
        paper.code or "",
        paper.text,
        paper.document_no,
        paper.scan_sha256,
        paper.original_at,
    )


def _waiting(leave: Leave) -> LeaveDecision | None:
    rows = LeaveDecision.objects.select_for_update().filter(
        leave=leave, level=LeaveLevel.CITY, confirmed_at__isnull=True
    )
    return rows.exclude(kind=DecisionKind.FORWARD).order_by("recorded_at", "id").last()


@law("CCM-27c")
@transaction.atomic
def city_confirm(*, actor: Actor, leave_id: UUID) -> Leave:
    """Another officer has compared the record with the city's document: now it takes effect, and the
    procuratorate is told."""
    leave = leave_locked(actor, leave_id)
    row = _waiting(leave)
    if row is None:
        raise Problem("not_found")
    facts = route_facts(leave, row.decided_on, row.last_day) | {
        "level": LeaveLevel.CITY, "document_no": row.document_no, "recorded_by": row.recorded_by_id,
        "confirmed_by": actor.user_id,
    }  # fmt: skip
    _effect(actor, leave, row, facts)
    row.confirmed_by_id, row.confirmed_at = require_staff(actor), clock.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    if row.kind != DecisionKind.REFUSE:
        notices_open(actor, leave, [NoticeKind.PROCURATORATE], clock.today())
    return leave


def _effect(actor: Actor, leave: Leave, row: LeaveDecision, facts: dict[str, Any]) -> None:
    if row.kind == DecisionKind.APPROVE:
        approve(actor, leave, "city_approve", facts, None)
        return
    if row.kind == DecisionKind.EXTEND:
        columns = {"last_day": row.last_day, "next_at": leave_over_at(row.last_day)}
        move(actor, leave, LEAVE, "extend", Said(facts=facts), **columns)
        absence_begins(actor, leave)
    elif leave.state == LeaveState.WITH_CITY:
        said = Said(reveal(row, "text") or "", code=row.reason, facts=facts)
        move(actor, leave, LEAVE, "city_refuse", said)
    notices_open(actor, leave, [NoticeKind.TELL_PERSON], clock.today())

from collections.abc import Sequence
from typing import Unpack
from uuid import UUID

from django.db import transaction

from audit import services as audit
from disputes.codes import ClosedElsewhere
from edge.repeats import made_before
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import deadlines, dispute_side
from mediation.agreed import in_force
from mediation.codes import FailReason
from mediation.machine import CaseState
from mediation.models import Case, CaseParty, Extension
from mediation.selectors import extension_missing
from mediation.services.dropping import open_agreement_drop
from mediation.services.ending import STOPPED_CLOCKS
from mediation.services.moves import Step, locked_case, move_case, require_may_call
from mediation.services.reaching import require_tried
from mediation.services.ways import Apart, Telling, ways_all_told


@law("PM-T1", "PM-T2")
@transaction.atomic
def case_extend(*, actor: Actor, case_id: UUID, days: int, id: UUID | None = None) -> Case:
    """More time, once every party has said yes to it since the last time; one silence is not a yes."""
    case = locked_case(actor, case_id)
    if made_before(Extension, id, case_id=case.pk, recorded_by_id=actor.person, days=days):
        return case
    if case.state != CaseState.ACCEPTED or case.mediation_last_day is None or case.mediation_due_at is None:
        raise Problem("transition_not_allowed", current=case.state, event="extend")
    if extension_missing(case):
        raise Problem("consents_missing", step="extension")
    before = deadlines.due_of(case.mediation_last_day, case.mediation_law, provisional=case.provisional)
    longer = deadlines.extended(before, days)
    case.mediation_last_day, case.mediation_due_at = longer.last_day, longer.due_at
    case.mediation_law, case.mediation_over_at, case.extended_at = longer.law, None, clock.now()
    case.extension_asked_at = None
    fields = ["mediation_last_day", "mediation_due_at", "mediation_law", "mediation_over_at", "extended_at"]
    fields.append("extension_asked_at")
    Extension.objects.create(
        id=id or uuid7(), case=case, days=days, given_on=clock.today(), recorded_at=clock.now(),
        recorded_by_id=actor.person,
    )  # fmt: skip
    case.save(update_fields=fields)
    audit.record(
        actor=actor,
        event="mediation.extended",
        subject_kind="mediation_case",
        subject_id=case.pk,
        fields=fields,
        detail={"dispute": str(case.dispute_id), "days": days},
    )
    return case


@law("PM-T2", "DV-23")
@transaction.atomic
def extension_ask(*, actor: Actor, case_id: UUID) -> Case:
    """The time is over: all parties are asked, once, whether they want more. A second call asks nobody again
    and answers the same."""
    case = locked_case(actor, case_id)
    if case.state != CaseState.ACCEPTED or not deadlines.is_over(case.mediation_due_at, clock.now()):
        raise Problem("time_not_over")
    if case.extension_asked_at is None:
        require_may_call(case, CaseParty.objects.filter(case=case).select_related("dispute_party"))
        case.extension_asked_at = clock.now()
        case.save(update_fields=["extension_asked_at"])
        audit.record(
            actor=actor,
            event="mediation.extension_asked",
            subject_kind="mediation_case",
            subject_id=case.pk,
            fields=["extension_asked_at"],
            detail={"dispute": str(case.dispute_id)},
        )
    return case


@law("PM-26", "PM-T2")
@transaction.atomic
def case_fail(
    *,
    actor: Actor,
    case_id: UUID,
    reason: str,
    code: str = FailReason.NO_AGREEMENT,
    unreached: UUID | None = None,
    closed_as: str = "",
    apart: Sequence[Apart] = (),
    **telling: Unpack[Telling],
) -> Case:
    """调解不成: no agreement, the time is over and not everybody wants more, a party cannot be reached or has
    died without a successor, or went another way. Not without the notice of other ways.

    With a way that was taken, named in `closed_as`, or with a death the dispute is closed elsewhere; with all
    else it is not settled."""
    case = locked_case(actor, case_id)
    if case.state == CaseState.FAILED:
        return case
    _check_why(case, code, unreached)
    elsewhere = _closed_as(code, closed_as)
    now = clock.now()
    told = {"ways_owed_at": now, **ways_all_told(actor, case, telling, apart)}
    former = in_force(case.pk) is not None
    step = Step({"reason": reason, "ways_notice": list(telling.get("ways", ())), "former": former}, reason)
    ended = {"ended_at": now, "end_reason": reason, "fail_code": code}
    move_case(actor, case, "fail", step, **ended, **told, **STOPPED_CLOCKS)
    open_agreement_drop(case)
    if elsewhere:
        dispute_side.closed_elsewhere(actor, case.dispute_id, elsewhere, reason)
    else:
        dispute_side.not_settled(actor, case.dispute_id, reason)
    return case


def _closed_as(code: str, said: str) -> str:
    """Where the dispute found its end; empty when it found none. Problem `closing_unknown`: another way was
    gone and which one was not said."""
    if code == FailReason.PARTY_DIED:
        found = ClosedElsewhere.PARTY_DIED.value
    elif code == FailReason.OTHER_WAY:
        found = said
        if said in ("", ClosedElsewhere.PARTY_DIED):
            raise Problem("closing_unknown")
    else:
        found = ""
    if said not in ("", found):
        raise Problem("invalid", fields={"closed_as": ["only of another way"]})
    return found


def _check_why(case: Case, code: str, unreached: UUID | None) -> None:
    if code == FailReason.TIME_OVER:
        if not deadlines.is_over(case.mediation_due_at, clock.now()):
            raise Problem("time_not_over")
        if case.extension_asked_at is None:
            raise Problem("extension_not_asked")
    if code == FailReason.UNREACHABLE:
        if unreached is None:
            raise Problem("invalid", fields={"unreached": ["required"]})
        require_tried(case, unreached)

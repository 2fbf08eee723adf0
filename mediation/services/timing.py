from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from audit import services as audit
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation import deadlines, dispute_side
from mediation.machine import CaseState
from mediation.models import Case
from mediation.selectors import extension_missing
from mediation.services.ending import STOPPED_CLOCKS
from mediation.services.moves import Step, locked_case, move_case


@law("PM-T1", "PM-T2")
@transaction.atomic
def case_extend(*, actor: Actor, case_id: UUID, days: int) -> Case:
    """More time, once every party has said yes to it since the last time; one silence is not a yes."""
    case = locked_case(actor, case_id)
    if case.state != CaseState.ACCEPTED or case.mediation_last_day is None or case.mediation_due_at is None:
        raise Problem("transition_not_allowed", current=case.state, event="extend")
    if extension_missing(case):
        raise Problem("consents_missing", step="extension")
    before = deadlines.Deadline(
        case.mediation_last_day, case.mediation_due_at, case.provisional, case.mediation_law
    )
    longer = deadlines.extended(before, days)
    case.mediation_last_day, case.mediation_due_at = longer.last_day, longer.due_at
    case.mediation_law, case.mediation_over_at, case.extended_at = longer.law, None, clock.now()
    fields = ["mediation_last_day", "mediation_due_at", "mediation_law", "mediation_over_at", "extended_at"]
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


@law("PM-26", "PM-T2")
@transaction.atomic
def case_fail(*, actor: Actor, case_id: UUID, reason: str, ways: Sequence[str], form: str) -> Case:
    """调解不成: no agreement, or the time is over and not everybody wants more. Not without the notice of
    other ways."""
    case = locked_case(actor, case_id)
    if case.state == CaseState.FAILED:
        return case
    now = clock.now()
    told = {"ways_owed_at": now, "ways_told_on": clock.today(), "ways_form": form}
    step = Step({"reason": reason, "ways_notice": list(ways)}, reason)
    move_case(actor, case, "fail", step, ended_at=now, end_reason=reason, **told, **STOPPED_CLOCKS)
    dispute_side.not_settled(actor, case.dispute_id, reason)
    return case

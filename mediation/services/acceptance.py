from collections.abc import Sequence
from datetime import date
from typing import Unpack
from uuid import UUID

from django.db import transaction

from kernel import calendar, clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation import deadlines, dispute_side
from mediation.machine import CaseState
from mediation.models import Case
from mediation.selectors import missing_consents, party_count
from mediation.services.blocks import paper_number
from mediation.services.briefs import brief_write
from mediation.services.ending import STOPPED_CLOCKS
from mediation.services.mediators import mediators_name
from mediation.services.moves import Step, locked_case, move_case
from mediation.services.numbering import case_number
from mediation.services.ways import Apart, Telling, ways_all_told


@law("PM-17", "PM-T1", "PM-T3")
@transaction.atomic
def case_accept(
    *,
    actor: Actor,
    case_id: UUID,
    accepted_on: date | None = None,
    mediator_ids: Sequence[UUID] = (),
    chosen_by: str = "committee",
    brief: str = "",
    paper_serial: int | None = None,
) -> Case:
    """受理: only with every party's consents. Number (PM-F2), and the term of mediation counts from this day.

    `accepted_on`: the date on the paper when it was accepted on paper (default: today); `paper_serial`: the
    number that the paper carries, out of a reserved block; `brief`: what it is about, for the form."""
    case = locked_case(actor, case_id)
    if case.state == CaseState.ACCEPTED:
        return case
    day = accepted_on or clock.today()
    if day > clock.today():
        raise Problem("date_in_future")
    if day < case.received_on:
        raise Problem("accepted_before_receipt")
    missing = missing_consents([case.pk]).get(case.pk, [])
    facts = {"missing_consents": missing, "parties": party_count(case.pk)}
    due = deadlines.mediation_due(case.category, day, calendar=calendar.current())
    move_case(
        actor, case, "accept", Step(facts), accepted_on=day, acceptance_due_at=None,
        mediation_last_day=due.last_day, mediation_due_at=due.due_at, mediation_law=due.law,
        provisional=due.provisional, **_number(actor, case, day.year, paper_serial),
    )  # fmt: skip
    if brief:
        brief_write(actor, case, brief)
    mediators_name(actor=actor, case_id=case.pk, user_ids=mediator_ids, chosen_by=chosen_by)
    return case


def _number(actor: Actor, case: Case, year: int, paper_serial: int | None) -> dict[str, object]:
    if paper_serial is not None:
        paper_number(actor=actor, committee=case.committee, case=case, year=year, serial=paper_serial)
    return case_number(case.committee, year, paper_serial)


@law("PM-T6", "PM-3")
@transaction.atomic
def case_decline(
    *,
    actor: Actor,
    case_id: UUID,
    reason: str,
    apart: Sequence[Apart] = (),
    **telling: Unpack[Telling],
) -> Case:
    """不予受理: with the reason and the other ways that each party has; `apart`: who was told otherwise."""
    case = locked_case(actor, case_id)
    if case.state == CaseState.NOT_ACCEPTED:
        return case
    now = clock.now()
    told = {"ways_owed_at": now, **ways_all_told(actor, case, telling, apart)}
    step = Step({"reason": reason, "ways": list(telling.get("ways", ()))}, reason)
    move_case(actor, case, "decline", step, ended_at=now, end_reason=reason, **told, **STOPPED_CLOCKS)
    dispute_side.not_taken(actor, case.dispute_id, reason)
    return case

from collections.abc import Sequence
from datetime import date, datetime
from typing import Unpack
from uuid import UUID

from django.db import transaction

from audit import services as audit
from disputes.models import Dispute
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation import dispute_side
from mediation.agreed import in_force, law_leaves
from mediation.machine import ENDED_WITHOUT, OPEN_STATES, CaseState, refusal_event
from mediation.models import Case, CaseParty, IntakeItem, WaysTold
from mediation.models.intake import OPEN_INTAKE
from mediation.services.centre import centre_task
from mediation.services.dropping import amendment_drop, open_agreement_drop
from mediation.services.grounds import table_left
from mediation.services.moves import Step, locked_case, move_case
from mediation.services.ways import Telling, ways_record
from tasks.codes import TaskKind
from tasks.services import tasks_done_for

STOPPED_CLOCKS = {
    "acceptance_due_at": None,
    "mediation_due_at": None,
    "labour_due_at": None,
    "review_on": None,
    "extension_asked_at": None,
}
"""What every end does to the clocks of a case: the days stay as facts, nothing counts down any more and
nobody is asked or looked for any longer."""
IN_EFFECT = (
    CaseState.IN_EFFECT,
    CaseState.PERFORMING,
    CaseState.PERFORMED,
    CaseState.BREACHED,
    CaseState.AMENDED,
    CaseState.SET_ASIDE,
)


@law("PM-17", "PM-23", "PM-32")
@transaction.atomic
def party_refuse(
    *, actor: Actor, case_id: UUID, party_id: UUID | None = None, said_on: date | None = None
) -> Case:
    """A party says no. It takes effect at the word: no guard, no reason asked, every clock of the case ends
    in this transaction, the dispute is over for mediation at every level, and nobody is reminded of anything.

    After an agreement took effect nobody withdraws: `withdrawal_too_late` says what the law leaves. A no to
    an amendment ends the amendment, and the agreement before it binds.

    Level clocks end with it: they belong to a dispute that is being handled, and this one no longer is.
    """
    case = locked_case(actor, case_id)
    if case.state in (CaseState.REFUSED, CaseState.WITHDRAWN):
        return case
    if case.state in IN_EFFECT:
        raise Problem("withdrawal_too_late", left=law_leaves(case.pk))
    party = CaseParty.objects.filter(pk=party_id, case=case).first() if party_id else None
    if party_id is not None and party is None:
        raise Problem("party_not_of_case")
    if in_force(case.pk):
        amendment_drop(actor, case, stated_at=_stated(said_on))
        return case
    if party is not None:
        table_left(actor, party.pk)
    event = refusal_event(case.state)
    _end(actor, case, event, Step({}, stated_at=_stated(said_on)))
    dispute_side.ended_by_party(actor, case.dispute_id, event, party.dispute_party_id if party else None)
    _bar(case.dispute_id)
    return case


def _end(actor: Actor, case: Case, event: str, step: Step) -> None:
    now = clock.now()
    open_agreement_drop(case)
    move_case(actor, case, event, step, ended_at=now, ways_owed_at=now, **STOPPED_CLOCKS)
    centre_task(actor, case, TaskKind.NOTIFY, "mediation_case", case.pk)


def _bar(dispute_id: UUID) -> None:
    IntakeItem.objects.filter(dispute_id=dispute_id, state__in=OPEN_INTAKE).update(barred=True)


@law("PM-17")
@transaction.atomic
def dispute_refused(*, actor: Actor, dispute_id: UUID) -> None:
    """The refusal was heard outside the centre: end what is open here. Twice is no fault."""
    dispute = Dispute.objects.get(pk=dispute_id)
    if not dispute.mediation_refused:
        return
    _bar(dispute_id)
    open_states = (*OPEN_STATES, CaseState.AGREED)
    for case in Case.objects.select_for_update().filter(dispute_id=dispute_id, state__in=open_states):
        if in_force(case.pk):
            amendment_drop(actor, case)
            continue
        event = refusal_event(case.state)
        _end(actor, case, event, Step({}))
        dispute_side.ended_by_party(actor, dispute_id, event, None)


def _stated(said_on: date | None) -> datetime | None:
    return None if said_on is None else clock.day_start(said_on)


@law("PM-26", "DV-23")
@transaction.atomic
def ways_tell(
    *, actor: Actor, case_id: UUID, party_ids: Sequence[UUID] | None = None, **telling: Unpack[Telling]
) -> Case:
    """告知其他途径: the notice that every end without agreement owes each party, with a row for each one told
    (default: everybody who is still owed it). The task is done with the last one. Told twice, the first row
    stands."""
    case = locked_case(actor, case_id)
    if case.state not in ENDED_WITHOUT:
        raise Problem("transition_not_allowed", current=case.state, event="ways_tell")
    if case.ways_told_on is not None and party_ids is None:
        return case
    rows, columns = ways_record(actor, case, telling, party_ids)
    for name, value in columns.items():
        setattr(case, name, value)
    case.save(update_fields=list(columns))
    if columns:
        tasks_done_for(actor=actor, subject_kind="mediation_case", subject_id=case.pk, kind=TaskKind.NOTIFY)
    if rows:
        _told(actor, case, rows)
    return case


def _told(actor: Actor, case: Case, rows: Sequence[WaysTold]) -> None:
    audit.record(
        actor=actor, event="mediation.ways_told", subject_kind="mediation_case", subject_id=case.pk,
        fields=["ways"],
        detail={"dispute": str(case.dispute_id), "parties": [str(row.party_id) for row in rows]},
    )  # fmt: skip

"""What is owed by an agreement: instalments, performance also in part, breach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from edge.rows import existing
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import agreed_access
from mediation.agreed import in_force
from mediation.agreement import ObligationState, case_outcome, is_performed
from mediation.machine import CaseState
from mediation.models import Agreement, CaseParty, Obligation, Performance
from mediation.services.after import locked_agreement, move, sealed, tell
from mediation.services.effect import arm, follow_ups_plan, performance_begin
from mediation.services.moves import Step, move_case

Part = tuple[date | None, Decimal | None]
NO_CLOCK = {"due_at": None, "falls_due_at": None}


@dataclass(frozen=True, slots=True)
class ObligationSaid:
    """Who owes whom what. `instalments`: (day, amount) of each; otherwise `due_on` and `amount`."""

    debtor: UUID
    what: str
    creditor: UUID | None = None
    amount: Decimal | None = None
    due_on: date | None = None
    instalments: Sequence[Part] = ()

    def parts(self) -> Sequence[Part]:
        return self.instalments or ((self.due_on, self.amount),)


@law("PM-31")
@transaction.atomic
def obligations_add(
    *, actor: Actor, agreement_id: UUID, said: Sequence[ObligationSaid], id: UUID
) -> tuple[Agreement, bool]:
    """What the paper says and was not entered with it; an agreement is changed by an amendment. `id` marks
    the first of them, so that the same again is known."""
    agreement = locked_agreement(actor, agreement_id)
    if Obligation.objects.filter(pk=id, agreement=agreement).exists():
        return agreement, True
    if agreement.dropped_at is not None or not _still_open(agreement):
        raise Problem("agreement_not_open")
    made = obligations_make(actor, agreement, said, first=id)
    if agreement.effective_on is not None:
        arm(made)
        performance_begin(agreement)
        follow_ups_plan(agreement)
    return agreement, False


def _still_open(agreement: Agreement) -> bool:
    waiting = agreement.effective_on is None and agreement.case.state == CaseState.AGREED
    binding = agreement.case.state in (CaseState.IN_EFFECT, CaseState.PERFORMING)
    return waiting or (binding and in_force(agreement.case_id) == agreement)


def obligations_make(
    actor: Actor, agreement: Agreement, said: Sequence[ObligationSaid], first: UUID | None = None
) -> list[Obligation]:
    """Enter them, one row for each instalment. The case is locked."""
    parties = set(CaseParty.objects.filter(case_id=agreement.case_id).values_list("pk", flat=True))
    rows = [row for one in said for row in _rows(actor, agreement, one, parties)]
    if rows and first is not None:
        rows[0].pk = first
    for row, what in zip(rows, (one.what for one in said for _ in one.parts()), strict=True):
        envelope = sealed(Obligation, "what", row.pk, what, agreement.key_id)
        if envelope is None:
            raise Problem("terms_required")
        row.what = envelope
    Obligation.objects.bulk_create(rows)
    if rows:
        tell(actor, "obligations_entered", agreement, agreement, ["obligations"], count=len(rows))
    return rows


def _rows(actor: Actor, agreement: Agreement, said: ObligationSaid, parties: set[UUID]) -> list[Obligation]:
    named = {said.debtor} | ({said.creditor} if said.creditor else set())
    if not named <= parties or said.creditor == said.debtor:
        raise Problem("obligation_parties")
    parts = said.parts()
    given = [amount for _, amount in parts if amount is not None]
    if said.instalments and said.amount is not None and sum(given, Decimal(0)) != said.amount:
        raise Problem("invalid", fields={"instalments": ["sum_differs"]})
    if given and len(given) != len(parts):
        raise Problem("invalid", fields={"instalments": ["amount_missing"]})
    series = uuid7()
    return [
        Obligation(
            agreement=agreement, series=series, part=number, parts=len(parts), debtor_id=said.debtor,
            creditor_id=said.creditor, amount=amount, due_on=due_on, entered_by_id=actor.person,
            entered_at=clock.now(),
        )
        for number, (due_on, amount) in enumerate(parts, start=1)
    ]  # fmt: skip


@law("PM-31")
@transaction.atomic
def obligation_perform(
    *, actor: Actor, obligation_id: UUID, id: UUID, done_on: date, amount: Decimal | None = None
) -> tuple[Obligation, bool]:
    """履行: on the day it was done, also in part. When nothing is left it is performed, and with the last one
    the case. `id` is the writer's own."""
    obligation = _locked(actor, obligation_id)
    if Performance.objects.filter(pk=id, obligation=obligation).exists():
        return obligation, True
    _check_performance(obligation, done_on, amount)
    Performance.objects.create(
        id=id, obligation=obligation, done_on=done_on, amount=amount, recorded_by_id=actor.person,
        recorded_at=clock.now(),
    )  # fmt: skip
    tell(actor, "performance_entered", obligation.agreement, obligation, ["performances"])
    paid = list(Performance.objects.filter(obligation=obligation).values_list("amount", flat=True))
    if is_performed(obligation.amount, paid):
        step = Step({}, stated_at=clock.day_start(done_on))
        move(actor, obligation, "perform", step, ended_on=done_on, **NO_CLOCK)
        _case_follows(actor, obligation.agreement)
    return obligation, False


def _check_performance(obligation: Obligation, done_on: date, amount: Decimal | None) -> None:
    if obligation.state not in (ObligationState.OPEN, ObligationState.BREACHED):
        raise Problem("transition_not_allowed", current=obligation.state, event="perform")
    if obligation.agreement.effective_on is None:
        raise Problem("agreement_not_open")
    if done_on > clock.today():
        raise Problem("date_in_future")
    if obligation.amount is None:
        return
    if amount is None:
        raise Problem("amount_needed")
    paid = Performance.objects.filter(obligation=obligation).values_list("amount", flat=True)
    if sum((part or Decimal(0) for part in paid), amount) > obligation.amount:
        raise Problem("amount_not_owed")


@law("PM-31", "PM-32")
@transaction.atomic
def obligation_breach(
    *, actor: Actor, obligation_id: UUID, reason: str, since: date
) -> tuple[Obligation, bool]:
    """未履行: a person says so, never the clock. What the law leaves stands with the agreement."""
    obligation = _locked(actor, obligation_id)
    if obligation.state == ObligationState.BREACHED:
        return obligation, True
    if obligation.agreement.effective_on is None:
        raise Problem("agreement_not_open")
    if obligation.due_on is not None and obligation.due_on >= clock.today():
        raise Problem("not_yet_due")
    step = Step({}, reason, clock.day_start(since))
    move(actor, obligation, "breach", step, ended_on=since, **NO_CLOCK)
    _case_follows(actor, obligation.agreement)
    return obligation, False


def _case_follows(actor: Actor, agreement: Agreement) -> None:
    case = agreement.case
    states = Obligation.objects.filter(agreement=agreement).values_list("state", flat=True)
    event = case_outcome(case.state, states)
    if event is not None:
        move_case(actor, case, event, Step({}), ended_at=clock.now() if event == "perform" else None)


@law("PM-31")
@transaction.atomic
def agreement_performed(*, actor: Actor, agreement_id: UUID, done_on: date) -> tuple[Agreement, bool]:
    """An agreement by which nothing was owed on a day, performed as a whole."""
    agreement = locked_agreement(actor, agreement_id)
    case = agreement.case
    if case.state == CaseState.PERFORMED:
        return agreement, True
    if done_on > clock.today():
        raise Problem("date_in_future")
    if Obligation.objects.filter(agreement=agreement, state__in=("open", "breached")).exists():
        raise Problem("obligations_open")
    if in_force(case.pk) != agreement:
        raise Problem("agreement_not_open")
    if case.state == CaseState.IN_EFFECT:
        move_case(SYSTEM, case, "begin_performance", Step({}))
    move_case(actor, case, "perform", Step({}, stated_at=clock.day_start(done_on)), ended_at=clock.now())
    return agreement, False


def _locked(actor: Actor, obligation_id: UUID) -> Obligation:
    seen = agreed_access.visible_obligations(actor).filter(pk=obligation_id)
    agreement_id = existing(seen.values_list("agreement_id", flat=True))
    agreement = locked_agreement(actor, agreement_id)
    obligation = Obligation.objects.get(pk=obligation_id)
    obligation.agreement = agreement
    return obligation

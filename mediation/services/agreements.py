"""What was agreed: by word of mouth, in writing, written down later, changed, or never concluded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.law import law
from kernel.problems import Problem
from mediation.agreed import in_force
from mediation.agreement import AgreementForm
from mediation.machine import CaseState
from mediation.models import Agreement, Case, CaseMediator
from mediation.services.after import locked_agreement, sealed, tell
from mediation.services.dropping import amendment_drop
from mediation.services.effect import effect_settle, retire
from mediation.services.ending import STOPPED_CLOCKS
from mediation.services.moves import Step, locked_case, move_case
from mediation.services.obligations import ObligationSaid, obligations_make
from privacy.services import subject_keys_create


@dataclass(frozen=True, slots=True)
class AgreementSaid:
    """What was agreed. `reached_on`: of an oral one the day it was reached. `terms` and `facts` (facts,
    issues, responsibilities) are sealed. `money_or_property`: writing is advised."""

    form: str
    terms: str
    facts: str = ""
    reached_on: date | None = None
    money_or_property: bool = False
    obligations: Sequence[ObligationSaid] = ()


@law("PM-19", "PM-28", "PM-30")
@transaction.atomic
def agreement_reach(*, actor: Actor, case_id: UUID, id: UUID, said: AgreementSaid) -> tuple[Agreement, bool]:
    """达成协议. An oral one is in effect on the day it was reached; a written one waits for its marks. `id`
    is the writer's own: the same again answers the same."""
    case = locked_case(actor, case_id)
    known = Agreement.objects.filter(pk=id).first()
    if known is not None:
        return _same(known, case), True
    _check(case, said)
    step = Step({"mediators": _mediated_by(case, said)}, stated_at=_stated(said))
    move_case(actor, case, "agree", step, **STOPPED_CLOCKS)
    return _made(actor, case, id, said, amends=None), False


@law("PM-31")
@transaction.atomic
def agreement_amend(
    *, actor: Actor, agreement_id: UUID, id: UUID, said: AgreementSaid, reason: str
) -> tuple[Agreement, bool]:
    """协议变更: a new agreement linked to the old one, which binds until the new one is in effect."""
    former = locked_agreement(actor, agreement_id)
    case = former.case
    known = Agreement.objects.filter(pk=id).first()
    if known is not None:
        return _same(known, case), True
    if in_force(case.pk) != former:
        raise Problem("agreement_not_open")
    _check(case, said)
    if case.state == CaseState.IN_EFFECT:
        move_case(SYSTEM, case, "begin_performance", Step({}))
    move_case(actor, case, "amend", Step({}, reason))
    move_case(actor, case, "agree", Step({}, reason, _stated(said)))
    return _made(actor, case, id, said, amends=former), False


@law("PM-32")
@transaction.atomic
def agreement_drop(*, actor: Actor, agreement_id: UUID, reason: str) -> tuple[Agreement, bool]:
    """An amendment whose marks are never completed: the agreement before it binds. A first agreement ends
    with its case instead, and with the notice of other ways."""
    agreement = locked_agreement(actor, agreement_id)
    if agreement.dropped_at is not None:
        return agreement, True
    if agreement.effective_on is not None:
        raise Problem("agreement_not_open")
    amendment_drop(actor, agreement.case, reason)
    return Agreement.objects.get(pk=agreement.pk), False


@law("PM-29", "PM-34b")
@transaction.atomic
def agreement_write(
    *, actor: Actor, agreement_id: UUID, terms: str, facts: str = ""
) -> tuple[Agreement, bool]:
    """What was agreed orally is written down; from then on its marks are collected. Both days are kept."""
    agreement = locked_agreement(actor, agreement_id)
    if agreement.written_at is not None:
        return agreement, True
    if agreement.dropped_at is not None or agreement.set_aside_on is not None:
        raise Problem("agreement_not_open")
    agreement.written_terms = _terms(agreement, "written_terms", terms)
    if facts.strip():
        agreement.facts = sealed(Agreement, "facts", agreement.pk, facts, agreement.key_id)
    agreement.form, agreement.written_at = AgreementForm.WRITTEN, clock.now()
    agreement.written_by_id = actor.person
    fields = ["written_terms", "facts", "form", "written_at", "written_by"]
    agreement.save(update_fields=fields)
    tell(actor, "agreement_written", agreement, agreement, fields)
    return agreement, False


@law("PM-32")
@transaction.atomic
def agreement_set_aside(
    *, actor: Actor, agreement_id: UUID, document: str, decided_on: date
) -> tuple[Agreement, bool]:
    """A court has set the agreement aside: nothing of it is owed any more."""
    agreement = locked_agreement(actor, agreement_id)
    if agreement.set_aside_on is not None:
        return agreement, True
    if in_force(agreement.case_id) != agreement:
        raise Problem("agreement_not_open")
    step = Step({"court_document": document}, stated_at=clock.day_start(decided_on))
    move_case(actor, agreement.case, "set_aside", step, ended_at=clock.now())
    retire(agreement, "set_aside")
    agreement.set_aside_on, agreement.court_document = decided_on, document
    agreement.save(update_fields=["set_aside_on", "court_document"])
    tell(actor, "agreement_set_aside", agreement, agreement, ["set_aside_on", "court_document"])
    return agreement, False


def _mediated_by(case: Case, said: AgreementSaid) -> int:
    """How many mediators sat on the day on which it was reached, or sit now that it is entered."""
    day = clock.day_start(said.reached_on or clock.today())
    there = Q(replaced_at=None) | Q(replaced_at__gte=day)
    return CaseMediator.objects.filter(there, case=case).count()


def _check(case: Case, said: AgreementSaid) -> None:
    if not said.terms.strip():
        raise Problem("terms_required")
    if said.reached_on is not None and said.reached_on > clock.today():
        raise Problem("date_in_future")
    if said.reached_on is not None and case.accepted_on is not None and said.reached_on < case.accepted_on:
        raise Problem("mark_before_agreement")


def _stated(said: AgreementSaid) -> datetime | None:
    return None if said.reached_on is None else clock.day_start(said.reached_on)


def _made(actor: Actor, case: Case, pk: UUID, said: AgreementSaid, amends: Agreement | None) -> Agreement:
    (key_id,) = subject_keys_create(1)
    now, oral = clock.now(), said.form == AgreementForm.ORAL
    agreement = Agreement(
        id=pk, case=case, serial=Agreement.objects.filter(case=case).count() + 1, amends=amends,
        form=said.form, oral_on=(said.reached_on or clock.today()) if oral else None, key_id=key_id,
        money_or_property=said.money_or_property, reached_at=now, reached_by_id=actor.person,
        written_at=None if oral else now, written_by_id=None if oral else actor.person,
    )  # fmt: skip
    agreement.terms = _terms(agreement, "terms", said.terms)
    agreement.facts = sealed(Agreement, "facts", pk, said.facts, key_id)
    agreement.save(force_insert=True)
    tell(actor, "agreement_reached", agreement, agreement, ["form", "terms", "facts"], form=said.form)
    obligations_make(actor, agreement, said.obligations)
    effect_settle(agreement)
    return agreement


def _terms(agreement: Agreement, field: str, words: str) -> bytes:
    envelope = sealed(Agreement, field, agreement.pk, words, agreement.key_id)
    if envelope is None:
        raise Problem("terms_required")
    return envelope


def _same(known: Agreement, case: Case) -> Agreement:
    if known.case_id != case.pk:
        raise Problem("conflict")
    return known

"""Offers and counter-offers 调解方案: what a party offers others until an hour, and what they answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from edge.encryption import reveal, seal_value
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import table_access
from mediation.machine import CaseState
from mediation.models import Case, CaseParty, Offer, OfferTo, Session
from mediation.offer_rules import OfferState, answer_refusal, offer_over_at
from mediation.services.keys import key_for
from mediation.services.moves import locked_case, require_may_call
from mediation.services.notes import check_writer
from mediation.services.said import Step
from mediation.services.sessions import party_of
from mediation.services.steps import move, tell
from mediation.table_selectors import offer_over
from mediation.visibility import Visibility
from privacy.services import read_logged


@dataclass(frozen=True, slots=True)
class Terms:
    """What is offered, and until when it stands."""

    text: str
    expires_at: datetime

    def __post_init__(self) -> None:
        if self.expires_at <= clock.now():
            raise Problem("session_in_the_past")


@law("PM-27")
@transaction.atomic
def offer_make(
    *,
    actor: Actor,
    case_id: UUID,
    party_id: UUID,
    to_ids: Iterable[UUID],
    terms: Terms,
    visibility: str = Visibility.ALL_PARTIES,
    session_id: UUID | None = None,
    id: UUID | None = None,
) -> Offer:
    """提出方案: write down what a party offers to others. One made alone with the mediator (`one_party`,
    `mediators`) is known to nobody else until it is passed on."""
    case = locked_case(actor, case_id)
    if known := made_before(
        Offer,
        id,
        {"terms": terms.text},
        case_id=case.pk,
        written_by_id=actor.person,
        party_id=party_id,
        expires_at=terms.expires_at,
        session_id=session_id,
    ):
        return known
    if case.state != CaseState.ACCEPTED:
        raise Problem("case_not_at_table")
    check_writer(actor, visibility)
    party = party_of(case, party_id)
    to = [party_of(case, other) for other in sorted(set(to_ids))]
    if not to or party in to:
        raise Problem("invalid", fields={"to_ids": ["the other parties to whom it is made"]})
    if visibility == Visibility.ALL_PARTIES:
        require_may_call(case, to)
    if session_id and not Session.objects.filter(pk=session_id, case=case).exists():
        raise Problem("invalid", fields={"session_id": ["no session of this case"]})
    return _store(actor, party, to, terms, visibility, id=id or uuid7(), session_id=session_id)


def _store(
    actor: Actor, party: CaseParty, to: list[CaseParty], terms: Terms, visibility: str, *, id: UUID,
    **more: Any,
) -> Offer:  # fmt: skip
    case, pk, now = party.case, id, clock.now()
    offer = Offer.objects.create(
        id=pk, case=case, party=party, visibility=visibility, made_at=now, expires_at=terms.expires_at,
        terms=seal_value(Offer, "terms", pk, terms.text, key_for(case, party)), written_by_id=actor.person,
        passed_on_at=now if visibility == Visibility.ALL_PARTIES else None, **more,
    )  # fmt: skip
    OfferTo.objects.bulk_create(OfferTo(offer=offer, party=other) for other in to)
    tell(actor, "offer_made", offer, "terms", "expires_at", visibility=visibility)
    return offer


def _locked(actor: Actor, offer_id: UUID) -> Offer:
    cases = table_access.visible_offers(actor).filter(pk=offer_id).values_list("case_id", flat=True)
    case = locked_case(actor, existing(cases))
    offer = Offer.objects.select_for_update().get(pk=offer_id)
    offer.case = case
    return offer


def _facts(offer: Offer, **more: Any) -> dict[str, Any]:
    passed_on = offer.passed_on_at is not None
    over = offer_over(offer, clock.now())
    return {"case_state": offer.case.state, "over": over, "passed_on": passed_on, **more}


@law("PM-15")
@transaction.atomic
def offer_pass_on(*, actor: Actor, offer_id: UUID) -> Offer:
    """转达方案: the offering party wants the others to know it now. Twice is no fault."""
    offer = _locked(actor, offer_id)
    if offer.passed_on_at is not None:
        return offer
    require_may_call(offer.case, [row.party for row in offer.to.select_related("party__dispute_party")])
    seen = {"visibility": Visibility.ALL_PARTIES, "passed_on_at": clock.now()}
    return move(actor, offer, "pass_on", Step(_facts(offer)), **seen)


@law("PM-23")
@transaction.atomic
def offer_answer(
    *,
    actor: Actor,
    offer_id: UUID,
    party_id: UUID,
    answer: str,
    said_on: date | None = None,
    counter: Terms | None = None,
) -> Offer:
    """答复方案: what a party says: `accept` (accepted once all have), `decline`, or `counter` with its own
    terms; then the counter-offer is returned. Problems `offer_expired` from the hour on, whatever the job
    did."""
    offer = _locked(actor, offer_id)
    party, day = party_of(offer.case, party_id), said_on or clock.today()
    if day > clock.today():
        raise Problem("date_in_future")
    if (answer == "counter") != (counter is not None):
        raise Problem("invalid", fields={"counter": ["for a counter-offer, and only for one"]})
    mine = OfferTo.objects.filter(offer=offer, party=party).first()
    if mine is not None and mine.answer == answer:
        return Offer.objects.get(counters=offer) if counter else offer
    refusal = answer_refusal(_facts(offer, addressed=mine is not None))
    if offer.state in (OfferState.OPEN, OfferState.EXPIRED) and refusal:
        raise Problem(refusal)
    if mine is None:
        raise Problem("offer_not_addressed")
    mine.offer, mine.party = offer, party
    return _answered(actor, mine, answer, day, counter)


def _answered(actor: Actor, mine: OfferTo, answer: str, day: date, counter: Terms | None) -> Offer:
    offer, now = mine.offer, clock.now()
    others = OfferTo.objects.filter(offer=offer).exclude(pk=mine.pk)
    waiting = others.exclude(answer="accept").exists()
    facts = _facts(offer, addressed=True, waiting=waiting)
    mine.answer, mine.said_on, mine.answered_at = answer, day, now
    if answer == "accept" and waiting and offer.state == OfferState.OPEN:
        tell(actor, "offer_answered", offer, "answer")
    else:
        move(actor, offer, answer, Step(facts, stated_at=clock.day_start(day)), ended_at=now)
    mine.save(update_fields=["answer", "said_on", "answered_at"])
    if counter is None:
        return offer
    back = party_of(offer.case, offer.party_id)
    require_may_call(offer.case, [back])
    return _store(actor, mine.party, [back], counter, Visibility.ALL_PARTIES, id=uuid7(), counters=offer)


@law("PM-23")
@transaction.atomic
def offer_withdraw(*, actor: Actor, offer_id: UUID) -> Offer:
    """撤回方案: the offering party takes it back, at its word. Twice is no fault."""
    offer = _locked(actor, offer_id)
    if offer.state == OfferState.WITHDRAWN:
        return offer
    return move(actor, offer, "withdraw", Step({}), ended_at=clock.now())


@transaction.atomic
def offer_expire(*, offer_id: UUID, now: datetime) -> bool:
    """End an offer whose hour has come, with that hour; False when somebody answered before."""
    case_id = Offer.objects.values_list("case_id", flat=True).get(pk=offer_id)
    case = Case.objects.select_for_update().get(pk=case_id)
    offer = Offer.objects.select_for_update().get(pk=offer_id)
    offer.case = case
    if offer.state != OfferState.OPEN or not offer_over(offer, now):
        return False
    ended_at = offer_over_at(offer.expires_at)
    move(SYSTEM, offer, "expire", Step({}, stated_at=ended_at), ended_at=ended_at)
    return True


@transaction.atomic
def offer_terms(*, actor: Actor, offer_id: UUID, purpose: str, reason: str) -> str | None:
    """查阅方案: the words of an offer, against one row in the read log."""
    offer = existing(table_access.visible_offers(actor).filter(pk=offer_id))
    said = {"purpose": purpose, "reason": reason}
    read_logged(actor=actor, subject_kind="mediation_offer", subject_id=offer.pk, fields=["terms"], **said)
    return reveal(offer, "terms")

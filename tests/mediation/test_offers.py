"""Offers and counter-offers, and the hour at which they end."""

from datetime import timedelta
from typing import Any

import pytest

from disputes.services import wish_record
from kernel import clock as kernel_clock
from kernel.problems import Problem
from mediation import jobs
from mediation.models import Case, Offer, OfferTransition
from mediation.services import party_refuse
from mediation.services.offers import Terms, offer_answer, offer_make, offer_pass_on, offer_withdraw
from mediation.table_selectors import offers_for_party
from tests.cast import District, Member
from tests.disputes.made import LI, WANG, ZHANG
from tests.mediation.at_table import at_table, offered, parties, protect

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


def refused(act: Any, **said: Any) -> str:
    with pytest.raises(Problem) as caught:
        act(**said)
    return caught.value.code


def answer(offer: Offer, who: Member, word: str = "accept", party: int = 1, **more: Any) -> Offer:
    chosen = parties(offer.case)[party]
    return offer_answer(actor=who.actor, offer_id=offer.pk, party_id=chosen.pk, answer=word, **more)


@pytest.mark.parametrize(("word", "state"), [("accept", "accepted"), ("decline", "declined")])
def test_an_offer_is_answered_once(case: Case, clerk: Member, word: str, state: str) -> None:
    offer = offered(case, clerk)
    assert [answer(offer, clerk, word).state for _ in range(2)] == [state, state]
    assert OfferTransition.objects.filter(offer=offer).count() == 1


def test_an_answer_is_not_taken_back_by_another(case: Case, clerk: Member) -> None:
    offer = offered(case, clerk)
    answer(offer, clerk, "decline")
    assert refused(lambda: answer(offer, clerk, "accept")) == "transition_not_allowed"


def test_a_counter_offer_goes_back_to_who_offered(case: Case, clerk: Member) -> None:
    offer = offered(case, clerk)
    terms = Terms("两千元，分两次", kernel_clock.now() + timedelta(hours=24))
    back = answer(offer, clerk, "counter", counter=terms)
    offer.refresh_from_db()
    assert (offer.state, back.counters_id, back.state) == ("countered", offer.pk, "open")
    assert (back.party, back.to.get().party) == (parties(case)[1], parties(case)[0])
    assert answer(offer, clerk, "counter", counter=terms) == back


def test_a_counter_offer_has_terms_and_nothing_else_has(case: Case, clerk: Member) -> None:
    offer = offered(case, clerk)
    terms = Terms("两千元", kernel_clock.now() + timedelta(hours=24))
    assert refused(lambda: answer(offer, clerk, "counter")) == "invalid"
    assert refused(lambda: answer(offer, clerk, "accept", counter=terms)) == "invalid"


def test_with_several_parties_the_last_yes_accepts(
    clock: Any, district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    case = at_table(district, worker, clerk, mediator, parties=[ZHANG, LI, WANG])
    offer = offered(case, clerk)
    assert answer(offer, clerk, party=1).state == "open"
    assert answer(offer, clerk, party=2).state == "accepted"


def test_only_one_to_whom_it_was_made_answers(case: Case, clerk: Member) -> None:
    assert refused(lambda: answer(offered(case, clerk), clerk, party=0)) == "offer_not_addressed"


def test_nobody_offers_to_nobody_or_to_oneself(case: Case, clerk: Member) -> None:
    zhang = parties(case)[0]
    for to_ids in ([], [zhang.pk]):
        assert refused(lambda to=to_ids: offered(case, clerk, to_ids=to)) == "invalid"


def test_an_offer_ends_in_the_future(case: Case) -> None:
    assert refused(lambda: Terms("x", kernel_clock.now())) == "session_in_the_past"


# The hour


def test_from_the_hour_on_nobody_accepts_whatever_the_job_did(case: Case, clerk: Member, clock: Any) -> None:
    offer = offered(case, clerk, hours=1)
    clock.move(timedelta(hours=1))
    before = refused(lambda: answer(offer, clerk))
    assert jobs.due(kernel_clock.now()) == 1
    assert (before, refused(lambda: answer(offer, clerk))) == ("offer_expired", "offer_expired")


def test_it_expires_once_with_the_true_time_after_days_without_a_job(
    case: Case, clerk: Member, clock: Any
) -> None:
    offer = offered(case, clerk, hours=5)
    clock.move(timedelta(days=3))
    assert [jobs.due(kernel_clock.now()) for _ in range(2)] == [1, 0]
    offer.refresh_from_db()
    assert (offer.state, offer.ended_at) == ("expired", offer.expires_at)
    row = OfferTransition.objects.get(offer=offer)
    assert (row.event, row.stated_at, row.at) == ("expire", offer.expires_at, kernel_clock.now())


def test_what_was_answered_in_time_does_not_expire(case: Case, clerk: Member, clock: Any) -> None:
    offer = answer(offered(case, clerk, hours=1), clerk)
    clock.move(timedelta(hours=2))
    jobs.due(kernel_clock.now())
    offer.refresh_from_db()
    assert offer.state == "accepted"


# Made alone with the mediator


def test_an_offer_made_alone_is_unknown_to_the_others_until_passed_on(case: Case, mediator: Member) -> None:
    zhang, li = parties(case)
    offer = offered(case, mediator, visibility="one_party")
    assert list(offers_for_party(case, li)) == []
    assert list(offers_for_party(case, zhang)) == [offer]
    assert refused(lambda: answer(offer, mediator)) == "offer_not_passed_on"
    for _ in range(2):
        offer_pass_on(actor=mediator.actor, offer_id=offer.pk)
    assert list(offers_for_party(case, li)) == [offer]
    assert answer(offer, mediator).state == "accepted"


def test_what_ran_out_is_not_passed_on(case: Case, mediator: Member, clock: Any) -> None:
    offer = offered(case, mediator, visibility="one_party", hours=1)
    clock.move(timedelta(hours=1))
    assert refused(offer_pass_on, actor=mediator.actor, offer_id=offer.pk) == "offer_expired"


def test_the_clerk_neither_writes_nor_finds_what_is_for_the_mediators(
    case: Case, clerk: Member, mediator: Member
) -> None:
    assert refused(lambda: offered(case, clerk, visibility="mediators")) == "role_not_allowed"
    hidden = offered(case, mediator, visibility="mediators")
    assert refused(offer_withdraw, actor=clerk.actor, offer_id=hidden.pk) == "not_found"


@pytest.mark.law("PM-23")
def test_an_offer_is_taken_back_at_the_word(case: Case, clerk: Member) -> None:
    offer = offered(case, clerk)
    assert [offer_withdraw(actor=clerk.actor, offer_id=offer.pk).state for _ in range(2)] == ["withdrawn"] * 2


@pytest.mark.law("PM-23")
def test_the_end_of_the_case_ends_its_offers(case: Case, clerk: Member) -> None:
    offer = offered(case, clerk)
    party_refuse(actor=clerk.actor, case_id=case.pk, party_id=parties(case)[1].pk)
    offer.refresh_from_db()
    assert offer.state == "withdrawn"
    assert refused(lambda: answer(offer, clerk)) == "transition_not_allowed"
    zhang, li = parties(case)
    terms = Terms("x", kernel_clock.now() + timedelta(hours=1))
    said = {"actor": clerk.actor, "case_id": case.pk, "party_id": zhang.pk, "to_ids": [li.pk], "terms": terms}
    assert refused(offer_make, **said) == "case_not_at_table"


@pytest.mark.law("DV-23")
def test_on_the_protected_track_no_offer_reaches_the_other_side_without_the_wish(
    case: Case, director: Member, mediator: Member
) -> None:
    made = offered(case, mediator, visibility="one_party")
    protect(case, director)
    assert refused(offer_pass_on, actor=mediator.actor, offer_id=made.pk) == "wish_required"
    assert refused(lambda: offered(case, mediator)) == "wish_required"
    wish_record(
        actor=director.actor, dispute_id=case.dispute_id, kind="contact", wanted=True,
        said_alone_on=kernel_clock.today(),
    )  # fmt: skip
    assert offer_pass_on(actor=mediator.actor, offer_id=made.pk).passed_on_at is not None

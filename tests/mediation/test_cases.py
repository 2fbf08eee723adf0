"""Asking, accepting, declining, and the word that ends it."""

from datetime import date, timedelta
from typing import Any

import pytest

from disputes.models import Dispute
from edge.encryption import reveal
from kernel.problems import Problem
from mediation import jobs
from mediation.models import Case, CaseParty, CaseTransition
from mediation.services import (
    case_accept,
    case_ask_again,
    case_decline,
    case_extend,
    case_fail,
    mediation_offer,
    party_refuse,
    ways_tell,
)
from tests.cast import District, Member
from tests.mediation.made import asking, consented, say, waiting

pytestmark = pytest.mark.django_db


def refused_with(act: Any, **said: Any) -> str:
    with pytest.raises(Problem) as caught:
        act(**said)
    return caught.value.code


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    """Asked on Monday 2026-03-02."""
    return asking(district, worker, clerk)


@pytest.fixture
def ready(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    return consented(district, worker, clerk)


def state_of(case: Case) -> tuple[str, str]:
    case.refresh_from_db()
    return case.state, Dispute.objects.get(pk=case.dispute_id).state


@pytest.mark.law("PM-T6")
def test_asking_has_three_working_days_from_the_receipt(case: Case) -> None:
    assert (case.state, case.acceptance_last_day) == ("asking", date(2026, 3, 5))
    assert state_of(case)[1] == "with_mediation"


@pytest.mark.law("PM-T6")
def test_the_papers_date_of_receipt_counts_but_not_one_to_come(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    said = {"actor": clerk.actor, "item_id": waiting(district, worker).pk}
    assert refused_with(mediation_offer, **said, received_on=date(2026, 3, 3)) == "date_in_future"
    # Saturday 2026-02-28 is a make-up working day.
    assert mediation_offer(**said, received_on=date(2026, 2, 27)).acceptance_last_day == date(2026, 3, 3)


@pytest.mark.law("PM-18")
@pytest.mark.law("PM-17")
@pytest.mark.parametrize(("said", "kept"), [({}, "application"), ({"initiation": "court"}, "court")])
def test_how_a_case_came_is_kept(
    district: District, worker: Member, clerk: Member, said: Any, kept: str
) -> None:
    item = waiting(district, worker)
    assert mediation_offer(actor=clerk.actor, item_id=item.pk, **said).initiation == kept


def test_offering_twice_is_one_case(clock: Any, district: District, worker: Member, clerk: Member) -> None:
    item = waiting(district, worker)
    first, second = (mediation_offer(actor=clerk.actor, item_id=item.pk) for _ in range(2))
    assert first.pk == second.pk


def test_one_party_alone_is_no_mediation(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    item = waiting(district, worker, parties=[{"role": "applicant", "name": "张三"}])
    assert refused_with(mediation_offer, actor=clerk.actor, item_id=item.pk) == "too_few_parties"


def test_the_name_is_sealed_anew_for_the_case(case: Case) -> None:
    names = sorted(str(reveal(party, "name")) for party in CaseParty.objects.filter(case=case))
    assert names == ["张三", "李四"]


@pytest.mark.law("PM-17")
def test_no_acceptance_before_every_consent(case: Case, clerk: Member) -> None:
    say(case, clerk, party=0)
    say(case, clerk, party=1, steps=["personal_information"])
    assert refused_with(case_accept, actor=clerk.actor, case_id=case.pk) == "consents_missing"


@pytest.mark.law("PM-F2", "PM-T1")
def test_acceptance_gives_the_number_and_thirty_days(ready: Case, clerk: Member) -> None:
    case = case_accept(actor=clerk.actor, case_id=ready.pk)
    assert case.number == "（2026）230103001人调字第1号"
    assert (case.mediation_last_day, case.mediation_law) == (date(2026, 4, 1), "PM-T1")
    assert case.acceptance_due_at is None


def test_accepting_twice_burns_no_number(ready: Case, clerk: Member) -> None:
    first, second = (case_accept(actor=clerk.actor, case_id=ready.pk) for _ in range(2))
    assert first.number == second.number
    assert CaseTransition.objects.filter(case=ready, event="accept").count() == 1


@pytest.mark.law("PM-T1")
def test_the_term_counts_from_the_papers_date_of_acceptance(clock: Any, ready: Case, clerk: Member) -> None:
    clock.move(timedelta(days=5))
    said = {"actor": clerk.actor, "case_id": ready.pk}
    assert refused_with(case_accept, **said, accepted_on=date(2026, 3, 1)) == "accepted_before_receipt"
    assert case_accept(**said, accepted_on=date(2026, 3, 4)).mediation_last_day == date(2026, 4, 3)


@pytest.mark.law("PM-T3")
def test_a_medical_case_has_thirty_working_days(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = consented(district, worker, clerk, category="13")
    case = case_accept(actor=clerk.actor, case_id=case.pk)
    assert (case.mediation_last_day, case.mediation_law) == (date(2026, 4, 14), "PM-T3")


@pytest.mark.law("PM-T4")
def test_a_labour_case_tells_when_the_worker_may_arbitrate(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    assert asking(district, worker, clerk, category="10a").labour_last_day == date(2026, 3, 17)


@pytest.mark.law("PM-17")
@pytest.mark.parametrize("answer", ["refused", "withdrawn"])
def test_a_no_ends_it_at_the_word(case: Case, clerk: Member, answer: str) -> None:
    say(case, clerk, party=0)
    say(case, clerk, answer, party=1, steps=["mediation"])
    assert state_of(case) == ("refused", "refused")
    assert (case.acceptance_due_at, case.mediation_due_at, case.labour_due_at) == (None, None, None)


@pytest.mark.law("PM-23")
def test_after_acceptance_a_no_is_a_withdrawal(ready: Case, clerk: Member) -> None:
    case_accept(actor=clerk.actor, case_id=ready.pk)
    party_refuse(actor=clerk.actor, case_id=ready.pk)
    assert state_of(ready) == ("withdrawn", "withdrawn")
    assert ready.mediation_due_at is None


@pytest.mark.law("PM-17")
def test_after_a_refusal_no_clock_and_no_step_is_left(clock: Any, case: Case, clerk: Member) -> None:
    party_refuse(actor=clerk.actor, case_id=case.pk)
    clock.move(timedelta(days=60))
    assert jobs.due(clock.at) == 0
    said = {"actor": clerk.actor, "case_id": case.pk}
    assert refused_with(case_ask_again, **said) == "transition_not_allowed"
    assert refused_with(case_accept, **said) in {"transition_not_allowed", "consents_missing"}


@pytest.mark.law("PM-26")
def test_an_end_owes_one_notice_of_other_ways(case: Case, clerk: Member) -> None:
    party_refuse(actor=clerk.actor, case_id=case.pk)
    told = ways_tell(actor=clerk.actor, case_id=case.pk, form="read_out")
    assert (told.ways_form, told.ways_told_on) == ("read_out", date(2026, 3, 2))


@pytest.mark.law("PM-T6", "PM-3")
def test_declining_tells_the_other_ways_and_gives_the_dispute_back(case: Case, clerk: Member) -> None:
    said = {"actor": clerk.actor, "case_id": case.pk, "form": "by_hand"}
    assert refused_with(case_decline, **said, reason="x", ways=[]) == "ways_notice_required"
    case_decline(**said, reason="应由法院处理", ways=["10"])
    assert state_of(case) == ("not_accepted", "handling")


@pytest.mark.law("PM-T2")
def test_more_time_needs_every_partys_yes_each_time(ready: Case, clerk: Member) -> None:
    case_accept(actor=clerk.actor, case_id=ready.pk)
    said = {"actor": clerk.actor, "case_id": ready.pk, "days": 15}
    say(ready, clerk, party=0, steps=["extension"])
    assert refused_with(case_extend, **said) == "consents_missing"
    say(ready, clerk, party=1, steps=["extension"])
    assert case_extend(**said).mediation_last_day == date(2026, 4, 16)
    assert refused_with(case_extend, **said) == "consents_missing"


@pytest.mark.law("PM-T2")
def test_a_no_to_more_time_is_no_refusal_of_mediation(ready: Case, clerk: Member) -> None:
    case_accept(actor=clerk.actor, case_id=ready.pk)
    say(ready, clerk, "refused", steps=["extension"])
    assert state_of(ready) == ("accepted", "with_mediation")


@pytest.mark.law("PM-26")
def test_failing_tells_the_other_ways(ready: Case, clerk: Member) -> None:
    case_accept(actor=clerk.actor, case_id=ready.pk)
    said = {"actor": clerk.actor, "case_id": ready.pk, "reason": "期限届满", "form": "read_out"}
    assert refused_with(case_fail, **said, ways=[]) == "ways_notice_required"
    assert case_fail(**said, ways=["10", "08"]).mediation_due_at is None
    assert state_of(ready) == ("failed", "not_settled")

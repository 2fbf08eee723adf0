"""A case that ends because the parties went another way: its dispute is closed there."""

from typing import Any

import pytest

from disputes.models import Dispute
from disputes.services import dispute_step
from mediation.models import Case
from mediation.services import case_accept, mediators_name
from tests.cast import District, Member
from tests.mediation.made import consented, refused_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    """Accepted, with a mediator."""
    made = consented(district, worker, clerk)
    mediators_name(actor=clerk.actor, case_id=made.pk, user_ids=[mediator.user.pk], chosen_by="committee")
    return case_accept(actor=clerk.actor, case_id=made.pk)


def ended(who: Member, case: Case, **said: Any) -> Any:
    told = {"reason": "一方已起诉", "ways": ["10"], "form": "by_hand"}
    return who.client.post(f"/api/v1/mediation/cases/{case.pk}/fail", told | said, format="json")


def stands(case: Case) -> tuple[str, str, str]:
    case.refresh_from_db()
    dispute = Dispute.objects.get(pk=case.dispute_id)
    return case.state, dispute.state, dispute.closed_as


@pytest.mark.law("PM-26")
@pytest.mark.parametrize("way", ["court", "arbitration", "police", "review", "themselves"])
def test_the_dispute_is_closed_where_the_parties_went(case: Case, clerk: Member, way: str) -> None:
    done = ended(clerk, case, code="other_way", closed_as=way)
    assert (done.status_code, done.json()["fail_code"]) == (200, "other_way")
    assert stands(case) == ("failed", "closed_elsewhere", way)


def test_the_mediator_writes_it_down_as_well(case: Case, mediator: Member) -> None:
    assert ended(mediator, case, code="other_way", closed_as="court").status_code == 200
    assert stands(case) == ("failed", "closed_elsewhere", "court")


def test_a_death_without_a_successor_closes_it_too(case: Case, clerk: Member) -> None:
    assert ended(clerk, case, code="party_died", reason="一方死亡").status_code == 200
    assert stands(case) == ("failed", "closed_elsewhere", "party_died")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"code": "other_way"}, "closing_unknown"),
        ({"code": "other_way", "closed_as": "party_died"}, "closing_unknown"),
        ({"code": "other_way", "closed_as": "elsewhere"}, "invalid"),
        ({"code": "no_agreement", "closed_as": "court"}, "invalid"),
        ({"code": "party_died", "closed_as": "court"}, "invalid"),
        ({"code": "other_way", "closed_as": "court", "ways": []}, "invalid"),
    ],
)
def test_what_does_not_fit_ends_nothing(case: Case, clerk: Member, said: dict[str, Any], code: str) -> None:
    refused = ended(clerk, case, **said)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert stands(case) == ("accepted", "with_mediation", "")


def test_the_desk_does_not_close_it_past_the_case(case: Case, clerk: Member) -> None:
    said = {"dispute_id": case.dispute_id, "event": "close_elsewhere", "facts": {"closed_as": "court"}}
    assert refused_with(dispute_step, actor=clerk.actor, **said) == "transition_not_allowed"


def test_no_agreement_is_no_other_way(case: Case, clerk: Member) -> None:
    assert ended(clerk, case, reason="未达成协议").status_code == 200
    assert stands(case) == ("failed", "not_settled", "")

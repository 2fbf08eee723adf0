"""Whole ways of a dispute, each step asked for over HTTP by somebody who may: also what is seldom met."""

from typing import Any

import pytest

from disputes.models import Dispute
from mediation.services import case_accept, party_refuse
from tests.cast import District, Member
from tests.disputes.made import body, dispute_of, screened
from tests.mediation.made import asking, consented

pytestmark = pytest.mark.django_db
SAID = {"reason": "说明", "other_ways": ["court"], "closed_as": "court", "reopen_reason": "relapse"}
BEGUN = "accept triage handle"
WAYS = [
    ("not_accept", "not_accepted"),
    (f"{BEGUN} close_elsewhere feedback archive", "archived"),
    (f"{BEGUN} settle feedback follow_up archive", "archived"),
    (f"{BEGUN} to_department declined to_department no_answer to_department settle", "settled"),
    (f"{BEGUN} to_department not_settle feedback archive reopen triage", "triaged"),
    (f"{BEGUN} to_department close_elsewhere archive", "archived"),
    (f"{BEGUN} to_referral declined to_referral no_answer to_referral not_settle", "not_settled"),
    (f"{BEGUN} to_referral settle", "settled"),
    (f"{BEGUN} to_referral close_elsewhere", "closed_elsewhere"),
    ("hand_up:street hand_back:community", "registered"),
    ("accept hand_up:street hand_back:community", "accepted"),
    ("accept triage hand_up:street hand_back:community", "triaged"),
    (f"{BEGUN} hand_up:street hand_back:community", "handling"),
    ("ask_hand_up:street keep_level", "registered"),
    ("accept ask_hand_up:street keep_level", "accepted"),
    ("accept triage ask_hand_up:street keep_level", "triaged"),
    (f"{BEGUN} ask_hand_up:street keep_level", "handling"),
]


@pytest.fixture
def quarrel(clock: Any, district: District, worker: Member) -> Dispute:
    return dispute_of(screened(worker, body(district)))


def goes(dispute: Dispute, way: str, clerk: Member, coordinator: Member) -> str:
    """The state at the end of a way; who asks for the level above is the coordinator."""
    for step in way.split():
        event, _, level = step.partition(":")
        who = coordinator if event == "ask_hand_up" else clerk
        said = {"event": event, **SAID, **({"to_level": level} if level else {})}
        answer = who.client.post(f"/api/v1/disputes/{dispute.id}/steps", said, format="json")
        assert answer.status_code == 200, (step, answer.content.decode())
    dispute.refresh_from_db()
    return str(dispute.state)


@pytest.mark.parametrize(("way", "end"), WAYS, ids=[way.replace(" ", "-") for way, _ in WAYS])
def test_a_way_comes_to_its_end(
    quarrel: Dispute, clerk: Member, coordinator: Member, way: str, end: str
) -> None:
    assert goes(quarrel, way, clerk, coordinator) == end


def test_after_a_no_the_workers_are_told_and_it_is_put_away(
    district: District, worker: Member, clerk: Member, coordinator: Member
) -> None:
    case = asking(district, worker, clerk)
    party_refuse(actor=clerk.actor, case_id=case.pk)
    assert goes(Dispute.objects.get(), "feedback archive", clerk, coordinator) == "archived"


def test_after_a_withdrawal_as_well(
    district: District, worker: Member, clerk: Member, coordinator: Member
) -> None:
    case = case_accept(actor=clerk.actor, case_id=consented(district, worker, clerk).pk)
    party_refuse(actor=clerk.actor, case_id=case.pk)
    assert Dispute.objects.get().state == "withdrawn"
    assert goes(Dispute.objects.get(), "feedback archive", clerk, coordinator) == "archived"

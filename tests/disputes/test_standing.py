"""What stands on the worklist until its next step is taken, and what a dispute says may be done with it."""

from typing import Any

import pytest

from disputes.codes import DisputeState
from disputes.machine import choices
from disputes.models import Dispute
from disputes.services import dispute_settle, dispute_transition, dispute_walk, follow_up_decline
from kernel import clock as now_is
from kernel.problems import Problem
from tests.cast import District, Member
from tests.disputes.made import AGREED, body, dispute_of, screened

pytestmark = pytest.mark.django_db
REGISTERED, HANDLING = DisputeState.REGISTERED, DisputeState.HANDLING


def lines(who: Member) -> dict[str, int]:
    sections = who.client.get("/api/v1/worklist").json()["sections"]
    return {one["code"]: one["count"] for one in sections}


@pytest.fixture
def dispute(district: District, worker: Member) -> Dispute:
    return dispute_of(screened(worker, body(district)))


@pytest.fixture
def settled(dispute: Dispute, coordinator: Member) -> Dispute:
    dispute_settle(actor=coordinator.actor, dispute_id=dispute.id, agreed_on=now_is.today(), **AGREED)
    return dispute


def test_a_dispute_waits_to_be_taken_in_hand_with_who_holds_its_level(
    dispute: Dispute, coordinator: Member, clerk: Member, other_coordinator: Member
) -> None:
    assert lines(coordinator)["disputes_to_take"] == 1
    assert {"disputes_to_take", "street_to_take"}.isdisjoint({*lines(clerk), *lines(other_coordinator)})
    for event in ("accept", "triage", "handle"):
        dispute_transition(actor=coordinator.actor, dispute_id=dispute.id, event=event)
    assert "disputes_to_take" not in lines(coordinator)


def test_what_was_handed_up_waits_at_the_street(dispute: Dispute, coordinator: Member, clerk: Member) -> None:
    up = {"event": "hand_up", "facts": {"to_level": "street"}}
    dispute_transition(actor=clerk.actor, dispute_id=dispute.id, **up)
    assert (lines(clerk).get("street_to_take"), lines(coordinator).get("disputes_to_take")) == (1, None)


def test_a_watched_quarrel_asks_nothing_of_anybody(
    district: District, worker: Member, coordinator: Member, clock: Any
) -> None:
    screened(worker, body(district, outcome="watching", watch_until="2026-03-10"))
    assert "disputes_to_take" not in {**lines(coordinator), **lines(worker)}


def test_each_step_after_a_settlement_takes_its_line_away(settled: Dispute, coordinator: Member) -> None:
    def now() -> set[str]:
        return {code for code in lines(coordinator) if code.startswith("disputes_")}

    seen = [now()]
    dispute_transition(actor=coordinator.actor, dispute_id=settled.id, event="feedback", reason="已办结")
    seen.append(now())
    follow_up_decline(actor=coordinator.actor, dispute_id=settled.id, reason="不需要")
    seen.append(now())
    dispute_transition(actor=coordinator.actor, dispute_id=settled.id, event="archive")
    assert [*seen, now()] == [{"disputes_to_tell"}, {"disputes_follow_up"}, {"disputes_to_archive"}, set()]


def test_a_department_is_waited_for_at_the_centre(dispute: Dispute, clerk: Member) -> None:
    dispute_transition(
        actor=clerk.actor, dispute_id=dispute.id, event="hand_up", facts={"to_level": "street"}
    )
    dispute_walk(actor=clerk.actor, dispute_id=dispute.id, event="to_department")
    assert lines(clerk)["disputes_with_department"] == 1


def test_a_dispute_names_what_the_reader_may_do(
    dispute: Dispute, coordinator: Member, worker: Member
) -> None:
    address = f"/api/v1/disputes/{dispute.id}"
    shown = [who.client.get(address).json()["choices"] for who in (coordinator, worker)]
    assert shown == [
        ["accept", "not_accept", "not_a_dispute", "hand_up", "hand_back", "ask_hand_up"],
        [],
    ]


@pytest.mark.parametrize(
    ("state", "role", "facts", "may"),
    [
        (REGISTERED, "grid_worker", {"level": "grid"}, {"accept", "not_a_dispute", "hand_up", "ask_hand_up"}),
        (HANDLING, "mediator", {"level": "street"}, {"settle"}),
        (DisputeState.ARCHIVED, "centre_clerk", {"level": "street"}, {"reopen"}),
        (DisputeState.FEEDBACK, "centre_clerk", {"level": "street", "outcome": "settled"}, {"follow_up"}),
        (DisputeState.WITH_DEPARTMENT, "community_coordinator", {"level": "street"}, set()),
    ],
)
def test_choices_by_state_role_and_facts(state: str, role: str, facts: dict[str, Any], may: set[str]) -> None:
    assert set(choices(state, role, facts)) == may


def test_a_refused_step_says_what_is_possible_instead(dispute: Dispute, coordinator: Member) -> None:
    with pytest.raises(Problem, match="transition_not_allowed") as caught:
        dispute_transition(actor=coordinator.actor, dispute_id=dispute.id, event="archive")
    assert "accept" in caught.value.extra["may"]

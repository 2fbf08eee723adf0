"""The dispute's table: who may take which step, and which steps do not exist."""

from typing import Any

import pytest

from disputes.codes import ClosedElsewhere, DisputeState, ReopenReason
from disputes.machine import DISPUTE, TO_HANDLING
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from kernel.problems import Problem

S = DisputeState


def step(state: str, event: str, role: Role | None = Role.CENTRE_CLERK, **facts: Any) -> str:
    given = {"role": role, "level": HandlingLevel.STREET, **facts}
    return DISPUTE.apply(state, event, role=role, facts=given).target


def refused(state: str, event: str, role: Role | None = Role.CENTRE_CLERK, **facts: Any) -> str:
    with pytest.raises(Problem) as caught:
        step(state, event, role, **facts)
    return caught.value.code


def test_the_usual_path_ends_in_the_archive() -> None:
    state: str = S.REGISTERED
    for event in ("accept", "triage", "handle", "to_mediation", "settle", "feedback", "follow_up", "archive"):
        state = step(state, event, outcome=S.SETTLED)
    assert state == S.ARCHIVED


@pytest.mark.parametrize("state", list(TO_HANDLING))
def test_every_shortcut_to_handling_is_a_walk_of_the_table(state: str) -> None:
    for event in TO_HANDLING[DisputeState(state)]:
        state = step(state, event)
    assert state == S.HANDLING


def test_a_grid_worker_acts_at_the_grid_level() -> None:
    assert step(S.REGISTERED, "accept", Role.GRID_WORKER, level=HandlingLevel.GRID) == S.ACCEPTED


@pytest.mark.parametrize("level", [HandlingLevel.COMMUNITY, HandlingLevel.STREET, HandlingLevel.DISTRICT])
def test_a_grid_worker_acts_nowhere_above(level: HandlingLevel) -> None:
    assert refused(S.REGISTERED, "accept", Role.GRID_WORKER, level=level) == "level_not_yours"


@pytest.mark.parametrize(
    "role", [Role.LIAISON_OFFICER, Role.AUDITOR, Role.DISTRICT_ADMIN, Role.STATION_OFFICER]
)
def test_roles_outside_the_path_move_nothing(role: Role) -> None:
    for row in DISPUTE.transitions:
        assert role not in row.roles


def test_not_accepting_tells_reason_and_other_ways() -> None:
    assert refused(S.REGISTERED, "not_accept") == "reason_required"
    assert refused(S.REGISTERED, "not_accept", reason="不属受理范围") == "other_ways_required"
    assert step(S.REGISTERED, "not_accept", reason="不属受理范围", other_ways=["court"]) == S.NOT_ACCEPTED


def test_a_level_goes_up_only_upwards() -> None:
    assert step(S.HANDLING, "hand_up", level="community", to_level="street") == S.HANDLING
    assert refused(S.HANDLING, "hand_up", level="street", to_level="street") == "level_not_above"


def test_the_machine_hands_up_what_is_only_registered() -> None:
    assert step(S.REGISTERED, "hand_up", None, level="grid", to_level="street") == S.REGISTERED


def test_a_restricted_dispute_is_not_handed_back_below_the_street() -> None:
    code = refused(S.HANDLING, "hand_back", level="street", to_level="grid", restricted=True)
    assert code == "restricted_stays_at_street"


@pytest.mark.law("PM-17")
@pytest.mark.parametrize(("event", "end"), [("refuse", S.REFUSED), ("withdraw", S.WITHDRAWN)])
def test_a_refusal_and_a_withdrawal_take_effect_at_the_word(event: str, end: str) -> None:
    assert step(S.WITH_MEDIATION, event, Role.MEDIATOR) == end


@pytest.mark.law("PM-17")
def test_after_a_refusal_nobody_offers_mediation_again() -> None:
    assert refused(S.HANDLING, "to_mediation", mediation_refused=True) == "mediation_refused"


@pytest.mark.parametrize("state", [S.REFUSED, S.WITHDRAWN])
def test_after_a_refusal_the_worker_is_told_and_then_there_is_only_the_archive(state: str) -> None:
    assert DISPUTE.events(state) == ["feedback", "archive"]


@pytest.mark.law("PM-FU")
def test_a_follow_up_is_owed_after_a_settlement_only() -> None:
    assert refused(S.FEEDBACK, "follow_up", outcome=S.NOT_SETTLED) == "follow_up_not_owed"
    assert step(S.FEEDBACK, "archive", outcome=S.NOT_SETTLED) == S.ARCHIVED


@pytest.mark.law("PM-FU")
def test_a_follow_up_may_be_declined() -> None:
    assert refused(S.FEEDBACK, "archive", outcome=S.SETTLED) == "follow_up_open"
    assert step(S.FEEDBACK, "archive", outcome=S.SETTLED, follow_up_declined=True) == S.ARCHIVED


def test_an_archived_dispute_opens_again_for_a_reason_of_the_list() -> None:
    assert step(S.ARCHIVED, "reopen", reopen_reason=ReopenReason.BREACH) == S.REOPENED
    assert refused(S.ARCHIVED, "reopen", reopen_reason="because") == "reason_required"


def test_after_a_refusal_a_new_application_is_the_partys_own() -> None:
    facts = {"reopen_reason": ReopenReason.NEW_APPLICATION, "mediation_refused": True}
    assert refused(S.ARCHIVED, "reopen", **facts) == "application_by_party_required"
    assert step(S.ARCHIVED, "reopen", **facts, party_asks=True) == S.REOPENED


def test_a_case_closed_elsewhere_says_where() -> None:
    assert step(S.WITH_REFERRAL, "close_elsewhere", closed_as=ClosedElsewhere.COURT) == S.CLOSED_ELSEWHERE
    assert refused(S.WITH_REFERRAL, "close_elsewhere", closed_as="elsewhere") == "closing_unknown"


def test_a_silent_department_is_no_end() -> None:
    assert step(S.WITH_DEPARTMENT, "no_answer") == S.HANDLING


def test_only_the_machine_ends_a_watch() -> None:
    assert refused(S.REGISTERED, "watch_over") == "role_not_allowed"
    assert step(S.REGISTERED, "watch_over", None) == S.NOT_A_DISPUTE

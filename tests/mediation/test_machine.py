"""The tables of intake and case."""

from typing import Any

import pytest

from kernel.codes.roles import Role
from kernel.problems import Problem
from mediation.machine import CASE, INTAKE, refusal_event

CLERK = Role.CENTRE_CLERK
REFUSED = {"transition_not_allowed", "role_not_allowed"}


def refused_with(table: Any, state: str, event: str, role: Role = CLERK, **facts: Any) -> str:
    with pytest.raises(Problem) as caught:
        table.apply(state, event, role=role, facts=facts)
    return caught.value.code


@pytest.mark.law("PM-17")
@pytest.mark.parametrize("state", ["asking", "unreachable", "accepted", "suspended", "agreed"])
def test_a_refusal_has_no_guard(state: str) -> None:
    event = refusal_event(state)
    assert CASE.apply(state, event, role=CLERK).target in {"refused", "withdrawn"}


@pytest.mark.law("PM-17", "MN-11", refused=True)
def test_nothing_leads_out_of_a_refusal() -> None:
    assert CASE.events("refused") == CASE.events("withdrawn") == []


@pytest.mark.law("PM-32")
@pytest.mark.parametrize("state", ["in_effect", "performing", "performed"])
def test_nobody_withdraws_from_an_agreement_in_effect(state: str) -> None:
    assert refused_with(CASE, state, "withdraw") == "transition_not_allowed"


@pytest.mark.law("PM-17")
def test_no_acceptance_while_a_consent_is_missing() -> None:
    assert refused_with(CASE, "asking", "accept", missing_consents=["p"], parties=2) == "consents_missing"
    assert refused_with(CASE, "asking", "accept", missing_consents=[], parties=1) == "consents_missing"


@pytest.mark.law("PM-17")
def test_acceptance_with_every_consent() -> None:
    assert CASE.apply("asking", "accept", role=CLERK, facts={"parties": 2}).target == "accepted"


@pytest.mark.law("PM-T6")
def test_declining_needs_a_reason_and_the_other_ways() -> None:
    assert refused_with(CASE, "asking", "decline", ways=["court"]) == "reason_required"
    assert refused_with(CASE, "asking", "decline", reason="x") == "ways_notice_required"
    assert CASE.apply("asking", "decline", role=CLERK, facts={"reason": "x", "ways": ["court"]})


@pytest.mark.law("PM-26")
def test_failing_needs_the_notice_of_other_ways() -> None:
    assert refused_with(CASE, "accepted", "fail") == "ways_notice_required"
    assert CASE.apply("accepted", "fail", role=CLERK, facts={"ways_notice": "read out"}).target == "failed"


@pytest.mark.law("DV-23")
def test_on_the_protected_track_nobody_is_asked_without_the_wish() -> None:
    director = Role.CENTRE_DIRECTOR
    facts = {"protected": True, "wish": None}
    assert refused_with(INTAKE, "waiting", "offer", director, **facts) == "protected_offer_refused"
    assert refused_with(INTAKE, "protected_track", "offer", CLERK, protected=True) == "role_not_allowed"


@pytest.mark.law("DV-23")
def test_with_the_wish_of_the_person_at_risk_the_director_may_offer() -> None:
    facts = {"protected": True, "wish": {"heard_alone": True}}
    assert (
        INTAKE.apply("protected_track", "offer", role=Role.CENTRE_DIRECTOR, facts=facts).target == "offered"
    )


DESK = {"centre_clerk", "centre_director"}
CENTRE = DESK | {"mediator"}
ASKED, OPEN = {"asking", "unreachable"}, {"accepted", "suspended"}
WHO_MAY = {
    "offer": ({"intake"}, DESK),
    "accept": ({"asking"}, DESK),
    "decline": (ASKED, DESK),
    "refuse": (ASKED, CENTRE),
    "cannot_reach": ({"asking"}, DESK),
    "ask_again": ({"unreachable"}, DESK),
    "suspend": ({"accepted"}, CENTRE),
    "resume": ({"suspended"}, CENTRE),
    "withdraw": (OPEN | {"agreed"}, CENTRE),
    "fail": (OPEN | {"agreed"}, CENTRE),
}
ALL_FACTS = {"parties": 2, "reason": "x", "ways": ["10"], "ways_notice": ["10"]}


@pytest.mark.law("PM-17", "PM-23")
@pytest.mark.parametrize("event", WHO_MAY)
def test_each_event_in_its_states_and_by_its_roles_only(event: str) -> None:
    states, roles = WHO_MAY[event]
    for state in CASE.states:
        for role in Role:
            if state in states and role in roles:
                assert CASE.apply(state, event, role=role, facts=ALL_FACTS).source == state
            else:
                assert refused_with(CASE, state, event, role, **ALL_FACTS) in REFUSED


def test_the_machine_itself_takes_only_the_steps_of_paper() -> None:
    own = {row.event for row in CASE.transitions if not row.roles}
    assert own == {"take_effect", "begin_performance"}


@pytest.mark.parametrize(
    "role", [Role.GRID_WORKER, Role.LIAISON_OFFICER, Role.STATION_OFFICER, Role.DISTRICT_ADMIN]
)
def test_nobody_outside_the_centre_moves_a_case(role: Role) -> None:
    assert all(role not in row.roles for row in (*CASE.transitions, *INTAKE.transitions))

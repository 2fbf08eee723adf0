"""Six legal grounds, who may report, who looks at it, and the report's table."""

from typing import Any
from uuid import UUID

import pytest

from kernel.codes.roles import Role
from kernel.problems import Problem
from liaison.grounds import (
    MACHINE_MAY_PROPOSE,
    RULES,
    Ground,
    Recipient,
    acts_fit,
    missing_facts,
)
from liaison.machine import REPORT, ReportState

S = ReportState
STREET = {
    Role.GRID_WORKER, Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.MEDIATOR, Role.CENTRE_DIRECTOR,
    Role.COMMITTEE_KEEPER, Role.DUTY_OFFICER,
}  # fmt: skip
OFFICERS = {Role.AGENCY_OFFICER, Role.AGENCY_HEAD}
ORGANS = OFFICERS | {Role.STATION_OFFICER}
AUTHOR, OTHER = UUID(int=1), UUID(int=2)


def step(
    state: str, event: str, role: Role | None, ground: Ground = Ground.PUBLIC_ORDER, **facts: Any
) -> str:
    given = {"role": role, "ground": ground, "user_id": OTHER, "author_id": AUTHOR, **facts}
    return REPORT.apply(state, event, role=role, facts=given).target


def refused(*args: Any, **facts: Any) -> str:
    with pytest.raises(Problem) as caught:
        step(*args, **facts)
    return caught.value.code


def test_there_are_six_grounds_and_no_other() -> None:
    assert [ground.value for ground in Ground] == [f"PS-{n}" for n in range(1, 7)]
    assert set(RULES) == set(Ground)


@pytest.mark.law("PS-4")
def test_a_child_in_danger_is_told_to_three_recipients() -> None:
    assert set(RULES[Ground.MINOR].recipients) == {
        Recipient.POLICE,
        Recipient.CIVIL_AFFAIRS,
        Recipient.EDUCATION,
    }


@pytest.mark.law("PS-3")
def test_who_reports_violence_at_home_stays_unnamed() -> None:
    assert [ground for ground, rule in RULES.items() if rule.reporter_masked] == [Ground.VIOLENCE_NO_CAPACITY]


@pytest.mark.law("PS-2")
@pytest.mark.law("PS-4")
@pytest.mark.parametrize(
    ("ground", "who"),
    [
        ("PS-1", {Role.MEDIATOR}), ("PS-2", STREET | ORGANS), ("PS-3", STREET), ("PS-4", STREET | ORGANS),
        ("PS-5", OFFICERS), ("PS-6", STREET | ORGANS),
    ],
)  # fmt: skip
def test_a_ground_is_open_to_whom_the_law_names(ground: str, who: set[Role]) -> None:
    for role in set(Role) - who:
        assert refused(S.DRAFTED, "propose", role, Ground(ground)) in {"ground_not_yours", "role_not_allowed"}
    assert {step(S.DRAFTED, "propose", role, Ground(ground)) for role in who} == {S.PROPOSED}


@pytest.mark.law("PS-5")
def test_only_the_agency_reports_from_corrections_and_no_machine() -> None:
    assert RULES[Ground.CORRECTION].reporters == {Role.AGENCY_OFFICER, Role.AGENCY_HEAD}
    assert Ground.CORRECTION not in MACHINE_MAY_PROPOSE


@pytest.mark.law("PS-1")
def test_the_second_person_is_another_than_the_author() -> None:
    assert step(S.PROPOSED, "approve", Role.DUTY_OFFICER) == S.APPROVED
    assert refused(S.PROPOSED, "approve", Role.DUTY_OFFICER, user_id=AUTHOR) == "own_report"


@pytest.mark.law("PS-1")
def test_a_mediator_cannot_send_what_nobody_has_reviewed() -> None:
    assert refused(S.DRAFTED, "send_at_once", Role.MEDIATOR) == "second_person_required"


@pytest.mark.law("PS-4")
def test_a_child_in_danger_does_not_wait_for_a_second_person() -> None:
    assert step(S.DRAFTED, "send_at_once", Role.GRID_WORKER, Ground.MINOR) == S.SENT


def test_what_went_at_once_is_reviewed_after() -> None:
    assert (
        step(S.SENT, "confirm_after", Role.DUTY_OFFICER, Ground.MINOR, review_owed=True) == S.REVIEWED_AFTER
    )
    assert refused(S.SENT, "confirm_after", Role.DUTY_OFFICER, review_owed=False) == "no_review_owed"


def test_no_basis_is_told_to_the_recipient_who_acknowledges() -> None:
    assert step(S.RECEIVED, "no_basis", Role.DUTY_OFFICER, reason="误报") == S.WITHDRAWN_NO_BASIS
    assert step(S.WITHDRAWN_NO_BASIS, "acknowledge", Role.LIAISON_OFFICER) == S.CLOSED


def test_an_author_may_ask_the_director_after_a_refusal() -> None:
    assert step(S.DECLINED, "overrule", Role.CENTRE_DIRECTOR) == S.APPROVED
    assert refused(S.DECLINED, "overrule", Role.AGENCY_HEAD) == "ground_not_yours"


@pytest.mark.law("PS-1", refused=True)
@pytest.mark.parametrize("event", ["overrule", "uphold"])
def test_nobody_decides_on_the_own_declined_report(event: str) -> None:
    assert refused(S.DECLINED, event, Role.CENTRE_DIRECTOR, user_id=AUTHOR) == "own_report"


@pytest.mark.law("MN-4")
@pytest.mark.law("PS-1")
@pytest.mark.parametrize("ground", list(Ground))
def test_the_machine_takes_no_step_but_the_proposal(ground: Ground) -> None:
    facts = {"reason": "x", "review_owed": True, "second_person_silent": True}
    for row in REPORT.transitions:
        if row.event != "propose":
            assert refused(row.source, row.event, None, ground, **facts) in {
                "role_not_allowed",
                "ground_not_yours",
            }


@pytest.mark.law("PS-5")
def test_the_machine_proposes_no_report_from_corrections() -> None:
    assert step(S.DRAFTED, "propose", None, Ground.MINOR) == S.PROPOSED
    assert refused(S.DRAFTED, "propose", None, Ground.CORRECTION) == "ground_not_for_machine"


def test_one_question_and_one_reply() -> None:
    assert step(S.ANSWERED, "question", Role.MEDIATOR, reason="是否需要回访") == S.QUESTIONED
    assert step(S.QUESTIONED, "reply", Role.LIAISON_OFFICER, reason="需要") == S.REPLIED
    assert refused(S.REPLIED, "question", Role.MEDIATOR) == "transition_not_allowed"


def test_an_opinion_is_not_enough_for_a_report() -> None:
    assert missing_facts({"opinion": "看着像要出事"}) == ("acts", "observed_at", "place")
    assert (
        missing_facts({"acts": ["threat"], "observed_at": "2026-11-25T04:00Z", "no_place_reason": "told"})
        == ()
    )


@pytest.mark.law("PS-5", refused=True)
def test_what_is_seen_of_a_correction_belongs_to_no_other_ground() -> None:
    assert acts_fit("PS-5", ["not_found"])
    assert acts_fit("PS-5", ["not_stopped", "threat"])
    assert not acts_fit("PS-5", ["threat"])
    assert not any(acts_fit(ground, ["threat", "not_found"]) for ground in Ground if ground != "PS-5")
    assert acts_fit("PS-1", ["threat"])

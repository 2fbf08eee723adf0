"""Whoever asked for a second decider takes that back while nobody has answered."""

import pytest

from corrections.complaints import Burden
from corrections.models import SecondDecision
from corrections.services import second_decision_ask, second_decision_withdraw
from kernel import clock as clocks
from kernel.problems import Problem
from tasks.worklist import worklist
from tests.cast import Member
from tests.corrections.decided import agreed
from tests.corrections.stage import Case

AT = "/api/v1/corrections/second-decisions"
pytestmark = pytest.mark.django_db


def asked(case: Case, by: Member) -> SecondDecision:
    return second_decision_ask(
        actor=by.actor, subject_id=case.subject.id, act=Burden.DECISION, about="请共同决定"
    )


def waits_for(member: Member) -> list[str]:
    found = worklist(member.actor, clocks.now())
    return [str(item.subject_id) for part in found for item in part.items if "second" in item.subject_kind]


@pytest.mark.law("CCL-61")
def test_who_asked_takes_it_back_and_it_leaves_the_worklist(
    case: Case, agency: Member, bureau_head: Member
) -> None:
    row = asked(case, agency)
    assert waits_for(bureau_head) == [str(row.id)]
    answer = agency.client.post(f"{AT}/{row.id}/withdraw", {"reason": "不再作出"}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert waits_for(bureau_head) == []


def test_twice_is_no_fault_and_says_so(case: Case, agency: Member) -> None:
    row = asked(case, agency)
    first, second = (
        agency.client.post(f"{AT}/{row.id}/withdraw", {"reason": "不再作出"}, format="json") for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert (first.get("Idempotent-Replay"), second.get("Idempotent-Replay")) == (None, "true")


@pytest.mark.law("CCL-61")
@pytest.mark.parametrize("name", ["agency_head", "bureau_head"])
def test_nobody_else_takes_it_back(
    case: Case, agency: Member, name: str, request: pytest.FixtureRequest
) -> None:
    row, other = asked(case, agency), request.getfixturevalue(name)
    answer = other.client.post(f"{AT}/{row.id}/withdraw", {"reason": "不再作出"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_decider_asker_only")
    second_decision_withdraw(actor=agency.actor, second_id=row.id, reason="不再作出")
    with pytest.raises(Problem, match="transition_not_allowed"):
        second_decision_withdraw(actor=other.actor, second_id=row.id, reason="不再作出")


def test_an_answered_one_stands(case: Case, agency: Member, bureau_head: Member) -> None:
    agreed(agency.actor, bureau_head.actor, case.subject)
    with pytest.raises(Problem, match="transition_not_allowed"):
        second_decision_withdraw(actor=agency.actor, second_id=SecondDecision.objects.get().id, reason="不再")


def test_what_was_taken_back_is_asked_anew(case: Case, agency: Member) -> None:
    row = asked(case, agency)
    second_decision_withdraw(actor=agency.actor, second_id=row.id, reason="不再作出")
    assert asked(case, agency).id != row.id

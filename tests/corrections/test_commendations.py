"""表扬: for good conduct that has lasted, or for an outstanding deed at any time (CCM-33)."""

from datetime import date, timedelta
from typing import Any

import pytest

from corrections.decisions import DecisionGround, DecisionKind
from corrections.models import Decision
from corrections.services import decision_draft
from kernel.clock import day_start
from kernel.problems import Problem
from tests.corrections.decided import draft
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")


def commended(case: Case, ground: DecisionGround) -> Decision:
    said = draft(DecisionKind.COMMENDATION, ground=ground)
    return decision_draft(actor=case.actor, subject_id=case.subject.id, draft=said)


@pytest.mark.law("CCM-33")
def test_six_months_of_good_conduct_may_be_commended(case: Case, clock: Any) -> None:
    clock.to(day_start(date(2026, 9, 2)) + timedelta(hours=9))
    row = commended(case, DecisionGround.GOOD_CONDUCT)
    assert (row.kind, row.ground, row.state) == ("commendation", "good_conduct", "drafted")


@pytest.mark.law("CCM-33")
def test_a_day_less_of_good_conduct_may_not(case: Case, clock: Any) -> None:
    clock.to(day_start(date(2026, 9, 1)) + timedelta(hours=23))
    with pytest.raises(Problem, match="commendation_too_early") as refused:
        commended(case, DecisionGround.GOOD_CONDUCT)
    assert refused.value.extra["from_on"] == "2026-09-02"
    assert not Decision.objects.exists()


@pytest.mark.law("CCM-33")
def test_an_outstanding_deed_may_be_commended_on_the_first_day(case: Case) -> None:
    assert commended(case, DecisionGround.DEED).state == "drafted"

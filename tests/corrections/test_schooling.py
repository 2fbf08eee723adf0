"""School and work of the young in a plan (CCL-55)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corrections.codes import Education, HelpMeasure
from corrections.models import Plan
from corrections.schooling import schooling_gaps
from corrections.services import NewPlan, plan_create
from kernel import clock as clocks
from kernel.problems import Problem
from tests.cast import Member
from tests.corrections.stage import QUIET, WEEKLY, Case

E, H = Education, HelpMeasure
BORN = date(2010, 5, 5)
BEFORE, SIXTEEN = date(2026, 5, 4), date(2026, 5, 5)


def gaps(on: date, education: str, *help_measures: str, minors_rules: bool = True) -> list[str]:
    return schooling_gaps(BORN, on, education, help_measures, minors_rules=minors_rules)


@pytest.mark.law("CCL-55")
@pytest.mark.parametrize(
    ("on", "education", "measure"),
    [
        (BEFORE, E.COMPULSORY, H.FAMILY), (BEFORE, E.BROKEN_OFF, H.STUDY), (SIXTEEN, "", H.EMPLOYMENT),
        (SIXTEEN, E.FINISHED, H.EMPLOYMENT),
    ],
)  # fmt: skip
def test_school_is_known_and_work_comes_from_sixteen_on(on: date, education: str, measure: str) -> None:
    assert gaps(on, education, measure) == []


@pytest.mark.law("CCL-55", refused=True)
@pytest.mark.parametrize(
    ("on", "education", "measure", "gap"),
    [
        (BEFORE, "", H.FAMILY, "schooling_unknown"),
        (BEFORE, E.BROKEN_OFF, H.FAMILY, "schooling_needs_help"),
        (SIXTEEN, E.BROKEN_OFF, H.FAMILY, "schooling_needs_help"),
        (BEFORE, E.COMPULSORY, H.EMPLOYMENT, "work_from_sixteen"),
    ],
)
def test_what_a_plan_lacks_for_the_young(on: date, education: str, measure: str, gap: str) -> None:
    assert gaps(on, education, measure) == [gap]


def test_of_a_grown_up_school_is_not_asked() -> None:
    assert gaps(date(2040, 1, 1), E.BROKEN_OFF, H.FAMILY, minors_rules=False) == []


@pytest.mark.usefixtures("db")
@pytest.mark.law("CCL-55", refused=True)
def test_a_plan_of_a_child_without_it_is_not_put_in_force(minor_case: Case, officer: Member) -> None:
    plan = NewPlan([WEEKLY], QUIET, [H.STUDY], clocks.today(), why="情况变化")
    said = {"actor": officer.actor, "subject_id": minor_case.subject.id}
    with pytest.raises(Problem, match="schooling_unknown"):
        plan_create(**said, plan=plan)
    row = plan_create(**said, plan=replace(plan, education=E.BROKEN_OFF))
    assert (Plan.objects.get(state="in_force"), row.education) == (row, "broken_off")


@pytest.mark.usefixtures("db")
def test_the_api_takes_it_of_the_closed_list(minor_case: Case, officer: Member) -> None:
    body: dict[str, Any] = {
        "subject": str(minor_case.subject.id), "starts_on": clocks.today().isoformat(),
        "help_measures": ["study"], "why": "情况变化", "education": "home",
        "lines": [{"form": "3", "period": "week", "least": 1, "most": 1, "window_days": 7}],
    }  # fmt: skip
    url = "/api/v1/corrections/plans"
    assert officer.client.post(url, body, format="json").status_code == 400
    answer = officer.client.post(url, body | {"education": "compulsory"}, format="json")
    assert (answer.status_code, answer.json()["education"]) == (201, "compulsory")

"""分类管理: classes are the district's own, an officer chooses one with each plan, nothing computes one."""

from dataclasses import replace

import pytest

from corrections.codes import HelpMeasure
from corrections.models import Plan
from corrections.schedule import classes_of
from corrections.services import NewPlan, plan_create
from kernel import clock as clocks
from kernel.actor import SYSTEM
from kernel.problems import Problem
from tests.cast import Member
from tests.corrections.stage import QUIET, WEEKLY, Case

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def plan(case: Case, monkeypatch: pytest.MonkeyPatch) -> NewPlan:
    monkeypatch.setenv("GRIDGOV_CORRECTION_CLASSES", "strict=严管 general=普管")
    return NewPlan([WEEKLY], QUIET, [HelpMeasure.STUDY], clocks.today(), why="表现稳定")


@pytest.mark.law("CCM-21")
def test_the_class_is_an_officers_and_each_one_is_kept(case: Case, plan: NewPlan, officer: Member) -> None:
    for code in ("strict", "general"):
        plan_create(actor=case.actor, subject_id=case.subject.id, plan=replace(plan, class_code=code))
    kept = Plan.objects.filter(subject=case.subject).order_by("version")
    assert list(kept.values_list("class_code", "created_by_id", "state"))[1:] == [
        ("strict", case.actor.user_id, "replaced"), ("general", case.actor.user_id, "in_force"),
    ]  # fmt: skip
    shown = officer.client.get(f"/api/v1/corrections/plans/{kept.latest('version').pk}").json()
    assert shown["class_code"] == "general"


@pytest.mark.law("CCM-21")
def test_a_class_that_the_district_does_not_have_is_refused(case: Case, plan: NewPlan) -> None:
    with pytest.raises(Problem) as refused:
        plan_create(actor=case.actor, subject_id=case.subject.id, plan=replace(plan, class_code="risk_90"))
    assert (refused.value.code, list(refused.value.fields)) == ("invalid", ["class_code"])


@pytest.mark.law("CCM-21", refused=True)
def test_no_machine_puts_anybody_in_a_class(case: Case, plan: NewPlan) -> None:
    with pytest.raises(Problem):
        plan_create(actor=SYSTEM, subject_id=case.subject.id, plan=replace(plan, class_code="strict"))
    assert Plan.objects.exclude(class_code="").count() == 0


def test_without_classes_there_is_none() -> None:
    assert classes_of("") == {}
    assert classes_of("strict=严管 general=普管") == {"strict": "严管", "general": "普管"}

"""A kind of processing stays off until an impact assessment of it is in force (PI-55/56)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from kernel import clock
from kernel.problems import Problem
from privacy.codes import Processing
from privacy.models import Assessment
from privacy.switches import switch, switched_on
from tests.cast import Member
from tests.privacy import made

pytestmark = pytest.mark.django_db
URL = "/api/v1/privacy/assessments"


def paper(**changes: Any) -> dict[str, Any]:
    day = clock.today()
    said = {
        "processing": "positioning", "document_no": "评估（2026）3号", "kept_at": "区司法局档案室",
        "valid_from": str(day), "valid_to": str(day + timedelta(days=365)),
    }  # fmt: skip
    return said | changes


@pytest.mark.law("PI-55/56")
@pytest.mark.parametrize("name", list(Processing))
def test_everything_is_off_without_a_paper(name: Processing) -> None:
    with pytest.raises(Problem, match="processing_off"):
        switch(name)


@pytest.mark.law("PI-55/56")
def test_a_paper_in_force_switches_its_own_processing_on() -> None:
    made.switched_on(Processing.POSITIONING, days=1)
    switch(Processing.POSITIONING)
    assert not switched_on(Processing.TERMINALS)


def test_it_is_off_again_on_the_first_day_outside() -> None:
    row = made.switched_on(Processing.ANALYSIS, days=3)
    assert switched_on(Processing.ANALYSIS, row.valid_to - timedelta(days=1))
    assert not switched_on(Processing.ANALYSIS, row.valid_to)


def test_the_bureau_s_head_enters_and_withdraws(bureau_head: Member) -> None:
    row = bureau_head.client.post(URL, paper(), format="json").json()
    assert switched_on(Processing.POSITIONING)
    answer = bureau_head.client.post(f"{URL}/{row['id']}/withdraw", {"reason": "系统变更"}, format="json")
    assert (answer.status_code, switched_on(Processing.POSITIONING)) == (200, False)
    again = bureau_head.client.post(f"{URL}/{row['id']}/withdraw", {"reason": "x"}, format="json")
    assert again.json()["code"] == "assessment_withdrawn"


@pytest.mark.parametrize("name", ["agency", "admin", "procurator"])
def test_nobody_else_switches_anything_on(request: pytest.FixtureRequest, name: str) -> None:
    answer = request.getfixturevalue(name).client.post(URL, paper(), format="json")
    assert answer.status_code == 403


def test_a_paper_that_ends_before_it_begins_is_refused(bureau_head: Member) -> None:
    answer = bureau_head.client.post(URL, paper(valid_to=str(clock.today())), format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "assessment_dates_wrong")


@pytest.mark.parametrize("wrong", [{"valid_to": "9999-12-31"}, {"valid_from": "0001-01-01"}])
def test_a_paper_holds_in_the_years_of_ours(bureau_head: Member, wrong: dict[str, str]) -> None:
    answer = bureau_head.client.post(URL, paper(**wrong), format="json").json()
    assert (answer["code"], list(answer["fields"])) == ("invalid", list(wrong))


def test_a_paper_is_never_removed() -> None:
    row = made.switched_on(Processing.ANALYSIS)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Assessment.objects.filter(pk=row.pk).delete()

"""Finding one of the own people by the number on the card."""

from typing import Any

import pytest

from corrections.services.lookup import subject_find
from kernel.problems import Problem
from privacy.models import ReadLog
from tests.cast import District, Member, make_member
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")
WHY = {"purpose": "handle", "reason": "到所报告"}


@pytest.fixture
def number(case: Case, stage: Any) -> str:
    return str(stage.adult().id_number)


@pytest.mark.law("CCL-54")
def test_an_officer_finds_one_of_the_own_people_against_a_row_in_the_read_log(
    case: Case, officer: Member, number: str
) -> None:
    found = subject_find(actor=officer.actor, id_number=number, **WHY)
    assert [row.id for row in found] == [case.subject.id]
    assert ReadLog.objects.filter(subject_id=case.subject.id).count() == 1


@pytest.mark.law("CCL-54", refused=True)
def test_another_station_s_and_nobody_s_number_are_answered_alike(
    case: Case, district: District, number: str
) -> None:
    other = make_member(district, "other_officer").actor
    assert subject_find(actor=other, id_number=number, **WHY) == []
    assert subject_find(actor=other, id_number="99000019800101001X", **WHY) == []
    assert not ReadLog.objects.exists()


@pytest.mark.law("CCL-9/10")
def test_nobody_else_asks(case: Case, procurator: Member, number: str) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        subject_find(actor=procurator.actor, id_number=number, **WHY)

"""`/statistics/mediation`: what a centre and an analyst see of closed months."""

from datetime import timedelta
from typing import Any

import pytest

from kernel.clock import Frozen
from mediation.services import case_accept, party_refuse
from privacy.codes import Processing
from tests.cast import District, Member
from tests.mediation.made import asking, consented
from tests.privacy.made import switched_on

pytestmark = pytest.mark.django_db
WHERE = "/api/v1/statistics/mediation"


@pytest.fixture
def counted(clock: Frozen, district: District, worker: Member, clerk: Member) -> str:
    """Six cases accepted in the clock's month, one refused, and the month over."""
    switched_on(Processing.ANALYSIS)
    month = f"{clock.at.astimezone():%Y-%m}"
    for number in range(6):
        case = consented(district, worker, clerk, **quarrel(number))
        case_accept(actor=clerk.actor, case_id=case.pk)
    party_refuse(actor=clerk.actor, case_id=asking(district, worker, clerk, **quarrel(6)).pk)
    clock.move(timedelta(days=40))
    return month


def quarrel(number: int) -> dict[str, Any]:
    """One of its own, that joins no other."""
    names = (("applicant", f"赵某{number}"), ("respondent", f"钱某{number}"))
    return {
        "brief": f"第{number}件",
        "parties": [{"role": role, "name": name} for role, name in names],
    }


def asked(who: Member, **query: str) -> Any:
    return who.client.get(WHERE, query)


def table(body: Any, measure: str, by: str) -> dict[str, Any]:
    (found,) = (one for one in body["measures"] if one["measure"] == measure)
    (rows,) = (one["rows"] for one in found["tables"] if one["by"] == by)
    return {row["code"]: row["count"] for row in rows}


@pytest.mark.law("PM-ST")
def test_a_closed_month_is_counted_once(counted: str, clerk: Member) -> None:
    body = asked(clerk, period=counted).json()
    accepted, concluded = body["measures"]
    assert accepted["count"] == 6
    assert table(body, "accepted", "category")["02"] == 6
    assert (concluded["count"], concluded["hidden"]) == (None, True)


@pytest.mark.parametrize("period", ["2026-Q1", "2199-01", "2199", "x"])
@pytest.mark.usefixtures("counted")
def test_other_times_are_not_published(clerk: Member, period: str) -> None:
    answer = asked(clerk, period=period)
    assert (answer.status_code, answer.json()["code"]) == (404, "period_not_published")


@pytest.mark.law("PM-ST")
def test_a_street_beyond_the_own_reach_does_not_exist(
    counted: str, district: District, clerk: Member, other_clerk: Member
) -> None:
    own = asked(clerk, period=counted).json()
    street = district.areas["A"].code
    assert asked(clerk, period=counted, area=street).json()["area"] == street
    assert asked(other_clerk, period=counted, area=street).status_code == 404
    assert asked(other_clerk, period=counted).json()["measures"] == own["measures"]


def test_without_an_impact_assessment_nothing_is_counted(clerk: Member) -> None:
    assert asked(clerk, period="2020-01").json()["code"] == "processing_off"


@pytest.mark.usefixtures("counted")
def test_there_is_no_filter_beside_time_and_place(clerk: Member) -> None:
    assert asked(clerk, period="2026-01", community="1").json()["code"] == "unknown_parameter"


def test_others_have_no_statistics(worker: Member, liaison: Member, mediator: Member) -> None:
    assert {asked(who, period="2026-01").status_code for who in (worker, liaison, mediator)} == {403}


@pytest.mark.law("PM-ST")
def test_the_table_to_keep_holds_the_same_and_hides_the_same(counted: str, clerk: Member) -> None:
    answer = clerk.client.get(f"{WHERE}/file", {"period": counted, "format": "csv"})
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[2:] for row in rows if "合计" in row] == [
        ["受理案件", "合计", "", "", "6", "否"],
        ["办结案件", "合计", "", "", "", "是"],
    ]


def test_a_table_is_written_in_two_formats(counted: str, clerk: Member) -> None:
    book = clerk.client.get(f"{WHERE}/file", {"period": counted})
    assert book.content.startswith(b"PK")
    assert clerk.client.get(f"{WHERE}/file", {"period": counted, "format": "ods"}).status_code == 400

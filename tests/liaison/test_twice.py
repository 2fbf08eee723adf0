"""A command that is told twice changes nothing the second time; one that says something else is refused."""

from typing import Any

import pytest

from kernel import clock as time_source
from kernel.problems import Problem
from liaison.models import Report, ReportTransition
from tests.cast import Member
from tests.liaison.made import Desk, second_station

pytestmark = pytest.mark.django_db


def steps(report: Report) -> int:
    return ReportTransition.objects.filter(report=report).count()


def twice(desk: Desk, act: str, report: Report, who: Member, **said: Any) -> Report:
    first = desk.do(act, report, who, **said)
    taken = steps(report)
    again = desk.do(act, report, who, **said)
    assert (again.state, steps(report)) == (first.state, taken)
    return first


def test_the_way_of_a_report_to_its_end_told_twice_at_each_step(desk: Desk) -> None:
    report = twice(desk, "put_forward", desk.drafted(), desk.mediator)
    twice(desk, "approve", report, desk.duty)
    twice(desk, "send", report, desk.mediator)
    assert report.sheets.count() == 1
    twice(desk, "correct", report, desk.mediator, reason="人数有误", persons_at_risk=2)
    twice(desk, "receive", report, desk.police)
    twice(desk, "answer", report, desk.police, answer="attended")
    twice(desk, "question", report, desk.mediator, reason="是否回访")
    twice(desk, "reply", report, desk.police, reason="无须")
    twice(desk, "told", report, desk.mediator, told_on=time_source.today())
    twice(desk, "close", report, desk.mediator)


@pytest.mark.law("PS-4")
def test_what_goes_at_once_goes_once(desk: Desk) -> None:
    report = twice(desk, "send_at_once", desk.drafted("PS-4"), desk.mediator)
    assert report.sheets.count() == 3
    twice(desk, "confirm", report, desk.duty)
    twice(desk, "no_basis", report, desk.duty, reason="误会")
    twice(desk, "acknowledge", report, desk.police)


def test_a_declined_report_is_declined_appealed_and_decided_once(desk: Desk) -> None:
    report = twice(desk, "decline", desk.proposed(), desk.duty, reason="未见现实危险")
    twice(desk, "appeal", report, desk.mediator, reason="对方持刀")
    twice(desk, "uphold", report, desk.director, reason="维持")


def test_a_report_is_forwarded_once(desk: Desk) -> None:
    report = twice(desk, "forward", desk.sent(), desk.mediator, organisation_id=second_station(desk.district))
    assert report.sheets.count() == 2


def test_another_answer_than_the_first_is_refused(desk: Desk) -> None:
    report = desk.answered()
    with pytest.raises(Problem, match="transition_not_allowed"):
        desk.do("answer", report, desk.police, answer="case_opened")


def test_the_second_of_two_equal_commands_says_so(desk: Desk) -> None:
    at = f"/api/v1/liaison/reports/{desk.sent().pk}/receive"
    first, second = (desk.police.client.post(at, {}, format="json") for _ in range(2))
    assert [one.headers.get("Idempotent-Replay") for one in (first, second)] == [None, "true"]
    assert (first.status_code, first.json()) == (second.status_code, second.json())

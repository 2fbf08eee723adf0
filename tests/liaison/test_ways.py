"""What becomes of a report that went out at once, step by step, also in an order that is seldom met."""

from typing import Any

import pytest

from kernel import clock as clocks
from liaison.models import Report
from tests.liaison.made import Desk, second_station

pytestmark = pytest.mark.django_db
WAYS = [
    ("forward confirm", "reviewed_after"), ("forward forward", "forwarded"), ("forward correct", "corrected"),
    ("forward no_basis", "withdrawn_no_basis"), ("correct confirm", "reviewed_after"),
    ("correct correct", "corrected"), ("correct forward", "forwarded"),
    ("correct no_basis", "withdrawn_no_basis"), ("receive confirm answer", "answered"),
    ("receive no_basis", "withdrawn_no_basis"), ("confirm receive", "received"),
    ("confirm no_basis", "withdrawn_no_basis"), ("receive answer no_basis", "withdrawn_no_basis"),
    ("receive answer question confirm", "questioned"),
    ("receive answer question reply confirm told close", "closed"),
    ("receive answer question reply no_basis", "withdrawn_no_basis"),
]  # fmt: skip
WORDS = ("correct", "no_basis", "question", "reply")


def said(desk: Desk, act: str, report: Report) -> dict[str, Any]:
    if act == "forward":
        own = desk.district.organisations["police A"].pk
        return {"organisation_id": second_station(desk.district) if report.recipient_id == own else own}
    if act == "told":
        return {"told_on": clocks.today()}
    return {"answer": "attended"} if act == "answer" else {"reason": "说明"} if act in WORDS else {}


@pytest.mark.parametrize(("way", "end"), WAYS)
def test_a_report_comes_to_its_end(desk: Desk, way: str, end: str) -> None:
    report = desk.at_once()
    for act in way.split():
        who = desk.police if act in ("answer", "reply") else desk.mediator
        who = desk.duty if act in ("confirm", "no_basis") else who
        report = desk.do(act, report, who, **said(desk, act, report))
    assert report.state == end


@pytest.mark.law("PS-3")
def test_what_waits_for_a_second_person_may_become_urgent(desk: Desk) -> None:
    report = desk.do("send_at_once", desk.proposed("PS-3"), desk.mediator)
    assert (report.state, report.review_due_at is not None) == ("sent", True)

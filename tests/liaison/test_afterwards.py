"""Answered by a code, asked once, reviewed, corrected, withdrawn; and the person is told."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Organisation
from kernel import clock as time_source
from kernel.problems import Problem
from liaison import closing
from liaison.models import Report, ReportTransition
from tasks.worklist import worklist
from tests.cast import Member
from tests.liaison.made import Desk

pytestmark = pytest.mark.django_db


def sections(who: Member) -> set[str]:
    return {filled.section.code for filled in worklist(who.actor, time_source.now())}


def test_an_answer_is_a_code_and_one_question_has_one_reply(desk: Desk) -> None:
    report = desk.do("question", desk.answered(), desk.mediator, reason="是否需要我们回访")
    report = desk.do("reply", report, desk.police, reason="需要")
    assert (report.state, report.answer) == ("replied", "attended")
    with pytest.raises(Problem, match="transition_not_allowed"):
        desk.do("question", report, desk.mediator, reason="再问")


def test_it_is_closed_only_after_the_person_was_told(desk: Desk) -> None:
    report = desk.answered()
    with pytest.raises(Problem, match="telling_owed"):
        desk.do("close", report, desk.mediator)
    desk.do("told", report, desk.mediator, told_on=time_source.today())
    assert desk.do("close", report, desk.mediator).state == "closed"


@pytest.mark.law("PI-17/18/35")
def test_not_telling_needs_a_reason_and_a_day_to_look_again(desk: Desk) -> None:
    report = desk.answered()
    with pytest.raises(Problem, match="telling_owed"):
        desk.do("told", report, desk.mediator, not_told="endangers")
    with pytest.raises(Problem, match="look_again_wrong"):
        desk.do("told", report, desk.mediator, not_told="endangers", look_again_on=date(2020, 1, 1))
    ahead = time_source.today() + timedelta(days=7)
    said = desk.do("told", report, desk.mediator, not_told="endangers", look_again_on=ahead)
    assert (said.not_told, said.look_again_on) == ("endangers", ahead)


@pytest.mark.law("PI-17/18/35")
def test_the_day_to_look_again_comes_also_when_the_report_is_closed(desk: Desk, clock: Any) -> None:
    report = desk.answered()
    ahead = time_source.today() + timedelta(days=7)
    desk.do("told", report, desk.mediator, not_told="endangers", look_again_on=ahead)
    desk.do("close", report, desk.mediator)
    assert "report_again" not in sections(desk.mediator)
    clock.move(timedelta(days=7))
    assert "report_again" in sections(desk.mediator)
    desk.do("told", report, desk.mediator, told_on=time_source.today())
    assert "report_again" not in sections(desk.mediator)


@pytest.mark.law("PI-17/18/35")
def test_of_what_had_no_basis_the_person_is_told_too(desk: Desk) -> None:
    report = desk.sent()
    desk.do("no_basis", report, desk.duty, reason="认错了人")
    desk.do("acknowledge", report, desk.police)
    assert "report_untold" in sections(desk.mediator)
    desk.do("told", report, desk.mediator, told_on=time_source.today())
    assert "report_untold" not in sections(desk.mediator)


@pytest.mark.law("PS-4")
def test_it_is_not_closed_while_the_review_is_owed(desk: Desk) -> None:
    report = desk.at_once("PS-4", acts=("child_at_risk",))
    for act, who, said in (
        ("receive", desk.police, {}), ("answer", desk.police, {"answer": "attended"}),
        ("told", desk.mediator, {"told_on": time_source.today()}),
    ):  # fmt: skip
        report = desk.do(act, report, who, **said)
    with pytest.raises(Problem, match="review_still_owed"):
        desk.do("close", report, desk.mediator)
    desk.do("confirm", report, desk.duty)
    assert desk.do("close", report, desk.mediator).state == "closed"


@pytest.mark.law("PS-3")
def test_no_basis_is_told_to_the_station_which_acknowledges(desk: Desk) -> None:
    report = desk.do("no_basis", desk.at_once(), desk.duty, reason="系误听")
    shown = desk.police.client.get(f"/api/v1/liaison/reports/{report.pk}").json()
    assert [(step["event"], step["reason"]) for step in shown["steps"]] == [("no_basis", "系误听")]
    assert desk.do("acknowledge", report, desk.police).state == "closed"


@pytest.mark.law("PI-45/46/50")
def test_a_correction_says_what_was_wrong_and_is_received_again(desk: Desk) -> None:
    report = desk.do("correct", desk.received(), desk.mediator, reason="并无凶器", acts=["threat"])
    assert (report.state, report.received_at) == ("corrected", None)
    with pytest.raises(Problem, match="reason_required"):
        desk.do("correct", report, desk.mediator, reason="")
    assert desk.do("receive", report, desk.police).state == "received"


@pytest.mark.law("PI-45/46/50")
def test_a_correction_is_itself_corrected(desk: Desk) -> None:
    once = desk.do("correct", desk.received(), desk.mediator, reason="并无凶器")
    again = desk.do("correct", once, desk.mediator, reason="人数亦有误", persons_at_risk=2)
    told = list(ReportTransition.objects.filter(event="correct").values_list("reason", flat=True))
    assert (again.state, sorted(told)) == ("corrected", ["人数亦有误", "并无凶器"])


@pytest.mark.law("PI-45/46/50")
def test_what_the_second_person_confirmed_afterwards_is_still_corrected(desk: Desk) -> None:
    looked = desk.do("confirm", desk.at_once(), desk.duty)
    assert looked.state == "reviewed_after"
    assert desk.do("correct", looked, desk.mediator, reason="地点有误").state == "corrected"


def test_an_author_lets_a_draft_go(desk: Desk) -> None:
    assert desk.do("accept", desk.drafted(), desk.mediator).state == "closed"


def test_telephone_numbers_in_words_are_masked(desk: Desk) -> None:
    desk.do("question", desk.answered(), desk.mediator, reason="请打13812345678")
    assert "13812345678" not in ReportTransition.objects.get(event="question").reason


def month(member: Member, value: str = "2026-03") -> Any:
    return member.client.get(f"/api/v1/liaison/monthly?month={value}")


@pytest.mark.law("PS-1")
def test_supervision_reads_ground_dates_and_outcome_and_nothing_else(
    desk: Desk, clock: Any, procurator: Member, auditor: Member
) -> None:
    report = desk.answered()
    for member in (procurator, auditor):
        (row,) = month(member).json()["rows"]
        assert (row["ground"], row["answer"], row["sent_on"]) == ("PS-1", "attended", "2026-03-02")
        assert str(report.pk) not in month(member).content.decode()
        assert month(member, "2026-04").json()["rows"] == []
        assert member.client.get("/api/v1/liaison/reports").status_code == 403


@pytest.mark.parametrize("value", ["", "2026", "2026-13", "2026-03-01", "x"])
def test_a_month_is_a_month(procurator: Member, value: str) -> None:
    assert month(procurator, value).json()["code"] == "bad_parameter"


@pytest.mark.law("PS-1")
def test_what_a_station_outside_the_system_told_is_entered_here_to_the_end(desk: Desk) -> None:
    approved = desk.do("approve", desk.proposed(), desk.duty)
    Organisation.objects.filter(kind="police_station").update(kind="department")
    sent = desk.do("send", approved, desk.mediator, way="phone")
    desk.do("receive", sent, desk.duty)
    desk.do("answer", sent, desk.mediator, answer="attended")
    desk.do("told", sent, desk.mediator, told_on=time_source.today())
    assert desk.do("close", sent, desk.mediator).state == "closed"


def test_nobody_answers_for_a_station_that_is_on_the_system(desk: Desk) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        desk.do("answer", desk.received(), desk.mediator, answer="attended")


@pytest.mark.law("PS-1")
def test_a_correction_that_nobody_receives_is_called_in_too(desk: Desk) -> None:
    row = desk.do("correct", desk.received(), desk.mediator, reason="人数有误", persons_at_risk=2)
    assert row.receipt_due_at is not None
    assert row.receipt_due_at > time_source.now()
    assert (row.received_at, row.call_owed_at) == (None, None)


def test_an_approval_is_taken_back_as_long_as_nothing_was_sent(desk: Desk) -> None:
    approved = desk.do("approve", desk.proposed(), desk.duty)
    back = desk.do("return", approved, desk.duty, reason="当事人澄清，系误会")
    assert desk.do("accept", back, desk.mediator).state == "closed"


@pytest.mark.law("PI-19/47")
def test_no_draft_keeps_a_name_for_ever(desk: Desk) -> None:
    draft = desk.drafted(person="合成甲")
    assert [pk for pk, _day in closing.ended(Report.objects.none().values("pk"))] == [draft.pk]


@pytest.mark.law("PS-3")
def test_a_masked_reporter_is_not_told_by_the_role_of_a_step(desk: Desk) -> None:
    report = desk.at_once("PS-3")
    desk.do("correct", report, desk.mediator, reason="人数有误")
    page = desk.police.client.get(f"/api/v1/liaison/reports/{report.pk}").json()
    assert [(step["event"], step["role"]) for step in page["steps"]] == [("correct", "")]


def test_told_and_not_told_is_not_said_at_once(desk: Desk) -> None:
    at, today = f"/api/v1/liaison/reports/{desk.answered().pk}/told", time_source.today()
    said = {"told_on": str(today), "not_told": "hinders", "look_again_on": str(today + timedelta(days=3))}
    assert desk.mediator.client.post(at, said, format="json").json()["code"] == "invalid"

"""Complaints: their own door; for the officer there is none; while one is open somebody else decides too."""

from datetime import date, timedelta
from typing import Any

import pytest

from corrections import access
from corrections.complaints import Burden, answer_due, needs_second
from corrections.models import Complaint, SecondDecision
from corrections.services import (
    complaint_answer,
    complaint_assign,
    complaint_link,
    complaint_pass_on,
    complaint_receive,
    complaint_tell_procurator,
    complaint_withdraw,
    second_decision_answer,
    second_decision_ask,
)
from edge.encryption import reveal
from kernel import clock as clocks
from kernel.calendar import WorkCalendar
from kernel.problems import Problem
from privacy.models import ReadLog
from tasks.worklist import worklist
from tests.cast import Member
from tests.corrections.decided import agreed, complained, decided, told
from tests.corrections.stage import ID_NUMBER, Case, absent

pytestmark = pytest.mark.usefixtures("db")
AT = "/api/v1/corrections/complaints"
READ = {"purpose": "supervise", "reason": "核查"}


@pytest.mark.law("CCL-34b")
def test_a_complaint_goes_from_the_desk_to_an_answer_in_writing_and_to_the_procurator(
    case: Case, complaints: Member, agency: Member, procurator: Member
) -> None:
    row = complained(complaints, agency, id_number=ID_NUMBER)
    complaint_assign(actor=complaints.actor, complaint_id=row.id, user_id=procurator.user.id)
    complaint_answer(actor=procurator.actor, complaint_id=row.id, words="已查明", answered_on=clocks.today())
    row = complaint_tell_procurator(actor=complaints.actor, complaint_id=row.id)
    assert (row.state, reveal(row, "answer"), row.subject_id) == (
        "told_procurator", "已查明", case.subject.id,
    )  # fmt: skip


@pytest.mark.law("CCL-34b")
def test_it_is_not_given_to_the_officers_own_unit(
    case: Case, complaints: Member, bureau_head: Member, agency: Member
) -> None:
    row = complained(complaints, bureau_head)
    for who in (bureau_head, agency):
        with pytest.raises(Problem, match="complaint_needs_outsider"):
            complaint_assign(actor=complaints.actor, complaint_id=row.id, user_id=who.user.id)


def test_only_who_it_was_given_to_answers(
    case: Case, complaints: Member, agency: Member, procurator: Member
) -> None:
    row = complained(complaints, agency)
    complaint_assign(actor=complaints.actor, complaint_id=row.id, user_id=procurator.user.id)
    with pytest.raises(Problem, match="role_not_allowed"):
        complaint_answer(actor=complaints.actor, complaint_id=row.id, words="x", answered_on=clocks.today())


def test_it_may_be_passed_on_or_taken_back(case: Case, complaints: Member, agency: Member) -> None:
    first, second = complained(complaints, agency), complained(complaints, agency)
    passed = complaint_pass_on(actor=complaints.actor, complaint_id=first.id, to="纪委", reason="职权")
    taken = complaint_withdraw(actor=complaints.actor, complaint_id=second.id, reason="本人撤回")
    assert (passed.state, taken.state) == ("passed_on", "withdrawn")
    assert passed.closed_at == taken.closed_at == clocks.now()


@pytest.mark.law("CCL-61")
@pytest.mark.parametrize("name", ["agency", "officer", "bureau_head"])
def test_for_the_officer_it_does_not_exist(
    case: Case, complaints: Member, name: str, request: pytest.FixtureRequest
) -> None:
    accused = request.getfixturevalue(name)
    row = complained(complaints, accused, id_number=ID_NUMBER)
    lists = [accused.client.get(AT), accused.client.get(f"{AT}/{row.id}")]
    gone = accused.client.get(f"{AT}/{absent()}")
    assert {answer.status_code for answer in lists} <= {200, 403, 404}
    assert (lists[1].status_code, lists[1].json()["code"]) == (gone.status_code, gone.json()["code"])
    assert lists[0].json().get("count", 0) == 0
    assert str(row.id) not in str(worklist(accused.actor, clocks.now()))
    assert not access.complaints_visible_to(accused.actor).exists()


@pytest.mark.law("CCL-61")
def test_also_not_for_a_procurator_it_is_about(case: Case, complaints: Member, procurator: Member) -> None:
    with pytest.raises(Problem, match="invalid"):
        complained(complaints, procurator)
    row = complaint_receive(actor=complaints.actor, told=told(case.subject.officer_id))
    Complaint.objects.filter(id=row.id).update(against=procurator.user)
    assert procurator.client.get(f"{AT}/{row.id}").status_code == 404


@pytest.mark.law("CCL-61")
def test_while_it_is_open_a_sanction_needs_somebody_of_another_unit(
    case: Case, complaints: Member, agency: Member, agency_head: Member, bureau_head: Member
) -> None:
    complained(complaints, agency, id_number=ID_NUMBER)
    with pytest.raises(Problem, match="second_decider_required"):
        decided(case.actor, agency.actor, case.subject)
    with pytest.raises(Problem, match="second_decider_not_fit"):
        agreed(agency.actor, agency_head.actor, case.subject)
    second_decision_answer(
        actor=bureau_head.actor, second_id=SecondDecision.objects.get().id, agree=True, reason="属实"
    )
    assert decided(case.actor, agency.actor, case.subject).state == "decided"
    assert SecondDecision.objects.get().state == "used"


@pytest.mark.law("CCL-61")
def test_another_officer_decides_alone(
    case: Case, complaints: Member, agency: Member, agency_head: Member
) -> None:
    complained(complaints, agency, id_number=ID_NUMBER)
    assert decided(case.actor, agency_head.actor, case.subject).state == "decided"


def test_an_answered_complaint_holds_nothing_up(
    case: Case, complaints: Member, agency: Member, procurator: Member
) -> None:
    row = complained(complaints, agency, id_number=ID_NUMBER)
    complaint_assign(actor=complaints.actor, complaint_id=row.id, user_id=procurator.user.id)
    complaint_answer(actor=procurator.actor, complaint_id=row.id, words="查明", answered_on=clocks.today())
    assert decided(case.actor, agency.actor, case.subject).state == "decided"


def test_a_declined_agreement_lets_nothing_pass(
    case: Case, complaints: Member, agency: Member, bureau_head: Member
) -> None:
    complained(complaints, agency, id_number=ID_NUMBER)
    row = second_decision_ask(
        actor=agency.actor, subject_id=case.subject.id, act=Burden.DECISION, about="请共同决定"
    )
    row = second_decision_answer(actor=bureau_head.actor, second_id=row.id, agree=False, reason="证据不足")
    with pytest.raises(Problem, match="second_decider_required"):
        decided(case.actor, agency.actor, case.subject)
    assert row.state == "declined"


def test_an_old_agreement_counts_no_more(
    case: Case, complaints: Member, agency: Member, bureau_head: Member, clock: Any
) -> None:
    complained(complaints, agency, id_number=ID_NUMBER)
    agreed(agency.actor, bureau_head.actor, case.subject)
    clock.move(timedelta(days=8))
    with pytest.raises(Problem, match="second_decider_required"):
        decided(case.actor, agency.actor, case.subject)


def test_the_second_reason_is_everybodys_so_that_the_first_is_not_told() -> None:
    now = clocks.now()
    assert needs_second(True, [], now, 3)
    assert needs_second(False, [now - timedelta(days=2)], now, 3)
    assert not needs_second(False, [now - timedelta(days=3)], now, 3)


@pytest.mark.law("CCL-34b")
def test_the_answer_is_due_in_working_days() -> None:
    calendar = WorkCalendar(off=[date(2026, 3, 9)], years=[2026])
    assert answer_due(date(2026, 3, 6), 15, calendar).day == date(2026, 3, 30)


def test_without_an_id_number_the_procurator_says_whose_it_is(
    case: Case, complaints: Member, agency: Member, procurator: Member
) -> None:
    row = complained(complaints, agency, person_name="测试对象甲")
    assert row.subject_id is None
    row = complaint_link(actor=procurator.actor, complaint_id=row.id, subject_id=case.subject.id)
    assert row.subject_id == case.subject.id


def test_the_desk_reads_in_clear_for_a_purpose_and_is_told_nothing_of_the_register(
    case: Case, complaints: Member, agency: Member
) -> None:
    body = {
        "against": str(agency.user.id), "way": "paper", "received_on": "2026-03-02", "words": "被推搡",
        "id_number": ID_NUMBER,
    }  # fmt: skip
    made = complaints.client.post(AT, body, format="json")
    assert made.status_code == 201, made.content
    assert str(case.subject.id) not in made.content.decode()
    answer = complaints.client.post(f"{AT}/{made.json()['id']}/reveal", READ, format="json")
    assert (answer.json()["text"], ReadLog.objects.count()) == ("被推搡", 1)


def test_the_steps_of_a_complaint_over_http(
    case: Case, complaints: Member, agency: Member, procurator: Member
) -> None:
    row = complained(complaints, agency)
    at = f"{AT}/{row.id}"
    given = complaints.client.post(f"{at}/assign", {"user": str(procurator.user.id)}, format="json")
    said = {"text": "已查明", "answered_on": "2026-03-02"}
    answered = procurator.client.post(f"{at}/answer", said, format="json")
    done = complaints.client.post(f"{at}/tell-procurator", {}, format="json")
    assert [r.json()["state"] for r in (given, answered, done)] == [
        "assigned", "answered", "told_procurator",
    ]  # fmt: skip


def test_nobody_of_the_desk_is_complained_about_by_guessing(case: Case, complaints: Member) -> None:
    with pytest.raises(Problem, match="invalid"):
        complained(complaints, complaints)
    assert told(complaints.user.id).words

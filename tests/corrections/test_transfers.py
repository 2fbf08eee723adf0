"""Change of the place of execution, and what the procuratorate says."""

from datetime import date, timedelta
from typing import Any

import pytest

from corrections.jobs import due
from corrections.models import ActStep, Opinion, PositioningOrder, Subject, Transfer
from corrections.opinions import Followed, OpinionKind
from corrections.services import (
    Move,
    opinion_issue,
    opinion_reply,
    transfer_ask,
    transfer_decide,
    transfer_file_sent,
    transfer_move,
    transfer_not_arrived,
    transfer_receipt,
    transfer_report,
    transfer_withdraw,
)
from corrections.transfers import applied_late
from edge.encryption import reveal
from kernel import clock as clocks
from kernel.problems import Problem
from tasks.models import Task
from tests.cast import Member
from tests.corrections.positioned import in_force
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")
CODE = "230184000000"


def asked(who: Member, case: Case) -> Transfer:
    wanted = Move("五常矫正机构", CODE, "随子女居住", clocks.today(), clocks.today())
    return transfer_ask(actor=who.actor, subject_id=case.subject.id, wanted=wanted)


def accepted(who: Member, case: Case) -> Transfer:
    row = asked(who, case)
    return transfer_decide(
        actor=who.actor, transfer_id=row.id, accept=True, on=clocks.today(), document_no="同意 1 号"
    )


def received(who: Member, case: Case) -> Transfer:
    said = {"actor": who.actor, "transfer_id": accepted(who, case).id}
    transfer_move(**said, received_on=clocks.today())
    transfer_file_sent(**said, on=clocks.today())
    return transfer_receipt(**said, on=clocks.today())


@pytest.mark.law("CCM-30", "CCM-31")
def test_from_the_question_to_the_report_at_the_new_place(case: Case, agency: Member) -> None:
    row = received(agency, case)
    assert (row.state, Subject.objects.get().state) == ("receipt", "in_correction")
    row = transfer_report(actor=agency.actor, transfer_id=row.id, on=clocks.today())
    assert (row.state, Subject.objects.get().state) == ("reported", "transferred")
    assert agency.client.get(f"/api/v1/corrections/subjects/{case.subject.id}").status_code == 404


@pytest.mark.law("CCM-30")
def test_no_answer_after_five_days_is_a_flag_with_its_true_time(
    case: Case, agency: Member, clock: Any
) -> None:
    row = asked(agency, case)
    clock.move(timedelta(days=9))
    due(clocks.now())
    due(clocks.now())
    step = ActStep.objects.get(row_id=row.id, event="flag")
    assert (Transfer.objects.get().state, step.at) == ("no_answer", row.due_at)
    assert accepted_late(agency, row).state == "accepted"


def accepted_late(who: Member, row: Transfer) -> Transfer:
    return transfer_decide(
        actor=who.actor, transfer_id=row.id, accept=True, on=clocks.today(), document_no="2"
    )


@pytest.mark.law("CCM-30")
def test_applied_for_a_month_ahead_is_in_time_and_a_day_later_is_late() -> None:
    assert not applied_late(date(2026, 6, 10), date(2026, 7, 10), 1)
    assert applied_late(date(2026, 6, 11), date(2026, 7, 10), 1)
    assert not applied_late(date(2026, 1, 31), date(2026, 2, 28), 1)
    assert not applied_late(date(2026, 6, 11), None, 1)


@pytest.mark.law("CCM-30")
@pytest.mark.parametrize(("ahead", "late"), [(40, False), (10, True), (None, False)])
def test_a_late_application_is_a_remark_and_taken_all_the_same(
    case: Case, agency: Member, ahead: int | None, late: bool
) -> None:
    today = clocks.today()
    body = {
        "subject": str(case.subject.id), "to_agency": "五常矫正机构", "to_area_code": CODE,
        "reason": "随子女居住", "applied_on": str(today), "asked_on": str(today),
    } | ({"wanted_from": str(today + timedelta(days=ahead))} if ahead else {})  # fmt: skip
    answer = agency.client.post("/api/v1/corrections/transfers", body, format="json")
    assert (answer.status_code, answer.json()["applied_late"]) == (201, late)


@pytest.mark.law("CCL-27a")
def test_a_refusal_has_a_reason(case: Case, agency: Member) -> None:
    said = {"actor": agency.actor, "transfer_id": asked(agency, case).id, "accept": False}
    with pytest.raises(Problem, match="reason_required"):
        transfer_decide(**said, on=clocks.today(), document_no="3")
    row = transfer_decide(**said, on=clocks.today(), document_no="3", reason="无固定住所")
    assert row.state == "refused"


@pytest.mark.law("CCM-31")
def test_at_the_receipt_positioning_ends_here(
    case: Case, agency: Member, bureau_head: Member, assessed: None
) -> None:
    in_force(agency.actor, bureau_head.actor, case)
    received(agency, case)
    order = PositioningOrder.objects.get()
    assert (order.state, order.lift_reason) == ("lifted", "transfer")


@pytest.mark.law("CCM-31")
def test_who_did_not_arrive_is_looked_for_by_the_old_agency(case: Case, agency: Member, clock: Any) -> None:
    row = received(agency, case)
    with pytest.raises(Problem, match="transfer_not_due"):
        transfer_not_arrived(actor=agency.actor, transfer_id=row.id, reason="未到")
    clock.move(timedelta(days=8))
    row = transfer_not_arrived(actor=agency.actor, transfer_id=row.id, reason="未到")
    assert (row.state, Task.objects.filter(subject_kind="place_transfer").count()) == ("not_arrived", 1)
    assert Subject.objects.get().state == "in_correction"
    assert transfer_report(actor=agency.actor, transfer_id=row.id, on=clocks.today()).state == "reported"


def test_one_transfer_at_a_time_and_it_may_be_taken_back(case: Case, agency: Member, officer: Member) -> None:
    row = asked(agency, case)
    with pytest.raises(Problem, match="transfer_under_way"):
        asked(agency, case)
    with pytest.raises(Problem, match="role_not_allowed"):
        asked(officer, case)
    assert transfer_withdraw(actor=agency.actor, transfer_id=row.id, reason="不搬了").state == "withdrawn"


def test_within_the_district_is_no_transfer(case: Case, agency: Member) -> None:
    own = case.subject.agency.area.code
    wanted = Move("本区矫正机构", own, "搬家", clocks.today(), clocks.today())
    with pytest.raises(Problem, match="invalid"):
        transfer_ask(actor=agency.actor, subject_id=case.subject.id, wanted=wanted)


def issued(who: Member, case: Case, **changes: Any) -> Opinion:
    values = {
        "agency_id": case.subject.agency_id, "kind": OpinionKind.SUGGESTION, "document_no": "检建 1 号",
        "issued_on": clocks.today(), "text": "请及时警告", "subject_id": case.subject.id,
    }  # fmt: skip
    return opinion_issue(actor=who.actor, **(values | changes))


@pytest.mark.law("CCL-8")
def test_an_opinion_is_replied_to_in_writing_with_the_reason(
    case: Case, procurator: Member, agency_head: Member
) -> None:
    row = issued(procurator, case)
    row = opinion_reply(
        actor=agency_head.actor, opinion_id=row.id, followed=Followed.NOT, replied_on=clocks.today(),
        text="证据不足",
    )  # fmt: skip
    assert (row.state, row.followed, reveal(row, "reply")) == ("replied", "not", "证据不足")


@pytest.mark.law("CCL-8")
@pytest.mark.parametrize("name", ["officer", "agency", "bureau_head", "worker"])
def test_nobody_else_speaks_for_the_procuratorate(
    case: Case, name: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        issued(request.getfixturevalue(name), case)


@pytest.mark.law("CCL-8")
def test_an_unanswered_opinion_stands_as_overdue_for_both(
    case: Case, procurator: Member, agency: Member, clock: Any
) -> None:
    issued(procurator, case)
    clock.move(timedelta(days=31))
    for who in (procurator, agency):
        (row,) = who.client.get("/api/v1/corrections/opinions").json()["results"]
        assert row["overdue"] is True


def test_a_procurator_decides_nothing_in_a_transfer(case: Case, agency: Member, procurator: Member) -> None:
    row = asked(agency, case)
    body = {"accept": True, "on": "2026-03-02", "document_no": "1"}
    at = f"/api/v1/corrections/transfers/{row.id}"
    assert procurator.client.get(at).status_code == 200
    assert procurator.client.post(f"{at}/decide", body, format="json").json()["code"] == "role_not_allowed"

"""Steps of corrections that are seldom taken, each by an act of somebody who may."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.assessment import ReturnWhy
from corrections.codes import MemberKind
from corrections.ends import EndReason, NoticeTo
from corrections.jobs import due
from corrections.models import DueContact, Ending, EndNotice, Group, Search, Subject
from corrections.services import assessments as assessing
from corrections.services import (
    complaint_assign,
    complaint_pass_on,
    complaint_withdraw,
    decision_drop,
    ending_close,
    ending_notice,
    ending_terminate,
    group_create,
    objection_answer,
    objection_make,
    objection_take_further,
    subject_terminate,
    transfer_decide,
    transfer_withdraw,
)
from corrections.services import searches as searching
from corrections.services.aftercare import aftercare_receive, aftercare_withdraw
from kernel import clock as clocks
from privacy.services import destruction_cancel, destruction_sign, query_enter, query_refuse
from tests.cast import Member, Worker
from tests.corrections import test_aftercare as help_after
from tests.corrections import test_assessments as assessed
from tests.corrections.decided import complained, decided, heard
from tests.corrections.stage import Case, item, member, met, ordered, registered, submit
from tests.corrections.test_closing import Shelf, shelf
from tests.corrections.test_searches import missed
from tests.corrections.test_transfers import accepted, asked

__all__ = ["shelf"]
pytestmark = pytest.mark.usefixtures("db")


def died(subject: Subject, agency: Member) -> Ending:
    """A termination by its document."""
    return subject_terminate(
        actor=agency.actor, subject_id=subject.id, reason=EndReason.DEATH, document_no="测 9 号",
        on=clocks.today(),
    )  # fmt: skip


@pytest.mark.law("CCM-53")
@pytest.mark.parametrize("received", [False, True])
def test_help_is_taken_back_also_after_it_was_handed_over(
    case: Case, officer: Member, received: bool
) -> None:
    row = help_after.passed_on(help_after.accepted(case, officer), officer)
    if received:
        aftercare_receive(actor=officer.actor, aftercare_id=row.id, on=clocks.today())
    gone = aftercare_withdraw(actor=officer.actor, aftercare_id=row.id, on=clocks.today())
    assert gone.state == "withdrawn"


@pytest.mark.law("CCL-34b")
@pytest.mark.parametrize("act", ["pass_on", "withdraw"])
def test_an_assigned_complaint_is_passed_on_or_taken_back(
    case: Case, complaints: Member, agency: Member, procurator: Member, act: str
) -> None:
    row = complained(complaints, agency)
    complaint_assign(actor=complaints.actor, complaint_id=row.id, user_id=procurator.user.id)
    said = {"actor": complaints.actor, "complaint_id": row.id, "reason": "本人表示"}
    done = complaint_withdraw(**said) if act == "withdraw" else complaint_pass_on(**said, to="纪检部门")
    assert done.state == {"pass_on": "passed_on", "withdraw": "withdrawn"}[act]


@pytest.mark.law("CCL-28")
def test_after_the_persons_word_a_draft_may_be_dropped(case: Case) -> None:
    row = heard(case.actor, case.subject)
    assert decision_drop(actor=case.actor, decision_id=row.id, reason="情况属实").state == "dropped"


@pytest.mark.law("CCM-32")
def test_the_procuratorate_has_a_decision_changed_before_it_is_served(
    case: Case, agency: Member, agency_head: Member
) -> None:
    decision = decided(case.actor, agency.actor, case.subject)
    today = clocks.today()
    row = objection_make(actor=case.actor, decision_id=decision.id, text="不服", made_on=today)
    said = {"actor": agency_head.actor, "objection_id": row.id, "answered_on": today}
    objection_answer(**said, event="uphold", text="维持")
    objection_take_further(actor=case.actor, objection_id=row.id, on=today)
    done = agency_head.client.post(
        f"/api/v1/corrections/decision-objections/{row.id}/change",
        {"text": "改为口头提醒", "answered_on": today.isoformat()}, format="json",
    )  # fmt: skip
    assert done.json()["state"] == "changed", done.content
    decision.refresh_from_db()
    assert decision.state == "changed"


def test_a_correction_that_was_terminated_is_closed_when_all_were_told(case: Case, agency: Member) -> None:
    today = clocks.today()
    ending: Ending = subject_terminate(
        actor=agency.actor,
        subject_id=case.subject.id,
        reason=EndReason.DEATH,
        document_no="测 9 号",
        on=today,
    )
    said: dict[str, Any] = {"actor": agency.actor, "ending_id": ending.id}
    if ending.state == "ending":
        ending_terminate(**said)
    for to in EndNotice.objects.filter(ending=ending).values_list("to", flat=True):
        ending_notice(**said, to=NoticeTo(to), sent_on=today, document_no="通 1")
    assert ending_close(**said).state == "closed"


def test_a_group_that_never_began_ends_with_the_person(case: Case, agency: Member) -> None:
    other = registered(case.district, case.actor)
    ordered(case.actor, other, document_no="（2026）测 2 号")
    officer = member(case.actor.user_id, kind=MemberKind.OFFICER)
    draft = group_create(actor=case.actor, subject_id=other.id, members=[officer])
    died(other, agency)
    assert Group.objects.get(id=draft.id).state == "ended"


@pytest.mark.law("CCM-30")
@pytest.mark.parametrize("act", ["refuse", "withdraw"])
def test_what_nobody_answered_is_refused_or_taken_back(
    case: Case, agency: Member, clock: Any, act: str
) -> None:
    row = asked(agency, case)
    clock.move(timedelta(days=9))
    due(clocks.now())
    if act == "refuse":
        said = {"accept": False, "on": clocks.today(), "document_no": "3", "reason": "无固定住所"}
        done = transfer_decide(actor=agency.actor, transfer_id=row.id, **said)
    else:
        done = transfer_withdraw(actor=agency.actor, transfer_id=row.id, reason="不去了")
    assert done.state == {"refuse": "refused", "withdraw": "withdrawn"}[act]


def test_what_was_accepted_is_taken_back(case: Case, agency: Member) -> None:
    row = accepted(agency, case)
    assert transfer_withdraw(actor=agency.actor, transfer_id=row.id, reason="不去了").state == "withdrawn"


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("before", ["assigned", "drafted", "signed"])
def test_an_organ_takes_its_request_back_until_the_answer_is_sent(
    agency: Member, agency_head: Member, officer: Member, before: str
) -> None:
    row = (assessed.assigned if before == "assigned" else assessed.drafted)(agency, officer)
    if before == "signed":
        assessing.assessment_sign(actor=agency_head.actor, assessment_id=row.id, signed_on=clocks.today())
    gone = assessing.assessment_withdraw(actor=agency.actor, assessment_id=row.id, document_no="撤 1")
    assert gone.state == "withdrawn"


@pytest.mark.usefixtures("stage")
def test_what_was_assigned_may_go_back_undone(agency: Member, officer: Member) -> None:
    row = assessed.assigned(agency, officer)
    said = {"why": ReturnWhy.LIVES_ELSEWHERE, "text": "户籍在外"}
    assert assessing.assessment_return(actor=agency.actor, assessment_id=row.id, **said).state == "returned"


@pytest.mark.law("CCL-30")
def test_a_review_that_our_own_error_opened_is_closed_as_such(case: Case, agency: Member, clock: Any) -> None:
    contact = missed(case, clock)
    clock.to(contact.grace_until + timedelta(hours=24))
    due(clock.at)
    found = searching.Ending("our_error", text="服务器停机")
    row = Search.objects.get()
    assert searching.search_end(actor=agency.actor, search_id=row.id, ending=found).state == "error"


def met_at(row: DueContact, worker: Worker, clock: Any, now: Any, made_at: Any) -> str:
    """The state of a contact that was made at a time, and told now."""
    clock.to(now)
    submit(worker.actor, item(met(row.id), at=made_at))
    row.refresh_from_db()
    return str(row.state)


def test_a_contact_that_no_job_has_opened_yet_is_done(case: Case, worker: Worker, clock: Any) -> None:
    row = case.contacts[1]
    now = row.opens_at + timedelta(hours=1)
    assert met_at(row, worker, clock, now, now) == "done"


@pytest.mark.parametrize(("hours", "state"), [(-2, "done"), (2, "done_late")])
def test_in_grace_it_counts_when_it_was_made(
    case: Case, worker: Worker, clock: Any, hours: int, state: str
) -> None:
    row = case.contacts[1]
    clock.to(row.due_at + timedelta(hours=3))
    due(clock.at)
    assert met_at(row, worker, clock, clock.at, row.due_at + timedelta(hours=hours)) == state


def test_a_lawful_query_is_refused_before_and_after_its_approval(shelf: Shelf) -> None:
    asked = query_enter(
        actor=shelf.keeper.actor, unit="区检察院", basis="MI-59", document_no="查 1 号", scope=("name",),
        seal_number="1",
    )  # fmt: skip
    for query in (asked, shelf.asked("2")):
        done = query_refuse(actor=shelf.head.actor, query_id=query.pk, reason="依据不足")
        assert done.state == "refused"


@pytest.mark.parametrize("signed", [False, True])
def test_a_list_is_taken_back_before_anything_is_destroyed(shelf: Shelf, signed: bool) -> None:
    made = shelf.over().listed()
    if signed:
        destruction_sign(actor=shelf.keeper.actor, list_id=made.pk, document_no="销毁 1 号")
    done = destruction_cancel(actor=shelf.head.actor, list_id=made.pk, reason="另有用途")
    assert done.state == "cancelled"

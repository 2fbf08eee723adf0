"""Leave from the application to the return: levels, papers, effects, and what waits for whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from corrections.codes import ContactState, PlaceVerdict
from corrections.jobs import due
from corrections.leave_codes import LeaveRefusal, ReturnJudgement
from corrections.models import Leave, LeaveDecision, LeaveNotice, PlaceFlag
from corrections.selectors import steps_of
from corrections.services import leave as acts
from corrections.services.leave.routing import working_of
from kernel import clock as time_source
from kernel.problems import Problem
from tasks.models import Task
from tasks.worklist import worklist
from tests.cast import Member, Worker
from tests.corrections.leaves import (
    DAOLI,
    approved,
    asked,
    city_approved,
    day,
    delegated,
    paper,
    submitted,
)
from tests.corrections.stage import OUTSIDE, Case, days, fix, item, met, newest, submit

pytestmark = pytest.mark.usefixtures("db")


def notices(leave: Leave) -> set[str]:
    rows = LeaveNotice.objects.filter(leave=leave, done_on__isnull=True, dropped=False)
    return set(rows.values_list("kind", flat=True))


def sections(member: Member) -> set[str]:
    return {filled.section.code for filled in worklist(member.actor, time_source.now())}


@pytest.mark.law("CCM-26b")
def test_inside_the_leave_area_no_leave_is_needed(case: Case) -> None:
    with pytest.raises(Problem, match="leave_not_needed"):
        acts.leave_ask(actor=case.actor, subject_id=case.subject.id, asked=asked(destination_code="230103"))


def test_leave_area_members_decide_what_is_inside(case: Case) -> None:
    assert asked(destination_code=DAOLI).destination_code == DAOLI
    leave = acts.leave_ask(actor=case.actor, subject_id=case.subject.id, asked=asked(destination_code=DAOLI))
    assert leave.state == "draft"


@pytest.mark.law("CCM-27b", "CCL-9/10")
def test_a_station_approves_seven_days_under_its_delegation(case: Case, agency_head: Member) -> None:
    paper_of = delegated(agency_head, case)
    leave = acts.leave_approve(actor=case.actor, leave_id=submitted(case, length=7).id)
    decision = LeaveDecision.objects.get(leave=leave)
    assert (leave.state, decision.level, decision.delegation) == ("approved", "station", paper_of)
    assert decision.working["days"] == 7
    assert notices(leave) == {"tell_person", "filing"}


@pytest.mark.law("CCL-9/10")
@pytest.mark.parametrize("first", [-400, 1])
def test_a_delegation_that_does_not_hold_on_the_day_of_the_decision_gives_nothing(
    case: Case, agency_head: Member, first: int
) -> None:
    delegated(agency_head, case, first=first)
    with pytest.raises(Problem, match="delegation_not_valid"):
        acts.leave_approve(actor=case.actor, leave_id=submitted(case).id)


@pytest.mark.law("CCL-9/10")
def test_a_delegation_counts_on_the_day_of_the_decision_and_not_of_the_leave(
    case: Case, agency_head: Member
) -> None:
    delegated(agency_head, case, first=-30, length=31)  # today is the last day
    leave = submitted(case, first=20)
    assert acts.leave_approve(actor=case.actor, leave_id=leave.id).state == "approved"


@pytest.mark.law("CCM-27b")
def test_eight_days_are_the_agency_s(case: Case, agency_head: Member, agency: Member) -> None:
    delegated(agency_head, case)
    leave = submitted(case, length=8)
    with pytest.raises(Problem, match="leave_needs_agency"):
        acts.leave_approve(actor=case.actor, leave_id=leave.id)
    assert acts.leave_approve(actor=agency.actor, leave_id=leave.id).state == "approved"


@pytest.mark.law("CCM-27c")
def test_forty_days_wait_for_the_city_and_the_person_is_told(
    case: Case, agency: Member, agency_head: Member
) -> None:
    leave = submitted(case, length=40)
    with pytest.raises(Problem, match="leave_needs_city"):
        acts.leave_approve(actor=agency_head.actor, leave_id=leave.id)
    leave = acts.leave_forward(actor=agency.actor, leave_id=leave.id, opinion="建议批准")
    assert (leave.state, notices(leave)) == ("with_city", {"tell_person"})
    assert "leaves_with_city" in sections(agency)


@pytest.mark.law("CCM-27c")
def test_the_city_s_decision_takes_effect_when_a_second_officer_has_compared_it(
    case: Case, agency: Member, agency_head: Member
) -> None:
    leave = submitted(case, length=40)
    acts.leave_forward(actor=agency.actor, leave_id=leave.id, opinion="建议批准")
    acts.city_record(actor=agency.actor, leave_id=leave.id, paper=paper())
    with pytest.raises(Problem, match="city_needs_second_officer"):
        acts.city_confirm(actor=agency.actor, leave_id=leave.id)
    assert "city_unconfirmed" in sections(agency_head)
    leave = acts.city_confirm(actor=agency_head.actor, leave_id=leave.id)
    assert (leave.state, notices(leave)) == ("approved", {"tell_person", "procuratorate"})


@pytest.mark.law("CCM-27c")
def test_a_city_s_decision_without_a_scan_is_refused_by_the_database(case: Case, agency: Member) -> None:
    leave = submitted(case, length=40)
    acts.leave_forward(actor=agency.actor, leave_id=leave.id, opinion="建议批准")
    with pytest.raises(IntegrityError, match="leave_city_has_document"), transaction.atomic():
        acts.city_record(actor=agency.actor, leave_id=leave.id, paper=paper(scan_sha256=""))


@pytest.mark.law("CCM-27c")
def test_only_the_agency_forwards_and_records(case: Case) -> None:
    leave = submitted(case, length=40)
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.leave_forward(actor=case.actor, leave_id=leave.id, opinion="建议批准")
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.city_record(actor=case.actor, leave_id=leave.id, paper=paper())


@pytest.mark.law("CCL-27a")
def test_a_city_s_refusal_needs_its_reason_too(case: Case, agency: Member, agency_head: Member) -> None:
    leave = submitted(case, length=40)
    acts.leave_forward(actor=agency.actor, leave_id=leave.id, opinion="不宜批准")
    with pytest.raises(Problem, match="refusal_needs_reason"):
        acts.city_record(actor=agency.actor, leave_id=leave.id, paper=paper(approved=False))
    no = paper(approved=False, code=LeaveRefusal.NO_PROOF, text="材料不实")
    acts.city_record(actor=agency.actor, leave_id=leave.id, paper=no)
    assert acts.city_confirm(actor=agency_head.actor, leave_id=leave.id).state == "refused"


@pytest.mark.law("CCM-27c")
def test_used_days_of_closed_leaves_and_approved_days_of_open_ones_add_up(
    case: Case, agency: Member, clock: Any
) -> None:
    first = approved(case, agency, first=0, length=20)
    due(clock.at)
    clock.move(days(4))
    acts.leave_close(actor=agency.actor, leave_id=first.id, returned_on=day(0))
    second = approved(case, agency, first=1, length=10)
    third = submitted(case, first=20, length=16)
    working = working_of(third)
    assert [(line.span.leave_id, line.span.basis, line.days) for line in working.lines] == [
        (first.id, "used", 5), (second.id, "approved", 10), (third.id, "this", 16),
    ]  # fmt: skip
    assert (working.sum_days, working.level) == (31, "city")


@pytest.mark.law("CCL-27a")
def test_a_refusal_is_told_and_objected_to_and_answered_by_another(
    case: Case, agency: Member, agency_head: Member
) -> None:
    leave = submitted(case, length=10)
    acts.leave_refuse(actor=agency.actor, leave_id=leave.id, code=LeaveRefusal.NO_PROOF, text="无法核实")
    acts.leave_object(actor=case.actor, leave_id=leave.id, text="已补交住院证明")
    assert "leaves_objected" in sections(agency_head)
    with pytest.raises(Problem, match="leave_objection_needs_another"):
        acts.objection_decide(actor=agency.actor, leave_id=leave.id, grant=False, text="维持")
    leave = acts.objection_decide(actor=agency_head.actor, leave_id=leave.id, grant=True, text="已核实")
    assert (leave.state, notices(leave)) == ("approved", {"tell_person"})


def test_an_objection_may_be_answered_by_upholding_the_refusal(
    case: Case, agency: Member, agency_head: Member
) -> None:
    leave = submitted(case, length=10)
    acts.leave_refuse(actor=agency.actor, leave_id=leave.id, code=LeaveRefusal.NO_PROOF, text="无法核实")
    acts.leave_object(actor=case.actor, leave_id=leave.id, text="不服")
    leave = acts.objection_decide(actor=agency_head.actor, leave_id=leave.id, grant=False, text="无新材料")
    assert leave.state == "upheld"


@pytest.mark.law("CCL-27a", "CCM-27a")
def test_an_emergency_leave_is_decided_by_phone_at_night_and_papers_follow(
    case: Case, agency_head: Member, clock: Any
) -> None:
    delegated(agency_head, case)
    clock.move(timedelta(hours=17))
    leave = acts.leave_emergency(actor=case.actor, subject_id=case.subject.id, asked=asked(first=0, length=3))
    papers = LeaveNotice.objects.get(leave=leave, kind="papers")
    assert (leave.state, leave.emergency, papers.due_on) == ("approved", True, day(3))


@pytest.mark.law("CCM-27b")
def test_an_emergency_does_not_lift_the_level(case: Case, agency_head: Member) -> None:
    delegated(agency_head, case)
    with pytest.raises(Problem, match="leave_needs_agency"):
        acts.leave_emergency(actor=case.actor, subject_id=case.subject.id, asked=asked(first=0, length=9))


def test_missing_papers_are_asked_for_in_words(case: Case) -> None:
    leave = submitted(case)
    with pytest.raises(Problem, match="reason_required"):
        acts.leave_return_papers(actor=case.actor, leave_id=leave.id, text="")
    leave = acts.leave_return_papers(actor=case.actor, leave_id=leave.id, text="请补住院通知")
    assert (leave.state, notices(leave)) == ("returned_for_papers", {"tell_person"})
    assert acts.leave_submit(actor=case.actor, leave_id=leave.id).state == "submitted"


def test_an_application_is_taken_back_at_any_time_before_the_decision(case: Case) -> None:
    leave = acts.leave_withdraw(actor=case.actor, leave_id=submitted(case).id, text="不去了")
    assert (leave.state, notices(leave)) == ("withdrawn", set())


def test_a_notice_has_its_task_and_both_are_done_together(case: Case, agency_head: Member) -> None:
    delegated(agency_head, case)
    leave = acts.leave_approve(actor=case.actor, leave_id=submitted(case).id)
    filing = LeaveNotice.objects.get(leave=leave, kind="filing")
    acts.notice_done(
        actor=case.actor, leave_id=leave.id, notice_id=filing.id, done_on=day(0), document_no="备 1"
    )
    assert Task.objects.get(subject_id=filing.id).state == "done"
    assert notices(leave) == {"tell_person"}


@pytest.mark.law("CCM-27c")
def test_the_procuratorate_s_notice_needs_its_document(
    case: Case, agency: Member, agency_head: Member
) -> None:
    leave = city_approved(case, agency, agency_head, length=40)
    row = LeaveNotice.objects.get(leave=leave, kind="procuratorate")
    with pytest.raises(Problem, match="reason_required"):
        acts.notice_done(actor=agency.actor, leave_id=leave.id, notice_id=row.id, done_on=day(0))


@pytest.mark.law("CCM-28")
def test_visits_inside_a_leave_are_excused_and_others_stay(case: Case, agency: Member) -> None:
    approved(case, agency, first=7, length=14)
    states = {contact.open_day: contact.state for contact in case.contacts}
    assert [state for first, state in states.items() if day(7) <= first < day(21)] == ["excused", "excused"]
    assert {contact.excuse for contact in case.contacts if contact.state == "excused"} == {"leave"}
    assert states[day(0)] == ContactState.OPEN


@pytest.mark.law("CCM-28")
def test_a_visit_that_is_created_later_inside_a_leave_is_excused_too(
    case: Case, agency: Member, clock: Any
) -> None:
    approved(case, agency, first=28, length=29)
    clock.move(days(21))
    due(clock.at)
    inside = [row for row in case.contacts if row.open_day >= day(7) and row.due_day <= day(35)]
    assert len(inside) == 4
    assert {row.state for row in inside} == {"excused"}


@pytest.mark.law("CCM-28")
def test_on_leave_outside_is_permitted_and_an_open_flag_goes_back(case: Case, agency: Member) -> None:
    submit(case.actor, item(met(case.first.id, point=fix(OUTSIDE))))
    assert PlaceFlag.objects.get().state == "open"
    approved(case, agency, first=0, length=8)
    assert (newest().place_verdict, newest().place_reasons[0]) == ("permitted", "on_approved_leave")
    assert PlaceFlag.objects.get().state == "withdrawn"


@pytest.mark.law("CCM-28")
def test_after_the_return_the_leave_permits_nothing(case: Case, agency: Member, clock: Any) -> None:
    leave = approved(case, agency, first=0, length=8)
    due(clock.at)
    acts.leave_close(actor=case.actor, leave_id=leave.id, returned_on=day(0))
    clock.move(days(1))
    submit(case.actor, item(met(case.first.id, point=fix(OUTSIDE))))
    assert newest().place_verdict == PlaceVerdict.OUTSIDE


def test_a_leave_begins_and_runs_over_by_date_with_its_true_times(
    case: Case, agency: Member, clock: Any
) -> None:
    leave = approved(case, agency, first=1, length=2)
    clock.move(days(10))
    assert due(clock.at) >= 2
    leave.refresh_from_db()
    steps = [(step.event, step.at) for step in steps_of([leave])[leave.id] if step.actor_id is None]
    assert steps == [
        ("begin", time_source.day_start(leave.first_day)), ("run_over", time_source.day_end(leave.last_day)),
    ]  # fmt: skip
    assert (leave.state, "leaves_overdue" in sections(agency)) == ("overdue", True)


@pytest.mark.law("CCM-28")
def test_a_return_in_time_that_is_entered_late_is_nobody_s_fault(
    case: Case, agency: Member, clock: Any
) -> None:
    leave = approved(case, agency, first=1, length=2)
    clock.move(days(10))
    due(clock.at)
    leave = acts.leave_close(actor=case.actor, leave_id=leave.id, returned_on=leave.last_day)
    assert (leave.state, leave.used_to) == ("closed", leave.last_day)


@pytest.mark.law("CCM-28")
def test_a_late_return_is_judged_by_an_officer(case: Case, agency: Member, clock: Any) -> None:
    leave = approved(case, agency, first=1, length=2)
    clock.move(days(10))
    due(clock.at)
    with pytest.raises(Problem, match="leave_return_was_late"):
        acts.leave_close(actor=case.actor, leave_id=leave.id, returned_on=day(-1))
    with pytest.raises(Problem, match="return_needs_judgement"):
        acts.leave_close_late(
            actor=case.actor, leave_id=leave.id, returned_on=day(-1), text="",
            judgement=ReturnJudgement.JUSTIFIED,
        )  # fmt: skip
    leave = acts.leave_close_late(
        actor=case.actor, leave_id=leave.id, returned_on=day(-1), text="大雪停运",
        judgement=ReturnJudgement.JUSTIFIED,
    )  # fmt: skip
    assert (leave.state, leave.return_judgement) == ("closed_late", "justified")


def test_who_did_not_go_has_used_no_day(case: Case, agency: Member) -> None:
    leave = approved(case, agency, length=10)
    assert acts.leave_not_used(actor=case.actor, leave_id=leave.id).state == "not_used"
    assert working_of(submitted(case, first=30)).sum_days == 5


@pytest.mark.law("CCM-27c", "CCM-28")
def test_an_extension_goes_through_the_same_router(
    case: Case, agency: Member, agency_head: Member, clock: Any
) -> None:
    delegated(agency_head, case)
    leave = acts.leave_approve(actor=case.actor, leave_id=submitted(case, first=0, length=5).id)
    due(clock.at)
    with pytest.raises(Problem, match="leave_needs_agency"):
        acts.leave_extend(actor=case.actor, leave_id=leave.id, last_day=day(9), text="住院未愈")
    leave = acts.leave_extend(actor=agency.actor, leave_id=leave.id, last_day=day(9), text="住院未愈")
    assert (leave.state, leave.last_day) == ("extended", day(9))
    with pytest.raises(Problem, match="city_document_required"):
        acts.leave_extend(actor=agency.actor, leave_id=leave.id, last_day=day(40), text="住院未愈")


@pytest.mark.law("CCM-27c")
def test_an_extension_by_the_city_is_recorded_and_compared(
    case: Case, agency: Member, agency_head: Member, clock: Any
) -> None:
    leave = approved(case, agency, first=0, length=20)
    due(clock.at)
    acts.city_record(actor=agency.actor, leave_id=leave.id, paper=paper(last_day=day(40)))
    leave = acts.city_confirm(actor=agency_head.actor, leave_id=leave.id)
    assert (leave.state, leave.last_day) == ("extended", day(40))
    assert "procuratorate" in notices(leave)


@pytest.mark.law("CCM-28")
def test_only_the_agency_orders_back_with_a_reason(case: Case, agency: Member, clock: Any) -> None:
    leave = approved(case, agency, first=0, length=20)
    due(clock.at)
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.leave_order_back(actor=case.actor, leave_id=leave.id, back_by=day(2), text="违规")
    leave = acts.leave_order_back(actor=agency.actor, leave_id=leave.id, back_by=day(2), text="违规")
    assert (leave.state, leave.last_day) == ("ordered_back", day(2))


def test_two_leaves_do_not_overlap(case: Case, agency: Member) -> None:
    approved(case, agency, first=5, length=5)
    with pytest.raises(IntegrityError, match="leave_one_at_a_time"), transaction.atomic():
        approved(case, agency, first=9, length=2)


@pytest.mark.law("CCL-44")
def test_no_leave_is_beyond_the_term_and_all_end_with_it(case: Case, agency: Member, clock: Any) -> None:
    with pytest.raises(Problem, match="term_over"):
        submitted(case, first=360, length=20)
    leave = submitted(case, first=350, length=5)
    clock.move(days(366))
    due(clock.at)
    leave.refresh_from_db()
    assert leave.state == "ended"


@pytest.mark.law("CCL-12")
def test_a_grid_worker_asks_and_decides_nothing(case: Case, worker: Worker) -> None:
    leave = submitted(case)
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.leave_ask(actor=worker.actor, subject_id=case.subject.id, asked=asked())
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.leave_approve(actor=worker.actor, leave_id=leave.id)

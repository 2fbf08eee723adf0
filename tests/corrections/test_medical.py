"""Health and review reports of 暂予监外执行: opened ahead, handed in, late and only shown, lengthened."""

from datetime import date, timedelta
from typing import Any

import pytest

from corrections.jobs import due
from corrections.medical import MedicalExcuse
from corrections.models import Decision, MedicalReport, ReportLengthening, Subject
from corrections.services import detention_record, subject_terminate
from corrections.services.lengthening import (
    lengthening_grant,
    lengthening_propose,
    lengthening_record,
    lengthening_refuse,
    lengthening_told,
    lengthening_withdraw,
)
from corrections.services.medical import Handed, medical_excuse, medical_hand_in
from corrections.term import add_months
from kernel import clock as clocks
from kernel.problems import Problem
from tasks.models import Task
from tasks.worklist import worklist
from tests.cast import District, Member

pytestmark = pytest.mark.usefixtures("db")
BASE = "/api/v1/corrections"
READ = {"purpose": "handle", "reason": "核对复查报告"}


@pytest.fixture
def sick(stage: Any, district: District, officer: Member) -> Subject:
    """Somebody on 保外就医, with the reports that lie ahead."""
    subject = stage.registered(district, officer.actor)
    stage.outside_prison(officer.actor, subject)
    due(clocks.now())
    return Subject.objects.get(id=subject.id)


def report(kind: str = "health") -> MedicalReport:
    found = MedicalReport.objects.filter(kind=kind).order_by("nth").last()
    assert found is not None
    return found


def handed(**changes: Any) -> Handed:
    values = {"handed_on": clocks.today(), "dated_on": clocks.today(), "original_at": "档案柜 1"} | changes
    return Handed(**values)


def sections(who: Member) -> set[str]:
    return {filled.section.code for filled in worklist(who.actor, clocks.now())}


def after_day(clock: Any, day: date) -> None:
    clock.to(clocks.day_end(day) + timedelta(minutes=1))


@pytest.mark.law("CCM-24b")
def test_of_each_kind_one_report_lies_ahead_however_often_the_job_runs(sick: Subject, clock: Any) -> None:
    start = clocks.today()
    due(clocks.now())
    rows = dict(MedicalReport.objects.values_list("kind", "due_on"))
    assert rows == {"health": add_months(start, 1), "review": add_months(start, 3)}
    assert MedicalReport.objects.count() == 2


@pytest.mark.law("CCM-24b")
def test_of_another_category_no_report_is_asked(stage: Any, case: Any) -> None:
    due(clocks.now())
    assert not MedicalReport.objects.exists()


def test_after_days_of_downtime_none_is_left_out(sick: Subject, clock: Any) -> None:
    after_day(clock, add_months(clocks.today(), 4))
    due(clocks.now())
    assert MedicalReport.objects.filter(kind="health").count() == 5


@pytest.mark.law("CCM-24b")
def test_late_is_shown_with_its_days_and_nothing_follows(sick: Subject, officer: Member, clock: Any) -> None:
    first = report()
    after_day(clock, first.due_on + timedelta(days=200))
    due(clocks.now())
    shown = officer.client.get(f"{BASE}/medical-reports/{first.id}").json()
    assert (shown["state"], shown["overdue"], shown["late_days"]) == ("due", True, 201)
    assert "medical_late" in sections(officer)
    assert not Decision.objects.exists()
    assert not Task.objects.filter(subject_kind="medical_report").exists()


@pytest.mark.law("CCM-24b")
def test_it_is_late_by_the_day_it_came_and_not_by_the_day_it_was_entered(
    sick: Subject, officer: Member, clock: Any
) -> None:
    first, in_time = report(), report().due_on
    after_day(clock, in_time + timedelta(days=9))
    medical_hand_in(
        actor=officer.actor, report_id=first.id, handed=handed(handed_on=in_time, dated_on=in_time)
    )
    shown = officer.client.get(f"{BASE}/medical-reports/{first.id}").json()
    assert (shown["state"], shown["late_days"]) == ("handed_in", 0)


@pytest.mark.law("CCM-24b")
def test_a_review_without_its_hospital_is_refused(sick: Subject, officer: Member) -> None:
    url = f"{BASE}/medical-reports/{report('review').id}/hand-in"
    body = {"handed_on": str(clocks.today()), "dated_on": str(clocks.today()), "original_at": "档案柜 1"}
    answer = officer.client.post(url, body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "review_needs_hospital")
    assert officer.client.post(url, body | {"hospital": "哈尔滨市第一医院"}, format="json").status_code == 200


def test_a_report_from_the_future_or_before_reception_is_refused(sick: Subject, officer: Member) -> None:
    tomorrow, before = clocks.today() + timedelta(days=1), clocks.today() - timedelta(days=1)
    for changes in ({"handed_on": tomorrow}, {"dated_on": before}):
        with pytest.raises(Problem, match="invalid"):
            medical_hand_in(actor=officer.actor, report_id=report().id, handed=handed(**changes))


@pytest.mark.law("CCL-54")
def test_what_it_says_is_read_with_purpose_alone(sick: Subject, officer: Member) -> None:
    row = report()
    medical_hand_in(actor=officer.actor, report_id=row.id, handed=handed(finding="血压平稳"))
    assert "血压" not in officer.client.get(f"{BASE}/medical-reports").content.decode()
    url = f"{BASE}/medical-reports/{row.id}/reveal"
    assert officer.client.post(url, {"purpose": "handle", "reason": ""}, format="json").status_code == 400
    assert officer.client.post(url, READ, format="json").json()["finding"] == "血压平稳"


def test_another_station_and_a_worker_see_none(sick: Subject, other_officer: Member, worker: Member) -> None:
    url = f"{BASE}/medical-reports/{report().id}"
    assert other_officer.client.get(url).status_code == 404
    assert worker.client.get(url).status_code == 403


@pytest.mark.law("CCM-41")
def test_who_is_held_owes_no_report_also_told_late(sick: Subject, officer: Member, clock: Any) -> None:
    first = report()
    after_day(clock, first.due_on)
    detention_record(
        actor=officer.actor, subject_id=sick.id, organ="看守所", document_no="拘 1",
        since=first.due_on - timedelta(days=3), told_on=clocks.today(),
    )  # fmt: skip
    first.refresh_from_db()
    assert (first.state, first.excuse) == ("excused", "detained")


def test_an_excused_report_may_still_come(sick: Subject, officer: Member) -> None:
    row = report()
    medical_excuse(actor=officer.actor, report_id=row.id, code=MedicalExcuse.IN_HOSPITAL, text="住院")
    assert medical_hand_in(actor=officer.actor, report_id=row.id, handed=handed()).state == "handed_in"
    with pytest.raises(Problem, match="transition_not_allowed"):
        medical_excuse(actor=officer.actor, report_id=row.id, code=MedicalExcuse.OUR_FAULT)


@pytest.mark.law("CCL-44")
def test_with_the_end_nothing_is_asked_any_more(sick: Subject, agency: Member) -> None:
    subject_terminate(
        actor=agency.actor, subject_id=sick.id, reason="death", document_no="死 1", on=clocks.today()
    )
    assert set(MedicalReport.objects.values_list("state", flat=True)) == {"cancelled"}


def proposed(who: Member, days: int) -> ReportLengthening:
    row = report()
    until = row.due_on + timedelta(days=days)
    return lengthening_propose(actor=who.actor, report_id=row.id, until=until, reason="病情稳定")


@pytest.mark.law("CCM-24b")
def test_under_a_month_another_officer_of_the_agency_lengthens(
    sick: Subject, officer: Member, agency: Member
) -> None:
    row = proposed(officer, 20)
    assert "lengthenings" in sections(agency)
    lengthening_grant(actor=agency.actor, lengthening_id=row.id)
    assert report().due_on == row.until
    lengthening_told(actor=agency.actor, lengthening_id=row.id, told_on=clocks.today())
    assert not Task.objects.filter(subject_kind="report_lengthening", state="open").exists()


@pytest.mark.law("CCM-24b")
def test_neither_the_station_nor_who_proposed_it_lengthens(
    sick: Subject, officer: Member, agency: Member
) -> None:
    row = proposed(agency, 20)
    with pytest.raises(Problem, match="role_not_allowed"):
        lengthening_grant(actor=officer.actor, lengthening_id=row.id)
    with pytest.raises(Problem, match="lengthening_needs_another"):
        lengthening_grant(actor=agency.actor, lengthening_id=row.id)


@pytest.mark.law("CCM-24b")
def test_above_it_the_higher_agency_decides_by_document_and_two_officers(
    sick: Subject, officer: Member, agency: Member, agency_head: Member
) -> None:
    row = proposed(officer, 45)
    assert row.level == "city"
    with pytest.raises(Problem, match="lengthening_needs_document"):
        lengthening_grant(actor=agency.actor, lengthening_id=row.id)
    lengthening_record(
        actor=agency.actor, lengthening_id=row.id, document_no="哈矫 7 号", decided_on=clocks.today()
    )
    with pytest.raises(Problem, match="lengthening_needs_another"):
        lengthening_grant(actor=agency.actor, lengthening_id=row.id)
    assert lengthening_grant(actor=agency_head.actor, lengthening_id=row.id).state == "in_force"


def test_a_refused_and_a_withdrawn_one_change_no_day(sick: Subject, officer: Member, agency: Member) -> None:
    before = report().due_on
    for act, who in ((lengthening_refuse, agency), (lengthening_withdraw, officer)):
        row = proposed(officer, 20)
        act(actor=who.actor, lengthening_id=row.id, reason="材料不足")
    assert report().due_on == before


def test_none_is_proposed_beyond_the_term_or_to_an_earlier_day(sick: Subject, officer: Member) -> None:
    for days in (0, 400):
        with pytest.raises(Problem, match="lengthening_not_fit"):
            proposed(officer, days)


def test_another_day_than_the_one_that_waits_or_was_told_is_no_repetition(
    sick: Subject, officer: Member, agency: Member
) -> None:
    row = proposed(officer, 20)
    assert proposed(officer, 20) == row
    with pytest.raises(Problem, match="already_exists"):
        proposed(officer, 25)
    lengthening_grant(actor=agency.actor, lengthening_id=row.id)
    for _ in range(2):
        lengthening_told(actor=agency.actor, lengthening_id=row.id, told_on=clocks.today())
    with pytest.raises(Problem, match="already_exists"):
        lengthening_told(
            actor=agency.actor, lengthening_id=row.id, told_on=clocks.today() - timedelta(days=1)
        )


def test_the_api_takes_a_proposal_through(sick: Subject, officer: Member, agency: Member) -> None:
    row = report()
    until = str(row.due_on + timedelta(days=10))
    answer = officer.client.post(
        f"{BASE}/report-lengthenings",
        {"report": str(row.id), "until": until, "reason": "病情稳定"},
        format="json",
    )
    assert answer.status_code == 201
    url = f"{BASE}/report-lengthenings/{answer.json()['id']}"
    assert officer.client.post(f"{url}/grant", {}, format="json").status_code == 403
    assert agency.client.post(f"{url}/grant", {}, format="json").json()["state"] == "in_force"
    assert officer.client.post(f"{url}/reveal", READ, format="json").json() == {"reason": "病情稳定"}

"""Reception, the confirmed last day, files and limits."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from corrections import access
from corrections.clocks import (
    assessment_due,
    court_arrest_due,
    court_custody_until,
    court_ruling_due,
    late_days,
    organ_notice_due,
    organ_service_due,
    receipt_due,
    reception_gaps,
)
from corrections.models import Reception
from corrections.reception_codes import (
    Acknowledged,
    CheckItem,
    EndOccasion,
    FileKind,
    ItemKind,
    LimitKind,
    ReceptionPlace,
)
from corrections.services import receiving as acts
from kernel.calendar import WorkCalendar
from kernel.codes.law import CorrectionCategory
from kernel.problems import Problem
from tasks.worklist import worklist
from tests.cast import District, Member, Worker
from tests.corrections.leaves import day
from tests.corrections.stage import Case, days, minor

DAY = date(2026, 3, 2)


@pytest.mark.law("CCL-20", "CCM-16")
def test_the_clocks_of_organs_are_theirs() -> None:
    assert (organ_notice_due(DAY), organ_service_due(DAY)) == (date(2026, 3, 7), date(2026, 3, 12))
    assert receipt_due(DAY, 5) == date(2026, 3, 7)
    assert (late_days(DAY, None, date(2026, 3, 5)), late_days(DAY, DAY, date(2027, 1, 1))) == (3, 0)


@pytest.mark.law("CCM-14")
def test_an_assessment_counts_working_days() -> None:
    known = WorkCalendar(years=[2026])
    assert assessment_due(DAY, 10, known).day == date(2026, 3, 16)
    assert assessment_due(DAY, 5, known).day == date(2026, 3, 9)


@pytest.mark.law("CCL-33", "CCL-47")
def test_the_court_s_clocks_are_information() -> None:
    asked = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
    assert court_ruling_due(DAY) == court_custody_until(DAY) == date(2026, 4, 1)
    assert court_arrest_due(asked) == asked + timedelta(hours=48)


def opened(case: Case) -> Reception:
    return acts.reception_open(
        actor=case.actor, subject_id=case.subject.id, place=ReceptionPlace.OFFICE, reported_in_on=day(0)
    )


def announced(case: Case, reception: Reception, **changes: Any) -> Reception:
    said = {"announced_on": day(0), "acknowledged": Acknowledged.SIGNED} | changes
    return acts.reception_announce(actor=case.actor, reception_id=reception.id, **said)


def confirmed(case: Case, member: Member) -> None:
    acts.end_confirm(
        actor=member.actor, subject_id=case.subject.id, occasion=EndOccasion.RECEPTION,
        ends_on=ends_on(case),
    )  # fmt: skip


def ends_on(case: Case) -> date:
    case.subject.refresh_from_db()
    assert case.subject.ends_on is not None
    return case.subject.ends_on


@pytest.mark.law("CCL-22")
def test_nobody_is_received_without_all_five(case: Case, db: None) -> None:
    reception = opened(case)
    for item in (CheckItem.DOCUMENTS, CheckItem.IDENTITY, CheckItem.REGISTER, CheckItem.FILE):
        with pytest.raises(Problem, match="reception_incomplete"):
            acts.reception_complete(actor=case.actor, reception_id=reception.id)
        acts.reception_check(actor=case.actor, reception_id=reception.id, item=item, done_on=day(0))
    done = set(reception.checks.values_list("item", flat=True))
    assert reception_gaps(done) == ["announcement"]


@pytest.mark.law("CCL-22", "CCL-44")
def test_received_is_who_passed_five_checks_and_whose_end_two_officers_confirmed(
    case: Case, officer: Member, agency: Member
) -> None:
    reception = announced(case, opened(case))
    for item in (CheckItem.DOCUMENTS, CheckItem.IDENTITY, CheckItem.REGISTER, CheckItem.FILE):
        acts.reception_check(actor=case.actor, reception_id=reception.id, item=item, done_on=day(0))
    for member in (officer, officer):
        confirmed(case, member)
        with pytest.raises(Problem, match="end_needs_two_officers"):
            acts.reception_complete(actor=case.actor, reception_id=reception.id)
    confirmed(case, agency)
    assert acts.reception_complete(actor=case.actor, reception_id=reception.id).completed_on == day(0)


@pytest.mark.law("CCL-22")
def test_a_refusal_to_sign_counts_with_a_witness(case: Case, db: None) -> None:
    reception = opened(case)
    with pytest.raises(Problem, match="announcement_needs_witness"):
        announced(case, reception, acknowledged=Acknowledged.WITNESSED)
    assert announced(case, reception, acknowledged=Acknowledged.WITNESSED, witness="测试见证人").witness


@pytest.mark.law("CCM-55", refused="too")
def test_a_minor_s_announcement_needs_the_guardian(
    stage: Any, district: District, officer: Member, db: None
) -> None:
    subject = stage.registered(district, officer.actor, minor())
    reception = acts.reception_open(actor=officer.actor, subject_id=subject.id, place=ReceptionPlace.HOME)
    said = {"announced_on": day(0), "acknowledged": Acknowledged.SIGNED}
    with pytest.raises(Problem, match="announcement_needs_guardian"):
        acts.reception_announce(actor=officer.actor, reception_id=reception.id, **said)
    row = acts.reception_announce(
        actor=officer.actor, reception_id=reception.id, guardian_present=True, **said
    )
    assert row.guardian_present


@pytest.mark.law("CCL-44")
def test_a_last_day_that_an_officer_reads_otherwise_is_not_confirmed(case: Case, db: None) -> None:
    with pytest.raises(Problem, match="end_differs"):
        acts.end_confirm(
            actor=case.actor, subject_id=case.subject.id, occasion=EndOccasion.RECEPTION,
            ends_on=ends_on(case) - days(1),
        )  # fmt: skip


def test_thirty_days_before_the_end_two_officers_are_asked_again(
    case: Case, officer: Member, agency: Member, clock: Any
) -> None:
    said = {"subject_id": case.subject.id, "occasion": EndOccasion.BEFORE_END, "ends_on": ends_on(case)}
    with pytest.raises(Problem, match="invalid"):
        acts.end_confirm(actor=officer.actor, **said)
    clock.move(days(336))
    codes = {filled.section.code for filled in worklist(officer.actor, clock.at)}
    for member in (officer, agency):
        acts.end_confirm(actor=member.actor, **said)
    assert "ends_unconfirmed" in codes
    assert "ends_unconfirmed" not in {f.section.code for f in worklist(officer.actor, clock.at)}


@pytest.mark.law("CCM-18", refused="too")
def test_two_files_number_their_papers_and_take_only_their_own(case: Case, db: None) -> None:
    paper = acts.Filed(FileKind.CORRECTION, ItemKind.LEGAL, "判决书", day(0))
    rows = [acts.item_file(actor=case.actor, subject_id=case.subject.id, filed=paper) for _ in range(2)]
    assert [row.number for row in rows] == [1, 2]
    for wrong in (replace(paper, kind=ItemKind.WORK), replace(paper, file=FileKind.WORK)):
        with pytest.raises(Problem, match="file_does_not_take_it"):
            acts.item_file(actor=case.actor, subject_id=case.subject.id, filed=wrong)


def limit(case: Case, **changes: Any) -> acts.Limited:
    return replace(acts.Limited(LimitKind.INJUNCTION, "不得进入", "禁 1", day(0), ends_on(case)), **changes)


@pytest.mark.law("CCM-25")
def test_limits_are_the_agency_s_alone(case: Case, officer: Member, agency: Member, worker: Worker) -> None:
    row = acts.limit_record(actor=agency.actor, subject_id=case.subject.id, limit=limit(case))
    assert access.limits_visible_to(agency.actor).get() == row
    for member in (officer, worker):
        assert not access.limits_visible_to(member.actor).exists()
        with pytest.raises(Problem, match="role_not_allowed"):
            acts.limit_record(actor=member.actor, subject_id=case.subject.id, limit=limit(case))
    assert acts.limit_lift(actor=agency.actor, limit_id=row.id).lifted_on == day(0)


@pytest.mark.law("CCM-25")
def test_no_limit_reaches_beyond_the_term(case: Case, agency: Member) -> None:
    beyond = limit(case, valid_to=ends_on(case) + days(1))
    with pytest.raises(Problem, match="invalid"):
        acts.limit_record(actor=agency.actor, subject_id=case.subject.id, limit=beyond)


@pytest.mark.law("CCL-21")
@pytest.mark.parametrize(
    ("category", "owed_by"),
    [
        (CorrectionCategory.SUSPENDED_SENTENCE, "person"),
        (CorrectionCategory.TEMPORARY_OUTSIDE_PRISON, "organ"),
    ],
)
def test_of_category_04_the_organ_owes_the_report_in(
    stage: Any, district: District, officer: Member, category: CorrectionCategory, owed_by: str
) -> None:
    subject = stage.registered(district, officer.actor)
    ordered = {"02": stage.ordered, "04": stage.outside_prison}[category]
    ordered(officer.actor, subject)
    acts.reception_open(actor=officer.actor, subject_id=subject.id, place=ReceptionPlace.OFFICE)
    (row,) = officer.client.get("/api/v1/corrections/receptions").json()["results"]
    (order,) = row["clocks"]
    assert {clock["key"]: clock["owed_by"] for clock in order["clocks"]} == {
        "notice": "organ", "service": "organ", "report_in": owed_by,
    }  # fmt: skip
    assert row["missing"] == CheckItem.values()

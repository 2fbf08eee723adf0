"""Pre-sentence assessments: asked for, looked into, signed by another, sent; secret to everybody else."""

from typing import Any

import pytest
from django.db import transaction

from corrections import access
from corrections.assessment import Advice, AskedBy, Heard, ReturnWhy
from corrections.closing import assessments_ended
from corrections.jobs import due
from corrections.models import ActStep, Assessment
from corrections.services import assessments as acts
from edge.encryption import reveal
from kernel.calendar import WorkCalendar
from kernel.problems import Problem
from privacy.closing import closed
from tasks.worklist import worklist
from tests.cast import District, Member, Worker, make_member
from tests.corrections.leaves import day
from tests.corrections.stage import days

pytestmark = pytest.mark.usefixtures("db", "stage")
NAME = "测试被评估人"


def received(agency: Member, **changes: Any) -> Assessment:
    said = {
        "asked_by": AskedBy.COURT, "organ": "测试法院", "document_no": "委 1", "received_on": day(0),
        "person_name": NAME,
    }  # fmt: skip
    return acts.assessment_receive(actor=agency.actor, commission=acts.Commission(**said | changes))


def assigned(agency: Member, officer: Member, **changes: Any) -> Assessment:
    row = received(agency, **changes)
    station = officer.membership.organisation_id
    return acts.assessment_assign(actor=agency.actor, assessment_id=row.id, station_id=station)


def visited(officer: Member, row: Assessment, *visitors: Any) -> Assessment:
    went = acts.Visited(visitors or (officer.user.id,), day(0), Heard.FAMILY, "家属愿意监护")
    return acts.assessment_visit(actor=officer.actor, assessment_id=row.id, visited=went)


def drafted(agency: Member, officer: Member) -> Assessment:
    row = visited(officer, assigned(agency, officer))
    return acts.assessment_draft(
        actor=officer.actor, assessment_id=row.id, advice=Advice.FITS, opinion="可纳入社区矫正"
    )


def sections(member: Member, at: Any) -> set[str]:
    return {filled.section.code for filled in worklist(member.actor, at)}


@pytest.mark.law("CCM-14")
def test_working_days_run_from_the_day_of_the_letter_and_fewer_on_the_fast_track(agency: Member) -> None:
    slow, fast = received(agency), received(agency, document_no="委 2", fast_track=True)
    assert (slow.due_on - day(0), fast.due_on - day(0)) == (days(14), days(7))
    assert reveal(slow, "person_name") == NAME
    assert NAME.encode() not in bytes(slow.person_name)


@pytest.mark.law("CCM-14")
def test_it_is_signed_by_another_and_sent_with_its_copy(agency: Member, officer: Member) -> None:
    row = drafted(agency, officer)
    acts.assessment_sign(actor=agency.actor, assessment_id=row.id, signed_on=day(0))
    sent = acts.assessment_send(
        actor=agency.actor, assessment_id=row.id, sent_on=day(0), document_no="评 1", copied_on=day(0)
    )
    assert (sent.state, sent.advice, sent.signed_by_id) == ("sent", "fits", agency.user.id)
    again = acts.assessment_send(actor=agency.actor, assessment_id=row.id, sent_on=day(0), document_no="评 1")
    assert again.copied_on == day(0)
    assert ActStep.objects.filter(row_id=row.id).count() == 4


@pytest.mark.law("CCM-14")
def test_no_opinion_comes_before_a_visit(agency: Member, officer: Member) -> None:
    row = assigned(agency, officer)
    with pytest.raises(Problem, match="assessment_needs_visit"):
        acts.assessment_draft(actor=officer.actor, assessment_id=row.id, advice=Advice.FITS, opinion="可")


@pytest.mark.law("CCM-14")
def test_who_drafted_it_does_not_sign(agency: Member, officer: Member) -> None:
    row = visited(officer, assigned(agency, officer))
    acts.assessment_draft(actor=agency.actor, assessment_id=row.id, advice=Advice.FITS, opinion="可")
    with pytest.raises(Problem, match="signer_is_drafter"):
        acts.assessment_sign(actor=agency.actor, assessment_id=row.id, signed_on=day(0))


@pytest.mark.law("CCL-12", "CCM-14")
def test_only_officers_go(agency: Member, officer: Member, worker: Worker) -> None:
    row = assigned(agency, officer)
    with pytest.raises(Problem, match="invalid"):
        visited(officer, row, worker.user.id)
    assert not row.visits.exists()


@pytest.mark.law("CCM-14")
@pytest.mark.parametrize("name", ["worker", "procurator", "liaison", "clerk", "mediator", "other_officer"])
def test_it_is_secret_to_everybody_else(
    name: str, agency: Member, officer: Member, district: District
) -> None:
    row = assigned(agency, officer)
    outsider = make_member(district, name) if name != "worker" else make_member(district, "worker")
    assert not access.assessments_visible_to(outsider.actor).exists()
    with pytest.raises(Problem, match=r"not_found|role_not_allowed"):
        acts.assessment_draft(actor=outsider.actor, assessment_id=row.id, advice=Advice.FITS, opinion="可")


def test_a_station_sees_what_was_given_to_it(agency: Member, officer: Member, other_officer: Member) -> None:
    received(agency)
    assert not access.assessments_visible_to(officer.actor).exists()
    row = Assessment.objects.get()
    for member in (other_officer, officer):
        station = member.membership.organisation_id
        acts.assessment_assign(actor=agency.actor, assessment_id=row.id, station_id=station)
        assert access.assessments_visible_to(member.actor).exists()
    assert not access.assessments_visible_to(other_officer.actor).exists()


def test_a_draft_goes_back_and_comes_again(agency: Member, officer: Member) -> None:
    row = drafted(agency, officer)
    for _ in range(2):
        row = acts.assessment_send_back(actor=agency.actor, assessment_id=row.id, text="补充居住情况")
    assert (row.state, row.drafted_by_id) == ("assigned", None)
    again = acts.assessment_draft(actor=officer.actor, assessment_id=row.id, advice=Advice.FITS, opinion="可")
    assert again.state == "drafted"


def test_it_goes_back_undone_or_is_taken_back(agency: Member) -> None:
    first, second = received(agency), received(agency, document_no="委 2")
    gone = acts.assessment_return(
        actor=agency.actor, assessment_id=first.id, why=ReturnWhy.LIVES_ELSEWHERE, text="户籍在外"
    )
    taken = acts.assessment_withdraw(actor=agency.actor, assessment_id=second.id, document_no="撤 1")
    assert (gone.state, gone.returned_why, taken.state) == ("returned", "lives_elsewhere", "withdrawn")
    assert {pk for pk, _ in assessments_ended(closed("assessment"))} == {first.id, second.id}


def test_a_letter_is_entered_once(agency: Member) -> None:
    received(agency)
    with pytest.raises(Problem, match="already_exists"), transaction.atomic():
        received(agency)


def test_it_stands_on_the_worklist_until_it_was_sent(agency: Member, officer: Member, clock: Any) -> None:
    drafted(agency, officer)
    assert {"assessments_open", "assessments_to_sign"} <= sections(agency, clock.at)
    assert "assessments_open" in sections(officer, clock.at)
    clock.move(days(15))
    assert "assessments_overdue" in sections(officer, clock.at)


def test_a_provisional_day_is_computed_again_when_the_year_is_known(
    agency: Member, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = received(agency)
    Assessment.objects.filter(id=row.id).update(provisional=True, due_on=day(1))
    monkeypatch.setattr("kernel.calendar.current", lambda: WorkCalendar(years=[2026]))
    due(clock.at)
    row.refresh_from_db()
    assert (row.provisional, row.due_on) == (False, day(14))


def test_the_whole_course_over_http(agency: Member, officer: Member) -> None:
    base = "/api/v1/corrections/assessments"
    asked = {
        "asked_by": "court", "organ": "测试法院", "document_no": "委 9", "received_on": str(day(0)),
        "person_name": NAME,
    }  # fmt: skip
    made = agency.client.post(base, asked, format="json").json()
    url, station = f"{base}/{made['id']}", str(officer.membership.organisation_id)
    visit = {
        "visitors": [str(officer.user.id)],
        "made_on": str(day(0)),
        "heard": "person",
        "note": "本人陈述",
    }
    steps: list[tuple[Member, str, dict[str, Any]]] = [
        (agency, "assign", {"station": station}), (officer, "visits", visit),
        (officer, "draft", {"advice": "fits", "opinion": "可"}), (agency, "sign", {"signed_on": str(day(0))}),
        (agency, "send", {"sent_on": str(day(0)), "document_no": "评 9"}),
    ]  # fmt: skip
    heard = [who.client.post(f"{url}/{act}", body, format="json").status_code for who, act, body in steps]
    assert heard == [200, 201, 200, 200, 200]
    clear = agency.client.post(f"{url}/reveal", {"purpose": "handle", "reason": "核对"}, format="json")
    assert (clear.json()["person_name"], clear.json()["visit_notes"]) == (NAME, ["本人陈述"])
    assert NAME not in agency.client.get(url).content.decode()

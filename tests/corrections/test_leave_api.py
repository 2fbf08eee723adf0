"""Leave, permits and delegations over HTTP."""

from typing import Any

import pytest

from corrections.codes import PlaceVerdict
from corrections.jobs import due
from corrections.models import Permit
from corrections.services import leave as acts
from edge.encryption import reveal
from kernel.problems import Problem
from privacy.models import ReadLog
from tests.cast import District, Member
from tests.corrections.leaves import DESTINATION, WUCHANG, day, permit, submitted
from tests.corrections.stage import OUTSIDE, Case, days, fix, item, met, newest, submit

pytestmark = pytest.mark.usefixtures("db")
BASE = "/api/v1/corrections"
READ = {"purpose": "handle", "reason": "核对外出事由"}


def request_of(case: Case, length: int = 5, **changes: Any) -> dict[str, Any]:
    plain = {
        "subject": str(case.subject.id), "reason": "1", "reason_text": "复查", "destination": DESTINATION,
        "destination_code": WUCHANG, "first_day": day(5), "last_day": day(4 + length),
    }  # fmt: skip
    return plain | changes


def post(member: Member, path: str, body: Any = None) -> Any:
    return member.client.post(f"{BASE}/{path}", body or {}, format="json")


def test_a_leave_shows_its_working_and_no_word_in_clear(case: Case, officer: Member) -> None:
    answer = post(officer, "leaves", request_of(case, length=40))
    assert answer.status_code == 201
    working = answer.json()["working"]
    assert (working["level"], working["days"], working["sum_days"]) == ("city", 40, 40)
    assert working["lines"][0]["basis"] == "this"
    assert DESTINATION not in answer.content.decode()


def test_the_way_of_a_leave_over_http(case: Case, officer: Member, agency: Member) -> None:
    path = f"leaves/{post(officer, 'leaves', request_of(case, length=10)).json()['id']}"
    assert [post(officer, f"{path}/{act}").json()["state"] for act in ("submit", "verify")] == [
        "submitted", "verifying",
    ]  # fmt: skip
    refused = post(officer, f"{path}/approve")
    assert (refused.status_code, refused.json()["code"]) == (409, "leave_needs_agency")
    done = post(agency, f"{path}/approve", {"ask_destination": True}).json()
    assert {row["kind"] for row in done["notices"]} == {"tell_person", "destination"}
    assert done["decisions"][0]["working"]["days"] == 10


@pytest.mark.law("CCL-27a")
def test_a_refusal_over_http_needs_code_and_text(case: Case, agency: Member) -> None:
    path = f"leaves/{submitted(case, length=10).id}/refuse"
    assert post(agency, path, {"code": "no_proof"}).status_code == 400
    assert post(agency, path, {"text": "不行"}).status_code == 400
    assert post(agency, path, {"code": "no_proof", "text": "无法核实"}).json()["state"] == "refused"


def test_twice_is_no_fault(case: Case, agency: Member) -> None:
    path = f"leaves/{submitted(case, length=10).id}/approve"
    first, second = post(agency, path).json(), post(agency, path).json()
    assert first["steps"] == second["steps"]
    assert len(second["decisions"]) == len(second["notices"]) == 1


@pytest.mark.law("CCL-61")
def test_words_about_a_leave_are_read_with_purpose(case: Case, officer: Member) -> None:
    leave = submitted(case)
    assert post(officer, f"leaves/{leave.id}/reveal").status_code == 400
    assert post(officer, f"leaves/{leave.id}/reveal", READ).json()["destination"] == DESTINATION
    assert ReadLog.objects.get().subject_kind == "leave"


@pytest.mark.law("CCM-27a")
def test_proof_and_findings_are_sealed_and_read_with_purpose(case: Case, officer: Member) -> None:
    pk = post(officer, "leaves", request_of(case, proof="住院通知")).json()["id"]
    post(officer, f"leaves/{pk}/submit")
    answer = post(officer, f"leaves/{pk}/verify", {"text": "已核实"})
    assert (answer.status_code, "已核实" in answer.content.decode()) == (200, False)
    words = post(officer, f"leaves/{pk}/reveal", READ).json()
    assert (words["proof"], words["step_texts"]) == ("住院通知", [None, "已核实"])


def test_what_was_found_is_said_at_once_or_later_and_once(case: Case, officer: Member) -> None:
    path = f"leaves/{submitted(case).id}/verify"
    said = [{}, {"text": "已核实"}, {"text": "已核实"}, {}, {"text": "医院更正日期"}]
    assert [len(post(officer, path, body).json()["steps"]) for body in said] == [2, 3, 3, 3, 4]


def test_another_station_does_not_find_it(case: Case, other_officer: Member) -> None:
    leave = submitted(case)
    answer = post(other_officer, f"leaves/{leave.id}/approve")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert other_officer.client.get(f"{BASE}/leaves").json()["count"] == 0


@pytest.mark.law("CCM-29")
def test_the_agency_permits_regular_trips_for_six_months(case: Case, agency: Member) -> None:
    row = acts.permit_ask(actor=case.actor, subject_id=case.subject.id, asked=permit())
    answer = post(agency, f"permits/{row.id}/approve").json()
    assert (answer["state"], answer["valid_to"]) == ("in_force", "2026-09-02")
    assert reveal(Permit.objects.get(), "details") == permit().details


@pytest.mark.law("CCM-29")
def test_a_station_permits_no_regular_trips(case: Case, officer: Member) -> None:
    row = acts.permit_ask(actor=case.actor, subject_id=case.subject.id, asked=permit())
    assert post(officer, f"permits/{row.id}/approve").json()["code"] == "role_not_allowed"
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.permit_approve(actor=case.actor, permit_id=row.id)


@pytest.mark.law("CCL-27a")
def test_a_refused_permit_says_why(case: Case, agency: Member) -> None:
    row = acts.permit_ask(actor=case.actor, subject_id=case.subject.id, asked=permit())
    no = post(agency, f"permits/{row.id}/refuse", {"code": "no_proper_reason", "text": "非工作所需"})
    assert (no.json()["state"], no.json()["refusal"]) == ("refused", "no_proper_reason")


@pytest.mark.law("CCM-29")
def test_a_permit_ends_by_itself(case: Case, agency: Member, clock: Any) -> None:
    row = acts.permit_ask(actor=case.actor, subject_id=case.subject.id, asked=permit())
    acts.permit_approve(actor=agency.actor, permit_id=row.id)
    clock.move(days(185))
    due(clock.at)
    row.refresh_from_db()
    assert row.state == "expired"


def test_a_permit_is_taken_back_or_ended_with_a_reason(case: Case, agency: Member) -> None:
    first = acts.permit_ask(actor=case.actor, subject_id=case.subject.id, asked=permit())
    assert post(agency, f"permits/{first.id}/withdraw").json()["state"] == "withdrawn"
    second = acts.permit_ask(actor=case.actor, subject_id=case.subject.id, asked=permit())
    post(agency, f"permits/{second.id}/approve")
    assert post(agency, f"permits/{second.id}/end").status_code == 400
    assert post(agency, f"permits/{second.id}/end", {"text": "换了工作"}).json()["state"] == "ended"


@pytest.mark.law("CCM-29", "CCL-27b")
def test_where_the_permitted_place_cannot_be_measured_nothing_is_decided(case: Case, agency: Member) -> None:
    row = acts.permit_ask(actor=case.actor, subject_id=case.subject.id, asked=permit())
    acts.permit_approve(actor=agency.actor, permit_id=row.id)
    submit(case.actor, item(met(case.first.id, point=fix(OUTSIDE))))
    assert (newest().place_verdict, newest().place_reasons[0]) == (
        PlaceVerdict.UNDECIDED, "permit_place_unknown",
    )  # fmt: skip


@pytest.mark.law("CCM-29")
@pytest.mark.law("CCL-27b", refused=True)
def test_a_permit_for_another_place_permits_nothing_here(case: Case, agency: Member) -> None:
    asked = permit(destination_codes=["230103"])  # its shape is known, and the point lies outside of it
    row = acts.permit_ask(actor=case.actor, subject_id=case.subject.id, asked=asked)
    acts.permit_approve(actor=agency.actor, permit_id=row.id)
    submit(case.actor, item(met(case.first.id, point=fix(OUTSIDE))))
    assert newest().place_verdict == PlaceVerdict.OUTSIDE


@pytest.mark.law("CCL-9/10")
def test_the_agency_s_head_alone_entrusts_a_station(
    case: Case, district: District, agency: Member, agency_head: Member
) -> None:
    body = {
        "station": str(case.subject.station_id), "document_no": "委托 1", "valid_from": day(0),
        "valid_to": day(100),
    }  # fmt: skip
    assert post(agency, "delegations", body).status_code == 403
    made = post(agency_head, "delegations", body)
    assert made.status_code == 201
    assert post(agency_head, "delegations", body).json()["code"] == "already_exists"
    ended = post(agency_head, f"delegations/{made.json()['id']}/end").json()
    assert (ended["valid_to"], ended["ended_by"]) == (str(day(0)), str(agency_head.user.id))

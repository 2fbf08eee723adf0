"""公安联络 PS-5 from a file of corrections: by an officer of the agency alone, with the least of fields."""

from typing import Any

import pytest

from kernel import clock as clocks
from kernel.ids import uuid7
from liaison.models import Report
from privacy.models import ReadLog
from tests.cast import Member
from tests.corrections.stage import NAME, Case

pytestmark = pytest.mark.usefixtures("db")
REPORTS = "/api/v1/liaison/reports"


def reported(who: Member, case: Case, **changes: Any) -> Any:
    said = {"act": "not_found", "observed_at": clocks.now().isoformat(), "reason": "查找无果", **changes}
    return who.client.post(f"/api/v1/corrections/subjects/{case.subject.id}/reports", said, format="json")


def approved(agency: Member, head: Member, case: Case, **changes: Any) -> str:
    """Seconded by another officer of the agency; its address."""
    url = f"{REPORTS}/{reported(agency, case, **changes).json()['id']}"
    for who, act in ((agency, "propose"), (head, "approve")):
        assert who.client.post(f"{url}/{act}", {}, format="json").status_code == 200
    return url


@pytest.mark.law("PS-5", "CCL-31")
def test_an_officer_of_the_agency_drafts_with_the_least_of_fields(case: Case, agency: Member) -> None:
    answer = reported(agency, case)
    assert answer.status_code == 201
    report = Report.objects.get()
    assert (report.ground, report.state, report.acts) == ("PS-5", "drafted", ["not_found"])
    assert ReadLog.objects.get(subject_kind="subject").reason == "查找无果"
    assert NAME not in answer.content.decode()


def test_a_draft_sent_twice_is_one_and_another_under_its_id_a_clash(case: Case, agency: Member) -> None:
    sent = {"id": str(uuid7()), "observed_at": clocks.now().isoformat()}
    answers = [reported(agency, case, **sent) for _ in range(2)]
    assert [answer.headers.get("Idempotent-Replay") for answer in answers] == [None, "true"]
    assert answers[0].json() == answers[1].json()
    assert reported(agency, case, **sent, act="not_stopped").json()["code"] == "conflict"
    assert Report.objects.count() == 1


@pytest.mark.law("PS-5", "CCL-31")
def test_station_worker_and_police_report_nothing_from_corrections(
    case: Case, officer: Member, worker: Member, liaison: Member
) -> None:
    for who in (officer, worker, liaison):
        assert reported(who, case).status_code == 403
    assert not Report.objects.exists()


@pytest.mark.law("PS-5")
def test_an_opinion_is_no_act(case: Case, agency: Member) -> None:
    assert reported(agency, case, act="dangerous").status_code == 400
    assert reported(agency, case, reason="").status_code == 400


@pytest.mark.law("PS-5")
def test_where_the_county_s_police_are_not_on_the_system_it_goes_by_phone(
    case: Case, agency: Member, agency_head: Member
) -> None:
    url = approved(agency, agency_head, case)
    refused = agency.client.post(f"{url}/send", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "police_station_unknown")
    sent = agency.client.post(f"{url}/send", {"way": "phone"}, format="json")
    assert (sent.status_code, sent.json()["state"], sent.json()["way"]) == (200, "sent", "phone")
    assert Report.objects.get().receipt_due_at is None


@pytest.mark.law("PS-5")
def test_what_was_told_in_person_is_entered_so_from_the_beginning(
    case: Case, agency: Member, agency_head: Member
) -> None:
    url = approved(agency, agency_head, case, way="in_person")
    assert agency.client.post(f"{url}/send", {}, format="json").json()["way"] == "in_person"


@pytest.mark.law("CCL-31", "PS-5")
def test_the_same_matter_is_one_report(case: Case, agency: Member) -> None:
    first, second = reported(agency, case).json(), reported(agency, case).json()
    assert first["id"] == second["id"]
    assert Report.objects.count() == 1

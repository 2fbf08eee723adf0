"""Corrections over HTTP: who may, what is shown, and the acts of officers."""

from typing import Any

import pytest

from corrections.codes import ContactState
from corrections.jobs import due
from corrections.models import DueContact, Subject
from corrections.selectors import standing_of
from privacy.models import ReadLog
from tasks.worklist import worklist
from tests.cast import District, Member, Worker
from tests.corrections.stage import ID_NUMBER, NAME, PHONE, Case, days, fix, item, member, met, newest, submit

pytestmark = pytest.mark.usefixtures("db")
BASE = "/api/v1/corrections"
LISTS = ("subjects", "orders", "groups", "plans", "contacts", "visits", "place-flags")
NOT_A_WORD = (
    "worker", "second_worker", "coordinator", "clerk", "mediator", "director", "keeper", "duty", "liaison",
    "complaints", "auditor", "admin", "analyst", "archivist", "bureau_head",
)  # fmt: skip
READ = {"purpose": "handle", "reason": "走访前核对"}


def test_who_has_no_part_in_corrections_gets_nothing(case: Case, request: pytest.FixtureRequest) -> None:
    for name in NOT_A_WORD:
        client = request.getfixturevalue(name).client
        answers = {client.get(f"{BASE}/{kind}").status_code for kind in LISTS}
        detail = client.get(f"{BASE}/subjects/{case.subject.id}")
        assert answers == {403}
        assert (detail.status_code, detail.json()["code"]) == (403, "role_not_allowed")


def test_who_has_a_part_sees_the_person_without_values_in_clear(
    case: Case, request: pytest.FixtureRequest
) -> None:
    for name in ("officer", "agency", "agency_head", "procurator"):
        answer = request.getfixturevalue(name).client.get(f"{BASE}/subjects")
        (row,) = answer.json()["results"]
        assert (row["short_name"], row["categories"]) == ("测****", ["02"])
        assert not [value for value in (NAME, ID_NUMBER, PHONE) if value in answer.content.decode()]


def test_another_station_gets_the_answer_of_an_absent_person(case: Case, other_officer: Member) -> None:
    foreign = other_officer.client.get(f"{BASE}/subjects/{case.subject.id}")
    absent = other_officer.client.get(f"{BASE}/subjects/{case.plan.id}")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.json()["code"] == absent.json()["code"] == "not_found"
    assert {other_officer.client.get(f"{BASE}/{kind}").json()["count"] for kind in LISTS} == {0}


@pytest.mark.law("CCL-61")
def test_reading_in_clear_leaves_a_row_with_its_purpose(case: Case, officer: Member) -> None:
    answer = officer.client.post(f"{BASE}/subjects/{case.subject.id}/reveal", READ, format="json")
    row = ReadLog.objects.get()
    assert answer.json()["id_number"] == ID_NUMBER
    assert (row.purpose, row.reason, row.reader_id) == ("handle", "走访前核对", officer.user.id)
    assert "name" in row.fields


@pytest.mark.law("CCL-61")
def test_reading_in_clear_without_a_purpose_is_refused(case: Case, officer: Member) -> None:
    answer = officer.client.post(f"{BASE}/subjects/{case.subject.id}/reveal", {"reason": "x"}, format="json")
    assert (answer.status_code, ReadLog.objects.count()) == (400, 0)


@pytest.mark.law("CCL-54")
@pytest.mark.parametrize("name", ["agency_head", "procurator"])
def test_after_the_term_the_file_is_read_by_few_and_for_a_purpose(
    case: Case, name: str, request: pytest.FixtureRequest
) -> None:
    client = ended(case, name, request)
    assert client.get(f"{BASE}/subjects").json()["count"] == 0
    assert client.get(f"{BASE}/subjects/{case.subject.id}").status_code == 404
    answer = client.post(f"{BASE}/subjects/{case.subject.id}/reveal", READ, format="json")
    assert (answer.status_code, ReadLog.objects.count()) == (200, 1)


@pytest.mark.law("CCL-54")
@pytest.mark.parametrize("name", ["officer", "agency"])
def test_after_the_term_nobody_else_opens_the_file(
    case: Case, name: str, request: pytest.FixtureRequest
) -> None:
    client = ended(case, name, request)
    answer = client.post(f"{BASE}/subjects/{case.subject.id}/reveal", READ, format="json")
    assert (answer.status_code, ReadLog.objects.count()) == (404, 0)


def ended(case: Case, name: str, request: pytest.FixtureRequest) -> Any:
    """The term is over; the client of that person."""
    Subject.objects.update(state="ended", ends_on="2026-03-01")
    return request.getfixturevalue(name).client


def test_a_procurator_reads_and_writes_nothing(case: Case, procurator: Member) -> None:
    contact = f"{BASE}/contacts/{case.first.id}"
    assert procurator.client.get(contact).status_code == 200
    answer = procurator.client.post(f"{contact}/excuse", {"code": "illness"}, format="json")
    assert answer.json()["code"] == "role_not_allowed"


def registration(district: District) -> dict[str, Any]:
    person = {"name": NAME, "born_on": "1990-01-01", "sex": "f", "id_number": ID_NUMBER}
    return {
        "person": person, "execution_area": str(district.areas["A1"].id), "basis": "residence",
        "received_on": "2026-03-02",
    }  # fmt: skip


def post(who: Member, path: str, body: dict[str, Any]) -> Any:
    answer = who.client.post(f"{BASE}/{path}", body, format="json")
    assert answer.status_code in {200, 201}, answer.content
    return answer.json()


def test_an_officer_takes_a_person_from_reception_to_the_first_due_visit(
    stage: Any, district: District, officer: Member, worker: Worker
) -> None:
    subject = post(officer, "subjects", registration(district))["id"]
    order = {"subject": subject, "category": "02", "document_no": "1", "organ": "测试法院"}
    length = {"starts_on": "2026-03-02", "months": 6}
    post(officer, "orders", order | {"effective_on": "2026-03-02", "term": length})
    people = [
        {"kind": "officer", "sex": "f", "user": str(officer.user.id), "valid_from": "2026-03-02"},
        {"kind": "grid_worker", "sex": "m", "user": str(worker.user.id), "valid_from": "2026-03-02"},
    ]
    group = post(officer, "groups", {"subject": subject, "members": people})["id"]
    assert post(officer, f"groups/{group}/activate", {})["state"] == "active"
    line = {"form": "3", "period": "week", "least": 1, "most": 2, "window_days": 7}
    plan = {"subject": subject, "starts_on": "2026-03-02", "help_measures": ["employment"], "lines": [line]}
    assert post(officer, "plans", plan)["quiet_from"] == "21:00:00"
    found = officer.client.get(f"{BASE}/contacts", {"subject": subject, "standing": "open"}).json()
    assert found["count"] == 1
    assert {row["above_plan"] for row in found["results"]} == {False}


@pytest.mark.law("CCL-2")
def test_a_category_outside_of_the_four_is_refused(case: Case, officer: Member) -> None:
    body = {"subject": str(case.subject.id), "category": "05", "document_no": "9", "organ": "测"}
    body |= {"effective_on": "2026-03-02", "term": {"starts_on": "2026-03-02", "months": 6}}
    answer = officer.client.post(f"{BASE}/orders", body, format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["category"])


def test_w3_the_filter_and_the_answer_agree_each_day(case: Case, officer: Member, clock: Any) -> None:
    first = case.first
    for _ in range(7):
        clock.move(days(2))
        said = standing_of(DueContact.objects.get(id=first.id), clock.at).value
        rows = officer_again(officer).get(f"{BASE}/contacts", {"standing": said}).json()["results"]
        assert {found["standing"] for found in rows} == {said}
        assert str(first.id) in {found["id"] for found in rows}


def officer_again(officer: Member) -> Any:
    """A fresh session: days have passed since the last one."""
    return Member(officer.user, officer.membership).client


def test_a_contact_shows_its_steps_visits_and_verdict(case: Case, officer: Member, worker: Worker) -> None:
    submit(worker.actor, item(met(case.first.id)))
    shown = officer.client.get(f"{BASE}/contacts/{case.first.id}").json()
    assert shown["standing"] == ContactState.DONE
    assert [step["event"] for step in shown["steps"]] == ["open", "contact"]
    assert [visit["place_verdict"] for visit in shown["visits"]] == ["inside"]
    assert "point" not in str(shown["visits"][0].keys() - {"no_point_reason"})


def test_points_are_read_with_a_purpose(case: Case, officer: Member, worker: Worker) -> None:
    submit(worker.actor, item(met(case.first.id, note="一切正常")))
    shown = post(officer, f"visits/{newest().id}/reveal", READ)
    assert (shown["note"], shown["points"][0]["crs"]) == ("一切正常", "WGS84")
    assert ReadLog.objects.get().subject_id == newest().id


def test_officers_act_on_contacts_over_http(
    case: Case, officer: Member, worker: Worker, second_worker: Worker
) -> None:
    contact = f"contacts/{case.first.id}"
    chosen = {"user": str(second_worker.user.id)}
    assert post(officer, f"{contact}/name-worker", chosen)["namings"]
    assert post(officer, f"{contact}/end-naming", chosen)["namings"][0]["ended_at"]
    entered = {"outcome": "met", "made_at": "2026-03-02T00:30:00Z", "no_location_reason": "device_fault"}
    assert post(officer, f"{contact}/visits", entered)["standing"] == "done"
    judged = post(officer, f"visits/{newest().id}/judge", {"accepted": True, "reason": "本人到场"})
    assert judged["judgements"][0]["accepted"] is True
    extra = {"subject": str(case.subject.id), "form": "3", "open_day": "2026-03-02", "due_day": "2026-03-05"}
    added = post(officer, "contacts", extra)
    assert post(officer, f"contacts/{added['id']}/excuse", {"code": "our_fault"})["excuse"] == "our_fault"


def test_an_officer_looks_at_a_place_flag(case: Case, officer: Member, worker: Worker, stage: Any) -> None:
    submit(worker.actor, item(met(case.first.id, point=fix(stage.OUTSIDE))))
    (flag,) = officer.client.get(f"{BASE}/place-flags", {"state": "open"}).json()["results"]
    assert post(officer, f"place-flags/{flag['id']}/look-at", {})["state"] == "looked_at"


def test_an_officer_changes_group_and_term_over_http(
    case: Case, officer: Member, agency: Member, second_worker: Worker
) -> None:
    body = {"kind": "grid_worker", "sex": "m", "user": str(second_worker.user.id), "valid_from": "2026-03-02"}
    members = post(officer, f"groups/{case.group.id}/members", body)["members"]
    added = next(row["id"] for row in members if row["user"] == str(second_worker.user.id))
    left = post(officer, f"groups/{case.group.id}/end-member", {"member": added})["members"]
    assert {row["id"]: row["state"] for row in left}[added] == "ended"
    term = {"reason": "commutation", "document_no": "减 1", "starts_on": "2026-03-02", "months": 3}
    assert post(officer, f"orders/{case.order.id}/term", term)["terms"][-1]["ends_on"] == "2026-06-01"
    confirmed = post(agency, f"orders/{case.order.id}/confirm-term", {})["terms"][-1]
    assert confirmed["confirmed_by"] == str(agency.user.id)


def test_the_worklist_names_nobody(case: Case, agency: Member, clock: Any) -> None:
    due(clock.move(days(15)))
    filled = {entry.section.code: entry.items for entry in worklist(agency.actor, clock.at)}
    assert set(filled) == {
        "contacts_missed", "contacts_in_grace", "contacts_open", "terms_unconfirmed", "reviews_open",
        "tasks_later", "groups_unsigned", "reports_in_late", "subjects_bare",
    }  # fmt: skip
    assert NAME not in str(filled)


def test_lists_cost_the_same_however_many_they_show(
    case: Case, officer: Member, stage: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        family = member(None, kind=stage.MemberKind.FAMILY, name=f"测试家属{number}")
        stage.case(case.district, officer.actor, family, person=stage.adult(id_number=""))
    officer.client.get(f"{BASE}/subjects")
    with django_assert_max_num_queries(12):
        assert officer.client.get(f"{BASE}/subjects").json()["count"] == Subject.objects.count() == 4

"""What a person in correction may see of who read the file: all of it but what has a door of its own."""

from typing import Any

import pytest

from corrections.models import Complaint
from corrections.services import complaint_receive
from corrections.services.papers import complaint_paper
from corrections.services.reading import visit_read
from kernel import clock as clocks
from privacy.models import Closing, ReadLog
from tests.cast import Member
from tests.corrections.stage import Case, item, met, newest, submit
from tests.corrections.test_complaints import told

pytestmark = pytest.mark.usefixtures("db")
URL = "/api/v1/privacy/requests"
WHY = {"purpose": "handle", "reason": "核对"}


def asked(who: Member) -> str:
    said = {"kind": "see", "paper_no": "申 1", "kept_at": "柜 3", "received_on": str(clocks.today())}
    pk: str = who.client.post(URL, said, format="json").json()["id"]
    return pk


def identified(who: Member, case: Case) -> Any:
    pk = asked(who)
    about = {"subject_kind": "subject", "subject_id": str(case.subject.id)}
    return pk, who.client.post(f"{URL}/{pk}/identify", about, format="json").status_code


def log_of(who: Member, pk: str) -> Any:
    return who.client.get(f"{URL}/{pk}/log")


@pytest.mark.law("PI-45/46/50")
def test_the_print_has_the_readings_of_what_hangs_on_the_file(case: Case, officer: Member) -> None:
    submit(case.actor, item(met(case.first.id, note="在家")))
    visit_read(actor=officer.actor, visit_id=newest().id, **WHY)
    pk, _ = identified(officer, case)
    rows = log_of(officer, pk).json()["rows"]
    assert [(row["role"], row["purpose"], "note" in row["names"]) for row in rows] == [
        ("station_officer", "handle", True)
    ]


@pytest.mark.law("CCL-34b", "PI-45/46/50", refused="too")
def test_the_print_tells_the_desk_of_no_complaint(case: Case, officer: Member, complaints: Member) -> None:
    complaint = complaint_receive(actor=complaints.actor, told=told(officer.user.id))
    Complaint.objects.filter(pk=complaint.pk).update(subject=case.subject)
    complaint_paper(actor=complaints.actor, complaint_id=complaint.id, **WHY)
    assert ReadLog.objects.filter(subject_id=complaint.id).exists()
    pk, _ = identified(officer, case)
    assert log_of(officer, pk).json()["rows"] == []


@pytest.mark.law("PI-45/46/50", "CCL-54", refused="too")
def test_no_desk_but_the_own_answers_about_a_person_in_correction(
    case: Case, officer: Member, other_officer: Member, clerk: Member
) -> None:
    assert [identified(who, case)[1] for who in (officer, other_officer, clerk)] == [200, 404, 404]


@pytest.mark.law("PI-45/46/50", "MI-SEAL", refused="too")
def test_the_own_access_goes_on_after_the_end_and_ends_with_the_seal(case: Case, officer: Member) -> None:
    row = Closing.objects.create(subject_kind="subject", subject_id=case.subject.id, state="restricted")
    pk, status = identified(officer, case)
    assert (status, log_of(officer, pk).status_code) == (200, 200)
    Closing.objects.filter(pk=row.pk).update(state="sealed", seal_number="F1", sealed_at=clocks.now())
    assert (log_of(officer, pk).status_code, identified(officer, case)[1]) == (404, 404)

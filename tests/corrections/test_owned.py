"""What officers and desks own of corrections, and how it passes on."""

from typing import Any

import pytest

from accounts.services import membership_end
from audit.models import AuditEvent
from corrections.models import Subject
from corrections.services import complaint_assign
from kernel.codes.roles import Role
from kernel.problems import Problem
from tests.cast import District, Member, join
from tests.corrections.decided import complained
from tests.corrections.stage import registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def colleague(district: District) -> Member:
    return Member(*join(district, "colleague", Role.STATION_OFFICER, "station A"))


def written(member: Member) -> dict[str, Any]:
    answer = member.client.post("/api/v1/hand-overs", {"reason": "departure"}, format="json")
    found: dict[str, Any] = answer.json()
    return found


def taken(member: Member, handed: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = member.client.post(f"/api/v1/hand-overs/{handed['id']}/take").json()
    return found


def test_the_people_of_an_officer_pass_on_with_the_signature(
    district: District, officer: Member, colleague: Member
) -> None:
    subject = registered(district, officer.actor)
    handed = written(officer)
    assert [(line["source"], line["subject_id"]) for line in handed["lines"]] == [
        ("correction_subjects", str(subject.id))
    ]
    assert taken(colleague, handed)["lines"][0]["given_at"] is not None
    assert Subject.objects.get().officer_id == colleague.user.id
    fact = AuditEvent.objects.get(event="subject.officer_changed")
    assert (fact.user_id, fact.detail["from"]) == (colleague.user.id, str(officer.user.id))


def test_an_officer_does_not_leave_people_behind(
    district: District, officer: Member, colleague: Member, admin: Member
) -> None:
    registered(district, officer.actor)
    said = {"actor": admin.actor, "membership_id": officer.membership.id, "reason": "调离"}
    with pytest.raises(Problem, match="owns_open_items"):
        membership_end(**said)
    taken(colleague, written(officer))
    assert membership_end(**said).state == "ended"


def test_a_correction_that_has_ended_is_nobodys(district: District, officer: Member) -> None:
    registered(district, officer.actor)
    Subject.objects.update(state="ended")
    assert written(officer)["code"] == "nothing_to_hand_over"


def test_what_changed_meanwhile_is_not_given(district: District, officer: Member, colleague: Member) -> None:
    registered(district, officer.actor)
    handed = written(officer)
    third = Member(*join(district, "third", Role.STATION_OFFICER, "station A"))
    Subject.objects.update(officer=third.user)
    assert taken(colleague, handed)["lines"][0]["given_at"] is None
    assert Subject.objects.get().officer_id == third.user.id


@pytest.mark.law("CCL-34b")
def test_a_complaint_stays_until_the_desk_gives_it_to_another(
    officer: Member, complaints: Member, procurator: Member
) -> None:
    complaint = complained(complaints, officer)
    given = {"actor": complaints.actor, "complaint_id": complaint.id}
    complaint_assign(user_id=complaints.user.id, **given)
    (line,) = written(complaints)["lines"]
    assert (line["source"], line["subject_id"]) == ("complaints", str(complaint.id))
    assert complaint_assign(user_id=procurator.user.id, **given).assigned_to_id == procurator.user.id
    assert written(complaints)["code"] == "nothing_to_hand_over"


@pytest.mark.law("CCL-34b")
def test_nor_in_anothers_place_to_somebody_of_the_officers_unit(
    district: District, officer: Member, complaints: Member
) -> None:
    complaint = complained(complaints, officer)
    given = {"actor": complaints.actor, "complaint_id": complaint.id}
    complaint_assign(user_id=complaints.user.id, **given)
    with pytest.raises(Problem, match="complaint_needs_outsider"):
        complaint_assign(user_id=officer.user.id, **given)

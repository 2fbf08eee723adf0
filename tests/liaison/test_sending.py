"""Who gets what: at once where the law says so, each recipient the own minimal sheet."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from kernel.problems import Problem
from liaison import access, jobs
from liaison.models import Report, Sheet
from privacy.models import Share
from tests.cast import Member
from tests.liaison.made import Desk, second_station

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ground", ["PS-3", "PS-4", "PS-6"])
def test_some_grounds_do_not_wait_and_are_reviewed_on_the_next_working_day(
    desk: Desk, clock: Any, ground: str
) -> None:
    report = desk.at_once(ground)
    assert (report.state, report.review_on.isoformat()) == ("sent", "2026-03-03")
    assert desk.do("confirm", report, desk.duty).state == "reviewed_after"


@pytest.mark.law("PS-6")
def test_an_emergency_goes_at_once(desk: Desk) -> None:
    assert desk.at_once("PS-6").state == "sent"


@pytest.mark.law("PS-6", "PS-1")
def test_what_is_no_emergency_waits_for_its_second_person(desk: Desk) -> None:
    with pytest.raises(Problem, match="second_person_required"):
        desk.at_once("PS-1")


@pytest.mark.law("PS-5")
def test_of_corrections_only_what_cannot_wait_goes_at_once(desk: Desk, agency: Member) -> None:
    report = desk.drafted("PS-5", agency, acts=("not_stopped",))
    report.way = "phone"
    Report.objects.filter(pk=report.pk).update(way="phone")
    with pytest.raises(Problem, match="second_person_required"):
        desk.do("send_at_once", report, agency)
    sent = desk.do("send_at_once", report, agency, reason="正在对被害人实施威胁")
    assert (sent.state, sent.review_on is not None) == ("sent", True)


@pytest.mark.law("PS-4")
def test_a_child_in_danger_goes_to_three_each_with_the_own_sheet(desk: Desk) -> None:
    report = desk.at_once("PS-4", acts=("child_at_risk",), person="小明", persons_at_risk=1)
    sheets = {sheet.recipient: set(sheet.fields) for sheet in Sheet.objects.filter(report=report)}
    assert set(sheets) == {"police", "civil_affairs", "education"}
    assert "person" in sheets["police"]
    for other in ("civil_affairs", "education"):
        assert not {"person", "place"} & sheets[other]
    assert "acts" not in sheets["education"]


@pytest.mark.law("ND-12", "PS-4")
def test_every_sheet_stands_in_the_share_log(desk: Desk) -> None:
    report = desk.at_once("PS-4", acts=("child_at_risk",))
    rows = Share.objects.filter(subject_id=report.pk)
    assert {(row.basis, row.recipient_kind) for row in rows} == {
        ("PS-4", "police"), ("PS-4", "civil_affairs"), ("PS-4", "education"),
    }  # fmt: skip


@pytest.mark.law("PS-3")
def test_who_reported_violence_at_home_is_on_no_sheet(desk: Desk) -> None:
    report = desk.at_once("PS-3")
    sheet = Sheet.objects.get(report=report)
    assert "office" in sheet.fields
    assert "contact" not in sheet.fields
    answer = desk.police.client.get(f"/api/v1/liaison/reports/{report.pk}").json()
    assert answer["contact"]["name"] == ""
    assert str(desk.mediator.user.id) not in str(answer)
    assert desk.mediator.user.name not in str(answer)


def test_on_other_grounds_the_police_know_whom_to_call(desk: Desk) -> None:
    answer = desk.police.client.get(f"/api/v1/liaison/reports/{desk.sent().pk}").json()
    assert answer["contact"]["name"] == desk.mediator.user.name


def test_the_name_is_read_for_a_purpose(desk: Desk) -> None:
    report = desk.at_once("PS-3", person="王某")
    url = f"/api/v1/liaison/reports/{report.pk}/person"
    assert "王某" not in desk.police.client.get(url.removesuffix("/person")).content.decode()
    said = {"purpose": "protect", "reason": "出警"}
    assert desk.police.client.post(url, said, format="json").json() == {"person": "王某"}
    assert desk.police.client.post(url, {}, format="json").status_code == 400


def test_the_wrong_station_forwards_and_knows_of_it_no_more(desk: Desk, other_liaison: Member) -> None:
    report = desk.sent()
    desk.do("forward", report, desk.police, organisation_id=second_station(desk.district))
    assert not access.visible_to(desk.police.actor).exists()
    assert access.visible_to(other_liaison.actor).get().state == "forwarded"
    assert desk.do("receive", report, other_liaison).state == "received"


def test_it_is_forwarded_to_police_stations_only(desk: Desk) -> None:
    with pytest.raises(Problem, match="police_station_unknown"):
        desk.do(
            "forward", desk.sent(), desk.police, organisation_id=desk.district.organisations["centre B"].pk
        )


@pytest.mark.law("PS-1")
def test_what_nobody_received_in_time_is_called_in_and_the_call_logged(desk: Desk, clock: Any) -> None:
    report = desk.sent()
    with pytest.raises(Problem, match="call_not_owed"):
        desk.do("call_log", report, desk.mediator, called_at=clock.at, reached=True)
    clock.move(timedelta(minutes=30))
    assert jobs.due(clock.at) == 1
    assert jobs.due(clock.at) == 0
    desk.do("call_log", report, desk.mediator, called_at=clock.at, reached=True)
    assert AuditEvent.objects.filter(subject_id=report.pk, event="report.called").count() == 1


def test_what_was_received_in_time_needs_no_call(desk: Desk, clock: Any) -> None:
    desk.received()
    clock.move(timedelta(hours=2))
    assert jobs.due(clock.at) == 0


def test_what_was_told_by_phone_is_entered_after(desk: Desk) -> None:
    report = desk.drafted("PS-6")
    Report.objects.filter(pk=report.pk).update(way="phone")
    sent = desk.do("send_at_once", report, desk.mediator)
    assert (sent.state, sent.receipt_due_at) == ("sent", None)

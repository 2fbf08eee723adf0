"""Who may write a report: a station with the agency behind it, a duty officer, the committee's keeper."""

from typing import Any

import pytest

from kernel.actor import SYSTEM
from kernel.ids import uuid7
from kernel.problems import Problem
from liaison.access import visible_to
from liaison.models import Report
from liaison.services import Source, report_propose
from tasks.models import DutyShift
from tests.cast import District, Member, make_member
from tests.liaison.made import Desk, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(district: District) -> Member:
    return make_member(district, "officer")


@pytest.fixture
def agency(district: District) -> Member:
    return make_member(district, "agency")


@pytest.mark.law("PS-2")
def test_a_crime_seen_by_a_station_is_seconded_by_its_agency(
    desk: Desk, station: Member, agency: Member
) -> None:
    report = desk.do("put_forward", desk.drafted("PS-2", station), station)
    assert report.desk == desk.district.organisations["agency"]
    assert desk.do("send", desk.do("approve", report, agency), station).state == "sent"


@pytest.mark.law("PS-4")
def test_a_station_reports_a_child_in_danger_at_once(desk: Desk, station: Member, agency: Member) -> None:
    report = desk.do("send_at_once", desk.drafted("PS-4", station), station)
    assert report.sheets.count() == 3
    assert desk.do("confirm", report, agency).state == "reviewed_after"


@pytest.mark.law("PS-4")
def test_the_agency_reports_a_child_in_danger_at_once(desk: Desk, agency: Member) -> None:
    assert desk.do("send_at_once", desk.drafted("PS-4", agency), agency).state == "sent"


@pytest.mark.law("PS-6")
def test_a_station_reports_danger_to_life_at_once(desk: Desk, station: Member) -> None:
    assert desk.do("send_at_once", desk.drafted("PS-6", station), station).state == "sent"


@pytest.mark.law("PS-5", refused=True)
@pytest.mark.parametrize("ground", ["PS-1", "PS-3", "PS-5"])
def test_grounds_that_the_law_gives_to_others_are_closed_to_a_station(
    desk: Desk, station: Member, ground: str
) -> None:
    with pytest.raises(Problem, match="ground_not_yours"):
        desk.drafted(ground, station)


@pytest.mark.law("MN-3", refused=True)
def test_no_centre_hears_of_what_a_station_reports(desk: Desk, station: Member) -> None:
    report = desk.do("put_forward", desk.drafted("PS-2", station), station)
    for name in (desk.duty, desk.director, desk.mediator):
        assert not visible_to(name.actor).filter(pk=report.pk).exists()


def test_a_declined_station_goes_to_the_head_of_the_agency(
    desk: Desk, station: Member, agency: Member
) -> None:
    head = make_member(desk.district, "agency_head")
    report = desk.do("put_forward", desk.drafted("PS-2", station), station)
    desk.do("decline", report, agency, reason="不属犯罪事实")
    desk.do("appeal", report, station, reason="当事人已受伤")
    assert desk.do("overrule", report, head, reason="应当报送").state == "approved"


@pytest.mark.law("PS-2")
def test_who_keeps_the_seal_of_the_committee_reports_a_crime(desk: Desk) -> None:
    keeper = make_member(desk.district, "keeper")
    report = desk.do("put_forward", desk.drafted("PS-2", keeper), keeper)
    assert desk.do("approve", report, desk.duty).state == "approved"


@pytest.mark.law("PS-4")
def test_the_duty_officer_takes_over_what_a_rule_proposed_and_sends_it_at_once(desk: Desk) -> None:
    report = desk.do("adopt", _proposed(desk, "PS-4"), desk.duty)
    sent = desk.do("send_at_once", report, desk.duty)
    assert (sent.state, sent.author) == ("sent", desk.duty.user)


@pytest.mark.law("PS-6")
def test_a_duty_officer_is_not_the_own_second_person(desk: Desk) -> None:
    report = desk.do("send_at_once", desk.drafted("PS-6", desk.duty), desk.duty)
    with pytest.raises(Problem, match="own_report"):
        desk.do("confirm", report, desk.duty)


def test_off_duty_a_duty_officer_sees_the_own_reports_and_nothing_of_the_desk(desk: Desk) -> None:
    own = desk.drafted("PS-6", desk.duty)
    _proposed(desk, "PS-6")
    DutyShift.objects.all().delete()
    assert list(visible_to(desk.duty.actor)) == [own]


@pytest.mark.law("PS-2", refused=True)
@pytest.mark.parametrize("name", ["liaison", "procurator", "auditor", "admin", "analyst", "complaints"])
def test_who_only_reads_or_administers_writes_no_report(desk: Desk, name: str) -> None:
    who = desk.police if name == "liaison" else make_member(desk.district, name)
    said: dict[str, Any] = {
        "ground": "PS-2", "acts": ["threat"], "observed_at": "2026-01-05T09:00:00+08:00",
        "area": str(desk.district.areas["A1"].id), "grid": str(desk.district.grids["A1-1"].id),
    }  # fmt: skip
    assert who.client.post("/api/v1/liaison/reports", said, format="json").status_code == 403


def _proposed(desk: Desk, ground: str) -> Report:
    return report_propose(
        actor=SYSTEM, ground=ground, source=Source("dispute", uuid7()), observed=seen(desk.district)
    )

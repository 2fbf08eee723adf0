"""A confirmed leave area that the tree or the shapes have left behind is told to those who rely on it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import shapely

from audit.models import AuditEvent
from grids import services
from grids.importing.rows import PlaceRow
from grids.models import LeaveArea
from grids.services.releases import Origin
from kernel import clock as clocks
from kernel.actor import SYSTEM
from tests.cast import District, Member
from tests.grids.test_area_changes import changed
from tests.grids.test_leave import confirmed
from tests.places import square

pytestmark = [pytest.mark.django_db, pytest.mark.law("CCM-26b")]
UNIT, BESIDE = "230103000000", "230104000000"


def shaped(district: District, width: int, height: int = 2) -> None:
    """The district gets another outline today."""
    row = PlaceRow(1, UNIT, "测试district", shapely.from_wkt(square(0, 0, width, height).wkt))
    area = district.areas["district"]
    release = services.release_import(
        actor=SYSTEM, origin=Origin("新界线", "tests", "WGS84"), area_id=area.id, areas=[row]
    )
    services.release_validate(actor=SYSTEM, release_id=release.id)
    services.release_publish(actor=SYSTEM, release_id=release.id, day=clocks.today())


def lines(who: Member) -> list[Any]:
    sections = who.client.get("/api/v1/worklist").json()["sections"]
    return [item for one in sections if one["code"] == "leave_areas_outdated" for item in one["items"]]


def outdated() -> bool:
    return LeaveArea.objects.latest("valid_from").outdated_at is not None


def test_another_outline_is_told_to_head_and_officers(
    agency_head: Member, officer: Member, district: District
) -> None:
    made = confirmed(agency_head).json()
    assert (made["outdated_at"], lines(officer)) == (None, [])
    shaped(district, 3)
    assert [item["subject_id"] for item in lines(agency_head)] == [made["id"]]
    assert [item["waiting_for"] for who in (agency_head, officer) for item in lines(who)] == [
        "",
        "矫正机构负责人",
    ]
    assert AuditEvent.objects.filter(event="leave_area.outdated").count() == 1


def test_a_new_confirmation_settles_it(agency_head: Member, officer: Member, district: District) -> None:
    confirmed(agency_head)
    shaped(district, 3)
    assert confirmed(agency_head, 1).status_code == 201
    assert lines(officer) == lines(agency_head) == []


def test_an_outline_that_comes_back_stands_again(agency_head: Member, district: District, clock: Any) -> None:
    confirmed(agency_head)
    shaped(district, 3)
    clock.move(timedelta(days=1))
    shaped(district, 4)
    assert not outdated()
    assert AuditEvent.objects.filter(event="leave_area.stands_again").count() == 1


def test_another_border_of_a_street_is_nothing_to_it(
    agency_head: Member, district: District, admin: Member
) -> None:
    confirmed(agency_head)
    assert changed(admin, ("230103001001", "230103001009")).status_code == 200
    assert not outdated()


@pytest.mark.parametrize("row", [(UNIT, BESIDE, ""), ("", BESIDE, "新设区")])
def test_a_division_that_becomes_another_member_is_told(
    agency_head: Member, district: District, admin: Member, row: tuple[str, str, str]
) -> None:
    """Under another code the unit is the same one still; a second district of the city is a new member."""
    confirmed(agency_head)
    assert services.areas_change(
        actor=SYSTEM, table="old,new,name\n" + ",".join(row), day=clocks.today()
    ).applied
    assert outdated() == (row[0] == "")


def test_what_has_not_begun_gives_way_to_an_earlier_day(agency_head: Member, district: District) -> None:
    confirmed(agency_head)
    far = confirmed(agency_head, 12_000).json()
    near = confirmed(agency_head, 2).json()
    held = LeaveArea.objects.order_by("valid_from").values_list("id", "valid_to")
    assert [(str(pk), until) for pk, until in held][1:] == [(near["id"], None)]
    assert held[0][1] == clocks.today() + timedelta(days=2)
    assert AuditEvent.objects.get(event="leave_area.replaced").subject_id == UUID(far["id"])


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_day_that_is_none_of_ours_is_refused(agency_head: Member, day: str) -> None:
    answer = agency_head.client.post("/api/v1/leave-areas", {"day": day}, format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["day"])


def test_those_without_supervision_have_no_such_line(
    agency_head: Member, coordinator: Member, district: District
) -> None:
    confirmed(agency_head)
    shaped(district, 3)
    assert lines(coordinator) == []

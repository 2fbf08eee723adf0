"""Leave areas: computed from the execution place, never chosen (CCM-26b)."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Area
from fixtures.places import county_outlines, places
from grids import services
from grids.leave import leave_area_codes
from grids.models import AreaShape, BoundaryRelease, LeaveAreaMember
from grids.selectors import leave_area_at, leave_area_distances, leave_unit_of
from kernel import clock
from kernel.actor import SYSTEM
from kernel.problems import Problem
from tests.cast import District, Member
from tests.places import Places, square, square_district

COUNTIES = {place.name: place.code for place in places() if place.level == "district"}
NANGANG, DAOLI, WUCHANG, BIN = (COUNTIES[name] for name in ("南岗区", "道里区", "五常市", "宾县"))


def inside(home: str, visited: str) -> bool:
    return visited in leave_area_codes(home, COUNTIES.values())


@pytest.mark.law("CCM-26b")
def test_from_nangang_to_daoli_is_inside() -> None:
    assert inside(NANGANG, DAOLI)


@pytest.mark.law("CCM-26b")
@pytest.mark.parametrize(
    ("home", "visited"), [(NANGANG, WUCHANG), (NANGANG, BIN), (BIN, NANGANG), (WUCHANG, NANGANG)]
)
def test_a_county_or_county_level_city_is_outside_for_a_district_and_the_other_way(
    home: str, visited: str
) -> None:
    assert not inside(home, visited)


@pytest.mark.law("CCM-26b")
def test_the_area_of_a_district_is_all_nine_districts_of_the_city() -> None:
    assert len(leave_area_codes(NANGANG, COUNTIES.values())) == 9


def test_districts_of_another_city_do_not_belong() -> None:
    assert leave_area_codes("230103000000", ["230203000000", "230102000000"]) == [
        "230102000000",
        "230103000000",
    ]


@pytest.mark.law("CCM-26b")
@pytest.mark.parametrize(
    ("home", "visited", "inside"),
    [
        ("310101", "310115", True), ("500103", "500151", True), ("500103", "500235", False),
        ("222401", "222402", False), ("429004", "429005", False), ("232701", "232718", False),
    ],
    ids=["Shanghai", "districts of Chongqing", "a county of Chongqing", "cities of a prefecture",
         "cities under a province", "a prefecture is no city"],
)  # fmt: skip
def test_codes_of_municipalities_and_prefectures_are_told_apart(
    home: str, visited: str, inside: bool
) -> None:
    codes = leave_area_codes(f"{home}000000", [f"{home}000000", f"{visited}000000"])
    assert (f"{visited}000000" in codes) is inside


def real_counties() -> dict[str, Area]:
    """The real outlines of 南岗, 道里, 五常 and 宾县 beside the squares' own tree."""
    city = Area.objects.get(level="city")
    Area.objects.filter(level="district").update(code="230199000000")
    release = BoundaryRelease.objects.get()
    outlines, areas = county_outlines(), {}
    for name, code in COUNTIES.items():
        areas[code] = Area.objects.create(
            code=code, name=name, level="district", parent=city, valid_from=clock.today()
        )
        AreaShape.objects.create(
            area=areas[code], release=release, geom=outlines[code].wkt, valid_from=clock.today()
        )
    return areas


@pytest.mark.django_db
@pytest.mark.law("CCM-26b")
def test_distances_are_positive_inside_and_negative_outside() -> None:
    square_district()
    areas = real_counties()
    services.leave_area_confirm(actor=SYSTEM, unit_id=areas[NANGANG].id, day=clock.today())
    area = leave_area_at(areas[NANGANG].id)
    assert area is not None
    border_of_nangang_and_daoli, wuchang = (1266280000, 457700000), (1271600000, 449200000)
    inner, outer = leave_area_distances(area.id, [border_of_nangang_and_daoli, wuchang])
    assert inner > 1000
    assert outer < -10_000


@pytest.mark.django_db
def test_a_new_confirmation_ends_the_old_one() -> None:
    square_district()
    areas = real_counties()
    day = clock.today()
    first = services.leave_area_confirm(actor=SYSTEM, unit_id=areas[BIN].id, day=day)
    second = services.leave_area_confirm(actor=SYSTEM, unit_id=areas[BIN].id, day=day + timedelta(days=5))
    assert leave_area_at(areas[BIN].id, day + timedelta(days=4)) == first
    assert leave_area_at(areas[BIN].id, day + timedelta(days=5)) == second


@pytest.mark.django_db
@pytest.mark.law("CCM-26b")
def test_a_county_that_becomes_a_district_later_is_no_member_before() -> None:
    square_district()
    areas = real_counties()
    began = clock.today() + timedelta(days=9)
    Area.objects.filter(id=areas[BIN].id).update(code="230114000000", valid_from=began)
    AreaShape.objects.filter(area=areas[BIN]).update(valid_from=began)
    sizes = []
    for days in (0, 9):
        day = clock.today() + timedelta(days=days)
        made = services.leave_area_confirm(actor=SYSTEM, unit_id=areas[NANGANG].id, day=day)
        sizes.append(LeaveAreaMember.objects.filter(leave_area=made).count())
    assert sizes == [9, 10]


@pytest.mark.django_db
def test_a_member_without_a_shape_is_said() -> None:
    small: Places = square_district()
    AreaShape.objects.filter(area=small.areas["district"]).delete()
    with pytest.raises(Problem) as refusal:
        services.leave_area_confirm(actor=SYSTEM, unit_id=small.areas["district"].id, day=clock.today())
    assert refusal.value.code == "leave_area_incomplete"


@pytest.mark.django_db
def test_the_unit_of_a_community_is_its_district() -> None:
    small = square_district()
    assert leave_unit_of(small.areas["B2"].id) == small.areas["district"].id


ADDRESS = "/api/v1/leave-areas"


def confirmed(who: Member, days: int = 0, **more: Any) -> Any:
    day = (clock.today() + timedelta(days=days)).isoformat()
    return who.client.post(ADDRESS, {"day": day, **more}, format="json")


@pytest.mark.django_db
@pytest.mark.law("CCM-26b")
class TestConfirming:
    def test_the_agencys_head_confirms_the_area_of_the_own_unit(
        self, agency_head: Member, district: District
    ) -> None:
        answer = confirmed(agency_head)
        assert answer.status_code == 201
        assert [one["code"] for one in answer.json()["members"]] == [district.areas["district"].code]
        area = leave_area_at(district.areas["district"].id)
        assert area is not None
        assert (str(area.id), area.confirmed_by_id) == (answer.json()["id"], agency_head.user.id)

    def test_a_look_keeps_nothing(self, agency_head: Member) -> None:
        assert confirmed(agency_head, dry_run=True).json()["geometry"]["type"] == "MultiPolygon"
        assert agency_head.client.get(ADDRESS).json()["count"] == 0

    def test_officers_read_it_and_do_not_confirm(self, agency_head: Member, officer: Member) -> None:
        confirmed(agency_head)
        (row,) = officer.client.get(ADDRESS).json()["results"]
        assert officer.client.get(f"{ADDRESS}/{row['id']}").json()["geometry"] is not None
        assert confirmed(officer, 1).json()["code"] == "role_not_allowed"

    def test_civil_staff_have_no_leave_areas(self, coordinator: Member, worker: Member) -> None:
        for who in (coordinator, worker):
            assert who.client.get(ADDRESS).json()["code"] == "role_not_allowed"

    def test_what_held_is_not_changed_afterwards(self, agency_head: Member) -> None:
        confirmed(agency_head)
        assert confirmed(agency_head, -1).json()["code"] == "leave_area_day_past"
        AreaShape.objects.filter(area__level="district").update(geom=square(0, 0, 9, 9))
        assert confirmed(agency_head).json()["code"] == "leave_area_day_taken"

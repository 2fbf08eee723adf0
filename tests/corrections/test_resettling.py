"""A move within the district: one place at a time, and whoever answers for it sees the person."""

from datetime import timedelta
from typing import Any

import pytest

from corrections import access
from corrections.codes import PlaceBasis
from corrections.models import Group
from corrections.services.resettling import NewPlace, place_change
from kernel import clock as clocks
from kernel.problems import Problem
from tests.cast import District, Member, make_member
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")


def place(district: District, area: str, **more: Any) -> NewPlace:
    return NewPlace(district.areas[area].id, PlaceBasis.RESIDENCE, clocks.today(), **more)


def moved(who: Member, case: Case, to: NewPlace) -> Any:
    return place_change(actor=who.actor, subject_id=case.subject.id, place=to)


@pytest.fixture(autouse=True)
def _a_day_later(case: Case, clock: Any) -> None:
    clock.move(timedelta(days=1))


@pytest.mark.law("CCL-17")
def test_a_move_in_the_street_ends_one_place_and_begins_another(
    case: Case, officer: Member, district: District
) -> None:
    row = moved(officer, case, place(district, "A2"))
    days = list(row.places.order_by("valid_from").values_list("area_id", "valid_from", "valid_to"))
    assert [area for area, _, _ in days][-1] == district.areas["A2"].id
    assert days[0][2] == days[1][1] == clocks.today()
    assert (days[1][2], Group.objects.get().state) == (None, "active")


@pytest.mark.law("CCL-17")
def test_the_agency_gives_the_person_to_another_station(
    case: Case, officer: Member, agency: Member, district: District
) -> None:
    other = make_member(district, "other_officer")
    to = {"station_id": other.actor.organisation_id, "officer_id": other.user.id}
    moved(agency, case, place(district, "B1", **to))
    seen = [access.visible_to(who.actor).filter(id=case.subject.id).exists() for who in (officer, other)]
    assert seen == [False, True]
    assert Group.objects.get().state == "ended"


@pytest.mark.law("CCL-17", refused=True)
def test_a_station_gives_nobody_to_another_street(case: Case, officer: Member, district: District) -> None:
    with pytest.raises(Problem, match="place_not_yours"):
        moved(officer, case, place(district, "B1"))


def test_the_new_station_s_officer_is_named(case: Case, agency: Member, district: District) -> None:
    other = make_member(district, "other_officer")
    with pytest.raises(Problem, match="invalid"):
        moved(agency, case, place(district, "B1", station_id=other.actor.organisation_id))

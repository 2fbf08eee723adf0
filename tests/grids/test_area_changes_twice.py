"""Changes of divisions that the database would not hold are refused by their row, with the reason."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Area, AreaChange
from grids.models import Grid
from kernel import clock
from tests.cast import District, Member
from tests.grids.test_area_changes import NEW, OLD, OTHER, changed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def faults(answer: Any) -> list[tuple[int, str]]:
    assert (answer.status_code, answer.json()["code"]) == (400, "changes_refused"), answer.json()
    return [(fault["row"], fault["fault"].split()[0]) for fault in answer.json()["faults"]]


def days(number: int) -> str:
    return (clock.today() + number * DAY).isoformat()


def ended(code: str, name: str, parent: Area, until: date) -> Area:
    return Area.objects.create(
        code=code, name=name, level="community", parent=parent, valid_from=date(2020, 1, 1), valid_to=until
    )


@pytest.mark.law("GR-6")
def test_the_second_name_of_a_day_is_refused_by_its_row(admin: Member) -> None:
    assert changed(admin, (OLD, OLD, "新名社区")).status_code == 200
    answer = changed(admin, (OTHER, OTHER, "另名社区"), (OLD, OLD, "再名社区"))
    assert faults(answer) == [(2, "当日已有变更")]
    assert AreaChange.objects.count() == 1


def test_another_code_of_the_same_day_is_taken(admin: Member, district: District) -> None:
    changed(admin, (OLD, NEW))
    assert changed(admin, (NEW, "230103001008")).status_code == 200
    assert Area.objects.get(code="230103001008").id == district.areas["A1"].id


def test_the_second_of_two_waiting_tables_is_refused_when_it_is_entered(admin: Member) -> None:
    assert changed(admin, (OLD, OLD, "新名社区"), day=days(5)).status_code == 200
    assert faults(changed(admin, (OLD, OLD, "再名社区"), day=days(5))) == [(1, "当日已有变更")]


def test_history_is_not_written_before_what_came_later(admin: Member) -> None:
    changed(admin, (OLD, NEW))
    assert faults(changed(admin, (NEW, OLD), day=days(-3))) == [(1, "之后已有变更")]


@pytest.mark.parametrize("row", [("", NEW, "新设社区"), (OLD, NEW, "")])
def test_a_code_that_was_in_use_on_that_day_is_not_given_again(
    admin: Member, district: District, row: tuple[str, str, str]
) -> None:
    ended(NEW, "旧社区", district.areas["A"], clock.today())
    answer = changed(admin, row, day=days(-2))
    assert faults(answer) == [(1, "代码当日仍在用")]
    assert changed(admin, row).status_code == 200


def test_codes_of_former_grids_are_not_given_again(admin: Member, district: District) -> None:
    former = ended(NEW, "旧社区", district.areas["A"], clock.today() - DAY)
    Grid.objects.create(code=f"{NEW}01", community=former, name="旧网格")
    assert faults(changed(admin, (OLD, NEW))) == [(1, "网格编码已用过")]


def test_the_tree_of_a_former_day_is_in_the_order_of_its_codes(admin: Member, district: District) -> None:
    changed(admin, (OLD, "230103001003"))
    here = {"level": "community", "parent": str(district.areas["A"].id)}
    then, now = (
        [row["code"] for row in admin.client.get("/api/v1/areas", here | at).json()["results"]]
        for at in ({"at": days(-1)}, {})
    )
    assert (then, now) == ([OLD, OTHER], [OTHER, "230103001003"])

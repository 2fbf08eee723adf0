"""Boundaries of a division that begins only on a day to come: refused with that day."""

from typing import Any

import pytest

from grids.models import Finding
from tests.cast import District, Member
from tests.grids.test_area_changes import OLD
from tests.grids.test_import_api import AT, collection, imported
from tests.grids.test_planned_changes import again, ahead, later, planned

pytestmark = [pytest.mark.django_db, pytest.mark.law("GR-6")]
COME = "230103001009"
FILE = collection((f"{COME}01", 0, 1))


@pytest.fixture(autouse=True)
def monday(clock: Any) -> None:
    """All days count from the same one."""


def faults(who: Member, answer: dict[str, Any]) -> list[tuple[str, str]]:
    rows = who.client.get(f"{AT}/{answer['id']}/findings").json()["results"]
    return [(row["kind"], row["text"]) for row in rows if row["severity"] == "error"]


def test_grids_of_a_community_to_come_are_refused_with_its_day(admin: Member, district: District) -> None:
    planned(admin, ("", COME, "新设社区"))
    answer = imported(admin, FILE)
    assert answer["state"] == "refused"
    assert faults(admin, answer) == [("to_come", f"区划 {COME} 自 {ahead(10)} 起才生效，请自该日起导入")]


def test_so_are_those_of_one_that_only_follows_its_street(admin: Member, district: District) -> None:
    planned(admin, ("230103001000", "230103011000"))
    answer = imported(admin, collection(("23010301100101", 0, 1)))
    assert [kind for kind, _ in faults(admin, answer)] == ["to_come"]


def test_on_its_day_they_are_imported(admin: Member, district: District, clock: Any) -> None:
    planned(admin, (OLD, COME))
    later(clock, 10)
    assert imported(again(admin), FILE)["state"] == "done"


def test_one_that_was_withdrawn_is_unknown_again(admin: Member, district: District) -> None:
    pk = planned(admin, ("", COME, "新设社区"))
    admin.client.post(f"/api/v1/planned-area-changes/{pk}/withdraw", {"reason": "误"}, format="json")
    assert [kind for kind, _ in faults(admin, imported(admin, FILE))] == ["no_above"]


def test_a_division_to_come_does_not_begin_by_its_shape(admin: Member, district: District) -> None:
    planned(admin, ("", COME, "新设社区"))
    answer = imported(admin, collection((COME, 0, 1)), level="community")
    assert (answer["state"], Finding.objects.get(of_import=answer["id"]).kind) == ("refused", "to_come")


def test_a_day_is_said_in_both_languages(admin: Member, district: District) -> None:
    planned(admin, ("", COME, "新设社区"))
    row = admin.client.get(f"{AT}/{imported(admin, FILE)['id']}/findings").json()["results"][0]
    assert row["text_en"] == f"division {COME} begins on {ahead(10)}: import it from that day on"
    assert row["facts"] == {"above": COME, "day": ahead(10)}

"""Changed division codes and the search of the tree, over HTTP and by command."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from accounts.models import Area, AreaChange
from accounts.naming import search_words
from grids.models import Grid, GridShape
from kernel import clock
from sync.models import Row
from tests.cast import District, Member, Worker

pytestmark = pytest.mark.django_db

AREAS, CHANGES = "/api/v1/areas", "/api/v1/area-changes"
OLD, NEW, OTHER = "230103001001", "230103001009", "230103001002"


def changed(who: Member, *rows: tuple[str, ...], **more: Any) -> Any:
    table = "\n".join(["old,new,name", *(",".join((*row, "", "")[:3]) for row in rows)])
    wish = {"csv": table, "day": clock.today().isoformat(), "document": "民发 2026-1", **more}
    return who.client.post(CHANGES, wish, format="json")


def listed(who: Member, **query: str) -> list[str]:
    return [row["code"] for row in who.client.get(AREAS, query).json()["results"]]


@pytest.mark.law("GR-6")
def test_a_recoded_community_stays_the_same_record_and_takes_its_grids_along(
    admin: Member, district: District
) -> None:
    answer = changed(admin, (OLD, NEW)).json()
    assert (answer["applied"], answer["grids"]) == (True, 2)
    assert Area.objects.get(code=NEW).id == district.areas["A1"].id
    codes = Grid.objects.filter(community=district.areas["A1"]).values_list("code", flat=True)
    assert sorted(codes) == [f"{NEW}01", f"{NEW}02"]


def test_phones_hear_the_new_codes(admin: Member, district: District) -> None:
    changed(admin, (OLD, NEW))
    grid = Row.objects.filter(kind="grid", id=district.grids["A1-1"].id, deleted=False).first()
    area = Row.objects.filter(kind="area", id=district.areas["A1"].id, deleted=False).first()
    assert grid is not None
    assert area is not None
    assert f"{NEW}01" in str(grid.payload)
    assert NEW in str(area.payload)


def test_codes_that_change_places_do_so_with_their_grids(admin: Member, district: District) -> None:
    assert changed(admin, (OLD, OTHER), (OTHER, OLD)).status_code == 200
    grid = Grid.objects.get(id=district.grids["A2-1"].id)
    assert (grid.code, Area.objects.get(code=OLD).id) == (f"{OLD}01", district.areas["A2"].id)


def test_a_preview_keeps_nothing(admin: Member, district: District) -> None:
    answer = changed(admin, ("230103001000", "230103011000"), dry_run=True).json()
    assert [one["new_code"] for one in answer["changes"]] == ["230103011000", "230103011001", "230103011002"]
    assert (answer["applied"], AreaChange.objects.count()) == (False, 0)
    assert Area.objects.filter(code=OLD).exists()


def test_a_community_that_moves_lies_in_the_other_street(admin: Member, district: District) -> None:
    assert changed(admin, (OLD, "230103002009")).status_code == 200
    assert Area.objects.get(code="230103002009").parent_id == district.areas["B"].id


def test_the_mapping_is_listed_and_an_old_code_still_finds_its_division(
    admin: Member, district: District
) -> None:
    changed(admin, (OLD, NEW, "新社区"))
    (line,) = admin.client.get(CHANGES, {"old_code": OLD}).json()["results"]
    assert (line["new_code"], line["into"], line["kind"]) == (NEW, str(district.areas["A1"].id), "recoded")
    assert listed(admin, code=OLD) == [NEW]


def test_the_tree_of_another_day_has_the_codes_and_names_of_that_day(
    admin: Member, district: District
) -> None:
    name = district.areas["A1"].name
    changed(admin, (OLD, NEW, "新社区"))
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    address = f"{AREAS}/{district.areas['A1'].id}"
    then, now = admin.client.get(address, {"at": yesterday}).json(), admin.client.get(address).json()
    assert [(row["code"], row["name"]) for row in (then, now)] == [(OLD, name), (NEW, "新社区")]


@pytest.mark.law("GR-6")
def test_a_division_with_grids_in_force_does_not_end(admin: Member) -> None:
    answer = changed(admin, (OTHER, OLD))
    assert (answer.status_code, answer.json()["code"]) == (400, "changes_refused")
    assert answer.json()["faults"] == [
        {"row": 0, "fault": f"尚有现行网格 {OTHER} has grids in force: publish their new boundaries first"}
    ]


def test_a_merged_division_ends_and_is_listed_for_the_days_it_was_in_force(
    admin: Member, district: District
) -> None:
    GridShape.objects.filter(grid__community=district.areas["A2"]).update(valid_to=clock.today())
    assert changed(admin, (OTHER, OLD)).json()["ended"] == [OTHER]
    assert OTHER not in listed(admin, level="community")
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert OTHER in listed(admin, level="community", at=yesterday)


def test_a_foreign_district_is_refused(admin: Member, district: District) -> None:
    Area.objects.create(
        code="230102000000", name="别区", level="district", parent=district.areas["city"],
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    answer = changed(admin, ("230102000000", "230105000000"))
    assert answer.json()["faults"] == [{"row": 1, "fault": "不在您的辖区内 230102000000 is not in your area"}]


def test_only_the_administrator_changes_codes(coordinator: Member, worker: Worker) -> None:
    for who in (coordinator, worker):
        assert changed(who, (OLD, NEW)).json()["code"] == "role_not_allowed"


def test_history_is_never_changed(admin: Member) -> None:
    changed(admin, (OLD, NEW))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AreaChange.objects.update(new_code=OLD)


@pytest.mark.parametrize("words", ["南岗", "nangang", "ngq", "NANGANGQU", "230103", "南 qu"])
def test_a_division_is_found_by_name_pinyin_initials_and_code(
    admin: Member, district: District, words: str
) -> None:
    area = district.areas["district"]
    Area.objects.filter(id=area.id).update(name="南岗区", search=search_words("南岗区", area.code))
    assert listed(admin, q=words, level="district") == [area.code]
    assert listed(admin, q="daoli") == []


@pytest.mark.parametrize("words", ["旧名", "jiuming", "jm", "新社区", NEW])
def test_a_former_name_still_finds_its_division(admin: Member, district: District, words: str) -> None:
    area = district.areas["A1"]
    Area.objects.filter(id=area.id).update(name="旧名社区", search=search_words("旧名社区", OLD))
    changed(admin, (OLD, NEW, "新社区"))
    assert listed(admin, q=words, level="community") == [NEW]
    assert listed(admin, q=OLD, level="community") == [], "a former code is another's: `code` finds it"


def test_what_begins_with_the_words_stands_before_what_has_them_inside(
    admin: Member, district: District
) -> None:
    for key, name in (("A1", "三孔桥社区"), ("A2", "南岗桥社区")):
        area = district.areas[key]
        Area.objects.filter(id=area.id).update(name=name, search=search_words(name, area.code))
    assert listed(admin, q="ngq", level="community") == [OTHER, OLD]
    assert listed(admin, q=" ", level="community")[:2] == [OLD, OTHER]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("长春市", "changchunshi"),
        ("重庆市", "cqs"),
        ("绿园区", "lvyuan"),
        ("绿园区", "luyuan"),
        ("A1社区", "a1"),
    ],
)
def test_names_are_read_as_they_are_said(name: str, word: str) -> None:
    assert word in search_words(name, OLD)


def test_the_command_does_the_same(district: District, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "changes.csv"
    file.write_bytes(f"旧代码,新代码,名称\r\n{OLD},{NEW},新社区\r\n".encode("gb18030"))
    call_command("areas_change", file, clock.today(), dry_run=True)
    assert Area.objects.filter(code=OLD).exists()
    call_command("areas_change", file, clock.today())
    assert Area.objects.get(code=NEW).name == "新社区"
    assert f"recoded: {OLD}" in capsys.readouterr().out


def test_the_command_names_the_rows_at_fault(district: District, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "changes.csv"
    file.write_text(f"old,new\n{OLD},{OLD}\n")
    with pytest.raises(CommandError, match="changes_refused"):
        call_command("areas_change", file, clock.today())
    assert "row 1: 没有变更 nothing changes" in capsys.readouterr().err

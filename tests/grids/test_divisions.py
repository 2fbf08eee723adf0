"""The yearly change of division codes without a database: what goes on, merges, splits and follows (GR-6)."""

import pytest

from grids.divisions import ChangeRow, Known, Plan, level_of, plan, read
from grids.sheets import SheetRefusedError

TREE = [
    ("230000000000", "省", "province", None), ("230100000000", "市", "city", "230000000000"),
    ("230103000000", "区", "district", "230100000000"),
    ("230103001000", "甲街道", "street", "230103000000"),
    ("230103002000", "乙街道", "street", "230103000000"),
    ("230103001001", "一社区", "community", "230103001000"),
    ("230103001002", "二社区", "community", "230103001000"),
    ("230103002001", "三社区", "community", "230103002000"),
]  # fmt: skip
KNOWN = {code: Known(code, name, level, parent) for code, name, level, parent in TREE}
S1, S2, C1, C2, C3 = (code for code, *_ in TREE[3:])


def done(*rows: tuple[str, ...]) -> Plan:
    return plan([ChangeRow(n, *row) for n, row in enumerate(rows, start=1)], KNOWN)


def kinds(made: Plan) -> list[tuple[str, str, str]]:
    return [(one.kind, one.old.code, one.new) for one in made.changes]


def faults(*rows: tuple[str, ...]) -> list[tuple[int, str]]:
    with pytest.raises(SheetRefusedError) as caught:
        done(*rows)
    return [(fault.row, fault.text.partition(" ")[2]) for fault in caught.value.faults]


@pytest.mark.law("GR-6")
def test_one_to_one_goes_on_under_the_new_code() -> None:
    made = done((C1, "230103001009"))
    assert (kinds(made), made.ended) == ([("recoded", C1, "230103001009")], [])


def test_a_new_name_alone_is_a_renaming() -> None:
    (one,) = done((C1, C1, "新一社区")).changes
    assert (one.kind, one.old.name, one.name) == ("renamed", "一社区", "新一社区")


def test_another_street_in_the_code_is_a_move() -> None:
    assert kinds(done((C1, "230103002009"))) == [("moved", C1, "230103002009")]


def test_two_codes_may_change_places() -> None:
    made = done((C1, C2), (C2, C1))
    assert kinds(made) == [("recoded", C1, C2), ("recoded", C2, C1)]
    assert [one.name for one in made.changes] == ["一社区", "二社区"]


def test_what_lies_below_follows_with_its_digits() -> None:
    made = done((S1, "230103011000"))
    assert kinds(made) == [
        ("recoded", S1, "230103011000"), ("recoded", C1, "230103011001"), ("recoded", C2, "230103011002"),
    ]  # fmt: skip
    assert [one.row for one in made.changes] == [1, 0, 0]


def test_a_row_of_its_own_goes_before_following() -> None:
    made = done((S1, "230103011000"), (C1, "230103011009"))
    assert ("recoded", C1, "230103011009") in kinds(made)
    assert len(made.changes) == 3


def test_a_merger_ends_all_but_the_one_that_keeps_its_code() -> None:
    made = done((C1, C1), (C2, C1))
    assert (kinds(made), made.ended) == ([("merged", C2, C1)], [C2])


def test_a_merger_into_one_that_the_table_does_not_name_ends_the_old_one() -> None:
    assert done((C2, C1)).ended == [C2]


def test_a_merger_under_a_new_code_makes_a_new_division() -> None:
    made = done((C1, "230103001009", "新社区"), (C2, "230103001009", "新社区"))
    assert (list(made.created), made.ended) == (["230103001009"], [C1, C2])


def test_a_split_keeps_what_keeps_the_code() -> None:
    made = done((C1, C1), (C1, "230103001009", "一社区东"))
    assert (kinds(made), list(made.created), made.ended) == (
        [("split", C1, "230103001009")], ["230103001009"], [],
    )  # fmt: skip


def test_a_row_without_an_old_code_is_a_new_division() -> None:
    (new,) = done(("", "230103003000", "丙街道")).created.values()
    assert (new.level, new.parent) == ("street", "230103000000")


@pytest.mark.law("GR-6")
@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("230103001777", C1)], (1, "230103001777 is not in force")),
        ([(C1, "23010300100X")], (1, "23010300100X: 区划代码应为 12 位数字 a division code has 12 digits")),
        ([(C1, "230103777001")],
         (1, "230103777001: 第 7 至 9 位不属于街道、镇或乡 "
             "digits 7 to 9 are not those of a street, town or township")),
        ([(C1, S2)], (1, f"{C1} is a community, {S2} the code of a street")),
        ([(C1, C1)], (1, "nothing changes")),
        ([("", C1, "x")], (1, f"{C1} is in force already")),
        ([("", "230103001009")], (1, "a new one has a name")),
        ([(C1, "230103001009"), (C1, "230103001009")], (2, "the same row twice")),
        ([(C1, "230103009001")], (1, "230103009001: no division 230103009000 above it")),
        ([(S1, S2)], (1, f"{C1} still lies in {S1}")),
        ([(C1, "230103001009"), (C1, "230103001008"), (C2, "230103001009")],
         (1, "split and merged at once: make it two tables")),
    ],
)  # fmt: skip
def test_a_table_that_breaks_the_tree_is_refused(rows: list[tuple[str, ...]], fault: tuple[int, str]) -> None:
    assert fault in faults(*rows)


def test_a_table_of_thousands_is_planned_at_once() -> None:
    """Each row is looked at once; compared with each other they took two minutes."""
    codes = [f"230103001{serial:03d}" for serial in range(1, 1000)]
    codes += [f"230103002{serial:03d}" for serial in range(1, 1000)]
    known = KNOWN | {code: Known(code, "x", "community", f"{code[:9]}000") for code in codes}
    made = plan([ChangeRow(row, code, codes[0]) for row, code in enumerate(codes, start=1)], known)
    assert (len(made.ended), {one.kind for one in made.changes}) == (len(codes) - 1, {"merged"})


def test_levels_are_read_from_the_zeros() -> None:
    assert [level_of(code) for code in KNOWN] == [one.level for one in KNOWN.values()]


def test_the_table_is_read_by_its_heading() -> None:
    assert read(f"旧代码,新代码,名称\n{C1},{C2},\n", most=5) == [ChangeRow(1, C1, C2, "")]
    with pytest.raises(SheetRefusedError):
        read("old,name\n", most=5)

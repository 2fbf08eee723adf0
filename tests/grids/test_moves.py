"""Bulk moves without a database: the table read row by row, and what ends and begins."""

from datetime import date
from uuid import UUID

import pytest

from grids.moves import Held, MoveRow, Planned, plan, read
from grids.sheets import SheetRefusedError

TODAY, DAY, LATER = date(2026, 11, 1), date(2026, 12, 1), date(2026, 12, 15)
GRID = "23010300100101"
ANNA = Held(UUID(int=1), "anna", "primary", date(2020, 1, 1), None)
BEN = Held(UUID(int=2), "ben", "backup", date(2020, 1, 1), None)


def row(worker: str, number: int = 1, day: date = DAY, kind: str = "primary", **more: str) -> MoveRow:
    return MoveRow(number, GRID, worker, kind, day, **more)  # type: ignore[arg-type]  # because all are texts


def planned(*rows: MoveRow, held: tuple[Held, ...] = (ANNA, BEN)) -> list[Planned]:
    return plan(rows, {GRID: held}, TODAY)


def faults(*rows: MoveRow, held: tuple[Held, ...] = (ANNA, BEN)) -> list[tuple[int, str]]:
    with pytest.raises(SheetRefusedError) as caught:
        planned(*rows, held=held)
    return [(fault.row, fault.text.partition(" ")[2]) for fault in caught.value.faults]


def test_a_new_primary_ends_the_one_before() -> None:
    (one,) = planned(row("cleo"))
    assert (one.ends, one.begins) == ((ANNA,), Held(None, "cleo", "primary", DAY, None))


def test_a_backup_who_becomes_primary_ends_both_the_primary_and_the_own_backup() -> None:
    (one,) = planned(row("ben"))
    assert one.ends == (ANNA, BEN)


def test_a_new_backup_ends_nobody_unless_named() -> None:
    (more,), (instead,) = (
        planned(row("cleo", kind="backup")),
        planned(row("cleo", kind="backup", instead_of="ben")),
    )
    assert (more.ends, instead.ends) == ((), (BEN,))


def test_a_row_without_a_worker_only_ends() -> None:
    (one,) = planned(row(""))
    assert (one.ends, one.begins) == ((ANNA,), None)


def test_what_stands_already_changes_nothing() -> None:
    (one,) = planned(row("anna"))
    assert (one.ends, one.begins) == ((), None)


def test_a_later_row_of_the_same_grid_cuts_the_earlier_one_short() -> None:
    first, second = planned(row("cleo"), row("dora", 2, LATER))
    assert first.begins == Held(None, "cleo", "primary", DAY, LATER)
    assert (second.ends, second.begins) == ((), Held(None, "dora", "primary", LATER, None))


def test_faults_name_their_rows() -> None:
    said = faults(row("cleo", day=date(2026, 10, 1)), row("dora", 2), row("ben", 3, instead_of="nobody"))
    assert said == [(1, "the day is past"), (3, "nobody is not in charge of the grid then")]


def test_one_who_is_to_begin_later_is_not_overrun() -> None:
    soon = Held(UUID(int=3), "cleo", "primary", LATER, None)
    assert faults(row("dora"), held=(soon,)) == [(1, "cleo is to begin there on 2026-12-15: end that first")]


def test_a_primary_instead_of_a_backup_still_clashes_with_the_primary() -> None:
    assert faults(row("cleo", instead_of="ben")) == [(1, "another assignment of the grid overlaps")]


@pytest.mark.parametrize("heading", ["grid,worker,from,kind", "网格编码,网格员账号,起始日期,主备"])
def test_headings_are_english_or_chinese(heading: str) -> None:
    (one,) = read(f"{heading}\n{GRID},anna,2026-12-01,备\n\n", most=10)
    assert one == MoveRow(1, GRID, "anna", "backup", DAY)


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("", (0, "no column grid; no column worker; no column from")),
        ("grid,worker,from", (0, "1 to 3 rows are taken")),
        ("grid,worker,from,colour\n", (0, "unknown column colour")),
        ("grid,worker,from,from\n", (0, "a column twice")),
        ("grid,worker,from\n1,a,2026-13-01", (1, "dates are written 2026-01-31")),
        ("grid,worker,from,to\n1,a,2026-12-01,2026-12-01", (1, "the end is not after the beginning")),
        ("grid,worker,from,kind\n1,a,2026-12-01,chief", (1, "kind is primary 主 or backup 备")),
        ("grid,worker,from\n1,a,2026-12-01,more", (1, "more cells than the heading has")),
        ("grid,worker,from\n1,a,2026-12-01\n2,b,x", (2, "dates are written 2026-01-31")),
        ('grid,worker,from\n1,"a,2026-12-01', (0, "no CSV: unexpected end of data")),
        ("grid,worker,from\n" + "1,a,2026-12-01\n" * 4, (0, "1 to 3 rows are taken")),
    ],
)
def test_a_table_that_cannot_be_read_says_where(table: str, fault: tuple[int, str]) -> None:
    with pytest.raises(SheetRefusedError) as caught:
        read(table, most=3)
    assert [(one.row, one.text.partition(" ")[2]) for one in caught.value.faults] == [fault]

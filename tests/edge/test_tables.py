"""Tables that leave the system: no cell runs as a formula, numbers stay numbers, one zone a file."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from edge.tables import Table, csv_bytes, xlsx_bytes

HOSTILE = [
    '=HYPERLINK("http://x","y")', "-1+1", "@SUM(A1)", "\t=1", "＝1", "+86 138 0000 1111", " =1", "\r=1",
    "－1", "＋1", "＠x",
]  # fmt: skip


def from_csv(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"), newline="")))


def from_xlsx(table: Table) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(xlsx_bytes(table))).active
    return [[cell for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", HOSTILE)
def test_e1_no_text_runs_as_a_formula(text: str) -> None:
    table = Table("t", ["列"], [[text]])
    assert from_csv(table)[1][0].startswith("'")
    (cell,) = from_xlsx(table)[1]
    assert (cell.data_type, str(cell.value)[0]) == ("s", "'")
    assert text.strip() in from_csv(table)[1][0]  # a number of a phone can still be read


@pytest.mark.parametrize("text", ["和兴路 1-2 号", "1-1", "漏水=?", ""])
def test_e1_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert from_csv(Table("t", ["列"], [[text, "x"]]))[1][0] == text


@pytest.mark.parametrize("number", [-126.63, -1, Decimal("-0.5"), 0])
def test_e1_numbers_stay_numbers(number: Any) -> None:
    table = Table("t", ["经度"], [[number]])
    assert from_csv(table)[1] == [str(number)]
    (cell,) = from_xlsx(table)[1]
    assert (cell.data_type, float(cell.value)) == ("n", float(number))


def test_e1_a_hostile_head_is_neutralised_too() -> None:
    assert from_csv(Table("t", ["=1"], []))[0] == ["'=1"]


def test_e2_times_have_one_zone_and_say_which() -> None:
    night = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # 00:30 of the next local day
    table = Table("t", ["时间", "日"], [[night, date(2026, 3, 2)]])
    expected = ["2026-03-02 00:30:00+08:00", "2026-03-02"]
    assert from_csv(table)[1] == expected
    assert [cell.value for cell in from_xlsx(table)[1]] == expected

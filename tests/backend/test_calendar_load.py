"""A year of holidays from a file: all of it or nothing, with a fact in the trail."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEvent
from edge import calendar_table
from edge.models import CalendarDay

HEAD = "day,working,name\n"
File = Callable[[str], Path]


@pytest.fixture
def file(tmp_path: Path) -> File:
    def write(rows: str) -> Path:
        path = tmp_path / "2027.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        return path

    return write


def test_a_year_is_loaded_with_a_fact_in_the_trail(db: None, file: File) -> None:
    call_command("calendar_load", file("2027-01-01,0,元旦\n2027-01-03,1,调休\n"), "--year=2027")
    calendar_table.forget()
    assert list(CalendarDay.objects.filter(day__year=2027).values_list("working", flat=True)) == [False, True]
    assert AuditEvent.objects.get(event="calendar.year_loaded").detail == {
        "year": 2027,
        "off": 1,
        "working": 1,
    }


def test_a_dry_run_stores_nothing(db: None, file: File) -> None:
    call_command("calendar_load", file("2027-01-01,0,元旦\n"), "--year=2027", "--dry-run")
    assert not CalendarDay.objects.filter(day__year=2027).exists()


@pytest.mark.parametrize("rows", ["2026-01-01,0,x\n", "1.1.2027,0,x\n", "2027-01-01,maybe,x\n", ""])
def test_a_wrong_row_loads_nothing(db: None, file: File, rows: str) -> None:
    with pytest.raises(CommandError):
        call_command("calendar_load", file("2027-05-01,0,劳动节\n" * bool(rows) + rows), "--year=2027")
    assert not CalendarDay.objects.filter(day__year=2027).exists()

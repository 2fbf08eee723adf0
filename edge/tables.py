"""Tables that leave the system as CSV or XLSX: the one writer, so that no cell runs as a formula.

Text cells are neutralised, numbers stay numbers. Times are written in the local zone with their offset, days
as days: one zone a file.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook

from kernel.clock import TZ
from kernel.problems import Problem
from kernel.text import cell

Value = str | int | float | Decimal | bool | date | datetime | None
_BOM = "\ufeff"  # spreadsheets read CSV as UTF-8 with it alone


@dataclass(frozen=True, slots=True)
class Table:
    """`name` becomes the file's and the sheet's."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]


def written(value: Value) -> str | int | float | Decimal:
    """A value as a cell holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.astimezone(TZ).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return cell(value) if isinstance(value, str) else value


def csv_bytes(table: Table) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([written(name) for name in table.head])
    writer.writerows([written(value) for value in row] for row in table.rows)
    return (_BOM + target.getvalue()).encode()


def xlsx_bytes(table: Table) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:31])
    sheet.append([written(name) for name in table.head])
    for row in table.rows:
        sheet.append([written(value) for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


WRITERS: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "csv": (csv_bytes, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def table_answer(table: Table, form: str, headers: dict[str, Any] | None = None) -> HttpResponse:
    """The table as a download that no cache keeps. Problem `bad_parameter` for an unknown format."""
    if form not in WRITERS:
        raise Problem("bad_parameter", fields={"format": f"one of {', '.join(WRITERS)}"})
    write, media_type = WRITERS[form]
    return HttpResponse(
        write(table),
        content_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(table.name)}.{form}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **(headers or {}),
        },
    )

"""The one row that an act or a reading is about."""

from typing import Any, TypeVar

from django.db.models import QuerySet

from kernel.problems import Problem

Row = TypeVar("Row")


def existing(rows: "QuerySet[Any, Row]", *, field: str = "") -> Row:
    """The first of these rows. Problem `not_found` where there is none, or `invalid` at the named field of
    the body."""
    row = rows.first()
    if row is not None:
        return row
    if field:
        raise Problem("invalid", fields={field: ["not found"]})
    raise Problem("not_found")

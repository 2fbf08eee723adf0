from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from kernel.problems import Problem

Row = TypeVar("Row", bound=Model)


def found(rows: "QuerySet[Row]", row_id: UUID, *, field: str = "") -> Row:
    """The row of that id. Problem `not_found`, or `invalid` at the named field of the body."""
    row = rows.filter(pk=row_id).first()
    if row is not None:
        return row
    if field:
        raise Problem("invalid", fields={field: ["not found"]})
    raise Problem("not_found")

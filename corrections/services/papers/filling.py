"""One form being filled: for whom it is asked, from which record, and what is opened for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from corrections.papers.sheet import Filled
from corrections.selectors import clear_values
from edge.encryption import reveal
from edge.rows import existing
from kernel.actor import Actor
from privacy.services import read_logged

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Filling:
    """`about` is the person, or a complaint. Every value in clear is read for `purpose` and `reason`."""

    actor: Actor
    about: Any
    purpose: str
    reason: str
    record: UUID | None = None

    def chosen(self, rows: QuerySet[Row]) -> Row | None:
        """The record that was named, else the last of `rows`, which hold what the actor may see. Problem
        `not_found` for a named one that is not among them."""
        if self.record is None:
            return rows.last()
        found = existing(rows.filter(pk=self.record))
        return found

    def opened(self, row: Model, kind: str, *fields: str, beside: str = "") -> dict[str, str]:
        """Sealed values of a row, after a line in the read log; an empty text for what there is not.

        `beside` names in the same line what is read (`clear`) of the rows that hang on it.
        """
        read_logged(
            actor=self.actor, subject_kind=kind, subject_id=row.pk, purpose=self.purpose, reason=self.reason,
            fields=(*fields, beside) if beside else fields,
        )  # fmt: skip
        return {name: value or "" for name, value in clear_values(row, fields).items()}


Filler = Callable[[Filling], Filled]


def clear(row: Model, field: str) -> str:
    """A value that belongs to a record whose reading stands in the log already."""
    return reveal(row, field) or ""

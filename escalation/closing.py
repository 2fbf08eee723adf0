"""What rules hold of a dispute that is closed: asked-for time, with its reasons in clear."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from disputes.models import Dispute
from escalation.models import Extension
from kernel.actor import Actor
from kernel.law import law
from privacy.closing import Part, enter_part, rows_below


def connect() -> None:
    """Enter the part (once, when the app is ready)."""
    enter_part("dispute", Part(rows_of=rows_of, destroy=empty))


def rows_of(ids: Sequence[UUID]) -> Iterable[QuerySet[Any]]:
    return rows_below(Dispute, "escalation", ids)


@law("PI-19/47")
def empty(_actor: Actor, ids: Sequence[UUID]) -> None:
    """A dash stays where a reason is owed."""
    asked = Extension.objects.filter(clock__dispute__in=ids)
    asked.update(reason="-")
    asked.exclude(decision="").update(decision="-")

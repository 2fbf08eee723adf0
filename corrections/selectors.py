"""Reads: where contacts stand at a moment, and values in clear for those who said what for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Model, Q

from corrections.codes import ContactState
from corrections.group import masked
from corrections.machine import LIMITS, WAITING, standing
from corrections.models import ActStep, DueContact, Subject
from edge.encryption import reveal_if_any
from privacy import keys


def standing_of(contact: DueContact, at: datetime) -> ContactState:
    """Where a contact stands at `at`, also before the job has written it down."""
    return standing(contact, at) if contact.state in WAITING else ContactState(contact.state)


def standing_q(wanted: ContactState, at: datetime) -> Q:
    """The rows whose `standing_of` is `wanted`: the same limits, read as columns."""
    if wanted not in WAITING and wanted != ContactState.MISSED:
        return Q(state=wanted)
    condition = Q(state__in=sorted(WAITING))
    for state, column, _ in LIMITS:
        if state == wanted:
            return condition & Q(**{f"{column}__gt": at})
        condition &= Q(**{f"{column}__lte": at})
    return condition | Q(state=ContactState.MISSED)


def short_names(subjects: Iterable[Subject]) -> dict[object, str]:
    """By id the first character of each name: what a list shows without a read-log row."""
    rows = list(subjects)
    keys.load(row.key_id for row in rows)
    return {row.pk: masked(reveal_if_any(row, "name") or "") for row in rows}


def clear_values(row: Model, fields: Sequence[str]) -> dict[str, str | None]:
    """The named fields in clear. The read log comes first: it is the caller's."""
    return {field: reveal_if_any(row, field) for field in fields}


def steps_of(rows: Iterable[Model]) -> Mapping[UUID, list[ActStep]]:
    """The steps of each row of one machine, in their order, in one statement."""
    found: dict[UUID, list[ActStep]] = {row.pk: [] for row in rows}
    for step in ActStep.objects.filter(row_id__in=list(found)):
        found[step.row_id].append(step)
    return found


def last_step(row: Model, event: str) -> ActStep | None:
    """The newest step of this name."""
    return next((step for step in reversed(steps_of([row])[row.pk]) if step.event == event), None)

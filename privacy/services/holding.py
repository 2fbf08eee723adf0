"""What keeps a record whose retention is over: something about it that still goes on."""

from collections.abc import Sequence
from uuid import UUID

from kernel import clock
from kernel.law import law
from privacy.closing import classes
from privacy.machine import QUERY, REQUEST, QueryState
from privacy.models import Closing, LawfulQuery, PersonRequest


@law("PI-19/47", "PI-45/46/50")
def held(kind: str, closings: Sequence[Closing]) -> set[UUID]:
    """Of these closings of one kind, the ids of those that must not be destroyed yet."""
    by_record = {row.subject_id: row.pk for row in closings}
    records = set(classes()[kind].held(list(by_record))) | _asked_for(kind, by_record)
    return {by_record[pk] for pk in records} | _queried(closings)


def _asked_for(kind: str, records: dict[UUID, UUID]) -> set[UUID]:
    """Records about which a person's request waits for its answer."""
    rows = PersonRequest.objects.filter(subject_kind=kind, subject_id__in=records)
    open_yet = rows.exclude(state__in=sorted(REQUEST.terminal))
    return {pk for pk in open_yet.values_list("subject_id", flat=True) if pk is not None}


def _queried(closings: Sequence[Closing]) -> set[UUID]:
    """Sealed files about which a lawful query is not answered yet."""
    numbers = {row.seal_number: row.pk for row in closings if row.seal_number}
    rows = LawfulQuery.objects.filter(seal_number__in=numbers).exclude(state__in=sorted(QUERY.terminal))
    return {numbers[number] for number in rows.values_list("seal_number", flat=True)}


@law("MI-SEAL")
def queries_open(seal_number: str | None) -> list[LawfulQuery]:
    """Queries for which this file stands open now, the one that closes last first."""
    rows = LawfulQuery.objects.filter(
        seal_number=seal_number or "", state=QueryState.OPENED, opened_until__gt=clock.now()
    )
    return list(rows.order_by("-opened_until", "id"))

"""Closings on their way to the list outside the database: a row with the act, a line after the commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from edge.locks import advisory
from kernel import clock
from privacy import tombstones
from privacy.models import Tombstone

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Closed:
    """What was closed: `keys` by id, of sealed ones with what stands in their place."""

    event: str
    subject_kind: str
    subject_id: UUID
    keys: Sequence[Mapping[str, str]] = ()
    seal_number: str = ""


def tombstone_leave(closed: Closed) -> None:
    """Leave the row in the act's transaction; the line follows the commit (or the next minute's job)."""
    Tombstone.objects.create(
        at=clock.now(), event=closed.event, subject_kind=closed.subject_kind, subject_id=closed.subject_id,
        keys=list(closed.keys), seal_number=closed.seal_number,
    )  # fmt: skip
    transaction.on_commit(tombstones_write)


@transaction.atomic
def tombstones_write() -> int:
    """Write what is not yet in the list, in order; how many. Two processes do not write the same line."""
    if not settings.CLOSINGS:
        return 0
    advisory("privacy.tombstones", ["list"])
    rows = list(Tombstone.objects.filter(written_at__isnull=True).order_by("id")[:AT_ONCE])
    if not rows:
        return 0
    tombstones.append(Path(settings.CLOSINGS), [_line(row) for row in rows])
    Tombstone.objects.filter(id__in=[row.id for row in rows]).update(written_at=clock.now())
    return len(rows)


def _line(row: Tombstone) -> dict[str, object]:
    return {
        "id": str(row.id),
        "at": row.at.isoformat(),
        "event": row.event,
        "kind": row.subject_kind,
        "subject": str(row.subject_id),
        "keys": row.keys,
        "number": row.seal_number,
    }

"""Attempts that reached nobody: two different ways after a missed contact bring its review forward."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from corrections.codes import ContactState
from corrections.models import DueContact, Visit
from corrections.searching import tried_enough
from kernel.law import law


@law("CCL-30")
def reviews_after_attempts(subject_ids: Iterable[UUID], now: datetime) -> None:
    """Missed contacts whose person was tried in two ways since they were due are reviewed now. Attempts are
    shown, never required. Called with the people's rows locked."""
    waiting = DueContact.objects.filter(
        subject_id__in=list(subject_ids), state=ContactState.MISSED, review_at__gt=now
    )
    ready = [row.id for row in waiting if tried_enough(ways_since(row))]
    DueContact.objects.filter(id__in=ready).update(review_at=now)


def ways_since(contact: DueContact) -> list[str]:
    """How the person was tried since the contact was due."""
    rows = Visit.objects.filter(subject_id=contact.subject_id, outcome="not_reached")
    return list(rows.filter(made_at__gte=contact.due_at).values_list("way", flat=True))

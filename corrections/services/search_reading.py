"""Words about a search in clear, with purpose and reason."""

from typing import Any
from uuid import UUID

from django.db import transaction

from corrections import access
from corrections.models import Search
from corrections.selectors import steps_of
from corrections.services.reading import revealed
from edge.encryption import reveal
from edge.rows import existing
from kernel.actor import Actor
from kernel.law import law

FIELDS = ("reason", "place", "told")


@law("CCL-61")
@transaction.atomic
def search_read(*, actor: Actor, search_id: UUID, purpose: str, reason: str) -> dict[str, Any]:
    """Where somebody was found, what was told, and the notes of log, counts and steps."""
    search = existing(Search.objects.filter(id=search_id, subject__in=access.readable_by(actor)))
    clear: dict[str, Any] = dict(
        revealed(actor=actor, row=search, kind="search", fields=FIELDS, purpose=purpose, reason=reason)
    )
    return clear | {
        "entry_notes": [reveal(row, "note") for row in search.entries.all()],
        "count_notes": [reveal(row, "note") for row in search.counts.all()],
        "step_texts": [reveal(row, "reason") for row in steps_of([search])[search.id]],
    }

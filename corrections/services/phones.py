"""What of a change reaches the phones: the due contacts and the visits of a person, in user scopes only."""

from collections.abc import Iterable
from uuid import UUID

from corrections.models import DueContact, Visit
from sync.services import publish


def phones_update(subject_ids: Iterable[UUID]) -> None:
    """Publish everything of these people that is, or may be, on phones: after a change of who may hold it."""
    ids = list(subject_ids)
    contacts = DueContact.objects.filter(subject_id__in=ids, on_phone=True).values_list("id", flat=True)
    visits = Visit.objects.filter(subject_id__in=ids, phone_until__isnull=False).values_list("id", flat=True)
    publish("visit", list(visits))
    publish("visit_due", list(contacts))

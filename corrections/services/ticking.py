"""What time does to one due contact, in a transaction of its own."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.codes import ContactState
from corrections.models import DueContact
from corrections.services.steps import advance, save_moved
from kernel.actor import SYSTEM
from sync.services import publish


@transaction.atomic
def contact_tick(contact_id: UUID, now: datetime) -> int:
    """Do what is due for this contact; how many steps. Another scheduler that holds the lock does it: then
    none.
    """
    contact = DueContact.objects.select_for_update(skip_locked=True).filter(id=contact_id).first()
    if contact is None or contact.next_at is None or contact.next_at > now:
        return 0
    before, held = contact.state, contact.on_phone
    steps = advance(contact, now)
    if steps:
        save_moved(contact, before, steps)
    elif contact.state == ContactState.MISSED:
        DueContact.objects.filter(id=contact.id).update(on_phone=False, next_at=None)
    for step in steps:
        record(actor=SYSTEM, event=f"contact.{step.event}", subject_kind="contact", subject_id=contact.id)
    if held:
        publish("visit_due", [contact.id])
    return len(steps)

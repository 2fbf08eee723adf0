"""What time does to one due contact, in a transaction of its own."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.codes import ContactState
from corrections.models import DueContact
from corrections.schedule import windows
from corrections.services.rows import frame_of, frequency_of
from corrections.services.steps import Change, advance, move, save_moved
from kernel import calendar, clock
from kernel.actor import SYSTEM
from sync.services import publish


def provisional_now_known() -> list[UUID]:
    """Planned contacts whose day rested on a year without holidays, where that year is loaded by now."""
    known = calendar.current()
    rows = DueContact.objects.filter(provisional=True, state=ContactState.PLANNED, slot__isnull=False)
    return [row.id for row in rows.order_by("due_at", "id") if known.knows(row.due_day)]


@transaction.atomic
def contact_recompute(contact_id: UUID) -> int:
    """Compute a provisional day again, by the rule that made it; how many were changed."""
    rows = DueContact.objects.select_for_update(skip_locked=True, of=("self",))
    contact = rows.select_related("line__plan", "subject").filter(id=contact_id, provisional=True).first()
    if contact is None or contact.state != ContactState.PLANNED:
        return 0
    frame = frame_of(contact.line.plan, contact.subject)
    made = windows(frequency_of(contact.line), frame, through=contact.open_day)
    window = next((found for found in made if found.slot == contact.slot), None)
    if window is None:
        move(contact, Change("term_end", contact.opens_at, SYSTEM), clock.now())
    else:
        DueContact.objects.filter(id=contact.id).update(
            due_day=window.due_day, due_at=window.due_at, grace_until=window.grace_until,
            provisional=window.provisional,
        )  # fmt: skip
    record(actor=SYSTEM, event="contact.recomputed", subject_kind="contact", subject_id=contact.id)
    if contact.on_phone:
        publish("visit_due", [contact.id])
    return 1


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

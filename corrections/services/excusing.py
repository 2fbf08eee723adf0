"""Contacts that could not take place are excused together, by an officer's act or by what a decision does."""

from datetime import date

from django.db.models import Q, QuerySet

from audit.services import Fact, record_many
from corrections.codes import ContactState, ExcuseCode
from corrections.machine import WAITING
from corrections.models import DueContact, Subject
from corrections.services.steps import Change, move
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from sync.services import publish


def contacts_excused(actor: Actor, rows: QuerySet[DueContact], code: ExcuseCode) -> int:
    """Excuse those of the contacts that wait or were missed; how many. The person's row is locked."""
    standing = rows.select_for_update().filter(state__in=[*WAITING, ContactState.MISSED])
    now, contacts = clock.now(), list(standing.order_by("id"))
    for contact in contacts:
        contact.excuse = code
        move(contact, Change("excuse", now, actor, code), now)
    facts = [Fact(contact.id, reason=code) for contact in contacts]
    record_many(actor=actor, event="contact.excused", subject_kind="contact", facts=facts)
    publish("visit_due", [contact.id for contact in contacts])
    return len(contacts)


@law("CCM-41")
def contacts_excuse_between(
    actor: Actor,
    subject: Subject,
    days: tuple[date, date],
    code: ExcuseCode,
    *,
    missed_contact: DueContact | None = None,
) -> int:
    """Excuse what was due between two days (both included), also told late: no false "missed" stays."""
    rows = DueContact.objects.filter(subject=subject)
    due = Q(due_day__gte=days[0], due_day__lte=days[1])
    if missed_contact is not None:
        due |= Q(id=missed_contact.id)
    return contacts_excused(actor, rows.filter(due), code)

"""Ends that a document makes before the last day: pardon, revocation, imprisonment, death (CCL-45)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import UUIDField

from audit.services import record
from corrections.complaints import Burden
from corrections.ends import BURDENING, DETAINED, DETENTION, EndReason, reason_gap
from corrections.machine import AGENCY
from corrections.models import Complaint, Detention, Ending, Opinion, Subject
from corrections.models.people import SubjectState
from corrections.positioning import LiftReason
from corrections.services.acts import Said, move, of_term
from corrections.services.ending import ending_open
from corrections.services.endings import burdens_stop
from corrections.services.found import subject_locked
from corrections.services.guarding import burden_guard
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing
from privacy.closing import rows_below
from tasks.models import Task
from tasks.services import tasks_cancel_for

GOES_ON = (Complaint, Opinion)
"""What is answered whatever becomes of the correction."""


@law("CCL-45", "CCL-51")
@transaction.atomic
def subject_terminate(
    *, actor: Actor, subject_id: UUID, reason: EndReason, document_no: str, on: date
) -> Ending:
    """End a correction by a document of `on`: everything that burdens stops now. After a death every open
    task about the person is closed with it, and nobody calls the family again."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    actor.sign(Signing.ENDING)
    subject = subject_locked(actor, subject_id)
    if gap := reason_gap(reason, set(subject.orders.values_list("category", flat=True))):
        raise Problem(gap)
    if reason in BURDENING:
        burden_guard(actor, subject, Burden.TERMINATION)
    last = min(of_term("on", on, subject), subject.ends_on or on)
    subject.ends_on = last
    subject.save(update_fields=["ends_on"])
    tasks_close(actor, subject, reason)
    _detention_over(actor, subject, on)
    burdens_stop(subject, SubjectState.ENDED, LiftReason.TERM_OVER, clock.now())
    ending = ending_open(subject, reason, last, document_no)
    record(
        actor=actor, event="subject.terminated", subject_kind="subject", subject_id=subject.id, reason=reason
    )
    return ending


def _detention_over(actor: Actor, subject: Subject, on: date) -> None:
    for row in Detention.objects.select_for_update().filter(subject=subject, state=DETAINED):
        row.subject = subject
        said = Said(on=on)
        move(actor, row, DETENTION, "terminate", said, until=max(on, row.since))


def tasks_close(actor: Actor, subject: Subject, reason: str) -> int:
    """Cancel every open task about the person, whatever record it names; how many."""
    ids: set[UUID] = set()
    for about in rows_below(Subject, "corrections", [subject.id]):
        if about.model not in GOES_ON and isinstance(about.model._meta.pk, UUIDField):
            ids |= set(about.values_list("pk", flat=True))
    rows = Task.objects.filter(state="open", subject_id__in=ids)
    named = set(rows.values_list("subject_kind", "subject_id"))
    return sum(
        tasks_cancel_for(actor=actor, subject_kind=kind, subject_id=pk, reason=reason)
        for kind, pk in sorted(named)
    )

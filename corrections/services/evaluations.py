"""What an officer finds about a period (CCM-22, CCM-32): words, from which the next plan version follows."""

from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.models import Evaluation
from corrections.services.acts import not_after_today, of_term
from corrections.services.found import require_staff, subject_locked
from edge.encryption import seal_value
from edge.repeats import made_before
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem


@law("CCM-22")
@transaction.atomic
def evaluation_record(
    *,
    actor: Actor,
    subject_id: UUID,
    first_day: date,
    last_day: date,
    text: str,
    made_on: date,
    id: UUID | None = None,
) -> Evaluation:
    """Write an evaluation down, with the day of its paper. Nothing is computed from it."""
    subject, pk = subject_locked(actor, subject_id), id or uuid7()
    if known := made_before(Evaluation, id, subject_id=subject.pk, made_by_id=actor.person):
        return known
    of_term("first_day", first_day, subject)
    if not first_day <= last_day <= not_after_today("made_on", made_on):
        raise Problem("invalid", fields={"last_day": ["before first_day, or after made_on"]})
    row = Evaluation.objects.create(
        id=pk, subject=subject, first_day=first_day, last_day=last_day, made_on=made_on,
        text=seal_value(Evaluation, "text", pk, text, subject.key_id), made_by_id=require_staff(actor),
        recorded_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="evaluation.recorded", subject_kind="evaluation", subject_id=pk)
    return row

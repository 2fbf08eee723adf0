"""Impact assessments 影响评估: a dated paper switches a kind of processing on, its withdrawal off."""

from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from privacy import access
from privacy.codes import Processing
from privacy.models import Assessment


@law("PI-55/56")
@transaction.atomic
def assessment_enter(
    *,
    actor: Actor,
    processing: Processing,
    document_no: str,
    kept_at: str,
    valid_from: date,
    valid_to: date,
) -> Assessment:
    """An assessment that was made on paper. Problem `assessment_dates_wrong`."""
    if valid_to <= valid_from:
        raise Problem("assessment_dates_wrong")
    row = Assessment.objects.create(
        processing=processing, document_no=document_no, kept_at=kept_at, valid_from=valid_from,
        valid_to=valid_to, entered_by=actor.person, entered_at=clock.now(),
    )  # fmt: skip
    _told(actor, row, "assessment.entered")
    return row


@law("PI-55/56")
@transaction.atomic
def assessment_withdraw(*, actor: Actor, assessment_id: UUID, reason: str) -> Assessment:
    """Switch off at once what rests on it. Problems `not_found`, `assessment_withdrawn`."""
    row = existing(access.assessments_visible_to(actor).select_for_update().filter(pk=assessment_id))
    if row.withdrawn_at is not None:
        raise Problem("assessment_withdrawn")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = clock.now(), actor.person, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    _told(actor, row, "assessment.withdrawn", reason)
    return row


def _told(actor: Actor, row: Assessment, event: str, reason: str = "") -> None:
    record(
        actor=actor, event=event, subject_kind="assessment", subject_id=row.pk, reason=reason,
        detail={"processing": row.processing},
    )  # fmt: skip

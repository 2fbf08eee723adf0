"""PS-5: what an officer of the agency reports to the county's police, and nobody else does."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from corrections import access
from corrections.machine import AGENCY
from corrections.selectors import clear_values
from edge.rows import existing
from kernel.actor import Actor
from kernel.codes.purposes import Purpose
from kernel.law import law
from kernel.problems import Problem
from liaison.grounds import CorrectionAct, Ground, Way
from liaison.models import Report
from liaison.services import Observed, Source, report_draft
from privacy.services import read_logged


@law("PS-5", "CCL-30", "CCL-31")
@transaction.atomic
def subject_report(
    *,
    actor: Actor,
    subject_id: UUID,
    act: CorrectionAct,
    observed_at: datetime,
    reason: str,
    way: Way = Way.SYSTEM,
    id: UUID | None = None,
) -> tuple[Report, bool]:
    """A draft with the person's name, which stands in the read log with the officer's reason, and whether it
    was there before. `way`: how the county's police are told; by phone or in person is entered after.
    Problems `role_not_allowed` (not of the agency), `not_found`.
    """
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    subject = existing(access.visible_to(actor).filter(pk=subject_id))
    read_logged(
        actor=actor, subject_kind="subject", subject_id=subject.pk, fields=["name"],
        purpose=Purpose.PROTECT.value, reason=reason,
    )  # fmt: skip
    where = subject.places.get(valid_to__isnull=True)
    observed = Observed(
        acts=(act,), observed_at=observed_at, area_id=where.area_id, no_place_reason="执行地",
        person=clear_values(subject, ["name"])["name"] or "",
    )  # fmt: skip
    source = Source("subject", subject.pk)
    return report_draft(
        actor=actor, ground=Ground.CORRECTION, source=source, observed=observed, way=way, id=id
    )

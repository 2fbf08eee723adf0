"""Reads of sensitive parts: each with purpose and reason, and one row in the read log (CCL-54, CCL-61)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from corrections import access
from corrections.ends import EndReason
from corrections.models import Ending, Visit
from corrections.selectors import clear_values
from edge.encryption import reveal
from edge.rows import existing
from kernel.actor import Actor
from kernel.law import law
from privacy.services import read_logged

PERSON_FIELDS = ("name", "id_number", "phone", "address", "born_on", "guardian_name", "guardian_phone")
PHONES = frozenset({"phone", "guardian_phone"})
VISIT_FIELDS = ("point", "note", "judgements")


def revealed(
    *, actor: Actor, row: Model, kind: str, fields: Sequence[str], purpose: str, reason: str
) -> dict[str, str | None]:
    """Sealed fields of a row that the actor may see in clear, after the row in the read log."""
    read_logged(
        actor=actor, subject_kind=kind, subject_id=row.pk, fields=fields, purpose=purpose, reason=reason
    )
    return clear_values(row, fields)


@law("CCL-54", "CCL-61")
@transaction.atomic
def subject_read(*, actor: Actor, subject_id: UUID, purpose: str, reason: str) -> dict[str, str | None]:
    """A person's values in clear; of the dead no telephone: nobody calls the family again (CCL-51).
    Problem `purpose_required` without a purpose of the list and a reason."""
    subject = existing(access.readable_by(actor).filter(id=subject_id))
    dead = Ending.objects.filter(subject=subject, reason=EndReason.DEATH).exists()
    fields = [name for name in PERSON_FIELDS if not (dead and name in PHONES)]
    return dict.fromkeys(PERSON_FIELDS) | revealed(
        actor=actor, row=subject, kind="subject", fields=fields, purpose=purpose, reason=reason
    )


@law("CCL-26", "CCL-61")
@transaction.atomic
def visit_read(*, actor: Actor, visit_id: UUID, purpose: str, reason: str) -> dict[str, Any]:
    """A visit's points, note and the reasons of its judgements in clear."""
    visit = existing(Visit.objects.filter(id=visit_id, subject__in=access.readable_by(actor)))
    read_logged(
        actor=actor, subject_kind="visit", subject_id=visit.id, fields=VISIT_FIELDS, purpose=purpose,
        reason=reason,
    )  # fmt: skip
    return {
        "points": [
            {
                "lon": fix.point.x, "lat": fix.point.y, "crs": fix.crs, "accuracy_cm": fix.accuracy_cm,
                "fix_at": fix.fix_at, "provider": fix.provider, "distance_m": fix.distance_m,
            }
            for fix in visit.fixes.all()
        ],
        "note": reveal(visit, "note"),
        "versions": [
            {"rev": row.rev, "way": row.way, "note": reveal(row, "note"), "until": row.until}
            for row in visit.versions.all()
        ],
        "judgement_reasons": [reveal(row, "reason") for row in visit.judgements.all()],
    }  # fmt: skip

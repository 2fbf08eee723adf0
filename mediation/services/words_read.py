"""The words of agreements and follow-ups, each reading with its purpose and a row in the read log."""

from typing import Any
from uuid import UUID

from django.db import transaction

from edge.encryption import reveal
from edge.rows import existing
from kernel.actor import Actor
from mediation import access, agreed_access
from mediation.models import Agreement, FollowUp
from privacy.services import read_logged


@transaction.atomic
def agreement_words(*, actor: Actor, agreement_id: UUID, purpose: str, reason: str) -> dict[str, Any]:
    """What was agreed, what is owed, and who witnessed the marks."""
    rows = agreed_access.visible_agreements(actor).filter(case__in=access.visible_cases(actor))
    agreement = existing(rows.prefetch_related("obligations", "marks").filter(pk=agreement_id))
    fields = ["facts", "terms", "written_terms", "obligations.what", "marks.witness"]
    _log(actor, agreement, fields, purpose, reason)
    return {
        "facts": reveal(agreement, "facts"),
        "terms": reveal(agreement, "terms"),
        "written_terms": reveal(agreement, "written_terms"),
        "obligations": [{"id": row.pk, "what": reveal(row, "what")} for row in agreement.obligations.all()],
        "witnesses": [
            {"mark": mark.pk, "witness": reveal(mark, "witness")}
            for mark in agreement.marks.all()
            if mark.witness is not None
        ],
    }


@transaction.atomic
def follow_up_note(*, actor: Actor, follow_up_id: UUID, purpose: str, reason: str) -> str | None:
    """What a party said at a follow-up, and what is done about it."""
    row = existing(agreed_access.visible_follow_ups(actor).filter(pk=follow_up_id))
    _log(actor, row, ["note"], purpose, reason)
    return reveal(row, "note")


def _log(actor: Actor, row: Agreement | FollowUp, fields: list[str], purpose: str, reason: str) -> None:
    read_logged(
        actor=actor, subject_kind=row._meta.db_table, subject_id=row.pk, fields=fields, purpose=purpose,
        reason=reason,
    )  # fmt: skip

from typing import Any
from uuid import UUID

from django.db import transaction

from edge.encryption import reveal
from edge.rows import existing
from kernel.actor import Actor
from kernel.law import law
from mediation import access
from mediation.models import Case, CaseParty, Participant
from privacy.services import read_logged


@transaction.atomic
def case_names(*, actor: Actor, case_id: UUID, purpose: str, reason: str) -> list[dict[str, Any]]:
    """The names of the parties as this case's papers have them, against one row in the read log."""
    case = case_read(actor, case_id, "parties.name", purpose, reason)
    parties = CaseParty.objects.filter(case=case)
    return [{"id": party.pk, "role": party.role, "name": reveal(party, "name")} for party in parties]


@transaction.atomic
def participant_names(*, actor: Actor, case_id: UUID, purpose: str, reason: str) -> list[dict[str, Any]]:
    """Who takes part beside the parties, with the numbers, against one row in the read log."""
    case = case_read(actor, case_id, "participants.name", purpose, reason)
    rows = Participant.objects.filter(case=case)
    fields = ("name", "phone", "id_number")
    return [{"id": row.pk, "kind": row.kind, **{name: reveal(row, name) for name in fields}} for row in rows]


@law("DV-23")
@transaction.atomic
def case_wish(*, actor: Actor, case_id: UUID, purpose: str, reason: str) -> str | None:
    """What the person at risk wished, said alone; None off the protected track. Against one row in the read
    log."""
    return reveal(case_read(actor, case_id, "wish", purpose, reason), "wish")


def case_read(actor: Actor, case_id: UUID, field: str, purpose: str, reason: str) -> Case:
    """The case, with the row in the read log that a personal field of it takes. Problem `not_found`."""
    case = existing(access.visible_cases(actor).filter(pk=case_id))
    said = {"purpose": purpose, "reason": reason}
    read_logged(actor=actor, subject_kind="mediation_case", subject_id=case.pk, fields=[field], **said)
    return case

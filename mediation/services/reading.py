from typing import Any
from uuid import UUID

from django.db import transaction

from edge.encryption import reveal
from kernel.actor import Actor
from kernel.problems import Problem
from mediation import access
from mediation.models import CaseParty
from privacy.services import read_logged


@transaction.atomic
def case_names(*, actor: Actor, case_id: UUID, purpose: str, reason: str) -> list[dict[str, Any]]:
    """The names of the parties as this case's papers have them, against one row in the read log."""
    case = access.visible_cases(actor).filter(pk=case_id).first()
    if case is None:
        raise Problem("not_found")
    read_logged(
        actor=actor,
        subject_kind="mediation_case",
        subject_id=case.pk,
        fields=["parties.name"],
        purpose=purpose,
        reason=reason,
    )
    parties = CaseParty.objects.filter(case=case)
    return [{"id": party.pk, "role": party.role, "name": reveal(party, "name")} for party in parties]

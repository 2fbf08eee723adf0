"""Who stands before the counter: one of the own people, by the number on a card that somebody has seen."""

from collections.abc import Sequence

from django.db import transaction

from corrections import access
from corrections.models import Subject
from corrections.services.found import require_staff
from corrections.services.reception import ID_NUMBER
from edge.encryption import blind
from kernel import text
from kernel.actor import Actor
from kernel.law import law
from privacy.services import read_logged


@law("CCL-54")
@transaction.atomic
def subject_find(*, actor: Actor, id_number: str, purpose: str, reason: str) -> Sequence[Subject]:
    """The person whom the actor sees anyhow, with a row in the read log; nobody for a number that is another
    office's, or in no register: the two answers are the same."""
    require_staff(actor)
    blinded = blind(ID_NUMBER, text.digits(id_number))
    rows = access.visible_to(actor).filter(id_number_blind=blinded)
    found = list(rows.prefetch_related("orders", "places"))
    for row in found:
        read_logged(
            actor=actor, subject_kind="subject", subject_id=row.id, fields=["id_number"], purpose=purpose,
            reason=reason,
        )  # fmt: skip
    return found

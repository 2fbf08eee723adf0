"""An officer's word at reception that the file is to be sealed after the end (MI-SEAL)."""

from uuid import UUID

from django.db import transaction

from corrections.closing import KIND
from corrections.services.found import subject_locked
from kernel.actor import Actor
from kernel.law import law
from privacy.models import Closing
from privacy.services import closing_mark


@law("MI-59", "MI-SEAL")
@transaction.atomic
def subject_to_be_sealed(*, actor: Actor, subject_id: UUID, basis: str) -> Closing:
    """应当封存: set by a person who looked at age at the offence and sentence; never computed, and apart
    from the minors' rules. Problems `not_found`, `share_basis_unknown`.
    """
    subject_locked(actor, subject_id)
    return closing_mark(actor=actor, kind=KIND, subject_id=subject_id, basis=basis)

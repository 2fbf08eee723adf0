"""An officer's word at reception that the file is to be sealed after the end (MI-SEAL); taken back."""

from uuid import UUID

from django.db import transaction

from corrections import access
from corrections.access.people import going_on
from corrections.closing import KIND
from corrections.models import Subject
from corrections.services.found import require_staff, subject_locked
from edge.rows import existing
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.machine import MarkFault
from privacy.models import Closing
from privacy.services import closing_mark, closing_unmark


@law("MI-59", "MI-SEAL")
@transaction.atomic
def subject_to_be_sealed(*, actor: Actor, subject_id: UUID, basis: str) -> Closing:
    """应当封存: set by a person who looked at age at the offence and sentence; never computed, and apart
    from the minors' rules. Problems `not_found`, `seal_basis_unknown`.
    """
    subject_locked(actor, subject_id)
    return closing_mark(actor=actor, kind=KIND, subject_id=subject_id, basis=basis)


@law("MI-59", "MI-SEAL")
@transaction.atomic
def subject_not_to_be_sealed(*, actor: Actor, subject_id: UUID, fault: MarkFault) -> Closing:
    """A wrong mark is taken back before the seal; between the end and the seal by the agency's head, who
    alone of the staff reads the file then. Problems `not_found`, also once it is sealed, and
    `not_to_be_sealed`.
    """
    require_staff(actor)
    seen = going_on(actor) if actor.role == Role.AGENCY_HEAD else access.visible_to(actor)
    existing(Subject.objects.select_for_update().filter(id=subject_id, pk__in=seen.values("pk")))
    return closing_unmark(actor=actor, kind=KIND, subject_id=subject_id, fault=fault)

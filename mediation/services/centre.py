from uuid import UUID

from accounts.models import Organisation, OrganisationKind
from kernel.actor import Actor
from kernel.codes.roles import Role
from mediation.models import Case
from tasks.codes import TaskKind
from tasks.services import About, task_create


def centre_task(actor: Actor, case: Case, kind: TaskKind, subject_kind: str, subject_id: UUID) -> None:
    """A task of the street's centre: of its clerks, or of the director where clerks may not know of the
    case."""
    hidden = case.protected or case.dispute.protected or case.dispute.restricted
    role = Role.CENTRE_DIRECTOR if hidden else Role.CENTRE_CLERK
    centres = Organisation.objects.filter(kind=OrganisationKind.MEDIATION_CENTRE, area_id=case.street_id)
    centre = centres.values_list("pk", flat=True).first()
    if centre is not None:
        about = About(subject_kind, subject_id, area_id=case.street_id)
        task_create(actor=actor, kind=kind, about=about, role=role, organisation_id=centre)

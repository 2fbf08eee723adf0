from uuid import UUID

from accounts.models import Organisation, OrganisationKind
from disputes.models import Dispute
from kernel.actor import Actor
from kernel.codes.roles import Role
from mediation.models import Case
from tasks.codes import TaskKind
from tasks.services import About, task_create


def centre_task(actor: Actor, case: Case, kind: TaskKind, subject_kind: str, subject_id: UUID) -> None:
    """A task of the street's centre about a case."""
    _task(actor, case.street_id, kind, About(subject_kind, subject_id, area_id=case.street_id),
          hidden=case.protected or _hidden(case.dispute))  # fmt: skip


def desk_task(actor: Actor, dispute: Dispute, kind: TaskKind, subject_kind: str, subject_id: UUID) -> None:
    """A task of the street's centre about a dispute, with or without a case."""
    about = About(subject_kind, subject_id, area_id=dispute.street_id)
    _task(actor, dispute.street_id, kind, about, hidden=_hidden(dispute))


def _hidden(dispute: Dispute) -> bool:
    return dispute.protected or dispute.restricted


def _task(actor: Actor, street_id: UUID, kind: TaskKind, about: About, *, hidden: bool) -> None:
    """Of its clerks, or of the director where clerks may not know of the matter."""
    role = Role.CENTRE_DIRECTOR if hidden else Role.CENTRE_CLERK
    centres = Organisation.objects.filter(kind=OrganisationKind.MEDIATION_CENTRE, area_id=street_id)
    centre = centres.values_list("pk", flat=True).first()
    if centre is not None:
        task_create(actor=actor, kind=kind, about=about, role=role, organisation_id=centre)

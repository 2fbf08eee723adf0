"""What officers and desks own of corrections: the people an officer answers for, which pass on with the
signature, and complaints to be answered, which the desk gives to another. No line names anybody."""

from collections.abc import Iterable
from uuid import UUID

from accounts.ownership import OwnedItem, Owner, Source, register
from accounts.selectors import memberships_in_force
from audit.services import record
from corrections.complaints import ASSIGNED, OUTSIDE
from corrections.models import Complaint, Subject
from corrections.models.people import SubjectState
from kernel.actor import Actor
from kernel.codes.roles import Role


def connect() -> None:
    """Enter the sources (once, when the app is ready)."""
    register(Source("correction_subjects", "负责的在矫人员", "people to answer for", subjects, give_subject))
    register(Source("complaints", "待答复的投诉", "complaints to answer", complaints))


def subjects(owner: Owner) -> Iterable[OwnedItem]:
    """The people in correction of the station whose officer this is."""
    if owner.role != Role.STATION_OFFICER:
        return
    rows = Subject.objects.filter(
        officer_id=owner.user_id, station_id=owner.organisation_id, state=SubjectState.IN_CORRECTION
    )
    for row in rows.order_by("received_on", "id"):
        day = row.received_on.isoformat()
        yield OwnedItem("subject", row.id, f"在矫人员（{day} 接收）", f"in correction, received on {day}")


def give_subject(actor: Actor, subject_id: UUID, owner: Owner, to: UUID) -> bool:
    """Another officer of the station answers for the person; False when that had changed meanwhile."""
    rows = Subject.objects.filter(
        id=subject_id, officer_id=owner.user_id, station_id=owner.organisation_id,
        state=SubjectState.IN_CORRECTION,
    )  # fmt: skip
    if not rows.update(officer_id=to):
        return False
    record(
        actor=actor, event="subject.officer_changed", subject_kind="subject", subject_id=subject_id,
        fields=["officer"], detail={"from": str(owner.user_id), "to": str(to)},
    )  # fmt: skip
    return True


def complaints(owner: Owner) -> Iterable[OwnedItem]:
    """Those given to this person, counted in one of the roles that may answer."""
    if owner.role not in OUTSIDE or not _counted_here(owner):
        return
    rows = Complaint.objects.filter(assigned_to=owner.user_id, state=ASSIGNED)
    for row in rows.order_by("due_at", "id"):
        day = row.received_on.isoformat()
        yield OwnedItem(
            "correction_complaint", row.id, f"投诉（{day} 收到）", f"complaint of {day}", row.due_at
        )


def _counted_here(owner: Owner) -> bool:
    """Who has several such places has each complaint in the one by which it was given."""
    held = memberships_in_force().filter(user_id=owner.user_id, role__in=sorted(OUTSIDE)).order_by("id")
    first = held.values_list("role", "organisation_id").first()
    return first in {None, (owner.role, owner.organisation_id)}

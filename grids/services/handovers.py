"""交接: what whoever leaves a grid tells whoever comes next, and that it was taken over."""

from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.repeats import made_before
from grids import access
from grids.models import Assignment, Handover
from grids.selectors import assigned_grid_ids
from grids.services.assignments import assignable
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.problems import Problem


@transaction.atomic
def handover_write(*, actor: Actor, assignment_id: UUID, note: str, id: UUID | None = None) -> Handover:
    """A note about a grid by the worker whose assignment it is, or by who assigns there. `id`: the author's
    own, by which the same note again is known.

    Problems: not_found, conflict.
    """
    assignment = Assignment.objects.filter(id=assignment_id).first()
    if assignment is None or not _may_write(actor, assignment):
        raise Problem("not_found")
    if known := made_before(Handover, id, assignment_id=assignment_id, note=note, author_id=actor.person):
        return known
    handover = Handover.objects.create(
        id=id or uuid7(), grid_id=assignment.grid_id, assignment=assignment, note=note,
        author_id=actor.person, created_at=clock.now(),
    )  # fmt: skip
    _recorded(actor, handover, "written")
    return handover


def _may_write(actor: Actor, assignment: Assignment) -> bool:
    if actor.role in access.ASSIGN:
        return bool(assignable(actor, [assignment.grid_id]))
    return assignment.worker_id == actor.person


@transaction.atomic
def handover_take(*, actor: Actor, handover_id: UUID) -> Handover:
    """Taken over, by a worker who is in charge of the grid today. A doubled call answers the same.

    Problems: not_found, own_handover, handover_taken.
    """
    visible = access.handovers_visible_to(actor).select_for_update(of=("self",))
    handover = visible.filter(id=handover_id).first()
    if handover is None or handover.grid_id not in assigned_grid_ids(actor.person):
        raise Problem("not_found")
    if handover.author_id == actor.person:
        raise Problem("own_handover")
    if handover.taken_by_id == actor.person:
        return handover
    if handover.taken_by_id is not None:
        raise Problem("handover_taken")
    handover.taken_by_id, handover.taken_at = actor.person, clock.now()
    handover.save(update_fields=["taken_by", "taken_at"])
    _recorded(actor, handover, "taken")
    return handover


def _recorded(actor: Actor, handover: Handover, what: str) -> None:
    record(
        actor=actor, event=f"handover.{what}", subject_kind="handover", subject_id=handover.id,
        fields=["note"] if what == "written" else ["taken_by"], detail={"grid": str(handover.grid_id)},
    )  # fmt: skip

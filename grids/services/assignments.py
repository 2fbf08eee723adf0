"""Who is in charge of a grid 网格责任人."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.selectors import actor_areas, area_subtree_ids, roles_of
from accounts.services.memberships import scopes_changed
from audit.services import record
from grids import access
from grids.models import Assignment, AssignmentKind, Grid
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.problems import Problem
from sync.services import publish

CONSTRAINTS = {"assignment_one_primary": "grid_has_primary", "assignment_once_a_day": "assignment_overlaps"}


@transaction.atomic
def assignment_create(
    *,
    actor: Actor,
    grid_id: UUID,
    worker_id: UUID,
    kind: AssignmentKind,
    valid_from: date,
    valid_to: date | None = None,
    phone: str = "",
) -> Assignment:
    """Put a worker in charge from `valid_from` to the day before `valid_to`.

    Problems: not_found, not_a_grid_worker, assignment_dates_wrong, grid_has_primary, assignment_overlaps.
    """
    grid = access.grids_visible_to(actor).filter(id=grid_id).first()
    if grid is None or not _may_assign(actor, grid):
        raise Problem("not_found")
    if valid_to is not None and valid_to <= valid_from:
        raise Problem("assignment_dates_wrong")
    if Role.GRID_WORKER not in roles_of(worker_id, max(valid_from, clock.today())):
        raise Problem("not_a_grid_worker")
    assignment = Assignment(
        grid=grid, worker_id=worker_id, kind=kind, phone=phone, valid_from=valid_from, valid_to=valid_to,
        created_by_id=actor.user_id, created_at=clock.now(),
    )  # fmt: skip
    _insert(assignment)
    _recorded(actor, assignment, "created", ["grid", "worker", "kind", "valid_from", "valid_to"])
    return assignment


def _may_assign(actor: Actor, grid: Grid) -> bool:
    return actor.is_system or grid.community_id in area_subtree_ids(actor_areas(actor))


def _insert(assignment: Assignment) -> None:
    try:
        with transaction.atomic():
            assignment.save(force_insert=True)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if name in CONSTRAINTS:
            raise Problem(CONSTRAINTS[name]) from error
        raise


@transaction.atomic
def assignment_end(*, actor: Actor, assignment_id: UUID, day: date, reason: str) -> Assignment:
    """The first day on which the worker is no longer in charge: today or later, not after an end already set.

    A doubled call with the same day answers the same. Problems: not_found, assignment_dates_wrong.
    """
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("grid")
    assignment = rows.filter(id__in=access.assignments_visible_to(actor), id=assignment_id).first()
    if assignment is None or not _may_assign(actor, assignment.grid):
        raise Problem("not_found")
    if assignment.valid_to == day:
        return assignment
    if day < clock.today() or (assignment.valid_to is not None and day > assignment.valid_to):
        raise Problem("assignment_dates_wrong")
    assignment.valid_to = max(day, assignment.valid_from)
    assignment.closed = assignment.valid_to <= clock.today()
    assignment.save(update_fields=["valid_to", "closed"])
    _recorded(actor, assignment, "ended", ["valid_to"], reason)
    return assignment


@transaction.atomic
def assignments_close(*, day: date) -> int:
    """Take from the phones the assignments whose last day is past; how many."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(closed=False, valid_to__lte=day)
    ids = sorted(rows.values_list("id", flat=True))
    if ids:
        Assignment.objects.filter(id__in=ids).update(closed=True)
        publish("assignment", ids)
    return len(ids)


def _recorded(actor: Actor, assignment: Assignment, what: str, fields: list[str], reason: str = "") -> None:
    record(
        actor=actor, event=f"assignment.{what}", subject_kind="assignment", subject_id=assignment.id,
        fields=fields, reason=reason,
        detail={"grid": str(assignment.grid_id), "worker": str(assignment.worker_id)},
    )  # fmt: skip
    publish("assignment", [assignment.id])
    scopes_changed([assignment.worker_id])

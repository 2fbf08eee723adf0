"""Who is in charge of a grid 网格责任人."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.selectors import actor_areas, area_subtree_ids, memberships_in_force
from accounts.services.memberships import scopes_changed
from audit.services import Fact, record_many
from edge.repeats import made_before
from grids import access
from grids.models import Assignment, AssignmentKind
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.problems import Problem
from sync.services import publish

CONSTRAINTS = {"assignment_one_primary": "grid_has_primary", "assignment_once_a_day": "assignment_overlaps"}
FIELDS = ("grid", "worker", "kind", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Charge:
    """A worker is to be in charge of a grid from `valid_from` to the day before `valid_to`."""

    grid_id: UUID
    worker_id: UUID
    kind: AssignmentKind
    valid_from: date
    valid_to: date | None = None
    phone: str = ""
    id: UUID | None = None


@transaction.atomic
def assignments_create(*, actor: Actor, charges: Sequence[Charge]) -> list[Assignment]:
    """Put workers in charge, all or none. Those that an equal request has put there, under the sender's own
    ids, are answered as they are.

    Problems: not_found, conflict (another one has that id), not_a_grid_worker, assignment_dates_wrong,
    grid_has_primary, assignment_overlaps.
    """
    if {charge.grid_id for charge in charges} - assignable(actor, [charge.grid_id for charge in charges]):
        raise Problem("not_found")
    known = [row for charge in charges if (row := _made_before(actor, charge))]
    if len(known) == len(charges):
        return known
    for charge in charges:
        if charge.valid_to is not None and charge.valid_to <= charge.valid_from:
            raise Problem("assignment_dates_wrong")
    _check_workers(charges)
    now = clock.now()
    rows = [
        Assignment(
            id=charge.id or uuid7(), grid_id=charge.grid_id, worker_id=charge.worker_id, kind=charge.kind,
            phone=charge.phone, valid_from=charge.valid_from, valid_to=charge.valid_to,
            created_by_id=actor.user_id, created_at=now,
        )
        for charge in charges
    ]  # fmt: skip
    _insert(rows)
    _recorded(actor, rows, "created", FIELDS)
    return rows


def _made_before(actor: Actor, charge: Charge) -> Assignment | None:
    return made_before(
        Assignment, charge.id, grid_id=charge.grid_id, worker_id=charge.worker_id, kind=charge.kind,
        valid_from=charge.valid_from, created_by_id=actor.user_id,
    )  # fmt: skip


def assignable(actor: Actor, grid_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the grids that the actor sees and that lie in the own area."""
    grids = access.grids_visible_to(actor).filter(id__in=grid_ids)
    if not actor.is_system:
        grids = grids.filter(community_id__in=area_subtree_ids(actor_areas(actor)))
    return set(grids.values_list("id", flat=True))


def _check_workers(charges: Sequence[Charge]) -> None:
    if no_workers([(charge.worker_id, charge.valid_from) for charge in charges]):
        raise Problem("not_a_grid_worker")


def no_workers(charges: Iterable[tuple[UUID, date]]) -> set[tuple[UUID, date]]:
    """Those (person, first day) of whom the person is no grid worker on that day (today when past)."""
    by_day: dict[date, set[tuple[UUID, date]]] = {}
    for person, day in charges:
        by_day.setdefault(max(day, clock.today()), set()).add((person, day))
    bad: set[tuple[UUID, date]] = set()
    for day, asked in by_day.items():
        people = [person for person, _ in asked]
        found = memberships_in_force(day).filter(user_id__in=people, role=Role.GRID_WORKER)
        workers = set(found.values_list("user_id", flat=True))
        bad |= {pair for pair in asked if pair[0] not in workers}
    return bad


def _insert(rows: list[Assignment]) -> None:
    try:
        with transaction.atomic():
            Assignment.objects.bulk_create(rows)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if name in CONSTRAINTS:
            raise Problem(CONSTRAINTS[name]) from error
        raise


def assignment_of(actor: Actor, assignment_id: UUID, *, lock: bool = False) -> Assignment:
    """An assignment that the actor may change. Problem `not_found`."""
    rows = Assignment.objects.select_for_update(of=("self",)) if lock else Assignment.objects.all()
    found = rows.filter(id__in=access.assignments_visible_to(actor), id=assignment_id).first()
    if found is None or not assignable(actor, [found.grid_id]):
        raise Problem("not_found")
    return found


@transaction.atomic
def assignment_end(*, actor: Actor, assignment_id: UUID, day: date, reason: str) -> Assignment:
    """The first day on which the worker is no longer in charge: today or later, not after an end already set.

    A doubled call with the same day answers the same. Problems: not_found, assignment_dates_wrong.
    """
    assignment = assignment_of(actor, assignment_id, lock=True)
    if assignment.valid_to == day:
        return assignment
    if day < clock.today() or (assignment.valid_to is not None and day > assignment.valid_to):
        raise Problem("assignment_dates_wrong")
    end_rows(actor, [(assignment, day)], reason)
    return assignment


def end_rows(actor: Actor, ends: Sequence[tuple[Assignment, date]], reason: str) -> None:
    """End locked assignments, each on its day or, when that lies before its beginning, withdraw it."""
    rows = [assignment for assignment, _ in ends]
    for assignment, day in ends:
        assignment.valid_to = max(day, assignment.valid_from)
        assignment.closed = assignment.valid_to <= clock.today()
    Assignment.objects.bulk_update(rows, ["valid_to", "closed"])
    _recorded(actor, rows, "ended", ["valid_to"], reason)


@transaction.atomic
def assignments_close(*, day: date) -> int:
    """Take from the phones the assignments whose last day is past; how many."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(closed=False, valid_to__lte=day)
    ids = sorted(rows.values_list("id", flat=True))
    if ids:
        Assignment.objects.filter(id__in=ids).update(closed=True)
        publish("assignment", ids)
    return len(ids)


def _recorded(
    actor: Actor, rows: Sequence[Assignment], what: str, fields: Sequence[str], reason: str = ""
) -> None:
    facts = [
        Fact(row.id, fields, reason, detail={"grid": str(row.grid_id), "worker": str(row.worker_id)})
        for row in rows
    ]
    record_many(actor=actor, event=f"assignment.{what}", subject_kind="assignment", facts=facts)
    publish("assignment", [row.id for row in rows])
    scopes_changed(row.worker_id for row in rows)

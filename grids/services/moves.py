"""Many assignments at once, from a table: looked at first, then all or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import User
from edge.conf import setting
from grids.models import Assignment, AssignmentKind, Grid, Handover
from grids.moves import Held, MoveRow, Planned, plan, read
from grids.selectors import Vacancy, vacancies
from grids.services.assignments import Charge, assignable, assignments_create, end_rows, no_workers
from grids.sheets import Fault, SheetRefusedError
from kernel import clock, text
from kernel.actor import Actor
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Moved:
    """What the rows do, in order, and which of the grids lack a primary afterwards. `people`: name by user
    name."""

    planned: list[Planned]
    vacant: list[Vacancy]
    people: dict[str, User]
    applied: bool


def assignments_move(*, actor: Actor, table: str, reason: str, dry_run: bool = False) -> Moved:
    """Move assignments by the rows of a CSV table (`grids/moves.py`), all or none. `dry_run`: a preview, made
    by doing it and taking it back, so that the database has had its say.

    Problem `moves_refused` with the faults by row; those of `assignments_create`.
    """
    try:
        with transaction.atomic():
            moved = _move(actor, read(table, most=setting("ASSIGNMENT_MOVES_MAX")), reason, not dry_run)
            transaction.set_rollback(dry_run)
    except SheetRefusedError as refusal:
        faults = [{"row": fault.row, "fault": fault.text} for fault in refusal.faults]
        raise Problem("moves_refused", faults=faults) from refusal
    return moved


def _move(actor: Actor, rows: Sequence[MoveRow], reason: str, applied: bool) -> Moved:
    grids = {grid.code: grid for grid in Grid.objects.filter(code__in={row.grid for row in rows})}
    own = _own(actor, grids.values())
    grids = {code: grid for code, grid in grids.items() if grid.id in own}
    names = {name for row in rows for name in (row.worker, row.instead_of) if name}
    people = {user.username: user for user in User.objects.filter(username__in=names)}
    if faults := _unknown(rows, grids, people):
        raise SheetRefusedError(faults)
    standing = list(
        Assignment.objects.select_for_update(of=("self",)).select_related("worker", "grid")
        .filter(grid__in=[grid.id for grid in grids.values()], closed=False).order_by("id")
    )  # fmt: skip
    planned = plan(rows, _held(standing), clock.today())
    _apply(actor, planned, reason, {row.id: row for row in standing}, (grids, people))
    people |= {row.worker.username: row.worker for row in standing}
    return Moved(planned, vacancies([grid.id for grid in grids.values()]), people, applied)


def _own(actor: Actor, grids: Iterable[Grid]) -> set[UUID]:
    return assignable(actor, [grid.id for grid in grids])


def _unknown(rows: Sequence[MoveRow], grids: dict[str, Grid], people: dict[str, User]) -> list[Fault]:
    """Rows about a grid outside the own area, about nobody, or about somebody who is no grid worker then."""
    faults = [
        Fault(row.row, "辖区内没有该网格 no such grid in your area") for row in rows if row.grid not in grids
    ]
    for row in rows:
        missing = [name for name in (row.worker, row.instead_of) if name and name not in people]
        faults += [Fault(row.row, f"没有该账号 nobody has the user name {name}") for name in missing]
    known = [row for row in rows if row.worker in people]
    bad = no_workers((people[row.worker].id, row.day) for row in known)
    faults += [
        Fault(row.row, f"届时不是网格员 {row.worker} is no grid worker then")
        for row in known
        if (people[row.worker].id, row.day) in bad
    ]
    return sorted(faults, key=lambda fault: fault.row)


def _held(standing: Sequence[Assignment]) -> dict[str, list[Held]]:
    held: dict[str, list[Held]] = {}
    for row in standing:
        entry = Held(row.id, row.worker.username, row.kind, row.valid_from, row.valid_to)
        held.setdefault(row.grid.code, []).append(entry)
    return held


def _apply(
    actor: Actor,
    planned: Sequence[Planned],
    reason: str,
    standing: dict[UUID, Assignment],
    named: tuple[dict[str, Grid], dict[str, User]],
) -> None:
    grids, people = named
    ends = [(standing[e.assignment], p.row.day) for p in planned for e in p.ends if e.assignment]
    if ends:
        end_rows(actor, ends, reason)
    begin = [one for one in planned if one.begins]
    charges = [
        Charge(
            grids[one.row.grid].id, people[one.row.worker].id, AssignmentKind(one.row.kind), one.row.day,
            one.begins.until if one.begins else None,
        )
        for one in begin
    ]  # fmt: skip
    made = assignments_create(actor=actor, charges=charges) if charges else []
    about = {one.row.row: assignment for one, assignment in zip(begin, made, strict=True)}
    _hand_over(actor, planned, about, standing)


def _hand_over(
    actor: Actor,
    planned: Sequence[Planned],
    about: dict[int, Assignment],
    standing: dict[UUID, Assignment],
) -> None:
    """The notes of the table, each with the assignment that begins, else with the one that ends."""
    notes = []
    for one in planned:
        ended = (standing[entry.assignment] for entry in one.ends if entry.assignment)
        assignment = about.get(one.row.row) or next(ended, None)
        if one.row.note and assignment:
            note, _ = text.mask_numbers(one.row.note)
            notes.append(
                Handover(
                    grid_id=assignment.grid_id,
                    assignment=assignment,
                    note=note,
                    author_id=actor.person,
                    created_at=clock.now(),
                )
            )
    Handover.objects.bulk_create(notes)

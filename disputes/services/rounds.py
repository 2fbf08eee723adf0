"""Screening rounds 排查活动: begun, gone through grid by grid, closed with a report. No quota."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from accounts.models import Area, AreaLevel
from audit.services import record
from disputes.models import RoundVisit, Screening, ScreeningRound
from disputes.services.drafting import reach_of
from edge.repeats import made_before
from edge.rows import existing
from grids.models import Assignment, Grid, GridShape
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from tasks.codes import TaskKind
from tasks.machine import duty_listed
from tasks.services import About, task_create, tasks_cancel_for, tasks_done_for

SMALL = 5
"""A count below this is not told: it would point at a household."""


@dataclass(frozen=True, slots=True)
class GridProgress:
    """One grid of a round: gone through or not, and since when."""

    grid: UUID
    code: str
    community: UUID
    visited: bool
    first_on: date | None


@law("EF-10")
@transaction.atomic
def round_open(
    *,
    actor: Actor,
    name: str,
    community_ids: Sequence[UUID],
    starts_on: date,
    ends_on: date,
    categories: Sequence[str] = (),
    id: UUID | None = None,
) -> tuple[ScreeningRound, bool]:
    """Begin a round in communities of one street: whoever is in charge of a grid that takes patrols gets one
    to-do for it, due on the last day. The second value: it was begun before under this id."""
    same = {"name": name, "starts_on": starts_on, "ends_on": ends_on}
    if known := made_before(ScreeningRound, id, made_by_id=actor.person, **same):
        return known, True
    areas = list(Area.objects.filter(id__in=community_ids, level=AreaLevel.COMMUNITY))
    streets = {area.parent_id for area in areas if area.parent_id}
    reach = reach_of(actor)
    if len(areas) != len(set(community_ids)) or len(streets) != 1 or not set(community_ids) <= reach.areas:
        raise Problem("place_unknown")
    if ends_on < starts_on:
        raise Problem("invalid", fields={"ends_on": ["before_start"]})
    made = ScreeningRound.objects.create(
        id=id or uuid7(), name=name, street_id=streets.pop(), communities=sorted({area.id for area in areas}),
        categories=sorted(set(categories)), starts_on=starts_on, ends_on=ends_on,
        made_by_id=actor.person, made_at=clock.now(),
    )  # fmt: skip
    _give_out(actor, made)
    record(actor=actor, event="round.opened", subject_kind="screening_round", subject_id=made.id)
    return made, False


def _give_out(actor: Actor, made: ScreeningRound) -> None:
    rows = Assignment.objects.filter(
        grid__community_id__in=made.communities, valid_from__lte=made.ends_on, kind="primary"
    ).exclude(valid_to__lte=made.starts_on)
    for row in rows.select_related("grid").order_by("grid__code"):
        if duty_listed(TaskKind.PATROL, row.grid.duties):
            task_create(
                actor=actor, kind=TaskKind.PATROL, role=Role.GRID_WORKER, assignee_id=row.worker_id,
                about=About("screening_round", made.id, grid_id=row.grid_id),
                due_at=clock.day_end(made.ends_on),
            )  # fmt: skip


@transaction.atomic
def round_visit(
    *, actor: Actor, round_id: UUID, grid_id: UUID, visited_on: date, device_at: datetime | None = None
) -> tuple[RoundVisit, bool]:
    """A worker has gone through a grid that was the worker's own on that day. A late word about a closed
    round is taken: the report keeps what it counted. The second value: it was said before."""
    found = ScreeningRound.objects.select_for_update().filter(id=round_id).first()
    if found is None or not Grid.objects.filter(id=grid_id, community_id__in=found.communities).exists():
        raise Problem("not_found")
    if grid_id not in reach_of(actor).held(visited_on):
        raise Problem("out_of_scope")
    if not found.starts_on <= visited_on <= found.ends_on or visited_on > clock.today():
        raise Problem("invalid", fields={"visited_on": ["not_in_round"]})
    known = RoundVisit.objects.filter(round=found, grid_id=grid_id, worker_id=actor.person).first()
    if known is not None:
        return known, True
    visit = RoundVisit.objects.create(
        round=found, grid_id=grid_id, worker_id=actor.person, visited_on=visited_on, device_at=device_at,
        at=clock.now(),
    )  # fmt: skip
    record(
        actor=actor, event="round.grid_visited", subject_kind="screening_round", subject_id=found.id,
        device_at=device_at, detail={"grid": str(grid_id)},
    )  # fmt: skip
    round_to_do_done(actor=actor, round_id=found.id, grid_id=grid_id)
    return visit, False


def round_to_do_done(*, actor: Actor, round_id: UUID, grid_id: UUID) -> None:
    """Whoever said that the grid was gone through: its to-do is done."""
    tasks_done_for(actor=actor, subject_kind="screening_round", subject_id=round_id, grid_id=grid_id)


def round_progress(found: ScreeningRound) -> list[GridProgress]:
    """Every grid in force in the round, by code: gone through by a visit, or by a record made for the
    round."""
    days: dict[UUID, date] = {}
    for grid, day in RoundVisit.objects.filter(round=found).values_list("grid_id", "visited_on"):
        days[grid] = min(day, days.get(grid, day))
    told = Screening.objects.filter(round=found, grid__isnull=False).values_list("grid_id", "device_at")
    for grid, at in told:
        day = clock.local_day(at)
        days[grid] = min(day, days.get(grid, day))
    there = GridShape.objects.filter(grid=OuterRef("pk"), valid_from__lte=found.ends_on).exclude(
        valid_to__lte=found.starts_on
    )
    grids = Grid.objects.filter(Exists(there), community_id__in=found.communities).order_by("code")
    return [
        GridProgress(grid.id, grid.code, grid.community_id, grid.id in days, days.get(grid.id))
        for grid in grids
    ]


@law("EF-10")
@transaction.atomic
def round_close(*, actor: Actor, round_id: UUID) -> tuple[ScreeningRound, bool]:
    """Close a round with its report: grids gone through or not, records by category without small counts."""
    found = existing(ScreeningRound.objects.select_for_update().filter(id=round_id))
    if found.closed_at is not None:
        return found, True
    if not set(found.communities) <= reach_of(actor).areas:
        raise Problem("place_unknown")
    found.report = _report(found)
    found.closed_at, found.closed_by_id = clock.now(), actor.person
    found.save(update_fields=["report", "closed_at", "closed_by"])
    tasks_cancel_for(
        actor=actor, subject_kind="screening_round", subject_id=found.id, reason="排查活动结束 round closed"
    )
    record(actor=actor, event="round.closed", subject_kind="screening_round", subject_id=found.id)
    return found, False


def _report(found: ScreeningRound) -> dict[str, Any]:
    progress = round_progress(found)
    rows = Screening.objects.filter(round=found, version_of__isnull=True, restricted=False, protected=False)
    counts = rows.values_list("category").annotate(count=Count("id")).order_by("category")
    return {
        "grids": len(progress),
        "visited": sum(line.visited for line in progress),
        "not_visited": [line.code for line in progress if not line.visited],
        "records": {category: count if count >= SMALL else None for category, count in counts},
    }

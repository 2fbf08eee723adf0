"""Assignments on the day their grid ends: a grid that only got another code keeps its workers."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Q

from accounts.services.memberships import scopes_changed
from audit.services import Fact, record_many
from edge import sqlfile
from grids.importing.pieces import array
from grids.models import Assignment, GridShape
from kernel import clock
from kernel.actor import Actor
from sync.services import publish


def assignments_follow(*, actor: Actor, off: dict[UUID, UUID], on: dict[UUID, UUID]) -> int:
    """End the assignments of grids that ended today (shapes → grids, as announced), and carry those of a
    renamed grid over to its new code; how many were ended. In the caller's transaction."""
    gone = set(off.values()) - set(on.values())
    gone -= set(GridShape.objects.filter(grid__in=gone, announced=True).values_list("grid_id", flat=True))
    today = clock.today()
    rows = Assignment.objects.select_for_update(of=("self",)).filter(grid__in=gone)
    ended = list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).order_by("id"))
    if not ended:
        return 0
    heirs = _renamed(off, on)
    carried = [_carried(row, heirs[row.grid_id]) for row in ended if row.grid_id in heirs]
    for row in ended:
        row.valid_to = max(row.valid_from, today)
        row.closed = row.valid_to <= today
    Assignment.objects.bulk_update(ended, ["valid_to", "closed"])
    Assignment.objects.bulk_create(carried)
    _recorded(actor, ended, "ended")
    _recorded(actor, carried, "created")
    return len(ended)


def _renamed(off: Iterable[UUID], on: Iterable[UUID]) -> dict[UUID, UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "renamed_grids"), {"off": array(off), "on": array(on)})
        return dict(cursor.fetchall())


def _carried(row: Assignment, grid_id: UUID) -> Assignment:
    return Assignment(
        grid_id=grid_id, worker_id=row.worker_id, kind=row.kind, phone=row.phone,
        valid_from=max(row.valid_from, clock.today()), valid_to=row.valid_to, created_by_id=row.created_by_id,
        created_at=clock.now(),
    )  # fmt: skip


def _recorded(actor: Actor, rows: list[Assignment], what: str) -> None:
    if not rows:
        return
    facts = [
        Fact(
            row.id,
            ["grid", "valid_to"],
            "release",
            detail={"grid": str(row.grid_id), "worker": str(row.worker_id)},
        )
        for row in rows
    ]
    record_many(actor=actor, event=f"assignment.{what}", subject_kind="assignment", facts=facts)
    publish("assignment", [row.id for row in rows])
    scopes_changed(row.worker_id for row in rows)

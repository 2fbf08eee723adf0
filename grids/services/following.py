"""Assignments on the day their grid ends or comes back: who had a grid goes on under its new code."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from accounts.services.memberships import scopes_changed
from audit.services import Fact, record_many
from edge import sqlfile
from grids.importing.pieces import array
from grids.models import Assignment, BoundaryRelease, GridShape
from kernel import clock
from kernel.actor import Actor
from sync.services import publish


def assignments_follow(
    *, actor: Actor, release: BoundaryRelease, off: dict[UUID, UUID], on: dict[UUID, UUID]
) -> int:
    """End the assignments of grids that ended today (shapes → grids, as announced), carry those of a renamed
    grid over to its new code, and begin again those that a release now rolled back had ended; how many were
    ended. In the caller's transaction."""
    gone = set(off.values()) - set(on.values())
    gone -= set(GridShape.objects.filter(grid__in=gone, announced=True).values_list("grid_id", flat=True))
    ended = list(_standing(gone).select_for_update(of=("self",)).order_by("id"))
    heirs = _renamed(off, on) if ended else {}
    begun = [_begun(row, heirs[row.grid_id], row.valid_to) for row in ended if row.grid_id in heirs]
    back = _ended_by(release.undoes_id, set(on.values()) - set(heirs.values()))
    begun += [_begun(row, row.grid_id, row.meant_to) for row in back]
    for row in ended:
        row.ended_by, row.meant_to = release, row.valid_to
        row.valid_to = max(row.valid_from, clock.today())
        row.closed = row.valid_to <= clock.today()
    Assignment.objects.bulk_update(ended, ["valid_to", "closed", "ended_by", "meant_to"])
    Assignment.objects.bulk_create(begun)
    _recorded(actor, ended, "ended")
    _recorded(actor, begun, "created")
    return len(ended)


def _standing(grids: Iterable[UUID]) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(grid__in=list(grids))
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=clock.today()))


def _ended_by(release_id: UUID | None, grids: Iterable[UUID]) -> list[Assignment]:
    """What a release ended of these grids and would stand today, unless somebody was put in charge since."""
    if release_id is None:
        return []
    rows = Assignment.objects.filter(grid__in=list(grids), ended_by=release_id)
    rows = rows.exclude(grid__in=_standing(grids).values("grid"))
    return list(rows.exclude(meant_to__lte=clock.today()).order_by("id"))


def _renamed(off: Iterable[UUID], on: Iterable[UUID]) -> dict[UUID, UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "renamed_grids"), {"off": array(off), "on": array(on)})
        return dict(cursor.fetchall())


def _begun(row: Assignment, grid_id: UUID, until: date | None) -> Assignment:
    return Assignment(
        grid_id=grid_id, worker_id=row.worker_id, kind=row.kind, phone=row.phone,
        valid_from=max(row.valid_from, clock.today()), valid_to=until, created_by_id=row.created_by_id,
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

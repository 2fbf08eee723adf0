"""Boundaries that were published for a day to come are taken back before it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from edge import sqlfile
from edge.locks import advisory, longer_statements
from grids.importing.pieces import array, release_communities
from grids.machine import RELEASE
from grids.models import Assignment, BoundaryRelease, GridShape
from grids.services.assignments import end_rows
from grids.services.releases import ACT_MS, locked, recorded
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem


@transaction.atomic
def release_withdraw(*, actor: Actor, release_id: UUID, reason: str) -> BoundaryRelease:
    """What it was to replace goes on as if it had not been published; what it brought is kept as its drafts.
    Whoever was already put in charge of a grid that will not be is told by the end of the assignment.

    Problems: not_found, transition_not_allowed, release_begun (it is or was in force: roll it back),
    release_built_upon (others were published after it: withdraw those first). A doubled call answers the
    same.
    """
    release = locked(actor, release_id)
    if RELEASE.already_done(release.state, "withdraw"):
        return release
    step = RELEASE.apply(release.state, "withdraw", role=actor.role)
    longer_statements(ACT_MS)
    advisory("boundary_release", ["publish"])
    if release.valid_from is None or release.valid_from <= clock.today():
        raise Problem("release_begun")
    where: dict[str, Any] = {
        "release": release.id, "day": release.valid_from,
        "communities": array(release_communities(release.id)),
    }  # fmt: skip
    brought = set(GridShape.objects.filter(release=release).values_list("grid_id", flat=True))
    _take_back(where)
    release.state = step.target
    release.save(update_fields=["state"])
    _stand_again(actor, release)
    ended = _end_assignments(actor, brought, reason)
    detail = {"day": release.valid_from.isoformat(), "assignments": ended}
    recorded(actor, release, "withdrawn", detail, reason)
    return release


def _take_back(where: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "release_built_upon"), where)
        if cursor.fetchone()[0]:
            raise Problem("release_built_upon")
        cursor.execute(sqlfile.load("grids", "release_withdraw"), where)


def _stand_again(actor: Actor, withdrawn: BoundaryRelease) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "standing_again"))
        found = [row[0] for row in cursor.fetchall()]
    for old in BoundaryRelease.objects.select_for_update().filter(id__in=found).order_by("id"):
        old.state = RELEASE.apply(old.state, "stand_again", role=None).target
        old.save(update_fields=["state"])
        recorded(actor, old, "stands_again", {"withdrawn": str(withdrawn.id)})


def _end_assignments(actor: Actor, brought: Iterable[UUID], reason: str) -> int:
    """Of grids that have no shape any more; how many."""
    shaped = GridShape.objects.filter(grid__in=brought).values("grid")
    rows = Assignment.objects.select_for_update(of=("self",)).filter(grid__in=brought, closed=False)
    ended = [(row, row.valid_from) for row in rows.exclude(grid__in=shaped).order_by("id")]
    if ended:
        end_rows(actor, ended, reason)
    return len(ended)

"""The day a release comes into force: phones, names, open work and assignments follow, in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from audit.services import record
from edge import sqlfile
from edge.locks import longer_statements, try_advisory
from grids import restamping
from grids.importing.pieces import array
from grids.machine import ReleaseState
from grids.models import BoundaryRelease
from grids.services.following import assignments_follow
from grids.services.leave import leave_areas_review
from kernel import clock
from kernel.actor import Actor
from sync.services import publish

Turned = dict[str, dict[UUID, UUID]]
"""By kind (`grid`, `area`): shapes that were turned, and their places."""
STATEMENT_MS = 600_000
"""A release may change a whole district, and all open work in it."""


@transaction.atomic
def release_announce(*, actor: Actor, release: BoundaryRelease) -> None:
    """Turn the phones over to what is in force today: shapes, the names and kinds that came with them, open
    work in the ground that changed, and who is in charge of a grid that only got another code."""
    longer_statements(STATEMENT_MS)
    off, on = _turned("announce_off"), _turned("announce_on")
    _take_over(set(on["grid"].values()))
    BoundaryRelease.objects.filter(id=release.id).update(announced_at=clock.now())
    touched = {kind: {*off[kind].values(), *on[kind].values()} for kind in off}
    for kind, ids in touched.items():
        if ids:
            publish(kind, ids)
    moved = restamping.restamp(release.id, off=off["grid"], on=on["grid"])
    followed = assignments_follow(actor=actor, release=release, off=off["grid"], on=on["grid"])
    if touched["area"]:
        leave_areas_review(actor=actor)
    counts = {kind: len(ids) for kind, ids in touched.items()}
    record(
        actor=actor, event="release.announced", subject_kind="boundary_release", subject_id=release.id,
        detail=counts | {"moved": moved, "assignments": followed},
    )  # fmt: skip


def _turned(statement: str) -> Turned:
    turned: Turned = {}
    for kind in ("grid", "area"):
        text = sqlfile.load("grids", statement).replace("{kind}", kind)
        with connection.cursor() as cursor:
            cursor.execute(text, {"today": clock.today()})
            turned[kind] = dict(cursor.fetchall())
    return turned


def _take_over(grid_ids: Iterable[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "take_over"), {"ids": array(grid_ids)})


def releases_announce_due(*, actor: Actor, now: datetime) -> int:
    """Announce what came into force up to now, oldest first, each by itself; how many. One that another
    process is still at is left to it: a district takes minutes."""
    due = BoundaryRelease.objects.filter(
        state=ReleaseState.PUBLISHED, announced_at__isnull=True, valid_from__lte=clock.local_day(now)
    )
    return sum(_announce(actor, release) for release in list(due.order_by("valid_from", "id")))


@transaction.atomic
def _announce(actor: Actor, release: BoundaryRelease) -> bool:
    waits = BoundaryRelease.objects.filter(id=release.id, announced_at__isnull=True)
    if not try_advisory("boundary_release", release.id) or not waits.exists():
        return False
    release_announce(actor=actor, release=release)
    return True

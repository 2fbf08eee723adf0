"""Boundary releases: drafts by import, checked, published with a date, told to the phones on that date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.models import AreaLevel
from accounts.selectors import area_subtree_ids
from audit.services import record
from edge import sqlfile
from grids.importing.loading import load_shapes
from grids.importing.pieces import release_ends, release_parents, release_pieces
from grids.importing.rows import PlaceRow, Step
from grids.importing.validating import Findings, validate
from grids.machine import RELEASE, ReleaseState
from grids.models import AreaShape, BoundaryRelease, GridShape
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from sync.services import publish

FOREIGN_LEVELS = frozenset({AreaLevel.PROVINCE, AreaLevel.CITY, AreaLevel.DISTRICT})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a release comes from: a title, the file or generator, the declared coordinate system."""

    title: str
    source: str
    crs: str
    synthetic: bool = False


@transaction.atomic
def release_import(
    *,
    actor: Actor,
    origin: Origin,
    area_id: UUID,
    grids: Sequence[PlaceRow] = (),
    areas: Sequence[PlaceRow] = (),
    step: Step | None = None,
) -> BoundaryRelease:
    """A draft with the given shapes (checked rows). Nothing of it is in force."""
    release = BoundaryRelease.objects.create(
        title=origin.title, area_id=area_id, source=origin.source, crs=origin.crs, synthetic=origin.synthetic,
        imported_by_id=actor.user_id, imported_at=clock.now(),
    )  # fmt: skip
    if areas:
        load_shapes(release.id, areas, grids=False, step=step)
    if grids:
        load_shapes(release.id, grids, grids=True, synthetic=origin.synthetic, step=step)
    counts = {"grids": len(grids), "areas": len(areas)}
    _recorded(actor, release, "imported", counts)
    return release


@transaction.atomic
def release_validate(*, actor: Actor, release_id: UUID) -> BoundaryRelease:
    """Check coverage and parents (GR-3), households (GR-1); without errors it becomes validated."""
    release = _locked(release_id)
    step = RELEASE.apply(release.state, "validate", role=actor.role)
    findings = Findings()
    parents = release_parents(release.id)
    for level, pieces in release_pieces(release.id).items():
        found = validate(pieces, parents)
        # The borders of counties are not the district's to mend.
        (findings.warnings if level in FOREIGN_LEVELS else findings.errors).extend(found.errors)
        findings.warnings += found.warnings
    findings.warnings += release_ends(release.id)
    release.findings = findings.as_json()
    if not findings.errors:
        release.state = step.target
    release.save(update_fields=["findings", "state"])
    _recorded(actor, release, "validated", {"errors": len(findings.errors)})
    return release


@transaction.atomic
def release_publish(*, actor: Actor, release_id: UUID, day: date) -> BoundaryRelease:
    """Put a validated release into force from `day`, all or nothing; what it replaces ends then.

    A day before today is taken only for the very first boundaries. Problems: release_not_valid,
    release_day_past, release_day_taken.
    """
    release = _locked(release_id)
    if release.state == ReleaseState.DRAFT:
        raise Problem("release_not_valid", findings=release.findings)
    step = RELEASE.apply(release.state, "publish", role=actor.role)
    _check_day(release, day)
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "release_publish"), {"release": release.id, "day": day})
    for model in (GridShape, AreaShape):
        model.objects.filter(release=release).update(valid_from=day)
    release.state, release.valid_from = step.target, day
    release.published_at, release.published_by_id = clock.now(), actor.user_id
    release.save(update_fields=["state", "valid_from", "published_at", "published_by"])
    _supersede(actor, release)
    _recorded(actor, release, "published", {"day": day.isoformat()})
    if day <= clock.today():
        release_announce(actor=actor, release=release)
    return release


def _check_day(release: BoundaryRelease, day: date) -> None:
    below = area_subtree_ids(release.area_id)
    shapes = GridShape.objects.filter(valid_from__isnull=False, grid__community_id__in=below)
    if day < clock.today() and shapes.exists():
        raise Problem("release_day_past")
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "release_conflict"), {"release": release.id, "day": day})
        if cursor.fetchone()[0]:
            raise Problem("release_day_taken")


def _supersede(actor: Actor, release: BoundaryRelease) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "superseded"), {"release": release.id})
        over = [row[0] for row in cursor.fetchall()]
    for old in BoundaryRelease.objects.select_for_update().filter(id__in=over).order_by("id"):
        old.state = RELEASE.apply(old.state, "supersede", role=None).target
        old.save(update_fields=["state"])
        _recorded(actor, old, "superseded", {"by": str(release.id)})


@transaction.atomic
def release_announce(*, actor: Actor, release: BoundaryRelease) -> None:
    """Turn the phones over to what is in force today: shapes, and the names and kinds that came with them."""
    touched: dict[str, set[UUID]] = {}
    for kind in ("grid", "area"):
        with connection.cursor() as cursor:
            touched[kind] = set()
            for statement in ("announce_off", "announce_on"):
                text = sqlfile.load("grids", statement).replace("{kind}", kind)
                cursor.execute(text, {"today": clock.today()})
                touched[kind] |= {row[0] for row in cursor.fetchall()}
    _take_over(touched["grid"])
    BoundaryRelease.objects.filter(id=release.id).update(announced_at=clock.now())
    for kind, ids in touched.items():
        if ids:
            publish(kind, ids)
    _recorded(actor, release, "announced", {kind: len(ids) for kind, ids in touched.items()})


def _take_over(grid_ids: set[UUID]) -> None:
    with connection.cursor() as cursor:
        ids = "{" + ",".join(map(str, grid_ids)) + "}"
        cursor.execute(sqlfile.load("grids", "take_over"), {"ids": ids})


@transaction.atomic
def release_restore(*, actor: Actor, release_id: UUID, day: date) -> BoundaryRelease:
    """Roll back: the shapes of an older release come into force again from `day`, as a release of their own.

    Nothing is taken out of history. Problems: not_found, transition_not_allowed (it never was in force), and
    those of `release_publish`.
    """
    old = _locked(release_id)
    RELEASE.apply(old.state, "restore", role=actor.role)
    release = BoundaryRelease.objects.create(
        title=old.title, area_id=old.area_id, source=old.source, crs=old.crs, synthetic=old.synthetic,
        imported_by_id=actor.user_id, imported_at=clock.now(),
    )  # fmt: skip
    for kind, columns in (("grid", "name, kind, households,"), ("area", "")):
        text = sqlfile.load("grids", "release_copy").replace("{kind}", kind).replace("{columns}", columns)
        with connection.cursor() as cursor:
            cursor.execute(text, {"release": release.id, "old": old.id})
    _recorded(actor, release, "restored", {"from": str(old.id)})
    release_validate(actor=actor, release_id=release.id)
    return release_publish(actor=actor, release_id=release.id, day=day)


def releases_announce_due(*, actor: Actor, now: datetime) -> int:
    """Announce what came into force up to now, oldest first, each by itself; how many."""
    due = BoundaryRelease.objects.filter(
        state=ReleaseState.PUBLISHED, announced_at__isnull=True, valid_from__lte=clock.local_day(now)
    )
    releases = list(due.order_by("valid_from", "id"))
    for release in releases:
        release_announce(actor=actor, release=release)
    return len(releases)


def _locked(release_id: UUID) -> BoundaryRelease:
    release = BoundaryRelease.objects.select_for_update(of=("self",)).filter(id=release_id).first()
    if release is None:
        raise Problem("not_found")
    return release


def _recorded(actor: Actor, release: BoundaryRelease, what: str, detail: Mapping[str, object]) -> None:
    record(
        actor=actor,
        event=f"release.{what}",
        subject_kind="boundary_release",
        subject_id=release.id,
        detail=detail,
    )

"""Boundary releases: drafts by import, checked, published with a date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts.models import AreaLevel
from accounts.selectors import area_subtree_ids
from audit.services import record
from edge import sqlfile
from edge.conf import setting
from edge.locks import advisory, longer_statements
from edge.rows import existing
from grids import access, codes
from grids.comparing import renamed
from grids.faults import FaultKind, Severity
from grids.importing.loading import load_drafts
from grids.importing.pieces import (
    GRID,
    Drafts,
    array,
    pieces,
    release_communities,
    release_drafts,
    release_ends,
    release_parents,
    sides_in_force,
    sides_of,
)
from grids.importing.rows import Columns, Fault, PlaceRow, Step
from grids.importing.validating import Findings, validate
from grids.machine import RELEASE, ReleaseState
from grids.models import BoundaryRelease, DraftRow, GridShape
from grids.restamping import more_than
from grids.services.announcing import release_announce
from grids.services.findings import findings_keep
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem

DAY = timedelta(days=1)
ACT_MS = 60_000
"""For an act on the boundaries of a whole district, while somebody waits."""
TITLE_MAX = 150
AGAIN = {"rolled_back": "回退", "restored": "恢复"}
"""How a release that undoes another one, or brings it back, is entitled."""
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
    grids: Columns | Sequence[PlaceRow] = (),
    areas: Columns | Sequence[PlaceRow] = (),
    step: Step | None = None,
) -> BoundaryRelease:
    """A draft with the given rows (checked). Nothing of it is in force."""
    release = BoundaryRelease.objects.create(
        title=origin.title, area_id=area_id, source=origin.source, crs=origin.crs, synthetic=origin.synthetic,
        imported_by_id=actor.user_id, imported_at=clock.now(),
    )  # fmt: skip
    for level, columns in _by_level(grids, areas).items():
        load_drafts(release.id, level, columns, step)
    recorded(actor, release, "imported", {"grids": len(grids), "areas": len(areas)})
    return release


def _by_level(grids: Columns | Sequence[PlaceRow], areas: Columns | Sequence[PlaceRow]) -> Drafts:
    levels: Drafts = {}
    if isinstance(areas, Columns) and areas:
        levels[codes.level_of(areas.codes[0])] = areas
    elif areas:
        found = {row.code: codes.level_of(row.code) for row in areas}
        for level in sorted(set(found.values())):
            levels[level] = Columns.of([row for row in areas if found[row.code] == level])
    if grids:
        levels[GRID] = grids if isinstance(grids, Columns) else Columns.of(grids)
    return levels


@transaction.atomic
def release_validate(
    *, actor: Actor, release_id: UUID, drafts: Drafts | None = None, notes: Iterable[Fault] = ()
) -> BoundaryRelease:
    """Check coverage and parents (GR-3), households (GR-1); without errors it becomes validated.

    `drafts` saves reading the rows again where the caller has just stored them; `notes` go into the report.
    What is validated already is answered as it is. Problems: not_found, transition_not_allowed.
    """
    release = locked(actor, release_id)
    if RELEASE.already_done(release.state, "validate"):
        return release
    longer_statements(ACT_MS)
    step = RELEASE.apply(release.state, "validate", role=actor.role)
    rows = release_drafts(release.id) if drafts is None else drafts
    findings = Findings([*_checked(release, rows), *_against_what_stands(release, rows), *notes])
    release.findings = findings.as_json()
    if not findings.of(Severity.ERROR):
        release.state = step.target
    release.save(update_fields=["findings", "state"])
    findings_keep(findings.faults, release=release)
    recorded(actor, release, "validated", {"errors": len(findings.of(Severity.ERROR))})
    return release


def _checked(release: BoundaryRelease, rows: Drafts) -> Iterable[Fault]:
    for level, columns in rows.items():
        those = pieces(level, columns)
        parents = release_parents(release.id, set(those.parents), clock.today())
        for fault in validate(those, parents):
            # The borders of counties are not the district's to mend.
            foreign = level in FOREIGN_LEVELS and fault.severity is Severity.ERROR
            yield _as_warning(fault) if foreign else fault


def _as_warning(fault: Fault) -> Fault:
    return Fault(fault.row, fault.kind, fault.facts, fault.code, fault.geometry, Severity.WARNING)


def _against_what_stands(release: BoundaryRelease, rows: Drafts) -> Iterable[Fault]:
    """Codes that change though the shape stays, and grids that end."""
    communities, day = release_communities(release.id), clock.today()
    if not communities:
        return
    if GRID in rows:
        before, at = (
            sides_in_force(communities, day),
            {code: row for row, code in enumerate(rows[GRID].codes)},
        )
        gone = [side for side in before if side.code not in at]
        stand = {side.code for side in before}
        new = sides_of(rows[GRID], stand) if gone else []
        for old, code in renamed(gone, new):
            number, shape = rows[GRID].numbers[at[code]], rows[GRID].shapes[at[code]]
            yield Fault(number, FaultKind.RENAMED, {"other": old}, code, shape, Severity.WARNING)
    for code, workers, shape in release_ends(release.id, communities, day):
        yield Fault(0, FaultKind.ENDS, {"assignments": workers}, code, shape, Severity.WARNING)


@transaction.atomic
def release_publish(*, actor: Actor, release_id: UUID, day: date) -> BoundaryRelease:
    """Put a validated release into force from `day`, all or nothing; what it replaces ends then.

    What stays as it is keeps its shape and its release. A day before today is taken only for the very first
    boundaries. Where more open records than a request may move lie in its communities, the job announces it
    within a minute. A doubled call with the same day answers the same.

    Problems: not_found, release_not_valid, release_day_past, release_day_taken, release_changes_nothing.
    """
    release = locked(actor, release_id)
    if release.valid_from == day and release.state != ReleaseState.WITHDRAWN:
        return release
    if release.state == ReleaseState.DRAFT:
        raise Problem("release_not_valid", findings=release.findings)
    step = RELEASE.apply(release.state, "publish", role=actor.role)
    longer_statements(ACT_MS)
    advisory("boundary_release", ["publish"])
    communities = release_communities(release.id)
    _check_day(release, communities, day)
    _put_into_force(release, communities, day)
    release.state, release.valid_from = step.target, day
    release.published_at, release.published_by_id = clock.now(), actor.user_id
    release.save(update_fields=["state", "valid_from", "published_at", "published_by"])
    _supersede(actor, release)
    recorded(actor, release, "published", {"day": day.isoformat()})
    if day <= clock.today() and not more_than(setting("RELEASE_AT_ONCE_MAX"), communities):
        release_announce(actor=actor, release=release)
    return release


def _put_into_force(release: BoundaryRelease, communities: Sequence[UUID], day: date) -> None:
    where: dict[str, Any] = {
        "release": release.id, "day": day, "communities": array(communities), "synthetic": release.synthetic,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "release_unchanged"), where)
        where["unchanged"] = array(row[0] for row in cursor.fetchall())
        left = DraftRow.objects.filter(release=release).count()
        cursor.execute(sqlfile.load("grids", "release_publish"), where)
        ended = sum(cursor.fetchone())
        if not left and not ended:
            raise Problem("release_changes_nothing")
        cursor.execute(sqlfile.load("grids", "release_new_grids"), where)
        cursor.execute(sqlfile.load("grids", "release_shapes"), where)
        if sum(cursor.fetchone()) != left:
            raise Problem("release_not_valid", "a division above its rows has ended")
    DraftRow.objects.filter(release=release).delete()


def _check_day(release: BoundaryRelease, communities: Sequence[UUID], day: date) -> None:
    below = area_subtree_ids(release.area_id)
    if day < clock.today() and GridShape.objects.filter(grid__community_id__in=below).exists():
        raise Problem("release_day_past")
    with connection.cursor() as cursor:
        where: dict[str, Any] = {"release": release.id, "day": day, "communities": array(communities)}
        cursor.execute(sqlfile.load("grids", "release_conflict"), where)
        if cursor.fetchone()[0]:
            raise Problem("release_day_taken")


def _supersede(actor: Actor, release: BoundaryRelease) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "superseded"), {"release": release.id})
        over = [row[0] for row in cursor.fetchall()]
    for old in BoundaryRelease.objects.select_for_update().filter(id__in=over).order_by("id"):
        old.state = RELEASE.apply(old.state, "supersede", role=None).target
        old.save(update_fields=["state"])
        recorded(actor, old, "superseded", {"by": str(release.id)})


@transaction.atomic
def release_restore(*, actor: Actor, release_id: UUID, day: date) -> BoundaryRelease:
    """What stood in its communities on the day an older release came into force stands again from `day`, as a
    release of its own.

    Nothing is taken out of history. Problems: not_found, transition_not_allowed (it never was in force), and
    those of `release_publish`. A doubled call with the same day answers the same.
    """
    old = locked(actor, release_id)
    if made := _made_before(day, restores=old):
        return made
    RELEASE.apply(old.state, "restore", role=actor.role)
    return _again(actor, _Copy(old, "restored", old.valid_from), day)


@transaction.atomic
def release_roll_back(*, actor: Actor, release_id: UUID, day: date, reason: str) -> BoundaryRelease:
    """Undo a release: what stood in its communities on the day before it stands again from `day`, as a
    release of its own; the grids of new codes end, open work goes back, and so do the workers whose grids it
    had ended.

    Problems: not_found, transition_not_allowed, release_not_begun (it is not in force yet), and those of
    `release_publish`. A doubled call with the same day answers the same.
    """
    old = locked(actor, release_id)
    if made := _made_before(day, undoes=old):
        return made
    RELEASE.apply(old.state, "roll_back", role=actor.role)
    if old.valid_from is None or old.valid_from > clock.today():
        raise Problem("release_not_begun")
    return _again(actor, _Copy(old, "rolled_back", old.valid_from - DAY, reason), day)


def _made_before(day: date, **of: BoundaryRelease) -> BoundaryRelease | None:
    """What an equal request has brought into force from that day."""
    rows = BoundaryRelease.objects.filter(**of, valid_from=day)
    return rows.exclude(state=ReleaseState.WITHDRAWN).first()


@dataclass(frozen=True, slots=True)
class _Copy:
    """Of what a release is made again, and as it stood on which day."""

    old: BoundaryRelease
    what: str
    since: date | None
    reason: str = ""

    @property
    def title(self) -> str:
        named = f"{AGAIN[self.what]}：{self.old.title}"
        return named if len(named) <= TITLE_MAX else named[: TITLE_MAX - 1] + "…"


def _again(actor: Actor, copy: _Copy, day: date) -> BoundaryRelease:
    longer_statements(ACT_MS)
    old = copy.old
    communities = release_communities(old.id)
    release = BoundaryRelease.objects.create(
        title=copy.title, area_id=old.area_id, source=old.source, crs=old.crs, synthetic=old.synthetic,
        covers=communities, imported_by_id=actor.user_id, imported_at=clock.now(),
        undoes=old if copy.what == "rolled_back" else None, restores=old if copy.what == "restored" else None,
    )  # fmt: skip
    with connection.cursor() as cursor:
        where: dict[str, Any] = {
            "release": release.id, "old": old.id, "communities": array(communities), "day": copy.since,
        }  # fmt: skip
        cursor.execute(sqlfile.load("grids", "release_copy"), where)
    recorded(actor, release, copy.what, {"from": str(old.id)}, copy.reason)
    release_validate(actor=actor, release_id=release.id)
    return release_publish(actor=actor, release_id=release.id, day=day)


def locked(actor: Actor, release_id: UUID) -> BoundaryRelease:
    """A release that the actor may change. Problem `not_found`."""
    rows = BoundaryRelease.objects.select_for_update(of=("self",))
    release = existing(rows.filter(id__in=access.releases_visible_to(actor), id=release_id))
    return release


def recorded(
    actor: Actor, release: BoundaryRelease, what: str, detail: Mapping[str, object], reason: str = ""
) -> None:
    record(
        actor=actor, event=f"release.{what}", subject_kind="boundary_release", subject_id=release.id,
        detail=detail, reason=reason,
    )  # fmt: skip

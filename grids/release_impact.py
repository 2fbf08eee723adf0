"""What a release would change and move, told before it is published.

What stands above this package counts its own records by grid: it enters a counter here.

    count_grids_by("visit_due", lambda actor, grid_ids: {grid_id: 3, …})
"""

from collections import Counter as Counted
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Device, DeviceState
from grids import restamping
from grids.comparing import Change, ChangeKind, differences
from grids.importing.pieces import GRID, release_communities, release_drafts, sides_in_force, sides_of
from grids.machine import ReleaseState
from grids.models import Assignment, BoundaryRelease, Grid
from grids.restamping import Flow
from kernel import clock
from kernel.actor import Actor

Counter = Callable[[Actor, Sequence[UUID]], Mapping[UUID, int]]
_counters: dict[str, Counter] = {}


@dataclass(slots=True)
class GridImpact:
    """One grid in force that changes or ends. `workers` in charge, `devices` of theirs that are in use,
    `open`: what packages count, as far as the actor may know of it. `carried_to`: the code that takes its
    workers over.
    """

    code: str
    ends: bool
    after: tuple[str, ...]
    carried_to: str | None = None
    workers: int = 0
    devices: int = 0
    open: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReleaseImpact:
    """`moves`: open records that would get another grid. `vacant`: grids that begin with nobody in charge."""

    changes: list[Change]
    moves: list[Flow]
    grids: list[GridImpact]
    vacant: list[str]


def count_grids_by(name: str, counter: Counter) -> None:
    """Enter what a package counts by grid, once."""
    if name in _counters:
        raise ValueError(f"{name} is counted twice")
    _counters[name] = counter


def release_changes(release: BoundaryRelease) -> list[Change]:
    """The difference between a release and what it replaces: for a draft (also one again) what is in force
    today, for a published one what was on the day before it."""
    communities = release_communities(release.id)
    if release.valid_from is None or release.state == ReleaseState.WITHDRAWN:
        after = sides_of(release_drafts(release.id).get(GRID))
        return differences(sides_in_force(communities, clock.today()), after)
    before = date.fromordinal(release.valid_from.toordinal() - 1)
    return differences(sides_in_force(communities, before), sides_in_force(communities, release.valid_from))


def release_impact(actor: Actor, release: BoundaryRelease) -> ReleaseImpact:
    """What publishing a draft today would move. Nothing but the changes for one that is published already."""
    changes = release_changes(release)
    if release.state not in (ReleaseState.DRAFT, ReleaseState.VALIDATED):
        return ReleaseImpact(changes, [], [], [])
    moves = restamping.preview(release.id, release_communities(release.id), clock.today())
    grids = _grids(actor, changes)
    carried = {grid.carried_to for grid in grids if grid.carried_to}
    begun = {code for change in changes for code in set(change.after) - set(change.before)}
    return ReleaseImpact(changes, moves, grids, sorted(begun - carried - _in_charge(begun)))


def _grids(actor: Actor, changes: Iterable[Change]) -> list[GridImpact]:
    found = {
        code: GridImpact(code, code not in change.after, change.after)
        for change in changes
        for code in change.before
    }
    for change in changes:
        if change.kind is ChangeKind.RENAMED and change.before[0] in found:
            found[change.before[0]].carried_to = change.after[0]
    ids = dict(Grid.objects.filter(code__in=found).values_list("id", "code"))
    charges = _workers(ids)
    devices = _devices(set().union(*charges.values()))
    for grid_id, workers in charges.items():
        grid = found[ids[grid_id]]
        grid.workers, grid.devices = len(workers), sum(devices[worker] for worker in workers)
    for name, counter in sorted(_counters.items()):
        for grid_id, count in counter(actor, list(ids)).items():
            found[ids[grid_id]].open[name] = count
    return [found[code] for code in sorted(found)]


def _workers(grid_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    workers: dict[UUID, set[UUID]] = {}
    rows = _assignments().filter(grid__in=list(grid_ids))
    for grid_id, worker_id in rows.values_list("grid_id", "worker_id"):
        workers.setdefault(grid_id, set()).add(worker_id)
    return workers


def _in_charge(codes: Iterable[str]) -> set[str]:
    rows = _assignments().filter(grid__code__in=list(codes))
    return set(rows.values_list("grid__code", flat=True))


def _assignments() -> QuerySet[Assignment]:
    today = clock.today()
    return Assignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today), closed=False)


def _devices(workers: Iterable[UUID]) -> Counted[UUID]:
    """How many each of them has."""
    states = (DeviceState.ACTIVE, DeviceState.SUSPENDED)
    rows = Device.objects.filter(user__in=list(workers), state__in=states)
    return Counted(rows.values_list("user_id", flat=True))

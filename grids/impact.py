"""What moves when somebody is no longer in charge of a grid: told before it is done.

What stands above this package counts its own records: it enters a counter here.

    count_by("dispute", lambda actor, assignment: disputes_visible_to(actor).filter(…).count())
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from accounts.models import Device, DeviceState
from grids.models import Assignment
from kernel import clock
from kernel.actor import Actor
from sync import status
from sync.models import Row
from sync.status import DeviceStatus

Counter = Callable[[Actor, Assignment], int]
_counters: dict[str, Counter] = {}


@dataclass(frozen=True, slots=True)
class Impact:
    """`leaves`: living records by kind that leave the worker's phones with the grid. `open`: open work of the
    grid, or of the worker there, as far as the actor may know of it. `remaining`: who else is in charge
    today. `waiting`: items of the worker's phones that are held, quarantined, rejected or in conflict;
    `unsent`: what the phones said they had not sent.
    """

    assignment: UUID
    grid: UUID
    worker: UUID
    leaves: dict[str, int]
    open: dict[str, int]
    remaining: list[UUID]
    waiting: dict[str, int]
    unsent: int
    devices: list[DeviceStatus]


def count_by(name: str, counter: Counter) -> None:
    """Enter what a package counts, once."""
    if name in _counters:
        raise ValueError(f"{name} is counted twice")
    _counters[name] = counter


def impact_of(actor: Actor, assignment: Assignment) -> Impact:
    """What ending this assignment, today, would move."""
    phones = status.devices(_phones(assignment.worker_id))
    states = ("held", "quarantined", "rejected", "conflict")
    return Impact(
        assignment=assignment.id,
        grid=assignment.grid_id,
        worker=assignment.worker_id,
        leaves=_leaves(assignment.grid_id),
        open={name: counter(actor, assignment) for name, counter in sorted(_counters.items())},
        remaining=_remaining(assignment),
        waiting={state: sum(getattr(phone, state) for phone in phones) for state in states},
        unsent=sum(phone.unsent or 0 for phone in phones),
        devices=phones,
    )


def _leaves(grid_id: UUID) -> dict[str, int]:
    rows = Row.objects.filter(scope=f"grid:{grid_id}", deleted=False)
    return dict(rows.values_list("kind").annotate(number=Count("*")).order_by("kind"))


def _phones(worker_id: UUID) -> list[UUID]:
    """Those that may still hold something: of the worker, enrolled, neither wiped nor retired."""
    states = (DeviceState.ACTIVE, DeviceState.SUSPENDED, DeviceState.LOST)
    return list(Device.objects.filter(user=worker_id, state__in=states).values_list("id", flat=True))


def _remaining(assignment: Assignment) -> list[UUID]:
    today = clock.today()
    rows = Assignment.objects.filter(grid=assignment.grid_id, closed=False, valid_from__lte=today)
    others = rows.exclude(worker=assignment.worker_id).exclude(valid_to__lte=today)
    return sorted(others.values_list("worker_id", flat=True))

"""What time does to places: the tree changes, releases come into force, assignments end."""

from collections.abc import Callable
from datetime import datetime

import structlog

from grids import remembering, services
from grids.services.imports import imports_restart
from grids.services.map_shapes import map_shapes_make
from grids.services.packs import packs_make
from kernel import clock
from kernel.actor import SYSTEM

log = structlog.get_logger()
Step = Callable[[datetime], int]


def due(now: datetime) -> int:
    """Process what is due; how many rows. Also brings the phones' code tables to what the code says, makes
    the shapes for maps and the offline packs, and queues imports again that a killed worker left. One step
    that fails is logged and holds up no other."""
    done = sum(_safely(name, step, now) for name, step in STEPS.items())
    remembering.sweep()
    return done


def _announce(now: datetime) -> int:
    return services.releases_announce_due(actor=SYSTEM, now=now)


def _close(now: datetime) -> int:
    return services.assignments_close(day=clock.local_day(now))


STEPS: dict[str, Step] = {
    # The tree before the shapes: grids take over the codes of their communities.
    "planned changes": services.planned_changes_apply,
    "releases": _announce,
    "assignments": _close,
    "code tables": lambda _now: services.code_tables_refresh(),
    "imports": imports_restart,
    "map shapes": lambda _now: map_shapes_make(),
    "packs": lambda _now: packs_make(),
}


def _safely(name: str, step: Step, now: datetime) -> int:
    try:
        return step(now)
    except Exception as error:
        log.error("due work failed", job=f"grids: {name}", error_type=type(error).__name__)
        return 0

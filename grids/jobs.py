"""What time does to places: releases come into force, assignments end."""

from datetime import datetime

from grids import remembering, services
from grids.services.imports import imports_restart
from grids.services.map_shapes import map_shapes_make
from grids.services.packs import packs_make
from kernel import clock
from kernel.actor import SYSTEM


def due(now: datetime) -> int:
    """Process what is due; how many rows. Also brings the phones' code tables to what the code says, makes
    the shapes for maps and the offline packs, and queues imports again that a killed worker left."""
    done = services.releases_announce_due(actor=SYSTEM, now=now)
    done += services.assignments_close(day=clock.local_day(now))
    done += services.code_tables_refresh() + imports_restart(now)
    done += map_shapes_make() + packs_make()
    remembering.sweep()
    return done

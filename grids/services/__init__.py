"""Writes: boundary releases, assignments, leave areas, code tables."""

from grids.services.announcing import release_announce, releases_announce_due
from grids.services.assignments import (
    Charge,
    assignment_end,
    assignment_of,
    assignments_close,
    assignments_create,
)
from grids.services.divisions import Divided
from grids.services.handovers import handover_take, handover_write
from grids.services.leave import leave_area_confirm, leave_area_preview, leave_areas_review
from grids.services.moves import Moved, assignments_move
from grids.services.planned import areas_change, planned_change_withdraw, planned_changes_apply
from grids.services.releases import (
    release_import,
    release_publish,
    release_restore,
    release_roll_back,
    release_validate,
)
from grids.services.tables import code_tables_refresh
from grids.services.withdrawing import release_withdraw

__all__ = [
    "Charge",
    "Divided",
    "Moved",
    "areas_change",
    "assignment_end",
    "assignment_of",
    "assignments_close",
    "assignments_create",
    "assignments_move",
    "code_tables_refresh",
    "handover_take",
    "handover_write",
    "leave_area_confirm",
    "leave_area_preview",
    "leave_areas_review",
    "planned_change_withdraw",
    "planned_changes_apply",
    "release_announce",
    "release_import",
    "release_publish",
    "release_restore",
    "release_roll_back",
    "release_validate",
    "release_withdraw",
    "releases_announce_due",
]

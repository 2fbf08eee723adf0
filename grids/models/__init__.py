"""Grids, their shapes by boundary release, who is in charge, and the leave areas of corrections."""

from grids.machine import ImportState, PlannedChangeState, ReleaseState
from grids.models.duty import Assignment, AssignmentKind, Handover
from grids.models.imports import BoundaryImport, DraftRow, Finding, Restamp
from grids.models.leave import LeaveArea, LeaveAreaMember
from grids.models.maps import MapChange, MapKey, MapShape, Pack, PackPart
from grids.models.places import AreaShape, BoundaryRelease, Grid, GridShape
from grids.models.planned import PlannedChange
from grids.models.tables import CodeTableRow

__all__ = [
    "AreaShape",
    "Assignment",
    "AssignmentKind",
    "BoundaryImport",
    "BoundaryRelease",
    "CodeTableRow",
    "DraftRow",
    "Finding",
    "Grid",
    "GridShape",
    "Handover",
    "ImportState",
    "LeaveArea",
    "LeaveAreaMember",
    "MapChange",
    "MapKey",
    "MapShape",
    "Pack",
    "PackPart",
    "PlannedChange",
    "PlannedChangeState",
    "ReleaseState",
    "Restamp",
]

"""Grids, their shapes by boundary release, who is in charge, and the leave areas of corrections."""

from grids.machine import ReleaseState
from grids.models.duty import Assignment, AssignmentKind, Handover
from grids.models.leave import LeaveArea, LeaveAreaMember
from grids.models.maps import MapKey, MapShape, Pack, PackPart
from grids.models.places import AreaShape, BoundaryRelease, Grid, GridShape
from grids.models.tables import CodeTableRow

__all__ = [
    "AreaShape",
    "Assignment",
    "AssignmentKind",
    "BoundaryRelease",
    "CodeTableRow",
    "Grid",
    "GridShape",
    "Handover",
    "LeaveArea",
    "LeaveAreaMember",
    "MapKey",
    "MapShape",
    "Pack",
    "PackPart",
    "ReleaseState",
]

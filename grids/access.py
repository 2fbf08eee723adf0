"""Who sees which places. Shapes, codes and worker contacts of a street are shared on purpose (GR-8);
residents, cases and corrections are not here.
"""

from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.models import Area
from accounts.selectors import actor_areas, area_ancestors, area_subtree_ids
from edge import sqlfile
from edge.driver import raw_cursor
from edge.policy import EVERYONE, Policy
from grids import remembering
from grids.models import (
    Assignment,
    BoundaryImport,
    BoundaryRelease,
    CodeTableRow,
    Grid,
    GridShape,
    Handover,
    LeaveArea,
    PlannedChange,
)
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import AreaLevel
from kernel.codes.roles import Role

# Roles whose work has no place on the map: they see the names of districts and nothing below.
PLACELESS = frozenset({Role.LIAISON_OFFICER, Role.COMPLAINTS_DESK, Role.PROCURATOR, Role.AUDITOR})
STAFF_ON_THE_MAP = tuple(sorted(EVERYONE - PLACELESS - {Role.GRID_WORKER}))
COMMON_LEVELS = (AreaLevel.PROVINCE, AreaLevel.CITY, AreaLevel.DISTRICT)

SUPERVISING = frozenset(
    {Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.BUREAU_HEAD, Role.PROCURATOR}
)

READ = Policy(EVERYONE)
ASSIGN = frozenset({Role.COMMUNITY_COORDINATOR, Role.DISTRICT_ADMIN})
MAP_MAKERS = Policy({Role.DISTRICT_ADMIN})
ASSIGNMENTS = Policy(
    {
        "list": EVERYONE, "retrieve": EVERYONE, "create": ASSIGN, "end": ASSIGN, "impact": ASSIGN,
    }
)  # fmt: skip
AREA_CHANGES = Policy({"list": EVERYONE, "create": {Role.DISTRICT_ADMIN}})
PLANNED_CHANGES = Policy({Role.DISTRICT_ADMIN})
LEAVE_AREAS = Policy({"list": SUPERVISING, "retrieve": SUPERVISING, "create": {Role.AGENCY_HEAD}})
MOVES = Policy({"post": ASSIGN})
VACANCIES = Policy({"get": ASSIGN})
CALENDAR = Policy({"get": ASSIGN | {Role.GRID_WORKER}})
HANDOVERS = Policy(
    {
        "list": ASSIGN | {Role.GRID_WORKER}, "create": ASSIGN | {Role.GRID_WORKER},
        "take": {Role.GRID_WORKER},
    }
)  # fmt: skip


def streets_sql() -> str:
    """The SELECT of visible street ids; parameters `user role organisation today`."""
    roles = ", ".join(f"'{role.value}'" for role in STAFF_ON_THE_MAP)
    return sqlfile.load("grids", "visible_streets").replace("any(%(staff)s)", f"any(array[{roles}])")


STREETS_KEPT = 10_000
_streets: remembering.Memory[tuple[UUID, ...]] = remembering.Memory(STREETS_KEPT)


def visible_streets(actor: Actor) -> tuple[UUID, ...]:
    """Ids of the streets whose places the actor shares today, in their order."""
    return streets_in(remembering.present(), actor)


def streets_in(state: remembering.State | None, actor: Actor) -> tuple[UUID, ...]:
    """The same for who has just asked for the state of all places."""
    if actor.role is None or actor.user_id is None:
        return ()
    parameters: dict[str, Any] = {
        "user": actor.user_id if actor.role == Role.GRID_WORKER else None,
        "role": actor.role.value,
        "organisation": actor.organisation_id,
        "today": clock.today(),
    }
    return _streets.get(state, tuple(parameters.values()), lambda: _read_streets(parameters))


def _read_streets(parameters: dict[str, Any]) -> tuple[UUID, ...]:
    rows = raw_cursor().execute(streets_sql(), parameters, prepare=True).fetchall()
    return tuple(sorted(row[0] for row in rows))


def areas_visible_to(actor: Actor) -> QuerySet[Area]:
    """Names of district and above for everybody; streets and communities of the visible streets."""
    if actor.is_system:
        return Area.objects.all()
    streets = visible_streets(actor)
    below = Q(id__in=streets) | Q(parent_id__in=streets)
    return Area.objects.filter(below | Q(level__in=COMMON_LEVELS))


def grids_visible_to(actor: Actor) -> QuerySet[Grid]:
    """Grids of the visible streets, drafts included; which shape is in force is the reader's question."""
    if actor.is_system:
        return Grid.objects.all()
    return Grid.objects.filter(community__parent_id__in=visible_streets(actor))


def assignments_visible_to(actor: Actor) -> QuerySet[Assignment]:
    """Who is or will be in charge in the visible streets; what is over is history and for no phone."""
    rows = Assignment.objects.filter(closed=False)
    if actor.is_system:
        return rows
    return rows.filter(grid__community__parent_id__in=visible_streets(actor))


def own_communities(actor: Actor) -> list[UUID]:
    """The area of the actor's organisation and all below it: where the actor assigns."""
    return area_subtree_ids(actor_areas(actor))


def leave_unit_of(actor: Actor) -> UUID | None:
    """The county-level unit whose persons in correction the actor's organisation answers for."""
    above = (row for area in actor_areas(actor) for row in area_ancestors(area))
    return next((area for area, level in above if level == AreaLevel.DISTRICT), None)


def leave_areas_visible_to(actor: Actor) -> QuerySet[LeaveArea]:
    """Those of the own unit, also of other days, for whoever takes part in supervision."""
    if actor.role not in SUPERVISING:
        return LeaveArea.objects.none()
    return LeaveArea.objects.filter(unit=leave_unit_of(actor))


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    """Notes of the own area for those who assign there; for a worker the own ones, and those about grids the
    worker holds or is to hold."""
    if actor.role in ASSIGN:
        return Handover.objects.filter(grid__community_id__in=own_communities(actor))
    if actor.role != Role.GRID_WORKER:
        return Handover.objects.none()
    held = Assignment.objects.filter(worker_id=actor.person, closed=False).exclude(valid_to=F("valid_from"))
    return Handover.objects.filter(Q(author_id=actor.person) | Q(grid__in=held.values("grid")))


def releases_visible_to(actor: Actor) -> QuerySet[BoundaryRelease]:
    """Boundary releases within the own area: those who draw the map see its drafts too."""
    rows = BoundaryRelease.objects.all()
    return rows if actor.is_system else rows.filter(area_id__in=own_communities(actor))


def planned_changes_visible_to(actor: Actor) -> QuerySet[PlannedChange]:
    """Changes of the tree that wait, or waited, for their day: those entered within the own area."""
    rows = PlannedChange.objects.all()
    return rows if actor.is_system else rows.filter(area_id__in=own_communities(actor))


def imports_visible_to(actor: Actor) -> QuerySet[BoundaryImport]:
    """Imported boundary files of the own area."""
    rows = BoundaryImport.objects.all()
    return rows if actor.is_system else rows.filter(area_id__in=own_communities(actor))


def phone_areas(actor: Actor) -> list[UUID]:
    return list(areas_visible_to(actor).values_list("id", flat=True))


def phone_grids(actor: Actor) -> list[UUID]:
    announced = GridShape.objects.filter(announced=True, grid__in=grids_visible_to(actor))
    return list(announced.values_list("grid_id", flat=True))


def phone_assignments(actor: Actor) -> list[UUID]:
    return list(assignments_visible_to(actor).values_list("id", flat=True))


def phone_code_tables(actor: Actor) -> list[UUID]:
    return list(CodeTableRow.objects.values_list("id", flat=True))

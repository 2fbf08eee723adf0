"""Reads about places: the grid of a point, who holds it, the leave area. All set-based."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import ceil
from typing import Any
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Area, AreaChange, AreaLevel
from accounts.selectors import area_ancestors
from edge import sqlfile
from edge.conf import setting
from edge.driver import raw_cursor
from grids import past
from grids.locating import Located, Near, decide
from grids.models import AreaShape, Assignment, Grid, GridShape, LeaveArea, LeaveAreaMember
from kernel import clock
from kernel.geofence import radius
from kernel.problems import Problem

Point = tuple[int, int]
"""(longitude, latitude) in WGS 84, whole units of 1e-7 degree."""


@dataclass(frozen=True, slots=True)
class GridHit:
    """The grid a point fell into, and the boundary release that says so."""

    grid_id: UUID
    code: str
    community_id: UUID
    street_id: UUID
    release_id: UUID


def grid_at(points: Sequence[Point], day: date | None = None) -> list[GridHit | None]:
    """The grid of each point on a day (default: today), in order, in one statement; None: no grid there.

    On a shared edge or vertex the grid with the lowest code has the point: the same answer each time.
    """
    hits: list[GridHit | None] = [None] * len(points)
    for n, *row in _by_points("grid_at", points, day=day or clock.today()):
        hits[n - 1] = GridHit(*row)
    return hits


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of all points: on which day (default: today), among the grids of which streets (default:
    all), and within how many metres a grid may be suggested."""

    day: date | None = None
    streets: Sequence[UUID] | None = None
    tolerance_m: float = 0.0


def locate(
    points: Sequence[Point], accuracies: Sequence[float | None], asked: Asked | None = None
) -> list[Located]:
    """The grid, the candidates with signed distances and the verdict of each point, in order, in one
    statement. `accuracies` in metres; what says nothing (None, 0, negative, above 50) decides nothing."""
    asked = asked or Asked()
    streets = None if asked.streets is None else list(asked.streets)
    near: list[list[Near]] = [[] for _ in points]
    hints: dict[int, Near] = {}
    day = asked.day or clock.today()
    found = _by_points(
        "locate", points, circle=_array(map(_circle_cm, accuracies)), streets=streets, day=day,
        tolerance=float(asked.tolerance_m),
    )  # fmt: skip
    then = past.grid_codes((row[3] for row in found), day)
    for n, inside, metres, grid_id, release_id, code, hint in found:
        one = Near(metres if inside else -metres, then.get(grid_id, code), grid_id, release_id)
        if hint:
            hints[n - 1] = one
        else:
            near[n - 1].append(one)
    return [decide(near[row], accuracy, hints.get(row)) for row, accuracy in enumerate(accuracies)]


@lru_cache(1024)
def _circle_cm(accuracy_m: float | None) -> int:
    """Whole centimetres in which another grid may be the true one."""
    return ceil(100 * radius(accuracy_m))


def grids_near(points: Sequence[Point], metres: float, day: date | None = None) -> list[list[UUID]]:
    """Ids of the grids within `metres` of each point on a day, its own included, lowest code first."""
    near: list[list[UUID]] = [[] for _ in points]
    for n, ids in _by_points("grids_near", points, metres=float(metres), day=day or clock.today()):
        near[n - 1] = list(ids)
    return near


def _by_points(statement: str, points: Sequence[Point], **parameters: Any) -> list[tuple[Any, ...]]:
    if not points:
        return []
    lon, lat = zip(*points, strict=True)
    given = {"lon": _array(lon), "lat": _array(lat), **parameters}
    return raw_cursor().execute(sqlfile.load("grids", statement), given, binary=True).fetchall()


def _array(numbers: Iterable[int]) -> str:
    """An array as PostgreSQL writes it: the driver's own way takes three times as long."""
    return "{" + ",".join(map(str, numbers)) + "}"


def assignments_in_force(day: date | None = None) -> QuerySet[Assignment]:
    """Assignments whose dates hold the day (default: today)."""
    at = day or clock.today()
    return Assignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), valid_from__lte=at)


def assigned_grid_ids(user_id: UUID, day: date | None = None) -> list[UUID]:
    """The grids a worker is in charge of on a day (default: today), as primary or backup."""
    rows = assignments_in_force(day).filter(worker_id=user_id)
    return list(rows.values_list("grid_id", flat=True))


def held_grids(user_id: UUID, at: datetime) -> set[UUID]:
    """The grids a worker held at an instant: assignments run by local days."""
    return set(assigned_grid_ids(user_id, clock.local_day(at)))


def workers_of(grid_ids: Iterable[UUID], day: date | None = None) -> dict[UUID, list[Assignment]]:
    """Per grid the assignments in force on a day, primary first."""
    workers: dict[UUID, list[Assignment]] = {}
    rows = assignments_in_force(day).filter(grid_id__in=list(grid_ids)).select_related("worker")
    for row in rows.order_by("-kind", "valid_from", "id"):
        workers.setdefault(row.grid_id, []).append(row)
    return workers


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A grid without a primary from `day` to the day before `until` (None: as far as was looked)."""

    grid_id: UUID
    code: str
    name: str
    community_id: UUID
    day: date
    until: date | None


def vacancies(grid_ids: Iterable[UUID], days: int | None = None) -> list[Vacancy]:
    """Of these grids those that are, or within so many days will be, without a primary; soonest first."""
    return _vacancies("g.id = any(%(ids)s::uuid[])", grid_ids, days)


def vacancies_in(community_ids: Iterable[UUID], days: int | None = None) -> list[Vacancy]:
    """The same for all grids of these communities."""
    return _vacancies("g.community_id = any(%(ids)s::uuid[])", community_ids, days)


def _vacancies(which: str, ids: Iterable[UUID], days: int | None) -> list[Vacancy]:
    today = clock.today()
    until = today + timedelta(days=setting("VACANCY_WARN_DAYS") if days is None else days)
    text = sqlfile.load("grids", "vacancies").replace("{which}", which)
    with connection.cursor() as cursor:
        cursor.execute(text, {"ids": list(ids), "today": today, "until": until})
        return [Vacancy(*row) for row in cursor.fetchall()]


def calendar_of(worker_id: UUID, since: date, until: date) -> QuerySet[Assignment]:
    """The assignments of a worker, past ones included, that hold some day from `since` to before `until`."""
    rows = Assignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=since), valid_from__lt=until)
    # Equal dates: withdrawn before its first day.
    kept = rows.filter(worker_id=worker_id).exclude(valid_to=F("valid_from"))
    return kept.select_related("grid").order_by("valid_from", "grid__code")


def leave_unit_of(area_id: UUID) -> UUID | None:
    """The district, county or county-level city that an area is or lies in."""
    found = (area for area, level in area_ancestors(area_id) if level == AreaLevel.DISTRICT)
    return next(found, None)


def leave_area_at(unit_id: UUID, day: date | None = None) -> LeaveArea | None:
    """The confirmed leave area of a county-level unit on a day (default: today)."""
    at = day or clock.today()
    rows = LeaveArea.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), valid_from__lte=at)
    return rows.filter(unit_id=unit_id).defer("geom").first()


def with_members(areas: QuerySet[LeaveArea]) -> QuerySet[LeaveArea]:
    """Leave areas with `members`: id, code and name of each, by code."""
    rows = LeaveAreaMember.objects.filter(leave_area=OuterRef("pk")).order_by("area__code")
    place = JSONObject(id="area_id", code="area__code", name="area__name")
    return areas.annotate(members=ArraySubquery(rows.values(place=place)))


def leave_area_distances(leave_area_id: UUID, points: Sequence[Point]) -> list[float]:
    """Signed metres from each point to the border of a leave area, in order: positive inside."""
    rows = _by_points("leave_distance", points, leave_area=leave_area_id)
    return [float(metres) for _, metres in rows]


def in_force(areas: QuerySet[Area], day: date | None = None) -> QuerySet[Area]:
    """Those of the divisions that hold a day (default: today)."""
    at = day or clock.today()
    return areas.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), valid_from__lte=at)


def areas_on(areas: QuerySet[Area], day: date | None) -> QuerySet[Area]:
    """The divisions with `code_then` and `name_then` where a later change gave them others; a code and a name
    are those before the first change after the day."""
    if day is None:
        return areas
    first = AreaChange.objects.filter(area=OuterRef("pk"), day__gt=day).order_by("day", "id")
    return areas.annotate(
        code_then=Subquery(first.values("old_code")[:1]), name_then=Subquery(first.values("old_name")[:1])
    )


def by_code(areas: QuerySet[Area]) -> Coalesce | F:
    """How they are put in order: by the codes that they show."""
    return Coalesce("code_then", "code") if "code_then" in areas.query.annotations else F("code")


def area_geometry(area_id: UUID, day: date | None = None) -> GEOSGeometry | None:
    """The shape of an area on a day (default: today); None when it has none."""
    return _shapes(AreaShape, day).filter(area_id=area_id).values_list("geom", flat=True).first()


def counties_of(code: str, day: date | None = None) -> QuerySet[AreaShape]:
    """Shapes, on a day (default: today), of the county-level unit with that six-digit code."""
    return _shapes(AreaShape, day).filter(area__code=code + "000000")


def grid_detail(grids: QuerySet[Grid], grid_id: UUID, day: date | None = None) -> Grid:
    """A grid out of `grids` with `shape`, `workers` and `neighbours` of a day (default: today) set on it.

    Problem `not_found` when it is not among them or has no shape on that day.
    """
    at = day or clock.today()
    grid: Any = grids.select_related("community__parent").filter(id=grid_id).first()
    shape = _shapes(GridShape, at).filter(grid_id=grid_id).first() if grid else None
    if shape is None:
        raise Problem("not_found")
    grid.shape, grid.name, grid.kind, grid.households = shape, shape.name, shape.kind, shape.households
    grid.workers = workers_of([grid_id], at).get(grid_id, [])
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "neighbours"), {"shape": shape.id, "day": at})
        beside = cursor.fetchall()
    then = past.grid_codes([grid_id, *(pk for pk, _ in beside)], at)
    grid.code = then.get(grid_id, grid.code)
    grid.neighbours = [{"id": pk, "code": then.get(pk, code)} for pk, code in beside]
    above = (grid.community, grid.community.parent)
    names = past.area_names([place.id for place in above], at)
    for place in above:
        place.code, place.name = names.get(place.id, (place.code, place.name))
    return grid  # type: ignore[no-any-return]  # because the attributes above are for the serializer


def release_of(grid_id: UUID, day: date | None = None) -> UUID | None:
    """The boundary release whose shape of the grid is in force on a day (default: today), if there is one."""
    return _shapes(GridShape, day).filter(grid_id=grid_id).values_list("release_id", flat=True).first()


def _shapes(model: type[Any], day: date | None) -> QuerySet[Any]:
    at = day or clock.today()
    rows: QuerySet[Any] = model.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=at), valid_from__lte=at
    )
    return rows

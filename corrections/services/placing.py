"""Where the visits of a batch were: each point converted once, distances to the leave areas set-based."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.gis.geos import Point

from corrections.bodies import FixBody, VisitBody
from corrections.models import ExecutionPlace, Subject, Visit, VisitFix
from corrections.place import Absences, Fix, TimeLimits, Verdict, judge
from corrections.services.leave.effects import absences_of, permit_says, permits_of
from edge.conf import setting
from grids.coordinates import to_wgs84_e7
from grids.selectors import leave_area_at, leave_area_distances
from kernel import clock
from kernel.codes.law import CoordinateSystem
from sync.items import PushItem

E7 = 10_000_000
FIRST_YEAR, LAST_YEAR = 1900, 9000
SHIFTED = frozenset({CoordinateSystem.GCJ02, CoordinateSystem.BD09})


@dataclass(frozen=True, slots=True)
class Placement:
    """The verdict on one visit, and its fixes as they are going to be stored."""

    verdict: Verdict
    leave_area_id: UUID | None
    fixes: Sequence[tuple[FixBody, tuple[int, int], float | None]]

    def rows(self, visit: Visit) -> list[VisitFix]:
        return [
            VisitFix(
                visit=visit, number=number, point=Point(lon / E7, lat / E7, srid=4326), raw_lon_e7=fix.lon_e7,
                raw_lat_e7=fix.lat_e7, crs=fix.crs, accuracy_cm=fix.accuracy_cm,
                fix_at=storable(fix.fix_at), provider=fix.provider or "", distance_m=distance,
            )
            for number, (fix, (lon, lat), distance) in enumerate(self.fixes)
        ]  # fmt: skip


def storable(at: datetime | None) -> datetime | None:
    """A time that a column can give back; None for one at the edge of all calendars (the inbox keeps it)."""
    return at if at is not None and FIRST_YEAR < at.year < LAST_YEAR else None


def placements(visits: Sequence[tuple[PushItem, Subject | None]]) -> list[Placement]:
    """The placement of each visit, in order. One conversion for all, one statement for each leave area."""
    fixes = [_fixes(item.body) for item, _ in visits]
    flat = iter(to_wgs84_e7([(fix.lon_e7, fix.lat_e7, fix.crs) for group in fixes for fix in group]))
    points = [[next(flat) for _ in group] for group in fixes]
    areas = _leave_areas(visits)
    distances = _distances(areas, points)
    absences = _absences(visits, points, distances)
    return [
        _placement(item, list(zip(group, places, metres, strict=True)), area, absent)
        for (item, _), group, places, metres, area, absent in zip(
            visits, fixes, points, distances, areas, absences, strict=True
        )
    ]


def _absences(
    visits: Sequence[tuple[PushItem, Subject | None]],
    points: Sequence[Sequence[tuple[int, int]]],
    distances: Sequence[Sequence[float | None]],
) -> list[Absences]:
    """What allows each of the visits to be outside. Two statements for all; a permit is compared with the
    place only where the first point lies outside."""
    ids = {subject.id for _, subject in visits if subject}
    leaves, permits = absences_of(ids), permits_of(ids)
    found = []
    for (item, subject), group, metres in zip(visits, points, distances, strict=True):
        held = permits.get(subject.id, []) if subject else []
        said = None
        if held and metres and metres[0] is not None and metres[0] < 0:
            lon, lat = group[0]
            place = Point(lon / E7, lat / E7, srid=4326)
            said = permit_says(held, clock.local_day(item.device_at), place)
        found.append(Absences(tuple(leaves.get(subject.id, ())) if subject else (), said))
    return found


def _fixes(body: VisitBody) -> list[FixBody]:
    return [] if body.point is None else [body.point, *body.repeats]


def _leave_areas(visits: Sequence[tuple[PushItem, Subject | None]]) -> list[UUID | None]:
    """The leave area in force for each person on the day of the visit."""
    subject_ids = {subject.id for _, subject in visits if subject}
    places: dict[UUID, list[ExecutionPlace]] = defaultdict(list)
    for place in ExecutionPlace.objects.filter(subject_id__in=subject_ids):
        places[place.subject_id].append(place)
    known: dict[tuple[UUID, date], UUID | None] = {}
    found: list[UUID | None] = []
    for item, subject in visits:
        day = clock.local_day(item.device_at)
        unit = _unit_on(places[subject.id], day) if subject else None
        if unit is not None and (unit, day) not in known:
            area = leave_area_at(unit, day)
            known[unit, day] = area.id if area else None
        found.append(known[unit, day] if unit is not None else None)
    return found


def _unit_on(places: Sequence[ExecutionPlace], day: date) -> UUID | None:
    held = (p.unit_id for p in places if p.valid_from <= day and (p.valid_to is None or day < p.valid_to))
    return next(held, None)


def _distances(
    areas: Sequence[UUID | None], points: Sequence[Sequence[tuple[int, int]]]
) -> list[list[float | None]]:
    answer: list[list[float | None]] = [[None] * len(group) for group in points]
    slots: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
    for row, (area, group) in enumerate(zip(areas, points, strict=True)):
        if area is not None:
            slots[area] += [(row, column) for column in range(len(group))]
    for area, cells in slots.items():
        metres = leave_area_distances(area, [points[row][column] for row, column in cells])
        for (row, column), distance in zip(cells, metres, strict=True):
            answer[row][column] = distance
    return answer


def _placement(
    item: PushItem,
    fixes: list[tuple[FixBody, tuple[int, int], float | None]],
    area: UUID | None,
    absences: Absences,
) -> Placement:
    taken = [
        Fix(
            distance_m=metres,
            accuracy_m=None if fix.accuracy_cm is None else fix.accuracy_cm / 100,
            fix_at=fix.fix_at,
            converted=fix.crs in SHIFTED,
        )
        for fix, _, metres in fixes
    ]
    verdict = judge(taken, received_at=item.received_at, absences=absences, limits=limits())
    return Placement(verdict, area, fixes)


def limits() -> TimeLimits:
    return TimeLimits(
        ahead=timedelta(minutes=setting("FIX_AHEAD_MIN")),
        behind=timedelta(days=setting("FIX_BEHIND_DAYS")),
        late=timedelta(minutes=setting("FIX_LATE_MIN")),
    )

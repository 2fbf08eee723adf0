"""Leave areas 活动区域: computed from the unit and confirmed with a date (CCM-26b)."""

from datetime import date
from typing import cast
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import connection, transaction
from django.db.models import Q

from accounts.models import Area, AreaLevel
from audit.services import record
from edge import sqlfile
from grids import leave
from grids.models import LeaveArea, LeaveAreaMember
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem


@transaction.atomic
def leave_area_confirm(*, actor: Actor, unit_id: UUID, day: date) -> LeaveArea:
    """Compute the leave area of a county-level unit from the shapes of `day`; it holds from that day.

    Problems: not_found (no such unit), leave_area_incomplete (a member has no shape in force).
    """
    counties = Area.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), level=AreaLevel.DISTRICT)
    by_code = {area.code: area for area in counties}
    unit = next((area for area in by_code.values() if area.id == unit_id), None)
    if unit is None:
        raise Problem("not_found")
    members = [by_code[code] for code in leave.leave_area_codes(unit.code, by_code)]
    geom = _union(members, day)
    old = LeaveArea.objects.select_for_update().filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), unit=unit
    )
    old.filter(valid_from__lt=day).update(valid_to=day)
    area = LeaveArea.objects.create(
        unit=unit, geom=geom, valid_from=day, confirmed_by_id=actor.user_id, confirmed_at=clock.now()
    )
    LeaveAreaMember.objects.bulk_create([LeaveAreaMember(leave_area=area, area=row) for row in members])
    record(
        actor=actor, event="leave_area.confirmed", subject_kind="leave_area", subject_id=area.id,
        detail={"unit": unit.code, "members": [row.code for row in members], "day": day.isoformat()},
    )  # fmt: skip
    return area


def _union(members: list[Area], day: date) -> MultiPolygon:
    ids = "{" + ",".join(str(area.id) for area in members) + "}"
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "leave_union"), {"areas": ids, "day": day})
        count, ewkb = cursor.fetchone()
    if count != len(members):
        raise Problem("leave_area_incomplete", missing=len(members) - count)
    return cast(MultiPolygon, GEOSGeometry(memoryview(ewkb)))

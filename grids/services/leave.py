"""Leave areas 活动区域: computed from the unit and confirmed with a date (CCM-26b)."""

from datetime import date
from typing import cast
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import connection, transaction

from accounts.models import Area, AreaLevel
from audit.services import record
from edge import sqlfile
from grids import leave
from grids.models import LeaveArea, LeaveAreaMember
from grids.selectors import in_force, with_members
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem


def leave_area_preview(*, actor: Actor, unit_id: UUID, day: date) -> LeaveArea:
    """What `leave_area_confirm` would make, with its `members`; nothing is kept. The same problems."""
    with transaction.atomic():
        made = leave_area_confirm(actor=actor, unit_id=unit_id, day=day)
        shown = with_members(LeaveArea.objects.filter(id=made.id)).select_related("unit").get()
        transaction.set_rollback(True)
    return shown


@transaction.atomic
def leave_area_confirm(*, actor: Actor, unit_id: UUID, day: date) -> LeaveArea:
    """Compute the leave area of a county-level unit from the shapes of `day`; it holds from that day.

    A day before today is taken only for the first area of a unit: verdicts stand on what held at their time.
    Problems: not_found (no such unit on that day), leave_area_incomplete (a member has no shape in force),
    leave_area_day_past, leave_area_day_taken.
    """
    unit, members = _members(unit_id, day)
    geom = _union(members, day)
    _make_room(unit, day)
    area = LeaveArea.objects.create(
        unit=unit, geom=geom, valid_from=day, confirmed_by_id=actor.user_id, confirmed_at=clock.now()
    )
    LeaveAreaMember.objects.bulk_create([LeaveAreaMember(leave_area=area, area=row) for row in members])
    record(
        actor=actor, event="leave_area.confirmed", subject_kind="leave_area", subject_id=area.id,
        detail={"unit": unit.code, "members": [row.code for row in members], "day": day.isoformat()},
    )  # fmt: skip
    return area


def _members(unit_id: UUID, day: date) -> tuple[Area, list[Area]]:
    counties = list(in_force(Area.objects.filter(level=AreaLevel.DISTRICT), day))
    unit = next((area for area in counties if area.id == unit_id), None)
    if unit is None:
        raise Problem("not_found")
    by_code = {area.code: area for area in counties}
    return unit, [by_code[code] for code in leave.leave_area_codes(unit.code, by_code)]


def _make_room(unit: Area, day: date) -> None:
    """What holds on the day ends with it."""
    rows = list(LeaveArea.objects.select_for_update().filter(unit=unit).defer("geom").order_by("valid_from"))
    if rows and day < clock.today():
        raise Problem("leave_area_day_past")
    if any(row.valid_from >= day for row in rows):
        raise Problem("leave_area_day_taken")
    standing = [row.id for row in rows if row.valid_to is None or row.valid_to > day]
    LeaveArea.objects.filter(id__in=standing).update(valid_to=day)


def _union(members: list[Area], day: date) -> MultiPolygon:
    ids = "{" + ",".join(str(area.id) for area in members) + "}"
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "leave_union"), {"areas": ids, "day": day})
        count, ewkb = cursor.fetchone()
    if count != len(members):
        raise Problem("leave_area_incomplete", missing=len(members) - count)
    return cast(MultiPolygon, GEOSGeometry(memoryview(ewkb)))

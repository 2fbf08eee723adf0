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
from grids.selectors import in_force, with_members
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem

METRE = 0.00001
"""In degrees, as the statement of the union has it."""


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
    leave_area_day_past, leave_area_day_taken. What would be the same as what stands from that day on is
    answered as it is; what was confirmed for that day or later and has not begun gives way.
    """
    unit, members = _members(unit_id, day)
    geom = _union(members, day)
    if known := _made_before(unit, members, geom, day):
        return known
    _make_room(actor, unit, day)
    area = LeaveArea.objects.create(
        unit=unit, geom=geom, valid_from=day, confirmed_by_id=actor.user_id, confirmed_at=clock.now()
    )
    LeaveAreaMember.objects.bulk_create([LeaveAreaMember(leave_area=area, area=row) for row in members])
    _recorded(actor, area, "confirmed", members=[row.code for row in members])
    return area


def _made_before(unit: Area, members: list[Area], geom: MultiPolygon, day: date) -> LeaveArea | None:
    row = LeaveArea.objects.select_for_update().filter(unit=unit, valid_from=day).first()
    return row if row is not None and _is(row, members, geom) else None


def _is(row: LeaveArea, members: list[Area], geom: MultiPolygon) -> bool:
    """Whether it has these members and, but for a metre, this border."""
    ids = set(LeaveAreaMember.objects.filter(leave_area=row).values_list("area_id", flat=True))
    if ids != {area.id for area in members}:
        return False
    return row.geom.equals_exact(geom) or row.geom.sym_difference(geom).buffer(-METRE).empty


@transaction.atomic
def leave_areas_review(*, actor: Actor) -> int:
    """Compare what is confirmed from today on with the tree and the shapes as they are now: what they have
    left behind is marked, what they have come back to is not any more; how many were turned."""
    rows = LeaveArea.objects.select_for_update(of=("self",)).select_related("unit").order_by("id")
    turned = 0
    for row in rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=clock.today())):
        stands = _stands(row)
        if stands != (row.outdated_at is None):
            row.outdated_at = None if stands else clock.now()
            row.save(update_fields=["outdated_at"])
            _recorded(actor, row, "stands_again" if stands else "outdated")
            turned += 1
    return turned


def _stands(row: LeaveArea) -> bool:
    day = max(row.valid_from, clock.today())
    try:
        _, members = _members(row.unit_id, day)
        return _is(row, members, _union(members, day))
    except Problem:
        return False  # the unit has ended, or a member has no shape


def _recorded(actor: Actor, row: LeaveArea, what: str, **detail: object) -> None:
    record(
        actor=actor, event=f"leave_area.{what}", subject_kind="leave_area", subject_id=row.id,
        detail={"unit": row.unit.code, "day": row.valid_from.isoformat(), **detail},
    )  # fmt: skip


def _members(unit_id: UUID, day: date) -> tuple[Area, list[Area]]:
    counties = list(in_force(Area.objects.filter(level=AreaLevel.DISTRICT), day))
    unit = next((area for area in counties if area.id == unit_id), None)
    if unit is None:
        raise Problem("not_found")
    by_code = {area.code: area for area in counties}
    return unit, [by_code[code] for code in leave.leave_area_codes(unit.code, by_code)]


def _make_room(actor: Actor, unit: Area, day: date) -> None:
    """What holds on the day ends with it; what was to begin on it or later never held, and is not to."""
    rows = list(LeaveArea.objects.select_for_update().filter(unit=unit).defer("geom").order_by("valid_from"))
    if rows and day < clock.today():
        raise Problem("leave_area_day_past")
    if any(clock.today() >= row.valid_from >= day for row in rows):
        raise Problem("leave_area_day_taken")
    for row in rows:
        if row.valid_from >= day:
            _recorded(actor, row, "replaced")
    LeaveArea.objects.filter(id__in=[row.id for row in rows if row.valid_from >= day]).delete()
    going_on = (row for row in rows if row.valid_from < day)
    standing = [row.id for row in going_on if row.valid_to is None or row.valid_to > day]
    LeaveArea.objects.filter(id__in=standing).update(valid_to=day)


def _union(members: list[Area], day: date) -> MultiPolygon:
    ids = "{" + ",".join(str(area.id) for area in members) + "}"
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("grids", "leave_union"), {"areas": ids, "day": day})
        count, ewkb = cursor.fetchone()
    if count != len(members):
        raise Problem("leave_area_incomplete", missing=len(members) - count)
    return cast(MultiPolygon, GEOSGeometry(memoryview(ewkb)))

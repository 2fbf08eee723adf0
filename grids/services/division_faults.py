"""Why a table of division codes that is right in itself is not done to the tree: what the database would
refuse is said before it, by row."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from accounts.models import Area, AreaChange
from accounts.selectors import actor_areas, area_subtree_ids
from grids.codes import COMMUNITY_DIGITS
from grids.divisions import Plan
from grids.models import Grid, GridShape
from grids.sheets import Fault
from kernel.actor import Actor

Areas = Mapping[str, Area]


def faults_of(actor: Actor, made: Plan, areas: Areas, day: date) -> list[Fault]:
    """All that is in the way; `areas` are the divisions in force by code."""
    return [
        *_foreign(actor, made, areas),
        *_in_use(made, areas, day),
        *_changed_already(made, areas, day),
        *_codes_held(made, areas, day),
        *_grids_held(made, areas),
    ]


def _foreign(actor: Actor, made: Plan, areas: Areas) -> list[Fault]:
    """Rows about divisions that are not the administrator's."""
    if actor.is_system:
        return []
    own = set(area_subtree_ids(actor_areas(actor)))
    named: list[tuple[int, str, Area | None]] = [
        (one.row, one.old.code, areas[one.old.code]) for one in made.changes
    ]
    named += [(made.rows[new.code], new.code, areas.get(new.parent or "")) for new in made.created.values()]
    return [
        Fault(row, f"不在您的辖区内 {code} is not in your area")
        for row, code, area in named
        if area and area.id not in own
    ]


def _in_use(made: Plan, areas: Areas, day: date) -> list[Fault]:
    """Divisions that cannot end yet: grids are in force in them, or they began only then."""
    ending = {areas[code].id: code for code in made.ended}
    shapes = GridShape.objects.filter(grid__community_id__in=ending, valid_from__isnull=False)
    held = shapes.exclude(valid_to__lte=day).values_list("grid__community_id", flat=True).distinct()
    faults = [
        Fault(0, f"尚有现行网格 {ending[pk]} has grids in force: publish their new boundaries first")
        for pk in held
    ]
    faults += [
        Fault(0, f"当日或之后才设立 {code} began on that day or later")
        for code in made.ended
        if areas[code].valid_from >= day
    ]
    return faults


def _changed_already(made: Plan, areas: Areas, day: date) -> Iterator[Fault]:
    """A division gets one name a day under a code, and its history is written forwards."""
    ids = [areas[one.old.code].id for one in made.changes]
    standing: dict[UUID, list[AreaChange]] = {}
    for row in AreaChange.objects.filter(area__in=ids, day__gte=day).order_by("-day", "id"):
        standing.setdefault(row.area_id, []).append(row)
    for one in made.changes:
        rows = standing.get(areas[one.old.code].id, [])
        same = [row for row in rows if row.into_id == row.area_id and row.old_code == one.old.code]
        if rows and rows[0].day > day:
            yield Fault(one.row, f"之后已有变更 {one.old.code} has changed on {rows[0].day} already")
        elif same and one.goes_on:
            yield Fault(one.row, f"当日已有变更 {one.old.code} has changed on that day already")


def _codes_held(made: Plan, areas: Areas, day: date) -> Iterator[Fault]:
    """New codes that a division which has ended held on that day still."""
    begin = {code: (made.rows[code], day) for code in made.created}
    for one in made.goes_on.values():
        if one.new != one.old.code:
            begin[one.new] = (one.row, max(day, areas[one.old.code].valid_from))
    for area in Area.objects.filter(code__in=begin, valid_to__gt=day).order_by("code"):
        row, since = begin[area.code]
        if area.valid_to is not None and area.valid_to > since:
            yield Fault(row, f"代码当日仍在用 {area.code} was in use until {area.valid_to}")


def _grids_held(made: Plan, areas: Areas) -> Iterator[Fault]:
    """Grids of former days keep their codes: those of a community that gets a code again cannot have them."""
    going = {areas[one.old.code].id: one for one in made.goes_on.values() if one.new != one.old.code}
    coming: dict[str, int] = {}
    for community, code in Grid.objects.filter(community__in=going).values_list("community", "code"):
        coming[going[community].new + code[COMMUNITY_DIGITS:]] = going[community].row
    standing = Grid.objects.filter(code__in=coming).exclude(community__in=going).order_by("code")
    for code in standing.values_list("code", flat=True):
        yield Fault(coming[code], f"网格编码已用过 the grid code {code} was used before")

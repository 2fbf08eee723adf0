"""Division codes change yearly: what a table old → new does to the tree, all or nothing (GR-6). The act that
clients call is in `planned`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from accounts.models import Area, AreaChange, AreaLevel
from accounts.naming import search_words
from accounts.services.memberships import scopes_changed
from accounts.services.places import area_create
from audit.services import Fact, record_many
from edge import sqlfile
from edge.conf import setting
from grids import codes
from grids.divisions import Known, Plan, plan, read
from grids.models import Assignment, Grid, PlannedChange
from grids.services.division_faults import faults_of
from grids.services.leave import leave_areas_review
from grids.sheets import SheetRefusedError
from kernel import clock
from kernel.actor import Actor
from sync.services import publish


@dataclass(frozen=True, slots=True)
class Divided:
    """What the table does; `grids`: how many grids get another code with it. `planned`: the row that waits
    for a day to come."""

    plan: Plan
    grids: int
    applied: bool = False
    planned: PlannedChange | None = None

    @property
    def created(self) -> list[Known]:
        return list(self.plan.created.values())


@dataclass(frozen=True, slots=True)
class _Tree:
    """The divisions in force by the code they had, by the code they have now, and where they lay."""

    old: dict[str, Area]
    now: dict[str, Area]
    parents: dict[UUID, UUID | None]


@transaction.atomic
def tree_change(*, actor: Actor, table: str, day: date, document: str = "") -> Divided:
    """Bring the division tree to new codes from `day`, by a table (`grids/divisions.py`).

    A division that goes on stays the same record: organisations, grids and cases stay with it, and grids take
    over the new digits. Raises `SheetRefusedError` with the faults by row.
    """
    rows = read(table, most=setting("AREA_CHANGES_MAX"))
    locked = Area.objects.select_for_update(of=("self",)).filter(valid_to__isnull=True).order_by("id")
    old = {area.code: area for area in locked}
    made = plan(rows, _known(old))
    if faults := faults_of(actor, made, old, day):
        raise SheetRefusedError(faults)
    parents = {area.id: area.parent_id for area in old.values()}
    _recode(made, old, day)
    ended = {old[code].id for code in made.ended}
    now = {area.code: area for area in old.values() if area.id not in ended}
    tree = _Tree(old, now, parents)
    _create(actor, made, tree, day)
    _place(made, tree)
    Area.objects.filter(id__in=ended).update(valid_to=day)
    grids = _recode_grids(made, tree)
    history = _history(actor, made, tree, (day, document))
    _tell(actor, made, tree, history, grids)
    if _concerns_counties(made):
        leave_areas_review(actor=actor)
    return Divided(made, len(grids), applied=True)


def _concerns_counties(made: Plan) -> bool:
    """Whether leave areas can be other ones by it."""
    touched = {one.new for one in made.changes} | made.created.keys() | set(made.ended)
    return AreaLevel.DISTRICT in map(codes.level_of, touched)


def _known(areas: Mapping[str, Area]) -> dict[str, Known]:
    code_of = {area.id: area.code for area in areas.values()}
    return {
        code: Known(code, area.name, area.level, code_of.get(area.parent_id) if area.parent_id else None)
        for code, area in areas.items()
    }


def _recode(made: Plan, areas: dict[str, Area], day: date) -> None:
    """New codes and names. Codes that change places meet nowhere: each goes by way of one that nobody has."""
    going = list(made.goes_on.values())
    changed = [areas[one.old.code] for one in going]
    for number, area in enumerate(changed):
        area.code = f"{number:012d}"
    Area.objects.bulk_update(changed, ["code"])
    for area, one in zip(changed, going, strict=True):
        area.search = search_words(one.name, one.new, area.search)
        area.code, area.name = one.new, one.name
        if one.new != one.old.code:
            area.code_from = max(day, area.valid_from)
    Area.objects.bulk_update(changed, ["code", "name", "search", "code_from"])


def _create(actor: Actor, made: Plan, tree: _Tree, day: date) -> None:
    """New divisions, from above to below."""
    for code, new in sorted(made.created.items(), key=lambda entry: codes.AREA_DIGITS[entry[1].level]):
        above = tree.now.get(new.parent or "")
        tree.now[code] = area_create(
            actor=actor, code=code, name=new.name, level=new.level,
            parent_id=above.id if above else None, valid_from=day,
        )  # fmt: skip


def _place(made: Plan, tree: _Tree) -> None:
    """What goes on lies below what its new code says."""
    moved = []
    for one in made.goes_on.values():
        area, above = tree.now[one.new], codes.parent_code(one.new, one.old.level)
        parent = tree.now.get(above or "")
        if parent is not None and area.parent_id != parent.id:
            area.parent_id = parent.id
            moved.append(area)
    Area.objects.bulk_update(moved, ["parent"])


def _recode_grids(made: Plan, tree: _Tree) -> list[UUID]:
    """Grids begin with the code of their community (GR-3, GR-4); ids of those that changed."""
    ids = [tree.now[one.new].id for one in made.goes_on.values() if one.new != one.old.code]
    changed: list[UUID] = []
    with connection.cursor() as cursor:
        for step in ("recode_grids_aside", "recode_grids"):
            cursor.execute(sqlfile.load("grids", step), {"communities": ids})
            changed = [row[0] for row in cursor.fetchall()]
    return changed


def _history(actor: Actor, made: Plan, tree: _Tree, said: tuple[date, str]) -> list[AreaChange]:
    rows = [
        AreaChange(
            area=tree.old[one.old.code], into=tree.now[one.new], kind=one.kind, day=said[0],
            old_code=one.old.code, new_code=one.new, old_name=one.old.name, new_name=one.name,
            old_parent_id=tree.parents[tree.old[one.old.code].id], document=said[1],
            created_by_id=actor.user_id, created_at=clock.now(),
        )
        for one in made.changes
    ]  # fmt: skip
    return AreaChange.objects.bulk_create(rows)


def _tell(
    actor: Actor, made: Plan, tree: _Tree, history: Sequence[AreaChange], grids: Sequence[UUID]
) -> None:
    """The trail, the phones' rows, and those whose streets are other ones now."""
    facts = [
        Fact(
            row.area_id, ["code", "name", "parent"],
            detail={"kind": row.kind, "old": row.old_code, "new": row.new_code, "into": str(row.into_id)},
        )
        for row in history
    ]  # fmt: skip
    record_many(actor=actor, event="area.changed", subject_kind="area", facts=facts)
    publish("area", sorted({row.area_id for row in history} | {tree.now[code].id for code in made.created}))
    moved = [tree.now[one.new].id for one in made.changes if one.kind == "moved"]
    below = Grid.objects.filter(Q(community_id__in=moved) | Q(community__parent_id__in=moved))
    told = sorted({*grids, *below.values_list("id", flat=True)})
    charges = Assignment.objects.filter(grid_id__in=told, closed=False)
    for kind, ids in (("grid", told), ("assignment", sorted(charges.values_list("id", flat=True)))):
        if ids:
            publish(kind, ids)
    scopes_changed(charges.values_list("worker_id", flat=True))

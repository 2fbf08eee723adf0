"""A release with a split, a merge, a renamed code and a moved border: previewed, published, rolled back.

before (A1, A2, B1, B2: two grids on top of each other)    after
┌────┬────┬────┬────┐                                      A1-1 is cut in two (01, 05); A2 is one grid;
│A1-2│A2-2│B1-2│B2-2│                                      B1-2 has the code 09; the border between
├────┼────┼────┼────┤                                      B2-1 and B2-2 lies higher
│A1-1│A2-1│B1-1│B2-1│
└────┴────┴────┴────┘
"""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import shapely
from django.db import transaction

from disputes.models import Dispute, Screening
from grids import services
from grids.comparing import ChangeKind
from grids.importing.rows import PlaceRow
from grids.models import Assignment, AssignmentKind, BoundaryRelease, Grid, Restamp
from grids.release_impact import ReleaseImpact, release_changes, release_impact
from grids.services.assignments import Charge
from grids.services.releases import Origin
from kernel import clock as kernel_clock
from kernel.actor import SYSTEM
from sync.services import publish as sync_publish
from tests.cast import District, Member, Worker
from tests.disputes.made import body, screened
from tests.grids.test_phones import Phone
from tests.places import square

pytestmark = pytest.mark.usefixtures("committed")
# code name, column, row, width, height
AFTER = {
    "A1": [("01", 0, 0, 0.5, 1), ("05", 0.5, 0, 0.5, 1), ("02", 0, 1, 1, 1)],
    "A2": [("01", 1, 0, 1, 2)],
    "B1": [("01", 2, 0, 1, 1), ("09", 2, 1, 1, 1)],
    "B2": [("01", 3, 0, 1, 1.25), ("02", 3, 1.25, 1, 0.75)],
}


def rows(district: District) -> list[PlaceRow]:
    """The grids of the map after, noded: every corner on a border is a corner of both sides."""
    drawn = {
        f"{district.areas[community].code}{serial}": shapely.from_wkt(square(*place).wkt)
        for community, grids in AFTER.items()
        for serial, *place in grids
    }
    corners = shapely.multipoints(shapely.get_coordinates(list(drawn.values())))
    names = dict(Grid.objects.values_list("code", "name"))
    return [
        PlaceRow(n, code, names.get(code, "新网格"), shapely.snap(shape, corners, 1e-9), "1", 400)
        for n, (code, shape) in enumerate(drawn.items(), start=1)
    ]


@pytest.fixture
def draft(district: District) -> BoundaryRelease:
    with transaction.atomic():
        release = services.release_import(
            actor=SYSTEM, origin=Origin("new", "test", "WGS84"), area_id=district.areas["district"].id,
            grids=rows(district),
        )  # fmt: skip
        return services.release_validate(actor=SYSTEM, release_id=release.id)


def publish(release: BoundaryRelease) -> None:
    services.release_publish(actor=SYSTEM, release_id=release.id, day=kernel_clock.today())


def preview(release: BoundaryRelease) -> ReleaseImpact:
    with transaction.atomic():
        return release_impact(SYSTEM, release)


@pytest.fixture
def disputes(district: District, clerk: Member, other_clerk: Member) -> dict[str, Dispute]:
    """One open dispute in the middle of each grid; that of A1-1 lies east of the middle."""
    for grid in district.grids:
        data = body(district, grid, brief=f"纠纷{grid}", parties=[])
        if grid == "A1-1":
            data["point"]["lon_e7"] += 20_000
        with transaction.atomic():
            screened(clerk if grid.startswith("A") else other_clerk, data)
    found = Dispute.objects.select_related("grid")
    return {dispute.grid.name.removeprefix("测试").removesuffix("网格"): dispute for dispute in found}


def serials(disputes: dict[str, Dispute]) -> dict[str, str]:
    codes = dict(Dispute.objects.values_list("id", "grid__code"))
    return {name: codes[dispute.id][-2:] for name, dispute in disputes.items()}


def stamped() -> Counter[tuple[str, str]]:
    """Screenings by grid and day: the figures that reports count."""
    rows = Screening.objects.values_list("grid__code", "occurred_at__date")
    return Counter((code, str(day)) for code, day in rows)


def test_the_difference_is_named(district: District, draft: BoundaryRelease) -> None:
    found = {change.kind: (change.before, change.after) for change in release_changes(draft)}
    code = {name: area.code for name, area in district.areas.items()}
    assert found[ChangeKind.SPLIT] == ((f"{code['A1']}01",), (f"{code['A1']}01", f"{code['A1']}05"))
    assert found[ChangeKind.MERGED] == ((f"{code['A2']}01", f"{code['A2']}02"), (f"{code['A2']}01",))
    assert found[ChangeKind.RENAMED] == ((f"{code['B1']}02",), (f"{code['B1']}09",))
    assert found[ChangeKind.MOVED][0] in [(f"{code['B2']}01",), (f"{code['B2']}02",)]
    assert len(release_changes(draft)) == 5


def test_areas_and_households_stand_in_the_difference(draft: BoundaryRelease) -> None:
    (merged,) = [change for change in release_changes(draft) if change.kind is ChangeKind.MERGED]
    assert (merged.households_before, merged.households_after) == (800, 400)
    assert merged.area_before == pytest.approx(merged.area_after, rel=1e-6)
    assert 1_700_000 < merged.area_before < 1_750_000


def test_what_would_move_is_told_and_nothing_is_moved(
    draft: BoundaryRelease, disputes: dict[str, Dispute], worker: Worker, second_worker: Worker
) -> None:
    before = serials(disputes)
    impact = preview(draft)
    moves = {(flow.kind, flow.before[-2:], flow.after[-2:]): flow.count for flow in impact.moves}
    assert moves == {("dispute", "01", "05"): 1, ("dispute", "02", "01"): 1, ("dispute", "02", "09"): 1}
    split = next(grid for grid in impact.grids if grid.code.endswith("00100101"))
    assert (split.ends, split.workers, split.devices) == (False, 2, 2)
    assert serials(disputes) == before


def test_open_work_follows_the_ground_and_each_move_leaves_a_row(
    draft: BoundaryRelease, disputes: dict[str, Dispute]
) -> None:
    publish(draft)
    moved = {"A1-1": "05", "A2-2": "01", "B1-2": "09"}
    assert serials(disputes) == {name: moved.get(name, name[-1].zfill(2)) for name in disputes}
    assert Restamp.objects.filter(release=draft, kind="dispute").count() == len(moved)
    draft.refresh_from_db()
    assert preview(draft).moves == []


def test_history_keeps_its_stamp(draft: BoundaryRelease, disputes: dict[str, Dispute]) -> None:
    before = stamped()
    publish(draft)
    assert stamped() == before


def test_rolled_back_everything_is_where_it_was(
    district: District, draft: BoundaryRelease, disputes: dict[str, Dispute], clock: Any
) -> None:
    before, counted = serials(disputes), stamped()
    publish(draft)
    clock.move(timedelta(days=1))
    back = services.release_roll_back(
        actor=SYSTEM, release_id=draft.id, day=kernel_clock.today(), reason="街道要求撤回"
    )
    assert (serials(disputes), stamped()) == (before, counted)
    assert Restamp.objects.filter(release=back).count() == 3
    assert [change.kind for change in release_changes(back)] != []


def back_to_before(draft: BoundaryRelease, clock: Any) -> None:
    publish(draft)
    clock.move(timedelta(days=1))
    services.release_roll_back(
        actor=SYSTEM, release_id=draft.id, day=kernel_clock.today(), reason="街道要求撤回"
    )


def test_rolled_back_a_grid_that_was_merged_has_its_workers_again(
    district: District, draft: BoundaryRelease, neighbour_worker: Worker, clock: Any
) -> None:
    until = kernel_clock.today() + timedelta(days=90)
    rows = Assignment.objects.filter(worker=neighbour_worker.user)
    rows.update(grid=district.grids["A2-2"], valid_to=until)
    with transaction.atomic():
        sync_publish("assignment", rows.values_list("id", flat=True))
    back_to_before(draft, clock)
    old, again = rows.order_by("valid_from")
    assert (old.closed, old.ended_by_id, old.meant_to) == (True, draft.id, until)
    assert (again.grid_id, again.valid_from, again.valid_to, again.closed) == (
        district.grids["A2-2"].id, kernel_clock.today(), until, False,
    )  # fmt: skip


def test_rolled_back_whoever_was_put_in_charge_meanwhile_stays(
    district: District, draft: BoundaryRelease, neighbour_worker: Worker, worker: Worker, clock: Any
) -> None:
    Assignment.objects.filter(worker=neighbour_worker.user).update(grid=district.grids["A2-2"])
    with transaction.atomic():
        sync_publish("assignment", Assignment.objects.values_list("id", flat=True))
    publish(draft)
    with transaction.atomic():
        services.assignments_create(actor=SYSTEM, charges=[Charge(
            district.grids["A2-2"].id, worker.user.id, AssignmentKind.PRIMARY,
            kernel_clock.today() + timedelta(days=1),
        )])  # fmt: skip
    clock.move(timedelta(days=1))
    services.release_roll_back(actor=SYSTEM, release_id=draft.id, day=kernel_clock.today(), reason="x")
    held = Assignment.objects.filter(grid=district.grids["A2-2"], closed=False)
    assert [row.worker_id for row in held] == [worker.user.id]


def test_phones_get_exactly_the_difference(
    district: District, draft: BoundaryRelease, worker: Worker, disputes: dict[str, Dispute]
) -> None:
    phone = Phone(worker).sync()
    held = {row["code"]: row["rev"] for row in phone.held["grid"].values()}
    publish(draft)
    now = {row["code"]: row["rev"] for row in phone.sync().held["grid"].values()}
    a1, a2 = district.areas["A1"].code, district.areas["A2"].code
    assert held.keys() - now.keys() == {f"{a2}02"}
    assert {code for code in now if held.get(code) != now[code]} == {f"{a1}01", f"{a1}05", f"{a2}01"}
    assert disputes["A1-1"].id not in phone.held["dispute"]


def test_a_grid_that_only_got_another_code_keeps_its_workers(
    district: District, draft: BoundaryRelease, outsider: Worker
) -> None:
    Assignment.objects.filter(worker=outsider.user).update(grid=district.grids["B1-2"])
    with transaction.atomic():
        sync_publish("assignment", Assignment.objects.values_list("id", flat=True))
    publish(draft)
    old, new = Assignment.objects.filter(worker=outsider.user).order_by("valid_from")
    assert (old.closed, old.valid_to) == (True, kernel_clock.today())
    assert (new.grid.code[-2:], new.valid_from, new.closed) == ("09", kernel_clock.today(), False)


def test_a_point_that_had_no_grid_gets_the_one_that_comes_to_lie_there(
    draft: BoundaryRelease, disputes: dict[str, Dispute]
) -> None:
    lost = disputes["B2-1"]
    with transaction.atomic():
        Dispute.objects.filter(id=lost.id).update(grid=None)
        sync_publish("dispute", [lost.id])
    publish(draft)
    assert Dispute.objects.get(id=lost.id).grid == lost.grid
    assert Restamp.objects.get(record_id=lost.id).from_grid is None


def test_what_a_reader_may_not_know_of_moves_and_is_not_counted(
    draft: BoundaryRelease, disputes: dict[str, Dispute]
) -> None:
    hidden = disputes["B1-2"]
    with transaction.atomic():
        Dispute.objects.filter(id=hidden.id).update(restricted=True, level="street", brief="")
        sync_publish("dispute", [hidden.id])
        sync_publish("screening", Screening.objects.values_list("id", flat=True))
    assert {flow.after[-2:] for flow in preview(draft).moves} == {"05", "01"}
    publish(draft)
    assert Dispute.objects.get(id=hidden.id).grid.code[-2:] == "09"  # type: ignore[union-attr]  # because it has one

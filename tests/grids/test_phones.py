"""What phones hold of places: shared by the street, moved by releases and by the end of an assignment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
import shapely
from django.db import transaction

from grids import services
from grids.importing.rows import PlaceRow
from grids.models import Assignment, Grid
from grids.services.releases import Origin
from kernel import clock as kernel_clock
from kernel.actor import SYSTEM
from sync import encode, pull
from tests.cast import District, Member, Worker
from tests.places import square

pytestmark = pytest.mark.usefixtures("committed")


class Phone:
    """Pulls until nothing more comes, and keeps what it holds by kind."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.cursor: int | None = None
        self.held: dict[str, dict[UUID, dict[str, Any]]] = {}

    def sync(self) -> "Phone":
        more = True
        while more:
            answer = pull.pull(self.member.actor, pull.Asked(self.cursor, 5000))
            body: dict[str, Any] = orjson.loads(encode.body(self.member.actor, answer))
            for kind, rows in body["put"].items():
                self.held.setdefault(kind, {}).update({UUID(row["id"]): row for row in rows})
            for kind, ids in body["remove"].items():
                for gone in ids:
                    self.held[kind].pop(UUID(gone), None)
            self.cursor, more = body["cursor"], body["has_more"]
        return self

    def codes(self) -> set[str]:
        return {row["code"] for row in self.held["grid"].values()}


def test_a_phone_holds_the_grids_areas_and_workers_of_its_street(
    worker: Worker, outsider: Worker, district: District
) -> None:
    phone = Phone(worker).sync()
    own = {grid.code for name, grid in district.grids.items() if name.startswith("A")}
    assert phone.codes() == own
    assert {row["level"] for row in phone.held["area"].values()} == {
        "province", "city", "district", "street", "community",
    }  # fmt: skip
    assert {row["worker_name"] for row in phone.held["assignment"].values()} == {worker.user.name}


def test_a_shape_on_the_phone_is_geojson(worker: Worker, district: District) -> None:
    row = Phone(worker).sync().held["grid"][district.grids["A1-1"].id]
    assert row["geometry"]["type"] == "MultiPolygon"
    assert row["geometry"]["coordinates"][0][0][0] == [126.6, 45.7]


def halves(district: District) -> list[PlaceRow]:
    code = district.areas["A1"].code
    west, east = square(0, 0, 0.5, 2), square(0.5, 0, 0.5, 2)  # type: ignore[arg-type]  # because halves are meant
    return [
        PlaceRow(n, f"{code}{serial}", "新", shapely.from_wkt(shape.wkt), "1", 350)
        for n, (serial, shape) in enumerate([("01", west), ("09", east)], start=1)
    ]


def publish_halves(district: District, days: int) -> None:
    with transaction.atomic():
        release = services.release_import(
            actor=SYSTEM, origin=Origin("new", "test", "WGS84"), area_id=district.areas["A1"].id,
            grids=halves(district),
        )  # fmt: skip
        services.release_validate(actor=SYSTEM, release_id=release.id)
        day = kernel_clock.today() + timedelta(days=days)
        services.release_publish(actor=SYSTEM, release_id=release.id, day=day)


def test_a_release_reaches_the_phones_on_its_day_and_takes_away_what_ended(
    clock: Any, worker: Worker, district: District, run_jobs: Callable[[], Any]
) -> None:
    phone = Phone(worker).sync()
    before = phone.codes()
    publish_halves(district, days=1)
    assert phone.sync().codes() == before
    clock.move(timedelta(days=1))
    assert run_jobs()["grids.jobs"] >= 1
    code = district.areas["A1"].code
    assert phone.sync().codes() == before - {f"{code}02"} | {f"{code}09"}
    assert Grid.objects.get(code=f"{code}01").name == "新"


def test_an_assignment_leaves_the_phones_when_its_last_day_is_past(
    clock: Any, worker: Worker, coordinator: Member, run_jobs: Callable[[], Any]
) -> None:
    phone = Phone(worker).sync()
    (assignment,) = Assignment.objects.all()
    day = kernel_clock.today() + timedelta(days=1)
    services.assignment_end(actor=coordinator.actor, assignment_id=assignment.id, day=day, reason="moves")
    assert phone.sync().held["assignment"][assignment.id]["valid_to"] == day.isoformat()
    clock.move(timedelta(days=1))
    run_jobs()
    assert phone.sync().held["assignment"] == {}


def test_without_an_assignment_a_phone_holds_no_grid(
    worker: Worker, coordinator: Member, district: District
) -> None:
    phone = Phone(worker).sync()
    (assignment,) = Assignment.objects.all()
    services.assignment_end(
        actor=coordinator.actor, assignment_id=assignment.id, day=kernel_clock.today(), reason="moves"
    )
    assert phone.sync().codes() == set()


def test_code_tables_reach_every_phone_and_are_written_once(worker: Worker) -> None:
    assert services.code_tables_refresh() > 10
    assert services.code_tables_refresh() == 0
    tables = {row["name"]: row["entries"] for row in Phone(worker).sync().held["code_table"].values()}
    assert tables["grid_type"][0] == ["1", "综合网格", "comprehensive"]

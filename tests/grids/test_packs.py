"""Offline packs: what is in them, how a phone fetches them on a bad network, and when they are gone."""

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from accounts.models import Device
from grids.models import Assignment, GridShape, Pack, PackPart
from grids.services import assignment_end, packs
from grids.services.packs import packs_make
from grids.serving import packing
from kernel.actor import SYSTEM
from kernel.clock import today
from sync.services import publish
from tests.cast import District, Member, Worker
from tests.grids.mvt import read
from tests.places import square

pytestmark = pytest.mark.django_db
PACK = "/api/v1/offline-pack"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """The job remembers what it found last; a test that was rolled back must not be what it remembers."""
    packs._done.clear()
    yield
    packs._done.clear()


def manifest(worker: Member, **query: str) -> Any:
    answer = worker.client.get(PACK, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def part(worker: Member, found: Any, name: str, **headers: str) -> Any:
    digest = next(one["sha256"] for one in found["parts"] if one["name"] == name)
    return worker.client.get(f"{PACK}/parts/{digest}", headers=headers)


def codes_of(body: bytes) -> set[str]:
    return {feature["properties"]["code"] for feature in json.loads(body)["features"]}


def moved(district: District, name: str) -> None:
    """Another border of one grid, as a release brings it."""
    shape = district.shapes[name]
    GridShape.objects.filter(id=shape.id).update(geom=square(0.1, 0.1))
    publish("grid", [district.grids[name].id])


def test_a_pack_holds_the_own_grid_its_neighbours_and_the_code_tables(
    worker: Worker, district: District
) -> None:
    assert packs_make() == 1
    found = manifest(worker)
    assert found["own"] == [str(district.grids["A1-1"].id)]
    assert {one["name"] for one in found["parts"]} == {"tiles.pmtiles", "grids.geojson", "code_tables.json"}
    around = {district.grids[name].code for name in ("A1-1", "A1-2", "A2-1", "A2-2")}
    assert codes_of(part(worker, found, "grids.geojson").content) == around


def test_the_size_that_is_said_is_the_size_and_each_part_has_its_hash(worker: Worker) -> None:
    packs_make()
    found = manifest(worker)
    for one in found["parts"]:
        body = part(worker, found, one["name"]).content
        assert (len(body), sha256(body).hexdigest()) == (one["bytes"], one["sha256"])
    assert sum(one["bytes"] for one in found["parts"]) == found["bytes"]


def test_its_tiles_are_pmtiles_from_zoom_10_to_15(worker: Worker) -> None:
    packs_make()
    tiles = packing.tiles_of(part(worker, manifest(worker), "tiles.pmtiles").content)
    assert {z for z, _, _ in tiles} == set(range(10, 16))
    drawn = [read(gzip.decompress(body)) for (z, _, _), body in tiles.items() if z == 15]
    assert {feature.properties["code"][6:9] for tile in drawn for feature in tile["grid"]} == {"001"}


def test_neighbours_of_another_street_are_not_in_it(outsider: Worker, district: District) -> None:
    packs_make()
    codes = codes_of(part(outsider, manifest(outsider), "grids.geojson").content)
    assert {code[6:9] for code in codes} == {"002"}


def test_a_broken_download_goes_on_where_it_ended(worker: Worker) -> None:
    packs_make()
    found = manifest(worker)
    whole = part(worker, found, "tiles.pmtiles")
    rest = part(worker, found, "tiles.pmtiles", Range="bytes=100-", **{"If-Range": whole["ETag"]})
    assert (rest.status_code, whole.content[:100] + rest.content) == (206, whole.content)
    assert rest["Content-Range"] == f"bytes 100-{len(whole.content) - 1}/{len(whole.content)}"
    other = part(worker, found, "tiles.pmtiles", Range="bytes=100-", **{"If-Range": '"older"'})
    assert (other.status_code, other.content) == (200, whole.content)


def test_what_the_phone_has_is_not_sent_again(worker: Worker) -> None:
    packs_make()
    found = manifest(worker)
    tag = part(worker, found, "grids.geojson")["ETag"]
    again = part(worker, found, "grids.geojson", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    beyond = part(worker, found, "grids.geojson", Range="bytes=99999999-")
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range_not_satisfiable")
    assert beyond["Content-Range"] == f"bytes */{beyond.json()['size']}"


def test_nothing_changed_nothing_made(worker: Worker) -> None:
    assert (packs_make(), packs_make()) == (1, 0)
    packs._done.clear()
    assert packs_make() == 0


def test_workers_of_one_grid_share_the_files(worker: Worker, second_worker: Worker) -> None:
    assert packs_make() == 2
    assert PackPart.objects.count() == 3


def test_a_changed_border_is_a_difference_to_the_pack_before(
    worker: Worker, district: District, clock: Any
) -> None:
    packs_make()
    held = manifest(worker)
    clock.move(timedelta(minutes=1))
    moved(district, "A1-1")
    assert packs_make() == 1
    found = manifest(worker, **{"from": held["sha256"]})
    delta = found["delta"]
    assert delta["bytes"] < found["bytes"]
    changed = part(worker, delta, "delta.grids.geojson").content
    assert codes_of(changed) == {district.grids["A1-1"].code}
    assert delta["removed_grids"] == []


def test_old_tiles_and_the_difference_make_the_new_tiles(
    worker: Worker, district: District, clock: Any
) -> None:
    packs_make()
    held = manifest(worker)
    tiles = packing.tiles_of(part(worker, held, "tiles.pmtiles").content)
    clock.move(timedelta(minutes=1))
    moved(district, "A1-1")
    packs_make()
    found = manifest(worker, **{"from": held["sha256"]})
    tiles |= packing.tiles_of(part(worker, found["delta"], "delta.tiles.pmtiles").content)
    for place in found["delta"]["removed_tiles"]:
        del tiles[tuple(place)]
    assert tiles == packing.tiles_of(part(worker, found, "tiles.pmtiles").content)


def test_who_has_another_pack_takes_all_of_it(worker: Worker, district: District, clock: Any) -> None:
    packs_make()
    clock.move(timedelta(minutes=1))
    moved(district, "A1-1")
    packs_make()
    assert manifest(worker)["delta"] is None
    assert manifest(worker, **{"from": "0" * 64})["delta"] is None


def test_a_pack_is_gone_with_the_assignment(worker: Worker) -> None:
    packs_make()
    found = manifest(worker)
    charge = Assignment.objects.get(worker=worker.user)
    assignment_end(actor=SYSTEM, assignment_id=charge.id, day=today(), reason="调岗")
    assert worker.client.get(PACK).json()["code"] == "not_found"
    assert part(worker, found, "grids.geojson").status_code == 404
    packs_make()
    assert (Pack.objects.count(), PackPart.objects.count()) == (0, 0)


def test_a_pack_that_is_not_made_yet_is_asked_for_again(worker: Worker) -> None:
    answer = worker.client.get(PACK)
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (409, "pack_not_ready", "60")


def test_another_workers_files_do_not_exist(worker: Worker, outsider: Worker) -> None:
    packs_make()
    found = manifest(worker)
    assert part(outsider, found, "tiles.pmtiles").json()["code"] == "not_found"


def test_only_a_phone_of_a_worker_has_a_pack(worker: Worker, admin: Member) -> None:
    assert admin.client.get(PACK).json()["code"] == "role_not_allowed"
    browser = Member(worker.user, worker.membership)
    assert browser.client.get(PACK).json()["code"] == "device_required"
    Device.objects.update(state="retired")
    assert packs_make() == 0


def test_older_packs_and_files_of_none_are_cleared(
    worker: Worker, district: District, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDGOV_PACKS_KEPT", "1")
    packs_make()
    clock.move(timedelta(minutes=1))
    moved(district, "A1-1")
    packs_make()
    named = set(Pack.objects.get().parts)
    assert set(PackPart.objects.values_list("sha256", flat=True)) == named

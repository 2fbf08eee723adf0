"""The reference device's offline pack against the server's own addresses, on a network that breaks."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from gridphone.pack import Pack
from gridphone.transport import NetworkLost, Raw, ServerProblem

from grids.models import Assignment
from grids.services import assignment_end, packs
from grids.serving import packing
from kernel.actor import SYSTEM
from kernel.clock import today
from tests.cast import District, Worker
from tests.grids.test_packs import codes_of, moved

pytestmark = pytest.mark.django_db


class Wire:
    """The test client as a network: `breaks` answers are lost; `asked` are the ranges that came through;
    `page` comes in place of every file, and of two `spoils` the second in place of the first."""

    spoils: tuple[bytes, bytes]
    page: bytes | None

    def __init__(self, worker: Worker) -> None:
        self.client, self.breaks, self.asked = worker.client, 0, list[str]()
        self.spoils, self.page = (b"", b""), None

    def raw(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b"", breaks_at: int | None = None
    ) -> Raw:
        asked = {name: value for name, value in headers.items() if name != "Authorization"}
        answer: Any = self.client.get(f"/api/v1{path}", headers=asked)
        if "Range" in headers:
            if len(self.asked) == self.breaks:
                self.breaks = -1
                raise NetworkLost("cut")
            self.asked.append(f"{path[-64:]} {headers['Range']}")
            if self.page is not None:
                return Raw(200, {}, self.page)
        return Raw(answer.status_code, {}, answer.content.replace(*self.spoils))


@pytest.fixture
def wire(worker: Worker) -> Wire:
    wire = Wire(worker)
    wire.breaks = -1
    return wire


@pytest.fixture
def pack(clock: Any, wire: Wire, tmp_path: Path) -> Iterator[Pack]:
    packs._done.clear()
    packs.packs_make()
    yield Pack(tmp_path / "pack", wire, lambda: "", part=500)
    packs._done.clear()


def test_a_pack_lies_on_the_phone_whole(pack: Pack, district: District) -> None:
    assert pack.manifest is None
    told = pack.fetch()
    assert told == pack.manifest
    assert district.grids["A1-1"].code in codes_of(pack.file("grids.geojson"))


def test_a_broken_download_goes_on_and_takes_nothing_twice(pack: Pack, wire: Wire) -> None:
    wire.breaks = 3
    with pytest.raises(NetworkLost):
        pack.fetch()
    assert pack.manifest is None
    assert pack.fetch() is not None
    assert len(wire.asked) == len(set(wire.asked)) > 3


def renewed(pack: Pack, district: District, clock: Any, grid: str = "A1-1") -> dict[str, Any]:
    """Another border of a grid, and the phone fetches what there is now."""
    clock.move(timedelta(minutes=1))
    moved(district, grid)
    packs.packs_make()
    told = pack.fetch()
    assert told is not None
    return told


def tiles_of(pack: Pack, places: Any) -> dict[Any, bytes | None]:
    return {place: pack.tile(*place) for place in places}


def test_only_the_difference_is_fetched(pack: Pack, wire: Wire, district: District, clock: Any) -> None:
    pack.fetch()
    wire.asked.clear()
    delta = renewed(pack, district, clock)["delta"]
    assert {line[:64] for line in wire.asked} == {part["sha256"] for part in delta["parts"]}


@pytest.mark.parametrize("grids", [["A1-1"], ["A1-1", "A1-2", "A1-1"]])
def test_differences_over_the_old_pack_are_the_new_one(
    pack: Pack, wire: Wire, district: District, clock: Any, grids: list[str]
) -> None:
    pack.fetch()
    for grid in grids:
        told = renewed(pack, district, clock, grid)
    whole = Pack(pack.folder.parent / "beside", wire, lambda: "")
    whole.fetch()
    tiles = packing.tiles_of(whole.file("tiles.pmtiles"))
    assert pack.manifest == told
    assert features(pack) == features(whole)
    assert tiles_of(pack, tiles) == tiles
    assert pack.file("code_tables.json") == whole.file("code_tables.json")


def features(pack: Pack) -> list[Any]:
    return sorted(json.loads(pack.file("grids.geojson"))["features"], key=lambda one: str(one["id"]))


def test_after_some_differences_the_whole_is_fetched(
    pack: Pack, wire: Wire, district: District, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gridphone.pack.LAYERS_MAX", 1)
    pack.fetch()
    renewed(pack, district, clock)
    wire.asked.clear()
    told = renewed(pack, district, clock, "A1-2")
    digests = {part["name"]: part["sha256"] for part in told["parts"]}
    assert digests["tiles.pmtiles"] in {line[:64] for line in wire.asked}


def test_a_difference_that_does_not_fit_is_not_laid_over(
    pack: Pack, wire: Wire, district: District, clock: Any
) -> None:
    pack.fetch()
    wire.spoils = b'"removed_grids":[]', b'"removed_grids":["%s"]' % str(district.grids["A2-1"].id).encode()
    told = renewed(pack, district, clock)
    assert str(district.grids["A2-1"].id) in {one["id"] for one in features(pack)} == set(told["grids"])


def test_nothing_new_is_nothing_fetched(pack: Pack, wire: Wire) -> None:
    first = pack.fetch()
    wire.asked.clear()
    assert (pack.fetch(), wire.asked) == (first, [])


@pytest.mark.parametrize("page", [b"", b"<html>Wi-Fi</html>"])
def test_the_page_of_another_network_is_no_file(pack: Pack, wire: Wire, page: bytes) -> None:
    wire.page = page
    with pytest.raises(ValueError, match="came damaged"):
        pack.fetch()
    wire.page = None
    assert pack.fetch() is not None


def test_a_pack_that_is_not_made_yet_leaves_the_old_one(pack: Pack, wire: Wire) -> None:
    held = pack.fetch()
    packs.Pack.objects.all().delete()
    with pytest.raises(ServerProblem) as refused:
        pack.fetch()
    assert (refused.value.code, pack.manifest) == ("pack_not_ready", held)


def test_nothing_stays_of_a_pack_that_is_taken_away(pack: Pack, worker: Worker, tmp_path: Path) -> None:
    pack.fetch()
    charge = Assignment.objects.get(worker=worker.user)
    assignment_end(actor=SYSTEM, assignment_id=charge.id, day=today(), reason="调岗")
    assert pack.fetch() is None
    assert not (tmp_path / "pack").exists()

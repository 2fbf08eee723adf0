"""The reference device's offline pack against the server's own addresses, on a network that breaks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from gridphone.pack import Pack
from gridphone.transport import NetworkLost, Raw, ServerProblem

from grids.models import Assignment
from grids.services import assignment_end, packs
from kernel.actor import SYSTEM
from kernel.clock import today
from tests.cast import District, Worker
from tests.grids.test_packs import codes_of, moved

pytestmark = pytest.mark.django_db


class Wire:
    """The test client as a network: `breaks` answers are lost; `asked` are the ranges that came through."""

    def __init__(self, worker: Worker) -> None:
        self.client, self.breaks, self.asked = worker.client, 0, list[str]()

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
        return Raw(answer.status_code, {}, answer.content)


@pytest.fixture
def wire(worker: Worker) -> Wire:
    wire = Wire(worker)
    wire.breaks = -1
    return wire


@pytest.fixture
def pack(wire: Wire, tmp_path: Path) -> Iterator[Pack]:
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


def test_what_did_not_change_is_not_fetched_again(
    pack: Pack, wire: Wire, district: District, clock: Any
) -> None:
    first = pack.fetch()
    clock.move(timedelta(minutes=1))
    moved(district, "A1-1")
    packs.packs_make()
    wire.asked.clear()
    second = pack.fetch()
    assert first is not None
    assert second is not None
    old, new = ({part["name"]: part["sha256"] for part in told["parts"]} for told in (first, second))
    assert {line[:64] for line in wire.asked} == set(new.values()) - set(old.values())
    assert new["code_tables.json"] == old["code_tables.json"]


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

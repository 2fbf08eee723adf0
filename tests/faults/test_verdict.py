"""The comparison behind `make test-faults` finds what it is there to find."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from backend import truth
from kernel.ids import uuid7
from tests.cast import Member
from tests.faults.__main__ import earlier
from tests.faults.crew import Ledger
from tests.faults.verdict import Verdict, judge
from tests.sync.phones import Phone


class Scene:
    """A worker whose phone pushed one refused record, was told so, and holds what it should."""

    def __init__(self, worker: Member, folder: Path) -> None:
        phone = Phone(worker.actor)
        item = phone.item(kind="gossip")
        assert phone.push(item)[0].state == "rejected"
        self.id, self.ledger = str(item["id"]), Ledger(folder / "ledger")
        self.ledger.write([{"id": self.id, "state": "rejected"}])
        self.held: dict[str, Any] = truth.phone_set(truth.worker(worker.user.username))
        self.made = {self.id}
        self.username = worker.user.username

    def verdict(self) -> Verdict:
        store = SimpleNamespace(held=lambda: self.held)
        member = SimpleNamespace(
            username=self.username, made=self.made, ledger=self.ledger, phone=SimpleNamespace(store=store)
        )
        return judge(SimpleNamespace(members=[member]))  # type: ignore[arg-type]  # because a crew needs a server


@pytest.fixture
def scene(committed: None, worker: Member, tmp_path: Path) -> Scene:
    return Scene(worker, tmp_path)


def test_what_was_kept_as_it_was_told_is_fine(scene: Scene) -> None:
    found = scene.verdict()
    assert (found.fine, str(found), found.items) == (True, "", 1)


def test_an_outcome_of_which_the_database_knows_nothing_is_lost(scene: Scene) -> None:
    scene.ledger.write([{"id": str(uuid7()), "state": "accepted"}])
    assert len(scene.verdict().lost) == 1


def test_a_record_that_was_never_answered_is_lost(scene: Scene) -> None:
    scene.made.add(str(uuid7()))
    assert len(scene.verdict().lost) == 2  # nowhere in the database, and nowhere in the ledger


def test_an_outcome_told_one_way_and_kept_another_is_found(scene: Scene) -> None:
    scene.ledger.write([{"id": scene.id, "state": "accepted"}])
    assert scene.verdict().retold == [scene.id]


def test_a_record_with_two_outcomes_is_doubled(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(truth, "settled", lambda _actors: {scene.id: 2})
    assert scene.verdict().doubled == [scene.id]


def test_a_run_that_was_broken_off_goes_on_with_what_was_not_fine(tmp_path: Path) -> None:
    out, fine = tmp_path / "rows", {"fault": "calm", "wrong": ""}
    assert (earlier(None), earlier(out)) == ([], [])
    out.write_text(json.dumps([fine, {"fault": "clock jumps", "wrong": "lost: 1"}]), encoding="utf-8")
    assert earlier(out) == [fine]


def test_a_phone_that_lacks_a_row_differs(scene: Scene) -> None:
    kind = next(iter(scene.held))
    scene.held[kind].popitem()
    assert "missing 1" in scene.verdict().unequal[0]

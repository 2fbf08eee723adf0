"""What a process remembers of places, and what makes it forget."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from accounts.models import Area
from grids import access, remembering
from grids.models import Assignment, Grid, MapChange
from grids.remembering import Memory
from grids.services.assignments import assignment_end
from kernel.actor import SYSTEM
from kernel.clock import today
from tests.cast import District, Worker


def _touch(model: type[Any]) -> None:
    """A write that leaves everything as it is."""
    model.objects.update(code=F("code"))


def _mark() -> remembering.State | None:
    return remembering.present()


def test_a_value_is_made_once_a_state() -> None:
    memory: Memory[int] = Memory(10)
    made = [
        memory.get((1, 5), "a", lambda: 1),
        memory.get((1, 5), "a", lambda: 2),
        memory.get((2, 6), "a", lambda: 3),
    ]
    assert made == [1, 1, 3]


def test_without_a_state_nothing_is_remembered() -> None:
    memory: Memory[int] = Memory(10)
    assert [memory.get(None, "a", lambda: 1), memory.get(None, "a", lambda: 2)] == [1, 2]


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    memory: Memory[bytes] = Memory(3, len)
    for key in ("a", "b", "a", "c", "d"):
        memory.get((1, 1), key, lambda: b"1")
    assert memory.get((1, 1), "b", lambda: b"new") == b"new"


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_remembered(district: District) -> None:
    assert remembering.present() is None


@pytest.mark.usefixtures("committed")
class TestCommitted:
    """Real commits: what others see."""

    def test_every_commit_that_touches_places_is_another_state(self, district: District) -> None:
        states = [_mark()]
        _touch(Grid)
        states.append(_mark())
        _touch(Area)
        states.append(_mark())
        assert len({*states, None}) == 4

    def test_what_is_rolled_back_changes_nothing(self, district: District) -> None:
        before = _mark()
        with transaction.atomic():
            _touch(Area)
            transaction.set_rollback(True)
        assert _mark() == before

    def test_sweeping_leaves_a_state_that_was_never_there(self, district: District) -> None:
        _touch(Grid)
        seen = {_mark()}
        _touch(Grid)
        seen.add(_mark())
        remembering.sweep()
        assert _mark() not in seen
        seen.add(_mark())
        remembering.sweep()
        assert _mark() in seen

    def test_who_finds_many_changes_sweeps(self, district: District, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(remembering, "MANY", 1)
        monkeypatch.setattr(remembering, "_swept", [0.0])
        _touch(Grid)
        _touch(Grid)
        state = _mark()
        assert state is not None
        assert (state[0], MapChange.objects.count()) == (1, 1)

    def test_numbers_of_another_cluster_are_swept_up(self, district: District) -> None:
        with connection.cursor() as cursor:
            cursor.execute("insert into grids_mapchange (xid) values (9000000000000000)")
        remembering.sweep()
        state = _mark()
        assert state is not None
        assert (state[1] or 0) < 9_000_000_000_000_000

    def test_a_worker_without_the_assignment_sees_nothing_at_once(self, worker: Worker) -> None:
        seen = [len(access.visible_streets(worker.actor))]
        row = Assignment.objects.get(worker=worker.user)
        with transaction.atomic():
            assignment_end(actor=SYSTEM, assignment_id=row.id, day=today(), reason="moved")
        assert [*seen, len(access.visible_streets(worker.actor))] == [1, 0]

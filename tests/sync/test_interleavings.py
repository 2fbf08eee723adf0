"""What happens between two statements of a call: each moment held open by a barrier, then let go."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from kernel.problems import Problem
from sync import inbox, pull
from sync.models import Inbox
from tests.sync import notes, phones
from tests.sync.phones import Phone
from tests.sync.sessions import disconnect, open_transaction

Meanwhile = Callable[[Any, str, Callable[[], Any]], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Let something happen, in another session, right after a function of the engine was called once."""

    def patch(module: Any, name: str, act: Callable[[], Any]) -> None:
        genuine, waiting = getattr(module, name), [act]

        def then(*args: Any, **named: Any) -> Any:
            found = genuine(*args, **named)
            while waiting:
                with ThreadPoolExecutor(1) as other:
                    other.submit(waiting.pop()).result()
                    other.submit(disconnect).result()
            return found

        monkeypatch.setattr(module, name, then)

    return patch


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each in a session of its own, let go together; a device that is busy is asked again, as it says."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return patiently(act)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def patiently(act: Callable[[], Any]) -> Any:
    while True:
        try:
            return act()
        except Problem as problem:
            if problem.code != "one_at_a_time":
                raise


def test_a_commit_between_the_snapshot_and_the_rows_comes_with_the_next_pull(
    phone: Phone, meanwhile: Meanwhile
) -> None:
    notes.grant(phone.actor, "grid:1")
    early = notes.write(["early"], "grid:1")
    meanwhile(pull, "_stand", lambda: notes.write(["late"], "grid:1"))
    phone.sync()
    assert phone.ids == set(early)
    phone.sync()
    assert len(phone.ids) == 2


def test_a_row_overwritten_between_the_snapshot_and_the_rows_is_told_as_it_was_and_again(
    phone: Phone, meanwhile: Meanwhile
) -> None:
    notes.grant(phone.actor, "grid:1")
    (note,) = notes.write(["before"], "grid:1")
    meanwhile(pull, "_stand", lambda: notes.change([note], title="after"))
    phone.sync()
    assert phone.held["note", note]["title"] == "before"
    phone.sync()
    assert phone.held["note", note]["title"] == "after"


def test_a_grid_lost_between_the_quick_look_and_the_snapshot_brings_nothing(
    phone: Phone, meanwhile: Meanwhile
) -> None:
    notes.grant(phone.actor, "grid:1")
    notes.write(["foreign by now"], "grid:1")
    meanwhile(pull, "_quick", lambda: notes.revoke(phone.actor, "grid:1"))
    phone.sync()
    assert phone.ids == set()


def test_a_commit_between_the_quick_look_and_the_answer_is_not_lost(
    phone: Phone, meanwhile: Meanwhile
) -> None:
    notes.grant(phone.actor, "grid:1")
    phone.sync()
    meanwhile(pull, "_quick", lambda: notes.write(["just now"], "grid:1"))
    phone.sync()
    phone.sync()
    assert len(phone.ids) == 1


def test_one_cursor_asked_twice_at_once_leads_to_two_that_both_hold(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    phone.sync()
    notes.write(["a", "b", "c"], "grid:1")
    copies = [Phone(phone.actor, phone.cursor) for _ in range(2)]
    at_once(*(lambda copy=copy: copy.page(limit=2) for copy in copies))
    more = notes.write(["d"], "grid:1")
    for copy in copies:
        copy.sync(limit=2)
        copy.sync(limit=2)
        assert copy.ids == notes.phone_set(phone.actor) >= set(more)


def test_a_phone_that_pushes_and_pulls_at_once_holds_what_it_pushed(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    notes.write(["x"] * 20, "grid:1")
    items = [phone.item() for _ in range(5)]
    at_once(lambda: phone.push(*items), lambda: phone.sync(limit=3))
    phone.sync()
    assert phone.ids == notes.phone_set(phone.actor)
    assert {UUID(item["id"]) for item in items} <= phone.ids


def test_a_phone_and_its_clone_push_one_batch_at_once(phone: Phone) -> None:
    items = [phone.item() for _ in range(30)]
    answers = at_once(*[lambda: [entry.state.value for entry in phone.push(*items)]] * 3)
    assert sorted(answers) == [["accepted"] * 30, ["duplicate"] * 30, ["duplicate"] * 30]
    assert Inbox.objects.count() == len(notes.titles()) == 30


def test_a_push_whose_transaction_ended_before_the_commit_left_nothing(phone: Phone) -> None:
    item = phone.item()
    with transaction.atomic():
        phone.push(item)
        transaction.set_rollback(True)
    assert (Inbox.objects.count(), notes.titles()) == (0, [])
    assert phone.push(item)[0].state == "accepted"


def test_an_id_that_another_device_stores_between_the_look_and_the_writing_is_a_duplicate(
    phone: Phone, meanwhile: Meanwhile
) -> None:
    twin, item = phones.second_device(phone), phone.item()
    meanwhile(inbox, "known", lambda: twin.push(item))
    assert phone.push(item)[0].state == "duplicate"
    assert Inbox.objects.count() == len(notes.titles()) == 1


def test_writers_that_change_the_same_records_in_opposite_order_do_not_block_each_other(
    phone: Phone,
) -> None:
    made = notes.write([str(n) for n in range(40)], "grid:1")
    orders = [made, made[::-1]] * 3
    at_once(*(lambda ids=ids, n=n: notes.change(ids, title=f"by {n}") for n, ids in enumerate(orders)))
    notes.grant(phone.actor, "grid:1")
    phone.sync()
    assert len({record["title"] for record in phone.held.values()}) == 1


def test_a_pull_is_not_held_up_by_a_transaction_that_stays_open(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    made = notes.write(["a", "b"], "grid:1")
    phone.sync()
    with open_transaction() as slow:
        slow.run(notes.change, made[:1], title="slow")
        notes.change(made[1:], title="fast")
        phone.sync()
        assert [phone.held["note", id_]["title"] for id_ in made] == ["a", "fast"]
        slow.commit()
    phone.sync()
    assert [phone.held["note", id_]["title"] for id_ in made] == ["slow", "fast"]

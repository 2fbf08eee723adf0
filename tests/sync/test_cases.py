"""Cases from the field: what went wrong in comparable systems, tried here."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from accounts.models import Device
from kernel.problems import Problem
from sync import jobs, pull
from sync.models import Cursor, Inbox
from tests.sync import notes, phones
from tests.sync.phones import Phone
from tests.sync.sessions import open_transaction


def outcome(phone: Phone, item: dict[str, Any]) -> str:
    """As a phone does it: again, when it was told to come one at a time."""
    try:
        for _ in range(1000):
            try:
                return phone.push(item)[0].state.value
            except Problem as problem:
                if problem.code != "one_at_a_time":
                    raise
                Event().wait(0.01)
        raise AssertionError("never taken")
    finally:
        connection.close()


def at_once(copies: int, phone: Phone, item: dict[str, Any]) -> list[str]:
    """The same push by so many threads, let go together."""
    gate = threading.Barrier(copies)

    def send(_: int) -> str:
        gate.wait()
        return outcome(phone, item)

    with ThreadPoolExecutor(copies) as pool:
        return sorted(pool.map(send, range(copies)))


@pytest.mark.parametrize("later", [timedelta(), timedelta(minutes=1), timedelta(days=2)])
def test_s11_a_push_whose_answer_was_lost_gets_it_again(phone: Phone, clock: Any, later: timedelta) -> None:
    item = phone.item()
    phone.push(item)
    clock.move(later)
    (again,) = phone.push(item)
    assert (again.state, again.outcome.state, again.outcome.rev) == ("duplicate", "accepted", 1)
    assert Inbox.objects.count() == len(notes.titles()) == 1


def test_s11_ten_copies_at_once_are_one_record(phone: Phone) -> None:
    assert at_once(10, phone, phone.item()) == ["accepted"] + ["duplicate"] * 9
    assert len(notes.titles()) == 1


def test_s12_twenty_parallel_pushes_of_one_item_are_one_row(phone: Phone) -> None:
    assert at_once(20, phone, phone.item()) == ["accepted"] + ["duplicate"] * 19
    assert Inbox.objects.count() == len(notes.titles()) == 1


def test_s12_two_devices_of_one_person_race_with_one_item(phone: Phone) -> None:
    twin = phones.second_device(phone)
    item = phone.item()
    with open_transaction() as first:
        assert first.run(lambda: phone.push(item)[0].state) == "accepted"
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(outcome, twin, item)
            first.commit()
            assert second.result() == "duplicate"
    assert len(notes.titles()) == 1


@pytest.mark.parametrize("cursor", [1, 10**6, 2**53 - 1])
def test_s14_an_unknown_cursor_means_start_again(phone: Phone, cursor: int) -> None:
    with pytest.raises(Problem, match="resync"):
        pull.pull(phone.actor, pull.Asked(cursor, 10))


def test_s14_the_cursor_of_a_device_that_was_taken_out_of_use_means_start_again(phone: Phone) -> None:
    phone.sync()
    Device.objects.filter(id=phone.actor.device_id).update(state="retired")
    after = phones.second_device(phone)
    after.cursor = phone.cursor
    with pytest.raises(Problem, match="resync"):
        after.sync()
    after.cursor = None
    assert after.sync() == 1


def test_s14_somebody_elses_cursor_means_start_again(phone: Phone, other_phone: Phone) -> None:
    phone.sync()
    other_phone.cursor = phone.cursor
    with pytest.raises(Problem, match="resync"):
        other_phone.sync()


def test_s14_the_cursor_of_the_same_persons_other_phone_means_start_again(phone: Phone) -> None:
    phone.sync()
    twin = phones.second_device(phone)
    twin.cursor = phone.cursor
    with pytest.raises(Problem, match="resync"):
        twin.sync()


def test_s14_a_cursor_of_another_epoch_means_start_again(phone: Phone) -> None:
    phone.sync()
    Cursor.objects.update(epoch=0)
    with pytest.raises(Problem, match="resync"):
        phone.sync()


def test_s14_a_phone_away_for_long_starts_again_and_loses_no_record(phone: Phone, clock: Any) -> None:
    phone.sync()
    unsent = phone.item()
    clock.move(timedelta(days=61))
    with pytest.raises(Problem, match="resync"):
        phone.sync()
    assert phone.push(phone.item())[0].state == "accepted"
    assert phone.push(unsent)[0].outcome.code == "device_time_old"
    phone.cursor = None
    phone.sync()
    assert len(phone.ids) == 2


def test_s14_a_push_first_does_not_revive_the_cursor_of_a_phone_away_for_long(
    phone: Phone, clock: Any
) -> None:
    phone.sync()
    clock.move(timedelta(days=61))
    phone.push(phone.item())
    with pytest.raises(Problem, match="resync"):
        phone.sync()


def test_s14_a_cursor_ends_a_week_old_once_its_successor_was_used(phone: Phone, clock: Any) -> None:
    notes.grant(phone.actor, "grid:1")
    for title in ("a", "b", "c"):
        notes.write([title], "grid:1")
        phone.sync()
    first, second, third = Cursor.objects.order_by("id").values_list("id", flat=True)
    clock.move(timedelta(days=8))
    Device.objects.update(seen_on=None)
    assert jobs.due(clock.at) == 1
    assert list(Cursor.objects.order_by("id").values_list("id", flat=True)) == [second, third]
    with pytest.raises(Problem, match="resync"):
        pull.pull(phone.actor, pull.Asked(first, 10))


def test_s15_more_rows_of_one_transaction_than_a_page_come_once_each(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    phone.sync()
    made = notes.write(["x"] * 30, "grid:1")
    assert phone.sync(limit=10) == 3
    assert sorted(id_ for _, id_ in phone.seen) == sorted(made)


def test_s16_what_commits_while_a_pass_is_running_comes_with_the_next(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    early = notes.write(["early"] * 4, "grid:1")
    with open_transaction() as slow:
        late = slow.run(notes.write, ["late"], "grid:1")
        phone.page(limit=3)
        slow.commit()
    phone.sync(limit=3)
    assert phone.ids == set(early)
    phone.sync(limit=3)
    assert phone.ids == {*early, *late}


def test_s16_one_cursor_covers_all_kinds(phone: Phone, second_kind: str) -> None:
    notes.grant(phone.actor, "grid:1")
    made = {("note", id_) for id_ in notes.write(["n"] * 15, "grid:1")}
    made |= {(second_kind, id_) for id_ in notes.write(["m"] * 30, "grid:1", kind=second_kind)}
    phone.sync(limit=10)
    assert sorted(phone.seen) == sorted(made)
    (note,) = notes.write(["later"], "grid:1")
    phone.sync(limit=10)
    assert ("note", UUID(str(note))) in phone.held

"""The traps that other systems fell into, one interleaving each."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection

from sync import check
from tests import database
from tests.sync import notes, phones
from tests.sync.phones import Phone
from tests.sync.sessions import open_transaction

BATCHES = 25


class SequencePhone(Phone):
    """The mutant: it asks by a counter that grows, as most systems do."""

    highest = 0

    def pull_by_sequence(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select id, n from t_log where n > %s order by n", [self.highest])
            for id_, n in cursor.fetchall():
                self.highest = max(self.highest, n)
                self.held["note", id_] = {}


def test_a_late_committer_is_still_seen(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    with open_transaction() as slow:
        late = slow.run(notes.write, ["late"], "grid:1")
        early = notes.write(["early"], "grid:1")
        phone.sync()
        assert phone.ids == set(early)
        slow.commit()
    phone.sync()
    assert phone.ids == {*early, *late}


def test_a_cursor_by_sequence_loses_the_late_committer(phone: Phone, log_table: None) -> None:
    mutant = SequencePhone(phone.actor)
    with open_transaction() as slow:
        late = slow.run(log_note)
        early = log_note()
        mutant.pull_by_sequence()
        slow.commit()
    mutant.pull_by_sequence()
    assert early in mutant.ids
    assert late not in mutant.ids


def test_eight_writers_that_overlap_lose_nothing(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    written: list[UUID] = []
    done = threading.Event()

    def write(_: int) -> None:
        for _batch in range(BATCHES):
            written.extend(notes.write(["a", "b", "c"], "grid:1"))
        connection.close()

    with ThreadPoolExecutor(9) as pool:
        reader = pool.submit(pull_until, phone, done)
        list(pool.map(write, range(8)))
        done.set()
        reader.result()
    phone.sync()  # the pass that was running when the writers ended
    phone.sync()
    assert phone.ids == set(written)
    assert len(written) == 8 * BATCHES * 3


def pull_until(phone: Phone, done: threading.Event) -> None:
    while not done.is_set():
        phone.page(limit=7)
    connection.close()


def test_a_grid_revoked_within_a_pass_and_granted_again_is_sent_again_whole(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1", "grid:2")
    first, second = notes.write(["a", "b", "c"], "grid:1"), notes.write(["d", "e", "f"], "grid:2")
    phone.page(limit=4)
    notes.revoke(phone.actor, "grid:2")
    phone.sync(limit=4)
    notes.grant(phone.actor, "grid:2")
    phone.sync(limit=4)
    assert phone.ids == {*first, *second}


def test_what_was_deleted_while_a_grid_was_withheld_leaves_the_phone(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    (dead, *alive) = notes.write(["a", "b", "c", "d"], "grid:1")
    phone.page(limit=2)
    notes.revoke(phone.actor, "grid:1")
    phone.page(limit=2)
    notes.delete([dead])
    notes.grant(phone.actor, "grid:1")
    phone.sync(limit=2)
    assert phone.ids == set(alive)


def test_changes_withheld_in_a_pass_are_not_lost(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1", "grid:2")
    first, second = notes.write(["a", "b"], "grid:1"), notes.write(["c", "d"], "grid:2")
    phone.sync()
    notes.change([*first, *second], title="changed")
    phone.page(limit=2)
    notes.revoke(phone.actor, "grid:2")
    phone.sync(limit=2)
    notes.grant(phone.actor, "grid:2")
    phone.sync(limit=2)
    assert {record["title"] for record in phone.held.values()} == {"changed"}
    assert phone.ids == {*first, *second}


def test_a_row_resent_and_moved_across_a_page_edge_stays(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1", "grid:2")
    made = notes.write(["a", "b", "c"], "grid:2")
    phone.sync()
    notes.change(made, title="changed")
    phone.page(limit=1)
    notes.change(made, scopes=["grid:1"])
    phone.sync(limit=1)
    phone.sync(limit=1)
    assert phone.ids == set(made)


def test_a_row_overwritten_within_a_pass_comes_with_the_next(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    made = notes.write(["a", "b", "c"], "grid:1")
    phone.page(limit=1)
    notes.change(made[1:], title="newer")
    phone.sync(limit=1)
    assert phone.ids == {made[0]}
    phone.sync(limit=1)
    assert [phone.held["note", id_]["title"] for id_ in made] == ["a", "newer", "newer"]


def test_in_one_pass_no_record_is_put_twice_or_both_put_and_removed(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1", "grid:2", "grid:3")
    made = notes.write(["x"] * 6, "grid:1", "grid:2")
    phone.sync()
    notes.change(made[:3], scopes=["grid:2", "grid:3"])
    notes.change(made[3:], scopes=["grid:4"])
    notes.revoke(phone.actor, "grid:1")
    bodies = [phone.page(limit=2) for _ in range(7)]
    put = [record["id"] for body in bodies for record in body["put"].get("note", [])]
    removed = {id_ for body in bodies for id_ in body["remove"].get("note", [])}
    assert sorted(put) == sorted(map(str, made[:3]))
    assert removed == set(map(str, made[3:]))


def test_a_phone_restored_from_a_backup_and_its_twin_both_converge(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    old = notes.write(["old"], "grid:1")
    phone.sync()
    restored = Phone(phone.actor, phone.cursor, dict(phone.held))
    new = notes.write(["new"], "grid:1")
    phone.sync()
    notes.delete(old)
    phone.sync()
    restored.sync()
    assert phone.ids == restored.ids == set(new)


def test_a_record_that_returns_to_a_scope_comes_back(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    (note,) = notes.write(["x"], "grid:1")
    phone.sync()
    notes.change([note], scopes=["grid:2"])
    phone.sync()
    notes.change([note], scopes=["grid:1"])
    phone.sync()
    assert phone.ids == {note}


def test_a_write_past_the_one_writer_is_found(phone: Phone) -> None:
    (note,) = notes.write(["before"], "grid:1")
    assert check.check().differences == []
    with connection.cursor() as cursor:
        cursor.execute("update t_note set title = 'after' where id = %s", [note])
    assert [(d.sort, d.id) for d in check.check().differences] == [("different", note)]
    notes.change([note], title="after")


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
def test_two_phones_in_a_storm_of_moves_end_equal_to_the_truth(phone: Phone, size: int) -> None:
    other = phones.make("neighbour")
    grids = ["grid:1", "grid:2", "grid:3"]
    made = notes.write([str(n) for n in range(12)], "grid:1")
    for step in range(30):
        who, grid = (phone, other)[step % 2], grids[step % 3]
        notes.revoke(who.actor, grid) if step % 5 < 2 else notes.revoke(who.actor, *grids)
        notes.grant(who.actor, grid)
        notes.change(made[step % 7 :: 3], scopes=[grids[(step * 5) % 3], grids[(step * 7 + 1) % 3]])
        phone.page(limit=size)
        other.page(limit=size)
    for each in (phone, other):
        each.sync(limit=size)
        each.sync(limit=size)
        assert each.ids == notes.phone_set(each.actor)


@pytest.fixture
def log_table(note_kind: None) -> None:
    with database.owner() as owner:
        owner.execute("create table if not exists t_log (id uuid, n bigserial)")
        owner.execute("grant all on t_log, t_log_n_seq to gridgov_app")


def log_note() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("insert into t_log (id) values (gen_random_uuid()) returning id")
        return cursor.fetchone()[0]

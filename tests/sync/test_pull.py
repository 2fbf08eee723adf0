"""A pull brings what changed, within what the caller may see now."""

import pytest

from kernel.problems import Problem
from sync import pull
from sync.models import Cursor
from tests.sync import notes
from tests.sync.phones import Phone


def test_a_first_pull_brings_what_the_scopes_hold(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    mine = notes.write(["a", "b"], "grid:1")
    notes.write(["c"], "grid:2")
    phone.sync()
    assert phone.ids == set(mine)


def test_an_empty_pull_answers_the_same_cursor_and_writes_nothing(phone: Phone) -> None:
    phone.sync()
    before, count = phone.cursor, Cursor.objects.count()
    body = phone.page()
    assert (phone.cursor, Cursor.objects.count(), body["has_more"]) == (before, count, False)


def test_a_change_by_others_comes_and_its_rev_still_counts_the_authors_versions(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    (note,) = notes.write(["before"], "grid:1")
    phone.sync()
    notes.change([note], title="after")
    phone.sync()
    assert phone.held["note", note] == {"id": str(note), "rev": 1, "title": "after"}


def test_a_deleted_record_leaves_by_its_tombstone(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    gone, stays = notes.write(["gone", "stays"], "grid:1")
    phone.sync()
    notes.delete([gone])
    assert phone.page()["remove"] == {"note": [str(gone)]}
    assert phone.ids == {stays}


def test_a_limit_cuts_pages_and_every_row_comes_once(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1", "grid:2")
    made = notes.write(["x"] * 7, "grid:1") + notes.write(["y"] * 5, "grid:2")
    assert phone.sync(limit=4) == 3
    assert sorted(phone.seen) == sorted(("note", id_) for id_ in made)


def test_a_lost_answer_is_asked_for_again(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    made = notes.write(["x"] * 5, "grid:1")
    phone.page(limit=2)
    pull.pull(phone.actor, pull.Asked(phone.cursor, 2))
    phone.sync(limit=2)
    assert phone.ids == set(made)


def test_a_scope_lost_is_removed_and_named(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    notes.write(["x", "y"], "grid:1")
    phone.sync()
    notes.revoke(phone.actor, "grid:1")
    assert phone.page()["purged_scopes"] == ["grid:1"]
    assert phone.ids == set()


def test_what_came_after_a_scope_was_lost_stays_unsaid(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    known = notes.write(["known"], "grid:1")
    phone.sync()
    notes.revoke(phone.actor, "grid:1")
    notes.write(["never sent"], "grid:1")
    assert phone.page()["remove"] == {"note": [str(known[0])]}


def test_a_scope_gained_comes_whole(phone: Phone) -> None:
    old = notes.write(["old"], "grid:1")
    phone.sync()
    notes.grant(phone.actor, "grid:1")
    phone.sync()
    assert phone.ids == set(old)


def test_a_row_that_moves_in_view_is_put_and_not_removed(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1", "grid:2")
    (note,) = notes.write(["moves"], "grid:1")
    phone.sync()
    notes.change([note], scopes=["grid:2"])
    body = phone.page()
    assert (len(body["put"]["note"]), body["remove"]) == (1, {})


def test_a_row_that_moves_with_its_scope_is_put_and_not_removed(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    (note,) = notes.write(["moves"], "grid:1")
    phone.sync()
    notes.change([note], scopes=["grid:2"])
    notes.revoke(phone.actor, "grid:1")
    notes.grant(phone.actor, "grid:2")
    body = phone.page()
    assert (body["remove"], phone.ids) == ({}, {note})


def test_a_row_that_moves_out_of_view_is_removed(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    (note,) = notes.write(["moves"], "grid:1")
    phone.sync()
    notes.change([note], scopes=["grid:2"])
    phone.sync()
    assert phone.ids == set()


def test_a_record_in_two_scopes_comes_once_and_survives_the_loss_of_one(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1", "grid:2")
    (note,) = notes.write(["shared"], "grid:1", "grid:2")
    phone.sync()
    notes.revoke(phone.actor, "grid:1")
    phone.sync()
    assert (phone.seen, phone.ids) == ([("note", note)], {note})


def test_kinds_narrow_a_pull_and_belong_to_its_cursor(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    notes.write(["x"], "grid:1")
    phone.sync(kinds=[])
    assert phone.ids == set()
    with pytest.raises(Problem, match="resync"):
        phone.page(kinds=["note"])

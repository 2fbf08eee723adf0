"""Old tombstones go; a phone that would need one starts over, any other goes on."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Device
from kernel.problems import Problem
from sync import jobs, pull
from sync.models import Cursor, Mark, Row
from tests.sync import notes
from tests.sync.phones import Phone

LONG = timedelta(days=91)


def tombstones() -> int:
    return Row.objects.filter(deleted=True, kind="note").count()


def pass_time(clock: Any, by: timedelta = LONG) -> None:
    """So much later: everybody was seen that day, and the minute's job ran twice."""
    jobs.due(clock.at)
    clock.move(by)
    Device.objects.update(seen_on=clock.at.date())
    jobs.due(clock.at)
    jobs.due(clock.at)


@pytest.fixture
def held(phone: Phone) -> list[Any]:
    """Two notes that the phone has."""
    notes.grant(phone.actor, "grid:1")
    made = notes.write(["a", "b"], "grid:1")
    phone.sync()
    return made


def test_an_old_tombstone_that_every_phone_has_heard_of_goes(
    phone: Phone, held: list[Any], clock: Any
) -> None:
    notes.delete(held)
    phone.sync()
    Cursor.objects.exclude(id=phone.cursor).delete()
    pass_time(clock, timedelta(days=89))
    assert tombstones() == 2
    pass_time(clock, timedelta(days=2))
    assert tombstones() == 0
    phone.sync()
    assert phone.ids == set()


def test_s14_a_phone_that_missed_an_old_removal_starts_over(
    phone: Phone, held: list[Any], clock: Any
) -> None:
    notes.delete(held[:1])
    pass_time(clock)
    assert tombstones() == 0
    with pytest.raises(Problem, match="resync"):
        phone.sync()
    phone.cursor, phone.held = None, {}
    phone.sync()
    assert phone.ids == set(held[1:])


def test_a_phone_for_which_nothing_changed_goes_on(phone: Phone, held: list[Any], clock: Any) -> None:
    notes.delete(notes.write(["elsewhere"], "grid:2"))
    before = phone.cursor
    pass_time(clock)
    phone.sync()
    assert (tombstones(), phone.cursor, phone.ids) == (0, before, set(held))


def test_a_page_that_was_read_while_its_cursor_ended_keeps_what_its_successor_needs(
    phone: Phone, held: list[Any], clock: Any
) -> None:
    notes.delete(held)
    jobs.due(clock.at)
    clock.move(LONG)
    Device.objects.update(seen_on=clock.at.date())
    jobs._end_cursors(clock.at)
    parent = Cursor.objects.get(id=phone.cursor)
    jobs._end_tombstones(clock.at)
    parent.save(force_insert=True)  # a successor, committed after its parent was ended
    jobs._end_cursors(clock.at)
    assert tombstones() == 2
    phone.sync()
    assert phone.ids == set()


def test_a_tombstone_of_a_scope_that_a_phone_holds_in_part_is_kept_until_it_is_told(
    phone: Phone, clock: Any
) -> None:
    notes.grant(phone.actor, "grid:1")
    made = notes.write(["a", "b", "c"], "grid:1")
    phone.page(limit=2)
    notes.revoke(phone.actor, "grid:1")
    phone.page(limit=2)
    notes.delete(made[:1])
    pass_time(clock)
    with pytest.raises(Problem, match="resync"):
        phone.sync()


def test_marks_of_days_before_the_horizon_are_forgotten(phone: Phone, clock: Any) -> None:
    for _ in range(3):
        jobs.due(clock.at)
        clock.move(timedelta(days=50))
    jobs.due(clock.at)
    assert Mark.objects.count() == 3


def test_an_empty_pull_stays_one_answer_after_a_purge(phone: Phone, held: list[Any], clock: Any) -> None:
    pass_time(clock)
    assert pull.pull(phone.actor, pull.Asked(phone.cursor, 10)).rows == []

"""After a restore nothing is told until a new epoch has begun; then every phone starts over."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from kernel.problems import Problem
from sync import life, pull
from sync.models import Cursor, Epoch, Mark, Row
from tests.sync import notes
from tests.sync.phones import Phone
from tests.sync.test_receipts import decide


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    life.forget()
    yield
    life.forget()


def restored_elsewhere() -> None:
    """The state after a restore into another cluster: other identity, rows of transactions yet to come."""
    Epoch.objects.update(identity="7/00000001/5/1")
    with connection.cursor() as cursor:
        cursor.execute("update sync_row set xid = '900000000', born = '900000000'")
    life.forget()


def rotate(**options: Any) -> str:
    out = StringIO()
    call_command("sync_rotate_epoch", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def held(phone: Phone) -> list[Any]:
    notes.grant(phone.actor, "grid:1")
    made = notes.write(["a", "b", "c"], "grid:1")
    phone.sync()
    notes.delete(made[2:])
    return made[:2]


def test_the_first_look_notes_what_the_database_is(phone: Phone) -> None:
    Epoch.objects.update(identity="")
    phone.sync()
    noted, _, here = life.identity()
    assert (noted, here.count("/")) == (here, 3)


@pytest.mark.parametrize("part", range(4))
def test_another_cluster_timeline_database_or_table_stops_sync(phone: Phone, part: int) -> None:
    parts = life.identity()[2].split("/")
    parts[part] = "0"
    Epoch.objects.update(identity="/".join(parts))
    with pytest.raises(Problem, match="restoring"):
        phone.sync()
    with pytest.raises(Problem, match="restoring"):
        phone.push(phone.item())


def test_rows_of_transactions_yet_to_come_stop_sync(phone: Phone, held: list[Any]) -> None:
    Row.objects.filter(id=held[0]).update(xid="900000000")
    life.forget()
    with pytest.raises(Problem, match="restoring") as refused:
        phone.sync()
    assert 1 <= refused.value.extra["retry_after"] <= 20
    rotate()


def test_rows_of_the_present_transaction_are_not_of_the_future(phone: Phone) -> None:
    with transaction.atomic():
        notes.write(["a"], "grid:1")
        life.check(None)
        transaction.set_rollback(True)


def test_a_running_process_notices_within_seconds(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    phone.sync()
    Epoch.objects.update(identity="7/00000001/5/1")
    phone.sync()
    monkeypatch.setattr(life, "FRESH_S", -1.0)
    with pytest.raises(Problem, match="restoring"):
        phone.sync()


def test_after_a_rotation_every_phone_starts_over_and_has_all(phone: Phone, held: list[Any]) -> None:
    restored_elsewhere()
    old = phone.cursor
    assert "3 phone rows" not in rotate()
    with pytest.raises(Problem, match="resync"):
        phone.sync()
    phone.cursor, phone.held = None, {}
    phone.sync()
    assert phone.ids == set(held)
    assert phone.cursor is not None
    assert old is not None
    assert phone.cursor > old + 2**33


def test_what_changes_after_a_rotation_is_told(phone: Phone, held: list[Any]) -> None:
    restored_elsewhere()
    rotate()
    phone.cursor, phone.held = None, {}
    phone.sync()
    notes.change(held[:1], title="after")
    notes.delete(held[1:])
    phone.sync()
    assert [record["title"] for record in phone.held.values()] == ["after"]


def test_receipts_outlive_a_rotation(phone: Phone) -> None:
    item = phone.item("odd")
    phone.push(item)
    decide(item, "accepted")
    rotate()
    phone.cursor = None
    assert [receipt["id"] for receipt in phone.page()["receipts"]] == [item["id"]]


def test_two_lives_of_one_district_share_no_epoch(phone: Phone, clock: Any) -> None:
    phone.sync()
    rotate()
    first = Epoch.objects.get().epoch
    Epoch.objects.update(epoch=1)
    clock.move(timedelta(hours=1))
    rotate()
    assert Epoch.objects.get().epoch == first + 1


def test_a_dry_run_changes_nothing(phone: Phone, held: list[Any]) -> None:
    epoch = Epoch.objects.get().epoch
    assert "2 phone rows to stamp anew, 1 removals and 1 cursors to drop" in rotate(dry_run=True)
    assert (Epoch.objects.get().epoch, Cursor.objects.count()) == (epoch, 1)


def test_a_rotation_that_was_cut_off_is_run_again(
    phone: Phone, held: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(life, "BATCH", 1)

    def cut(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        life.rotate(cut)
    life.forget()
    with pytest.raises(Problem, match="restoring"):
        phone.sync()
    rotate()
    phone.cursor, phone.held = None, {}
    phone.sync()
    assert (phone.ids, Mark.objects.count()) == (set(held), 0)


def test_an_empty_pull_asks_no_more_than_before(phone: Phone) -> None:
    phone.sync()
    with connection.execute_wrapper(_refuse):
        pull.pull(phone.actor, pull.Asked(phone.cursor, 10))


def _refuse(execute: Any, sql: str, *rest: Any) -> Any:
    raise AssertionError(f"a statement past the prepared ones: {sql}")

"""Edits of own records: in the device's order, whatever the order in which they arrive."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from kernel.problems import Problem
from sync import jobs, push
from sync.answering import item_release, item_resolve
from sync.items import Envelope
from sync.models import Inbox, InboxStep
from tests.sync import notes, phones
from tests.sync.phones import Phone


def said(phone: Phone, *items: object) -> list[tuple[str, str]]:
    return [(result.state.value, result.outcome.code) for result in phone.push(*items)]


def versions(record: Any) -> list[tuple[int, str]]:
    """(seq, state) of all that was sent of a record, in the device's order."""
    rows = Inbox.objects.filter(target=record).order_by("seq")
    return [(row.seq, row.state) for row in rows]


@pytest.fixture
def record(phone: Phone) -> str:
    item = phone.item("v0")
    phone.push(item)
    return str(item["id"])


def test_the_author_amends_an_own_record(phone: Phone, record: str) -> None:
    assert said(phone, phone.edit(record, 1, "better")) == [("accepted", "")]
    assert notes.title(record) == ("better", 2)
    phone.sync()
    assert (phone.held["note", UUID(record)]["title"], phone.held["note", UUID(record)]["rev"]) == (
        "better",
        2,
    )


def test_edits_of_one_batch_follow_each_other_and_their_create(phone: Phone) -> None:
    item = phone.item("v0")
    batch = [item, phone.edit(item["id"], 1, "v1"), phone.edit(item["id"], 2, "v2")]
    assert said(phone, *reversed(batch)) == [("accepted", "")] * 3
    assert notes.title(item["id"]) == ("v2", 3)


def test_edits_that_name_the_revision_last_pulled_are_no_conflict(phone: Phone, record: str) -> None:
    assert said(phone, phone.edit(record, 1, "v1"), phone.edit(record, 1, "v2")) == [("accepted", "")] * 2
    assert notes.title(record) == ("v2", 3)


def test_s1_an_edit_waits_for_its_predecessors_and_then_all_apply(phone: Phone, record: str) -> None:
    v1, v2, v3 = (phone.edit(record, rev, f"v{rev}") for rev in (1, 2, 3))
    assert said(phone, v3) == [("held", "waits_for_version")]
    assert notes.title(record) == ("v0", 1)
    assert said(phone, v1) == [("accepted", "")]
    assert said(phone, v2) == [("accepted", "")]
    assert notes.title(record) == ("v3", 4)
    assert versions(record) == [(seq, "accepted") for seq in (1, 2, 3, 4)]
    assert phone.push(v3)[0].outcome.state == "accepted"


def test_s1_the_author_sees_that_an_edit_waits(phone: Phone, record: str) -> None:
    later = phone.edit(record, 2, "v2")
    phone.push(later)
    phone.sync()
    row = phone.held["note", UUID(record)]
    assert (row["title"], row["sync_state"], row["reject_code"]) == ("v0", "held", "waits_for_version")
    assert row["sync_sent"]["title"] == "v2"
    phone.push(phone.edit(record, 1, "v1", seq=later["seq"] - 1) | {"seq": 2})
    phone.sync()


def test_an_edit_beside_another_devices_is_a_conflict_and_theirs_stays(phone: Phone, record: str) -> None:
    twin = phones.second_device(phone)
    assert said(twin, twin.edit(record, 1, "theirs")) == [("accepted", "")]
    assert said(phone, phone.edit(record, 1, "mine")) == [("conflict", "changed_meanwhile")]
    assert notes.title(record) == ("theirs", 2)
    phone.sync()
    row = phone.held["note", UUID(record)]
    assert (row["title"], row["sync_state"], row["sync_sent"]["title"]) == ("theirs", "conflict", "mine")


def test_a_later_clean_edit_does_not_clear_the_flag(phone: Phone, record: str) -> None:
    twin = phones.second_device(phone)
    twin.push(twin.edit(record, 1, "theirs"))
    phone.push(phone.edit(record, 1, "mine"))
    twin.push(twin.edit(record, 2, "again"))
    phone.sync()
    row = phone.held["note", UUID(record)]
    assert (row["title"], row["sync_state"]) == ("again", "conflict")


def test_a_later_edit_that_is_not_taken_does_not_hide_the_flag(
    phone: Phone, other_phone: Phone, record: str
) -> None:
    notes.change([UUID(record)], scopes=["grid:1", f"user:{phone.actor.user_id}"])
    notes.grant(other_phone.actor, "grid:1")
    twin = phones.second_device(phone)
    twin.push(twin.edit(record, 1, "theirs"))
    phone.push(phone.edit(record, 1, "mine"))
    twin.push(twin.edit(record, 2, "odd"))
    for reader in (phone, twin, other_phone):
        reader.sync()
        assert reader.held["note", UUID(record)]["sync_state"] == "conflict"


def test_somebody_elses_edit_does_not_hide_the_authors(phone: Phone, other_phone: Phone, record: str) -> None:
    phone.push(phone.edit(record, 1, "odd"))
    other_phone.push(other_phone.edit(record, 1, "mine too"))
    phone.sync()
    assert phone.held["note", UUID(record)]["sync_state"] == "quarantined"


def test_a_chosen_edit_that_the_database_refuses_is_still_not_possible(phone: Phone, record: str) -> None:
    twin = phones.second_device(phone)
    twin.push(twin.edit(record, 1, "theirs"))
    mine = phone.edit(record, 1, "poison")
    phone.push(mine)
    row = Inbox.objects.get(id=mine["id"])
    with pytest.raises(Problem, match="still_not_possible"):
        item_resolve(actor=phone.actor, item=row, choice="mine", reason="x")
    assert (Inbox.objects.get(id=mine["id"]).state, notes.title(record)) == ("conflict", ("theirs", 2))


def test_an_edit_that_was_made_from_one_put_aside_is_in_conflict_too(phone: Phone, record: str) -> None:
    twin = phones.second_device(phone)
    twin.push(twin.edit(record, 1, "theirs"))
    mine, again = phone.edit(record, 1, "mine"), phone.edit(record, 2, "mine again")
    assert [state for state, _ in said(phone, mine, again)] == ["conflict", "held"]
    item_resolve(actor=phone.actor, item=Inbox.objects.get(id=mine["id"]), choice="theirs", reason="x")
    later = Inbox.objects.get(id=again["id"])
    assert (later.state, later.code) == ("conflict", "changed_meanwhile")
    assert InboxStep.objects.get(item_id=later.no).event == "clash"


def test_s9_one_stale_edit_holds_up_only_what_depends_on_it(phone: Phone) -> None:
    stale = phone.item("stale")
    phone.push(stale)
    twin = phones.second_device(phone)
    twin.push(twin.edit(stale["id"], 1, "theirs"))
    batch = [phone.item() for _ in range(50)]
    batch[7] = phone.edit(stale["id"], 1, "mine", seq=batch[7]["seq"])
    batch[8] = phone.edit(stale["id"], 2, "mine again", seq=batch[8]["seq"])
    results = said(phone, *batch)
    assert results[7:9] == [("conflict", "changed_meanwhile"), ("held", "waits_for_version")]
    assert [results.count(("accepted", "")), len(notes.titles())] == [48, 49]


def test_a_child_waits_for_its_parent_also_across_pushes(phone: Phone) -> None:
    parent = phone.item("parent")
    child = phone.item("child", data={"after": parent["id"]})
    grandchild = phone.item("grandchild", data={"after": child["id"]})
    assert said(phone, grandchild, child) == [("held", "waits_for_record")] * 2
    assert said(phone, parent) == [("accepted", "")]
    assert notes.titles() == ["parent", "child", "grandchild"]


def test_a_child_in_the_batch_of_its_parent_is_taken_after_it(phone: Phone) -> None:
    parent = phone.item("parent")
    child = phone.item("child", data={"after": parent["id"]})
    assert said(phone, child, parent) == [("accepted", "")] * 2


def test_the_correction_of_a_rejected_record_makes_it(phone: Phone) -> None:
    item = phone.item("bad")
    phone.push(item)
    assert said(phone, phone.edit(item["id"], 0, "good")) == [("accepted", "")]
    phone.sync()
    row = phone.held["note", UUID(item["id"])]
    assert (row["title"], "sync_state" in row) == ("good", False)


def test_a_correction_that_is_no_better_comes_back_in_its_place(phone: Phone) -> None:
    item = phone.item("bad")
    phone.push(item)
    assert said(phone, phone.edit(item["id"], 0, "odd")) == [("quarantined", "conflict")]
    phone.sync()
    row = phone.held["note", UUID(item["id"])]
    assert (row["title"], row["sync_state"]) == ("odd", "quarantined")


def test_somebody_elses_record_is_as_if_it_had_not_arrived(
    phone: Phone, other_phone: Phone, record: str
) -> None:
    absent = "01900000-0000-7000-8000-000000000000"
    assert (
        said(other_phone, other_phone.edit(record, 1, "x"), other_phone.edit(absent, 1, "x"))
        == [("held", "waits_for_record")] * 2
    )
    assert notes.title(record) == ("v0", 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"target": None}, "target_required"),
        ({"base_rev": None}, "base_rev_required"),
        ({"kind": "command"}, "kind_not_pushed"),
        ({"op": "command"}, "op_not_supported"),
        ({"data": {"title": 5}}, "data_invalid"),
        ({"data": {"title": "bad"}}, "bad_page"),
    ],
)
def test_an_edit_that_cannot_be_taken_changes_nothing(
    phone: Phone, record: str, change: Any, code: str
) -> None:
    assert said(phone, phone.edit(record, 1, "x") | change) == [("rejected", code)]
    assert notes.title(record) == ("v0", 1)


def test_s2_a_forced_edit_makes_no_conflict_of_what_comes_after(
    phone: Phone, record: str, clock: Any
) -> None:
    e1, e2, e3, e4 = (phone.edit(record, rev, f"e{rev}") for rev in (1, 2, 3, 4))
    phone.push(e3)
    clock.move(timedelta(hours=25))
    assert jobs.due(clock.at) == 1
    assert notes.title(record) == ("e3", 2)
    row = Inbox.objects.get(id=e3["id"])
    assert (row.state, row.code, row.forced) == ("accepted", "forced", True)
    assert said(phone, e1, e2) == [("accepted", "came_late")] * 2
    assert said(phone, e4) == [("accepted", "")]
    assert notes.title(record) == ("e4", 3)


def test_s3_a_create_before_anything_was_forced_comes_first(phone: Phone) -> None:
    create = phone.item("v0")
    update1, update2 = phone.edit(create["id"], 1, "u1"), phone.edit(create["id"], 2, "u2")
    assert said(phone, update2) == said(phone, update1) == [("held", "waits_for_record")]
    assert said(phone, create) == [("accepted", "")]
    assert notes.title(create["id"]) == ("u2", 3)
    assert versions(create["id"]) == [(seq, "accepted") for seq in (1, 2, 3)]


def test_s3_a_create_after_its_edits_is_folded_in(phone: Phone, clock: Any) -> None:
    create = phone.item("v0")
    update1, update2 = phone.edit(create["id"], 1, "u1"), phone.edit(create["id"], 2, "u2")
    assert said(phone, update2) == [("held", "waits_for_record")]
    clock.move(timedelta(hours=25))
    jobs.due(clock.at)
    assert said(phone, update1) == [("accepted", "came_late")]
    assert said(phone, create) == [("accepted", "came_late")]
    assert (notes.titles(), versions(create["id"])) == (["u2"], [(seq, "accepted") for seq in (1, 2, 3)])


@pytest.mark.parametrize("off", [True, False])
def test_a_record_that_comes_after_its_edit_takes_the_place_of_what_was_handed_back(
    phone: Phone, off: bool
) -> None:
    create = phone.item("v0", data={"off_phone": off})
    assert said(phone, phone.edit(create["id"], 2, "poison")) == [("held", "waits_for_record")]
    phone.sync()
    assert phone.held["note", UUID(create["id"])]["sync_state"] == "held"
    assert said(phone, create) == [("accepted", "")]
    phone.sync()
    titles = [row["title"] for row in phone.held.values()]
    assert titles == ([] if off else ["v0"])


def test_before_its_time_nothing_is_forced(phone: Phone, record: str, clock: Any) -> None:
    phone.push(phone.edit(record, 2, "v2"))
    clock.move(timedelta(hours=23))
    assert jobs.due(clock.at) == 0


def test_what_a_forced_item_sets_free_is_not_forced(phone: Phone, record: str, clock: Any) -> None:
    e2, e3 = phone.edit(record, 2, "e2"), phone.edit(record, 3, "e3")
    phone.push(e3)
    phone.push(e2)
    clock.move(timedelta(hours=25))
    jobs.due(clock.at)
    assert list(Inbox.objects.filter(target=record).order_by("seq").values_list("forced", flat=True)) == [
        False, True, False,
    ]  # fmt: skip
    assert [step.event for step in InboxStep.objects.order_by("at", "id")] == ["accept", "accept"]


def test_an_edit_that_waited_is_judged_when_its_turn_has_come(phone: Phone, record: str) -> None:
    odd = phone.edit(record, 2, "odd")
    assert said(phone, odd) == [("held", "waits_for_version")]
    phone.push(phone.edit(record, 1, "v1") | {"seq": 2})
    assert Inbox.objects.get(id=odd["id"]).state == "quarantined"


def test_an_edit_let_in_beside_another_devices_is_in_conflict(phone: Phone, record: str) -> None:
    odd = phone.edit(record, 1, "odd")
    phone.push(odd)
    twin = phones.second_device(phone)
    twin.push(twin.edit(record, 1, "theirs"))
    row = Inbox.objects.get(id=odd["id"])
    assert item_release(actor=phone.actor, item=row, reason="x").state == "conflict"


def test_edits_of_a_lost_phone_are_let_in_in_any_order(phone: Phone, record: str, other_phone: Phone) -> None:
    first, second = phone.edit(record, 1, "v1"), phone.edit(record, 2, "v2")
    push.push(phone.actor, Envelope(uuid4(), 1, [first, second]), lost=True)
    for edit, state in ((second, "held"), (first, "accepted")):
        row = Inbox.objects.get(id=edit["id"], state="quarantined")
        assert item_release(actor=other_phone.actor, item=row, reason="x").state == state
    assert notes.title(record) == ("v2", 3)

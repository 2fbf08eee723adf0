"""A push: one result for each item, evidence of every one, and nothing twice."""

from datetime import timedelta
from uuid import UUID, uuid4

import orjson
import pytest
from django.db import InternalError

from kernel import clock as kernel_clock
from kernel.canonical import digest
from kernel.ids import uuid7
from kernel.problems import Problem
from sync import inbox
from sync.models import Inbox
from tests.sync import notes
from tests.sync.phones import Phone


def states(phone: Phone, *items: object) -> list[tuple[str, str]]:
    return [(result.state.value, result.outcome.code) for result in phone.push(*items)]


def test_an_item_is_accepted_and_comes_back_by_the_pull(phone: Phone) -> None:
    item = phone.item("new")
    assert states(phone, item) == [("accepted", "")]
    phone.sync()
    assert phone.held["note", UUID(item["id"])]["title"] == "new"


def test_the_same_item_again_is_a_duplicate_with_the_first_outcome(phone: Phone) -> None:
    item = phone.item("bad")
    phone.push(item)
    assert states(phone, item) == [("duplicate", "bad_page")]


def test_the_same_item_twice_in_one_batch_is_stored_once(phone: Phone) -> None:
    item = phone.item()
    assert [state for state, _ in states(phone, item, item)] == ["accepted", "duplicate"]
    assert Inbox.objects.count() == 1


def test_an_id_with_another_content_waits_for_a_person(phone: Phone) -> None:
    item = phone.item("one")
    phone.push(item)
    assert states(phone, item | {"seq": 99}) == [("quarantined", "id_reused")]
    assert states(phone, item | {"seq": 99}) == [("duplicate", "id_reused")]
    assert Inbox.objects.count() == 2


def test_somebody_elses_id_waits_for_a_person_without_a_word(phone: Phone, other_phone: Phone) -> None:
    item = phone.item("bad")
    phone.push(item)
    (result,) = other_phone.push(item)
    assert (result.state, result.outcome.code) == ("quarantined", "id_reused")
    other_phone.sync()
    assert other_phone.ids == set()


@pytest.mark.parametrize("title", ["bad", "odd"])
def test_what_was_not_accepted_comes_back_as_the_same_record(phone: Phone, title: str) -> None:
    item = phone.item(title)
    (result,) = phone.push(item)
    phone.sync()
    record = phone.held["note", UUID(item["id"])]
    assert record["title"] == title
    assert (record["sync_state"], record["reject_code"]) == (result.state, result.outcome.code)
    assert record["reject_detail"] == result.outcome.detail != ""


def test_what_was_not_accepted_goes_to_its_author_alone(phone: Phone, other_phone: Phone) -> None:
    phone.push(phone.item("bad"))
    other_phone.sync()
    assert other_phone.ids == set()


def test_what_was_not_accepted_waits_in_the_queue_of_the_authors_organisation(phone: Phone) -> None:
    phone.push(phone.item("odd"), phone.item("fine"))
    waiting = Inbox.objects.filter(queue=phone.actor.organisation_id).exclude(state="accepted")
    assert [row.code for row in waiting] == ["conflict"]


def test_a_record_kept_off_phones_leaves_its_authors_phone(phone: Phone) -> None:
    phone.sync()
    item = phone.item("restricted", data={"off_phone": True})
    phone.held["note", UUID(item["id"])] = item
    phone.push(item)
    assert phone.page()["remove"] == {"note": [item["id"]]}


@pytest.mark.parametrize("fault", ["poison", "crash"])
def test_one_item_that_cannot_be_stored_blocks_no_other(phone: Phone, fault: str) -> None:
    items = [phone.item("fine") for _ in range(20)]
    items[7] = phone.item(fault)
    results = states(phone, *items)
    assert results.pop(7) == ("quarantined", "not_storable")
    assert set(results) == {("accepted", "")}


def test_a_transaction_that_the_database_ended_blames_no_item(phone: Phone) -> None:
    items = [phone.item("fine"), phone.item("ended")]
    with pytest.raises(InternalError):
        phone.push(*items)
    assert not Inbox.objects.filter(id__in=[item["id"] for item in items]).exists()


def test_a_deferred_constraint_blames_its_own_item(phone: Phone) -> None:
    orphan = phone.item(data={"parent": str(uuid4())})
    results = states(phone, phone.item(), orphan, phone.item())
    assert results == [("accepted", ""), ("quarantined", "not_storable"), ("accepted", "")]


def test_an_operation_that_the_kind_does_not_take_is_refused_by_item(phone: Phone) -> None:
    assert states(phone, phone.item(op="command"), phone.item()) == [
        ("rejected", "op_not_supported"),
        ("accepted", ""),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "unheard_of"}, "kind_not_pushed"),
        ({"target": str(uuid7())}, "target_mismatch"),
        ({"data": {"title": 5}}, "data_invalid"),
        ({"data": {"title": "x", "colour": "red"}}, "data_invalid"),
        ({"data": {"title": 1.0}}, "data_invalid"),
        ({"data": {"title": "\u202ereversed"}}, "text_refused"),
        ({"data": {"title": "nul\x00"}}, "text_refused"),
        ({"data": {"title": "half\ud800"}}, "text_refused"),
        ({"data": {"title": "长" * 4001}}, "text_refused"),
        ({"data": [[[[[[[[[[[[[[[]]]]]]]]]]]]]]]}, "item_invalid"),
        ({"seq": -1}, "item_invalid"),
        ({"device_at": "2026-03-02T09:00:00"}, "item_invalid"),
        ({"device_at": "yesterday"}, "item_invalid"),
        ({"id": 7}, "item_invalid"),
        ({"surprise": True}, "item_invalid"),
    ],
)
def test_a_malformed_item_is_rejected_kept_and_blocks_no_other(phone: Phone, change: dict, code: str) -> None:
    item = phone.item() | change
    assert states(phone, item, phone.item()) == [("rejected", code), ("accepted", "")]
    assert Inbox.objects.filter(code=code).count() == 1
    assert states(phone, item) == [("duplicate", code)]


def test_things_that_are_no_items_are_kept_all_the_same(phone: Phone) -> None:
    assert {code for _, code in states(phone, None, 5, [], "text", {})} == {"item_invalid"}
    assert Inbox.objects.count() == 5


def test_a_text_in_another_normal_form_is_stored_in_nfc(phone: Phone) -> None:
    item = phone.item("e\u0301cole")
    phone.push(item)
    phone.sync()
    assert phone.held["note", UUID(item["id"])]["title"] == "\u00e9cole"


def test_the_hash_is_that_of_the_canonical_item(phone: Phone) -> None:
    item = phone.item('中文 "quoted" \\ \n 😀')
    phone.push(item)
    assert bytes(Inbox.objects.get().hash) == digest(item)


def test_the_content_is_kept_sealed(phone: Phone) -> None:
    phone.push(phone.item("电话13800138000"))
    row = Inbox.objects.get()
    assert b"13800138000" not in bytes(row.body)
    assert inbox.contents([row.no]) == {row.no: {"title": "电话13800138000"}}


def test_a_device_time_that_cannot_be_waits_for_a_person(phone: Phone) -> None:
    now = kernel_clock.now()
    ahead, old = phone.item(at=now + timedelta(hours=25)), phone.item(at=now - timedelta(days=31))
    fine = phone.item(at=now - timedelta(days=29))
    assert [code for _, code in states(phone, ahead, old, fine)] == [
        "device_time_future",
        "device_time_old",
        "",
    ]


def test_a_wrong_clock_is_measured_and_marked(phone: Phone) -> None:
    wrong = kernel_clock.now() + timedelta(days=3000)
    phone.push(phone.item(at=wrong - timedelta(hours=2)), sent_at=wrong)
    row = Inbox.objects.get()
    assert (row.state, row.skewed) == ("accepted", True)
    assert row.device_at == kernel_clock.now() - timedelta(hours=2)


def test_a_device_has_a_share_of_the_day(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDGOV_SYNC_INTAKE_BYTES_A_DAY", "500")
    item = phone.item()
    phone.push(item)
    with pytest.raises(Problem, match="intake_full") as caught:
        phone.push(*[phone.item() for _ in range(5)])
    assert caught.value.extra["retry_after"] > 0
    assert states(phone, item) == [("duplicate", "")]


def test_items_of_a_batch_are_taken_in_the_devices_order(phone: Phone) -> None:
    assert states(phone, phone.item("2", seq=9), phone.item("1", seq=3)) == [("accepted", "")] * 2
    assert notes.titles() == ["1", "2"]


def test_the_answer_of_a_pull_is_json_whatever_a_record_holds(phone: Phone) -> None:
    phone.push(phone.item('"}],"put":{'))
    phone.sync()
    assert orjson.dumps(list(phone.held.values()))

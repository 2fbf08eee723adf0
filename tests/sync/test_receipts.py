"""What became of items later: told by pull to the device that sent them."""

from typing import Any

import pytest
from django.db import connection, transaction

from sync.models import Inbox, Row
from tests.sync import notes, phones
from tests.sync.phones import Phone
from tests.sync.sessions import open_transaction


def decide(item: dict[str, Any], state: str, code: str = "", detail: str = "") -> None:
    """A person decides about an item, and it is handed back no more."""
    with transaction.atomic():
        Row.objects.filter(id=item["id"]).delete()
        Inbox.objects.filter(id=item["id"]).update(state=state, code=code, detail=detail, returned=False)


def told(phone: Phone, **asked: Any) -> list[tuple[str, str]]:
    return [(receipt["id"], receipt["state"]) for receipt in phone.page(**asked)["receipts"]]


@pytest.fixture
def odd(phone: Phone) -> dict[str, Any]:
    """An item of the phone that waits for a person."""
    item = phone.item("odd")
    phone.push(item)
    phone.sync()
    return item


def test_a_first_outcome_stands_in_the_answer_of_the_push_alone(phone: Phone) -> None:
    phone.push(phone.item(), phone.item("odd"))
    assert told(phone) == []


def test_a_decision_is_told_once(phone: Phone, odd: dict[str, Any]) -> None:
    decide(odd, "rejected", "bad_page", "重拍")
    (receipt,) = phone.page()["receipts"]
    assert receipt == {"id": odd["id"], "state": "rejected", "code": "bad_page", "detail": "重拍"}
    assert told(phone) == []


def test_a_receipt_whose_answer_was_lost_is_told_again(phone: Phone, odd: dict[str, Any]) -> None:
    before = phone.cursor
    decide(odd, "accepted")
    phone.sync()
    phone.cursor = before
    assert told(phone) == [(odd["id"], "accepted")]


def test_a_decision_that_commits_late_is_told_by_the_next_pull(phone: Phone, odd: dict[str, Any]) -> None:
    with open_transaction() as slow:
        slow.run(decide, odd, "accepted")
        notes.write(["meanwhile"], f"user:{phone.actor.user_id}")
        assert told(phone) == []
        slow.commit()
    assert told(phone) == [(odd["id"], "accepted")]


def test_receipts_are_told_to_the_device_that_sent(phone: Phone, odd: dict[str, Any]) -> None:
    twin, other = phones.second_device(phone), phones.make("neighbour")
    decide(odd, "accepted")
    assert (told(twin), told(other)) == ([], [])


def test_more_receipts_than_a_page_come_once_each(phone: Phone) -> None:
    items = [phone.item("odd") for _ in range(7)]
    phone.push(*items)
    phone.sync()
    for item in items:
        decide(item, "accepted")
    notes.write(["x"] * 2, f"user:{phone.actor.user_id}")
    bodies = [phone.page(limit=4) for _ in range(3)]
    assert [len(body["receipts"]) for body in bodies] == [2, 4, 1]
    assert sorted(r["id"] for body in bodies for r in body["receipts"]) == sorted(i["id"] for i in items)


def test_a_phone_that_starts_over_hears_of_every_decision(phone: Phone, odd: dict[str, Any]) -> None:
    decide(odd, "accepted")
    phone.sync()
    phone.cursor = None
    assert told(phone) == [(odd["id"], "accepted")]


def test_kinds_narrow_the_receipts(phone: Phone, odd: dict[str, Any]) -> None:
    decide(odd, "accepted")
    phone.cursor = None
    assert told(phone, kinds=[]) == []


def test_what_changes_nothing_of_the_outcome_is_not_told(phone: Phone, odd: dict[str, Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update sync_inbox set state = state, returned = returned where id = %s", [odd["id"]])
    assert told(phone) == []

"""A stock client's push ends in the same act as the engine's own: signatures, the last push, a lost phone."""

from typing import Any
from uuid import uuid4

import orjson
import pytest
from gridphone.canonical import item_hash, item_message, push_message

from accounts.services import device_transition
from sync.models import Batch, Inbox
from tests.cast import Worker
from tests.sync import notes
from tests.sync.stock import PULLERS, SENDERS, row

pytestmark = pytest.mark.usefixtures("note_beside")


def said(columns: dict[str, Any]) -> dict[str, Any]:
    """The item that a row says, as its phone can make it: always a `create`."""
    made = {"id": columns["id"], "kind": "note", "op": "create", "device_at": columns["item_at"]}
    return made | {"seq": columns["item_seq"], "data": orjson.loads(columns["item_data"])}


def signed(phone: Worker, *rows: dict[str, Any]) -> dict[str, str]:
    batch = str(uuid4())
    message = push_message(batch, [item_hash(said(columns)) for columns in rows])
    return {"batch_id": batch, "manifest_sig": phone.sign(message)}


def edited(columns: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The same row after the person has worked on it."""
    return columns | {"item_data": '{"title":"y"}', "item_seq": 2, "sync_state": "accepted", "rev": 1} | more


@pytest.mark.parametrize("push", SENDERS)
def test_one_signature_proves_every_row_of_a_push(worker: Worker, push: Any) -> None:
    rows = [row(), row(item_seq=2)]
    assert push(worker.client, *rows, **signed(worker, *rows)).status_code == 200
    assert list(Inbox.objects.values_list("state", "signed")) == [("accepted", "batch")] * 2
    assert bytes(Batch.objects.get().hashes) == b"".join(item_hash(said(columns)) for columns in rows)


@pytest.mark.parametrize("push", SENDERS)
def test_an_edit_is_proved_by_what_its_row_says(worker: Worker, push: Any) -> None:
    made = row()
    push(worker.client, made)
    again = edited(made)
    push(worker.client, again, **signed(worker, again))
    assert (Inbox.objects.get(op="amend").signed, notes.title(made["id"])) == ("batch", ("y", 2))


@pytest.mark.parametrize("push", SENDERS)
def test_a_signature_covers_also_an_edit_that_was_taken_before(worker: Worker, push: Any) -> None:
    made = row()
    push(worker.client, made)
    rows = [edited(made), row(item_seq=3)]
    push(worker.client, rows[0])
    rows[0]["rev"] = 2
    assert push(worker.client, *rows, **signed(worker, *rows)).status_code == 200
    assert Inbox.objects.get(id=rows[1]["id"]).signed == "batch"


@pytest.mark.parametrize("push", SENDERS)
def test_a_flipped_byte_refuses_the_push_and_stores_nothing(worker: Worker, push: Any) -> None:
    made = row()
    answer = push(worker.client, made | {"item_data": '{"title":"y"}'}, **signed(worker, made))
    assert (answer.status_code, answer.json()["code"]) == (400, "signature_invalid")
    assert not Inbox.objects.exists()


@pytest.mark.parametrize("push", SENDERS)
def test_a_signature_without_its_batch_is_refused(worker: Worker, push: Any) -> None:
    made = row()
    proof = signed(worker, made)
    answer = push(worker.client, made, manifest_sig=proof["manifest_sig"])
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize("push", SENDERS)
def test_a_row_carries_its_own_signature_also_as_an_edit(worker: Worker, push: Any) -> None:
    made = row()
    push(worker.client, made)
    again = edited(made)
    push(worker.client, again | {"item_sig": worker.sign(item_message(said(again)))})
    assert Inbox.objects.get(op="amend").signed == "item"


@pytest.mark.parametrize("push", SENDERS)
def test_the_signature_of_another_content_waits_for_a_person(worker: Worker, push: Any) -> None:
    made = row()
    push(
        worker.client, edited(made) | {"sync_state": None, "item_sig": worker.sign(item_message(said(made)))}
    )
    kept = Inbox.objects.get()
    assert (kept.state, kept.code) == ("quarantined", "signature_invalid")


@pytest.mark.parametrize("push", SENDERS)
def test_the_last_push_ends_the_session_once_it_is_stored(worker: Worker, push: Any) -> None:
    made = row()
    assert push(worker.client, made, final=1).status_code == 200
    assert Inbox.objects.get(id=made["id"]).state == "accepted"
    assert push(worker.client, made).json()["code"] == "sign_in_again"


@pytest.mark.parametrize("push", SENDERS)
def test_a_last_push_that_is_refused_keeps_the_session(worker: Worker, push: Any) -> None:
    assert push(worker.client, row(id="x"), final=1).status_code == 400
    assert push(worker.client, row(), final=2).json()["code"] == "bad_parameter"
    assert push(worker.client, row()).status_code == 200


def lose(worker: Worker, admin: Any) -> None:
    device_transition(actor=admin.actor, device_id=worker.device.id, event="report_lost", reason="丢失")


@pytest.mark.parametrize("push", SENDERS)
def test_u4_what_a_lost_phone_still_sends_waits_for_a_person(worker: Worker, admin: Any, push: Any) -> None:
    before, after = row(), row(item_seq=2)
    push(worker.client, before, **signed(worker, before))
    lose(worker, admin)
    answer = push(worker.client, before, after, **signed(worker, before, after))
    assert (answer.status_code, answer.json()["code"]) == (403, "wipe")
    kept = {str(i.id): (i.state, i.code, i.signed) for i in Inbox.objects.all()}
    assert kept == {
        before["id"]: ("accepted", "", "batch"),
        after["id"]: ("quarantined", "device_lost", "batch"),
    }


@pytest.mark.parametrize("pull", PULLERS)
def test_u4_a_lost_phone_pulls_its_order_and_nothing_else(worker: Worker, admin: Any, pull: Any) -> None:
    notes.write(["x"], "common")
    lose(worker, admin)
    answer = pull(worker.client)
    assert (answer.status_code, answer.json()["code"]) == (403, "wipe")
    assert not {"changes", "documents"} & answer.json().keys()


@pytest.mark.parametrize("push", SENDERS)
def test_a_lost_phone_is_told_no_truth_of_what_it_changed(worker: Worker, admin: Any, push: Any) -> None:
    (one,) = notes.write(["x"], "common")
    lose(worker, admin)
    answer = push(worker.client, {"id": str(one), "title": "mine", "sync_state": "accepted"})
    assert (answer.status_code, answer.json()["code"]) == (403, "wipe")

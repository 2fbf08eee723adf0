"""What a device key proves of a push, what the server's clock says of an item, and the device's counter."""

import dataclasses
import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from gridphone.canonical import canonical, item_hash, item_message, push_message

from kernel import clock
from kernel.clock import Frozen
from kernel.crypto import verify_signature
from kernel.ids import uuid7
from sync import counters, registry, signing, timetokens
from sync.models import Batch, Inbox
from tests.cast import Worker

pytestmark = pytest.mark.usefixtures("note_beside")
VECTORS = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "conformance" / "signatures.json").read_text("utf-8")
)
KEYS = sorted(VECTORS["keys"])


def item(seq: int = 1, **more: Any) -> dict[str, Any]:
    made = {"id": str(uuid7()), "kind": "note", "op": "create", "device_at": clock.now().isoformat()}
    return made | {"seq": seq, "data": {"title": "x"}} | more


def push(phone: Worker, *items: dict[str, Any], **envelope: Any) -> Any:
    body = orjson.dumps({"batch_id": str(uuid4()), "schema": 1, "items": items} | envelope)
    return phone.client.post("/api/v1/sync/push", body, content_type="application/json")


def signed(phone: Worker, *items: dict[str, Any]) -> dict[str, str]:
    batch = str(uuid4())
    message = push_message(batch, [item_hash(one) for one in items])
    return {"batch_id": batch, "manifest_sig": phone.sign(message)}


def states(answer: Any) -> list[str]:
    return [result["state"] for result in answer.json()["results"]]


@pytest.mark.parametrize("vector", VECTORS["items"])
def test_the_vectors_hold_for_the_canonical_form_of_an_item(vector: dict[str, Any]) -> None:
    unsigned = {key: value for key, value in vector["item"].items() if key != "sig"}
    assert canonical(unsigned) == orjson.dumps(unsigned, option=orjson.OPT_SORT_KEYS)
    assert canonical(unsigned).decode() == vector["canonical"]
    assert sha256(vector["canonical"].encode()).hexdigest() == vector["sha256"]


@pytest.mark.parametrize("name", KEYS)
def test_the_vectors_hold_for_both_kinds_of_keys(name: str) -> None:
    hashes = [bytes.fromhex(vector["sha256"]) for vector in VECTORS["items"]]
    whole = signing.push_message(UUID(VECTORS["batch_id"]), hashes)
    assert whole.hex() == VECTORS["push"]["message"]
    assert verify_signature(VECTORS["keys"][name], whole, VECTORS["push"]["signatures"][name])
    for vector, digest in zip(VECTORS["items"], hashes, strict=True):
        message = signing.item_message(digest)
        assert verify_signature(VECTORS["keys"][name], message, vector["signatures"][name])


def test_one_signature_proves_every_item_of_a_push(worker: Worker) -> None:
    items = [item(1), item(2)]
    assert states(push(worker, *items, **signed(worker, *items))) == ["accepted", "accepted"]
    assert set(Inbox.objects.values_list("signed", flat=True)) == {"batch"}
    kept = Batch.objects.get()
    assert bytes(kept.hashes) == b"".join(map(item_hash, items))


def test_an_unsigned_push_is_taken_and_says_so(worker: Worker) -> None:
    assert states(push(worker, item())) == ["accepted"]
    assert Inbox.objects.get().signed == ""
    assert not Batch.objects.exists()


def test_a_flipped_byte_refuses_the_push_and_stores_nothing(worker: Worker) -> None:
    one = item()
    proof = signed(worker, one)
    answer = push(worker, one | {"data": {"title": "y"}}, **proof)
    assert (answer.status_code, answer.json()["code"]) == (400, "signature_invalid")
    assert not Inbox.objects.exists()


def test_an_item_left_out_of_a_signed_push_is_noticed(worker: Worker) -> None:
    items = [item(1), item(2)]
    assert push(worker, items[0], **signed(worker, *items)).status_code == 400


def test_the_signature_of_another_phone_proves_nothing(worker: Worker, second_worker: Worker) -> None:
    one = item()
    assert push(worker, one, **signed(second_worker, one)).json()["code"] == "signature_invalid"


def test_a_signed_push_sent_again_is_a_duplicate_and_stores_nothing(worker: Worker) -> None:
    one = item()
    proof = signed(worker, one)
    push(worker, one, **proof)
    assert states(push(worker, one, **proof)) == ["duplicate"]
    assert (Inbox.objects.count(), Batch.objects.count()) == (1, 1)


def test_an_item_may_carry_its_own_signature(worker: Worker) -> None:
    one = item()
    one["sig"] = worker.sign(item_message(one))
    assert states(push(worker, one)) == ["accepted"]
    kept = Inbox.objects.get()
    assert (kept.signed, kept.sig) == ("item", one["sig"])


def test_the_same_item_with_another_signature_is_the_same_item(worker: Worker) -> None:
    one = item()
    push(worker, one | {"sig": worker.sign(item_message(one))})
    assert states(push(worker, one | {"sig": worker.sign(item_message(one))})) == ["duplicate"]


def test_an_item_whose_own_signature_is_wrong_waits_for_a_person(worker: Worker) -> None:
    good, bad = item(1), item(2, sig="AAAA")
    answer = push(worker, good, bad)
    assert states(answer) == ["accepted", "quarantined"]
    assert answer.json()["results"][1]["code"] == "signature_invalid"


def test_a_kind_may_require_each_item_s_own_signature(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = dataclasses.replace(registry.kind("note"), signed_items=True)
    monkeypatch.setitem(registry._kinds, "note", strict)
    one = item()
    answer = push(worker, one, **signed(worker, one))
    assert answer.json()["results"][0]["code"] == "signature_required"


def test_a_time_token_says_when_an_item_was_not_yet_made(worker: Worker, clock: Frozen) -> None:
    token = push(worker).json()["time_token"]
    heard = clock.at
    clock.move(timedelta(minutes=5))
    push(worker, item(time_token=token))
    kept = Inbox.objects.get()
    assert (kept.not_before, kept.flags) == (heard, [])


def test_an_item_dated_before_its_token_is_flagged(worker: Worker, clock: Frozen) -> None:
    token = push(worker).json()["time_token"]
    early = (clock.at - timedelta(minutes=30)).isoformat()
    assert states(push(worker, item(time_token=token, device_at=early))) == ["accepted"]
    assert Inbox.objects.get().flags == ["made_before_token"]


@pytest.mark.parametrize("token", ["", "x", "AZNaK3w9" * 4, "ü" * 30])
def test_a_token_that_is_none_of_ours_is_flagged_and_harms_nothing(worker: Worker, token: str) -> None:
    assert states(push(worker, item(time_token=token))) == ["accepted"]
    assert Inbox.objects.get().flags == ["time_token_invalid"]


def test_a_token_serves_the_device_it_was_given_to(worker: Worker, second_worker: Worker) -> None:
    token = push(worker).json()["time_token"]
    assert second_worker.actor.device_id
    assert timetokens.read(token, second_worker.actor.device_id) is None


def test_counters_that_never_came_and_that_came_twice_are_found(worker: Worker, clock: Frozen) -> None:
    push(worker, item(1), item(2), item(6))
    push(worker, item(4), item(2, data={"title": "clone"}))
    assert worker.actor.device_id
    found = counters.counters(worker.actor.device_id, before=clock.at + timedelta(seconds=1))
    assert [(gap.first, gap.last) for gap in found.gaps] == [(3, 3), (5, 5)]
    assert found.twice == [2]


def test_a_gap_that_is_fresh_is_not_told_yet(worker: Worker, clock: Frozen) -> None:
    push(worker, item(1), item(3))
    assert worker.actor.device_id
    assert counters.counters(worker.actor.device_id, before=clock.at).gaps == []

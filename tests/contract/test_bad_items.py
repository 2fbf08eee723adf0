"""Hostile items in a good envelope: the push is answered and each item gets an outcome, none a good one."""

import json
import time
from typing import Any

import pytest

from kernel.ids import uuid7
from tests.cast import Worker
from tests.contract import shapes

NOW = "2026-03-02T09:00:00+08:00"
GOOD: dict[str, Any] = {
    "category": "02",
    "brief": "楼上漏水",
    "occurred_at": NOW,
    "outcome": "report_up",
    "no_location_reason": "no_place",
    "parties": [{"name": "王某", "role": "applicant"}],
}


def item(**changes: Any) -> dict[str, Any]:
    one = str(uuid7())
    usual = {"id": one, "kind": "screening", "op": "create", "device_at": NOW, "seq": 1, "data": GOOD}
    return usual | changes


ITEMS: dict[str, Any] = {
    "no object": 7,
    "null": None,
    "empty": {},
    "an id that is no id": item(id="x"),
    "an id with a lone surrogate": item(id="\ud800"),
    "an id of a megabyte": item(id="x" * 1_000_000),
    "an id that is an object": item(id={"a": 1}),
    "a kind nobody knows": item(kind="secrets"),
    "a kind with a lone surrogate": item(kind="\ud800"),
    "a kind that phones only pull": item(kind="grid"),
    "an op nobody knows": item(op="delete"),
    "somebody else's target": item(target=str(uuid7())),
    "a time without a zone": item(device_at="2026-03-02T09:00:00"),
    "a time that is none": item(device_at="yesterday"),
    "the year 1": item(device_at="0001-01-01T00:00:00Z"),
    "the year 9999": item(device_at="9999-12-31T23:59:59-23:59"),
    "a negative counter": item(seq=-1),
    "a counter beyond 53 bits": item(seq=2**60),
    "a counter beyond 64 bits": item(seq=10**30),
    "a field nobody knows": item(author="me"),
    "data of another shape": item(data=[1, 2]),
    "data with a field nobody knows": item(data=GOOD | {"risk_score": 97}),
    "a text of 5,000 characters": item(data=GOOD | {"brief": "很" * 5000}),
    "a NUL in a text": item(data=GOOD | {"brief": "a\x00b"}),
    "a lone surrogate in a text": item(data=GOOD | {"brief": "a\udfffb"}),
    "a lone surrogate in a key": item(data=GOOD | {"\ud800": 1}),
    "a bidirectional override": item(data=GOOD | {"brief": "a\u202eb"}),
    "a number for a text": item(data=GOOD | {"brief": 1}),
    "a thousand parties": item(data=GOOD | {"parties": GOOD["parties"] * 1000}),
} | {f"point: {name}": item(data=GOOD | {"point": point}) for name, point in shapes.POINTS.items()}


def push(worker: Worker, items: list[Any]) -> tuple[Any, float]:
    body = json.dumps({"batch_id": str(uuid7()), "schema": 1, "items": items})
    started = time.perf_counter()
    answer = worker.client.generic("POST", "/api/v1/sync/push", body, content_type="application/json")
    return answer, time.perf_counter() - started


@pytest.mark.parametrize("hostile", ITEMS.values(), ids=ITEMS)
def test_a_hostile_item_gets_an_outcome_and_does_not_block_its_neighbour(
    db: None, clock: Any, worker: Worker, hostile: Any
) -> None:
    good = item(seq=2)
    answer, took = push(worker, [hostile, good])
    assert answer.status_code == 200, answer.content[:300]
    bad, neighbour = answer.json()["results"]
    assert bad["state"] in {"rejected", "quarantined"}
    assert bad["code"]
    assert (neighbour["id"], neighbour["state"]) == (good["id"], "accepted"), neighbour
    assert took < 1

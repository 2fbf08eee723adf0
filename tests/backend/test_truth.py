"""The yardstick of the demo: what it says is what a pull gives."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backend import truth
from kernel.ids import uuid7
from tests.cast import Worker

NOW = "2026-03-02T09:00:00+08:00"


def push(worker: Worker, **changes: Any) -> str:
    one = str(uuid7())
    content = {"category": "02", "brief": "楼上漏水", "occurred_at": NOW, "outcome": "report_up"}
    content |= {"no_location_reason": "no_place"} | changes
    item = {"id": one, "kind": "screening", "op": "create", "device_at": NOW, "seq": 1, "data": content}
    body = {"batch_id": str(uuid7()), "schema": 1, "items": [item]}
    assert worker.client.post("/api/v1/sync/push", body, format="json").status_code == 200
    return one


def pulled(worker: Worker) -> dict[str, dict[str, int]]:
    body = {"cursor": None, "schema": 1, "limit": 5000}
    put = worker.client.post("/api/v1/sync/pull", body, format="json").json()["put"]
    return {kind: {row["id"]: row["rev"] for row in rows} for kind, rows in put.items()}


def test_a_full_pull_is_the_truth(committed: None, clock: Any, worker: Worker, drain: Any) -> None:
    good, bad = push(worker), push(worker, category="77")
    drain()
    told, held = truth.phone_set(worker.actor), pulled(worker)
    assert {kind: set(rows) for kind, rows in told.items()} == {k: set(v) for k, v in held.items()}
    assert (told["screening"][good], told["screening"][bad]) == (held["screening"][good], truth.ANY_REVISION)


def test_each_pushed_record_is_settled_once(committed: None, clock: Any, worker: Worker) -> None:
    ids = {push(worker), push(worker, category="77")}
    assert truth.settled([worker.actor]) == dict.fromkeys(ids, 1)


def test_the_command_prints_one_object(committed: None, clock: Any, worker: Worker, drain: Any) -> None:
    push(worker, signs=[{"code": "threat", "what": "说要打人"}])
    drain()
    out = StringIO()
    call_command("demo_truth", worker.user.username, stdout=out)
    answer = json.loads(out.getvalue())
    assert set(answer["users"]) == {worker.user.username}
    assert answer["district"]["disputes_by_level"]


def test_it_is_no_command_of_production(settings: Any) -> None:
    settings.MODE = "production"
    with pytest.raises(CommandError):
        call_command("demo_truth")

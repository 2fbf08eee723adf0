"""The protocol over HTTP: limits, codes, codings."""

import gzip
from typing import Any
from uuid import uuid4

import orjson
import pytest
import zstandard
from rest_framework.test import APIClient

from kernel import clock
from kernel.ids import uuid7
from tests.sync import notes

pytestmark = pytest.mark.usefixtures("note_beside")
CODINGS = {"gzip": gzip.decompress, "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body)}


def post(client: APIClient, name: str, body: Any, **headers: str) -> Any:
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    return client.post(f"/api/v1/sync/{name}", raw, content_type="application/json", headers=headers)


def pull(client: APIClient, **asked: Any) -> Any:
    return post(client, "pull", {"cursor": None, "schema": 1, "kinds": ["note"]} | asked)


def push(client: APIClient, *items: Any, **envelope: Any) -> Any:
    return post(client, "push", {"batch_id": str(uuid4()), "schema": 1, "items": items} | envelope)


def item(**overrides: Any) -> dict[str, Any]:
    made = {"id": str(uuid7()), "kind": "note", "op": "create", "device_at": clock.now().isoformat()}
    return made | {"seq": 1, "data": {"title": "x"}} | overrides


def test_the_manifest_names_limits_kinds_and_epoch(worker: Any) -> None:
    body = worker.client.get("/api/v1/sync/manifest").json()
    assert {"name": "note", "version": 1, "push": True, "files": 0} in body["kinds"]
    assert (body["schema"], body["epoch"], body["limits"]["push_items"]) == (1, 1, 1000)


def test_a_pull_answers_every_part(worker: Any) -> None:
    body = pull(worker.client).json()
    assert set(body) == {
        "cursor", "has_more", "epoch", "server_time", "time_token", "poll_after_s", "put", "remove",
        "purged_scopes", "receipts",
    }  # fmt: skip
    assert 300 <= body["poll_after_s"] < 360


def test_a_push_answers_every_item_in_order(worker: Any) -> None:
    good, bad = item(), item(data={"title": "bad"})
    body = push(worker.client, good, bad, good).json()
    assert [(r["id"], r["state"]) for r in body["results"]] == [
        (good["id"], "accepted"), (bad["id"], "rejected"), (good["id"], "duplicate"),
    ]  # fmt: skip
    assert body["results"][1]["code"] == "bad_page"
    assert body["results"][2]["first"] == "accepted"


def test_receipts_tell_the_outcomes_of_own_items_alone(worker: Any, outsider: Any) -> None:
    made, unsent = item(), str(uuid7())
    push(worker.client, made)
    own = post(worker.client, "receipts", {"ids": [made["id"], unsent]}).json()
    foreign = post(outsider.client, "receipts", {"ids": [made["id"]]}).json()
    assert [(r["id"], r["state"]) for r in own["receipts"]] == [(made["id"], "accepted")]
    assert own["unknown"] == [unsent]
    assert (foreign["receipts"], foreign["unknown"]) == ([], [made["id"]])


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_an_answer_is_compressed_as_asked_and_says_its_length(worker: Any, coding: str) -> None:
    notes.write(["长" * 2000] * 3, "common")
    answer = post(worker.client, "pull", {"cursor": None, "schema": 1}, accept_encoding=f"br, {coding};q=0.5")
    assert answer["Content-Encoding"] == coding
    assert int(answer["Content-Length"]) == len(answer.content)
    assert len(orjson.loads(CODINGS[coding](answer.content))["put"]["note"]) == 3


def test_a_coding_that_is_refused_is_not_used(worker: Any) -> None:
    notes.write(["长" * 2000], "common")
    answer = post(worker.client, "pull", {"cursor": None, "schema": 1}, accept_encoding="gzip;q=0, zstd;q=0")
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"limit": 5001}, 400, "limit_too_large"),
        ({"limit": 0}, 400, "invalid"),
        ({"cursor": 0}, 410, "resync"),
        ({"cursor": "1"}, 410, "resync"),
        ({"cursor": True}, 410, "resync"),
        ({"cursor": {"c": 1}}, 410, "resync"),
        ({"cursor": 2**63}, 410, "resync"),
        ({"cursor": 77}, 410, "resync"),
        ({"schema": 9}, 400, "unknown_schema"),
        ({"kinds": ["secret"]}, 400, "unknown_kind"),
        ({"since": 1}, 400, "invalid"),
    ],
)
def test_a_pull_that_cannot_be_answered_gets_a_code(worker: Any, asked: dict, status: int, code: str) -> None:
    answer = pull(worker.client, **asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "invalid"),
        (b"\xff", 400, "invalid_json"),
        (b'{"items":[],"items":[]}', 400, "invalid_json"),
        (b'{"items":[1e999]}', 400, "invalid_json"),
        (b"[" * 5000, 400, "invalid_json"),
        (b"[]", 400, "invalid"),
        (b'{"batch_id":"x"}', 400, "invalid"),
        (b'{"pad":"' + b"x" * 2_100_000 + b'"}', 413, "push_too_large"),
    ],
    ids=["empty", "not utf-8", "twice", "infinite", "deep", "list", "no batch", "too long"],
)
def test_a_push_that_cannot_be_read_gets_a_code(worker: Any, body: bytes, status: int, code: str) -> None:
    answer = post(worker.client, "push", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_too_many_items_are_refused_with_the_limits(worker: Any) -> None:
    answer = push(worker.client, *[1] * 1001)
    assert (answer.status_code, answer.json()["limits"]["push_items"]) == (413, 1000)


def test_a_bad_item_does_not_refuse_the_push(worker: Any) -> None:
    body = push(worker.client, None, {"id": "half\ud800"[:4]}, item()).json()
    assert [r["state"] for r in body["results"]] == ["rejected", "rejected", "accepted"]


def test_a_page_is_cut_by_bytes_as_well(worker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDGOV_SYNC_PULL_BYTES_MAX", "700")
    notes.write(["x" * 300] * 3, "common")
    body = pull(worker.client).json()
    assert (len(body["put"]["note"]), body["has_more"]) == (1, True)


@pytest.mark.parametrize("name", ["pull", "push", "receipts"])
def test_only_a_phone_syncs(coordinator: Any, name: str) -> None:
    assert post(coordinator.client, name, {}).json()["code"] == "device_required"


@pytest.mark.parametrize("name", ["pull", "push", "receipts"])
def test_nobody_syncs_without_a_token(name: str) -> None:
    assert post(APIClient(), name, {}).status_code == 401


def test_u1_a_push_refused_for_an_old_token_is_taken_after_a_new_one(worker: Any) -> None:
    made = item()
    stale = APIClient(headers={"authorization": "Bearer " + worker.session.access[:-3] + "AAA"})
    assert push(stale, made).status_code == 401
    assert push(worker.client, made).json()["results"][0]["state"] == "accepted"

"""The adapters for stock clients: the engine's own pull and push in the clothes of each."""

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from kernel.ids import uuid7
from sync.models import Cursor, Inbox
from tests.sync import notes
from tests.sync.stock import WATERMELON, melon_pull, melon_push, row, rx_pull, rx_push

pytestmark = pytest.mark.usefixtures("note_beside")


def test_a_watermelon_pull_brings_rows_as_updated_with_their_state(worker: Any) -> None:
    (one,) = notes.write(["x"], "common")
    body = melon_pull(worker.client).json()
    assert body["changes"]["note"]["updated"] == [
        {"id": str(one), "rev": 1, "title": "x", "sync_state": "accepted", "reject_code": None,
         "reject_detail": None, "reject_fields": None},
    ]  # fmt: skip
    assert body["timestamp"] > 0
    assert not body["has_more"]


def test_a_watermelon_timestamp_is_the_cursor(worker: Any) -> None:
    (one,) = notes.write(["x"], "common")
    timestamp = melon_pull(worker.client).json()["timestamp"]
    notes.delete([one])
    body = melon_pull(worker.client, last_pulled_at=timestamp).json()
    assert body["changes"]["note"] == {"created": [], "updated": [], "deleted": [str(one)]}
    assert melon_pull(worker.client, last_pulled_at=timestamp + 1000).json()["code"] == "resync"


def test_a_watermelon_push_is_taken_once_however_often_it_is_sent(worker: Any) -> None:
    made = row()
    first, second = (melon_push(worker.client, made).json()["results"][0] for _ in range(2))
    assert (first["state"], second["state"], second["first"]) == ("accepted", "duplicate", "accepted")
    assert (second["id"], second["table"]) == (made["id"], "note")
    assert Inbox.objects.filter(id=made["id"]).count() == 1


def test_a_merged_pull_changes_nothing_of_what_is_sent(worker: Any) -> None:
    """WatermelonDB lays the server's columns over a row whose push was not answered."""
    made = row()
    melon_push(worker.client, made)
    merged = made | {"rev": 1, "title": "x", "sync_state": "accepted"}
    assert melon_push(worker.client, merged).json()["results"][0]["state"] == "duplicate"


def test_a_rejection_is_columns_of_the_same_record(worker: Any) -> None:
    made = row(item_data='{"title":"bad"}')
    melon_push(worker.client, made)
    (back,) = melon_pull(worker.client).json()["changes"]["note"]["updated"]
    assert (back["id"], back["sync_state"], back["reject_code"]) == (made["id"], "rejected", "bad_page")
    assert back["title"] == "bad"


def test_a_corrected_rejection_is_an_edit_that_is_taken_once(worker: Any) -> None:
    made = row(item_data='{"title":"bad"}')
    melon_push(worker.client, made)
    corrected = made | {"item_data": '{"title":"good"}', "sync_state": "rejected", "rev": 0}
    states = [melon_push(worker.client, updated=[corrected]).json()["results"][0]["state"] for _ in range(2)]
    (back,) = melon_pull(worker.client).json()["changes"]["note"]["updated"]
    assert states == ["accepted", "duplicate"]
    assert (back["title"], back["sync_state"], back["reject_code"]) == ("good", "accepted", None)


def test_a_row_edited_after_a_lost_answer_is_an_edit_of_what_arrived(worker: Any) -> None:
    """The client still calls it created, and does not know a revision."""
    made = row()
    melon_push(worker.client, made)
    edited = made | {"item_data": '{"title":"y"}', "item_seq": 2}
    states = [melon_push(worker.client, edited).json()["results"][0]["state"] for _ in range(2)]
    assert states == ["accepted", "duplicate"]
    assert notes.title(made["id"]) == ("y", 2)


def test_an_edit_that_was_taken_is_not_made_again_on_its_own_result(worker: Any) -> None:
    """Another column of the client changed: the row comes once more, by now with a new revision."""
    made = row()
    melon_push(worker.client, made)
    edited = made | {"item_data": '{"title":"y"}', "item_seq": 2, "sync_state": "accepted", "rev": 1}
    melon_push(worker.client, updated=[edited])
    melon_push(worker.client, updated=[edited | {"rev": 2, "read": True}])
    assert notes.title(made["id"]) == ("y", 2)


def test_a_neighbours_record_is_not_edited(worker: Any, second_worker: Any) -> None:
    made = row(item_data='{"title":"x","scope":"common"}')
    melon_push(second_worker.client, made)
    foreign = made | {"item_data": '{"title":"mine"}', "sync_state": "accepted", "rev": 1}
    assert melon_push(worker.client, updated=[foreign]).json()["results"][0]["state"] != "accepted"
    assert notes.title(made["id"]) == ("x", 1)


def test_time_and_counter_follow_from_the_id_where_the_row_says_none(worker: Any) -> None:
    made = row(item_at=None, item_seq=0)
    assert melon_push(worker.client, made).json()["results"][0]["state"] == "accepted"
    kept = Inbox.objects.get(id=made["id"])
    milliseconds = UUID(made["id"]).int >> 80
    assert kept.device_at is not None
    assert (kept.seq, round(kept.device_at.timestamp() * 1000)) == (milliseconds, milliseconds)


def test_milliseconds_are_a_time(worker: Any) -> None:
    made = row(item_at=1_772_413_200_500)
    melon_push(worker.client, made)
    kept = Inbox.objects.get(id=made["id"]).device_at
    assert kept is not None
    assert kept.isoformat() == "2026-03-02T01:00:00.500000+00:00"


def test_a_row_without_content_comes_back_refused(worker: Any) -> None:
    made = row(item_data=None)
    assert melon_push(worker.client, made).json()["results"][0]["code"] == "item_invalid"
    (back,) = melon_pull(worker.client).json()["changes"]["note"]["updated"]
    assert back["sync_state"] == "rejected"


@pytest.mark.parametrize("said", ["kXv8aZ0qP1bC2dE3", 7, None])
def test_an_id_that_is_no_uuid_refuses_the_push_whole(worker: Any, said: Any) -> None:
    answer = melon_push(worker.client, row(), row(id=said))
    assert (answer.status_code, answer.json()["code"]) == (400, "row_id_not_uuid")
    assert not Inbox.objects.filter(kind="note").exists()


def test_what_a_phone_deletes_comes_back(worker: Any) -> None:
    (one,) = notes.write(["x"], "common")
    timestamp = melon_pull(worker.client).json()["timestamp"]
    assert melon_push(worker.client, deleted=[str(one)]).json()["results"] == []
    (back,) = melon_pull(worker.client, last_pulled_at=timestamp).json()["changes"]["note"]["updated"]
    assert back["id"] == str(one)


def test_what_a_phone_changes_of_the_server_is_undone(worker: Any) -> None:
    (one,) = notes.write(["x"], "common")
    timestamp = melon_pull(worker.client).json()["timestamp"]
    changed = {"id": str(one), "title": "mine", "sync_state": "accepted"}
    assert melon_push(worker.client, updated=[changed]).json()["results"] == []
    (back,) = melon_pull(worker.client, last_pulled_at=timestamp).json()["changes"]["note"]["updated"]
    assert back["title"] == "x"


def test_nothing_is_sent_again_to_whom_it_is_not_for(worker: Any) -> None:
    notes.write(["x"], "elsewhere")
    hidden = notes.write(["y"], "elsewhere")[0]
    timestamp = melon_pull(worker.client).json()["timestamp"]
    melon_push(worker.client, deleted=[str(hidden)])
    assert melon_pull(worker.client, last_pulled_at=timestamp).json()["changes"] == {}


def test_a_table_of_the_app_alone_may_stand_empty_but_is_not_pushed(worker: Any) -> None:
    empty = {"created": [], "updated": [], "deleted": []}
    changes = {"settings": empty, "note": empty}
    assert worker.client.post(WATERMELON, {"changes": changes}, format="json").status_code == 200
    changes["settings"] = {**empty, "created": [row()]}
    answer = worker.client.post(WATERMELON, {"changes": changes}, format="json")
    assert answer.json()["code"] == "unknown_kind"


@pytest.mark.parametrize("query", [{"last_pulled_at": "abc"}, {"last_pulled_at": "9" * 30}])
def test_a_timestamp_that_nobody_gave_means_start_over(worker: Any, query: dict[str, str]) -> None:
    assert melon_pull(worker.client, **query).json()["code"] == "resync"


@pytest.mark.parametrize("query", [{"limit": "x"}, {"limit": "0"}, {"limit": "9999"}, {"kinds": "secret"}])
def test_a_query_that_cannot_be_answered_gets_a_code(worker: Any, query: dict[str, str]) -> None:
    assert melon_pull(worker.client, **query).status_code == 400


def test_an_rxdb_page_is_filled_up_to_what_was_asked(worker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page shorter than asked for would mean "done"; the engine's own are cut by bytes."""
    monkeypatch.setenv("GRIDGOV_SYNC_PULL_BYTES_MAX", "700")
    made = notes.write(["x" * 300] * 5, "common")
    body = rx_pull(worker.client, limit=4).json()
    rest = rx_pull(worker.client, body["checkpoint"]["c"], limit=4).json()
    assert [len(body["documents"]), len(rest["documents"])] == [4, 1]
    assert {UUID(d["id"]) for d in body["documents"] + rest["documents"]} == set(made)


def test_an_rxdb_removal_is_a_deleted_document(worker: Any) -> None:
    (one,) = notes.write(["x"], "common")
    first = rx_pull(worker.client).json()
    notes.delete([one])
    second = rx_pull(worker.client, first["checkpoint"]["c"]).json()
    assert first["documents"][0]["_deleted"] is False
    assert second["documents"] == [{"id": str(one), "_deleted": True}]


def test_a_checkpoint_without_documents_writes_nothing(worker: Any) -> None:
    bodies = [rx_pull(worker.client).json() for _ in range(3)]
    assert [(body["documents"], body["checkpoint"]) for body in bodies] == [([], None)] * 3
    assert not Cursor.objects.exists()


def test_a_pass_that_ends_without_documents_goes_on_to_the_next(worker: Any) -> None:
    made = notes.write(["a", "b"], "common")
    first = rx_pull(worker.client, limit=1).json()
    (left,) = set(made) - {UUID(first["documents"][0]["id"])}
    notes.change([left], title="changed meanwhile")
    body = rx_pull(worker.client, first["checkpoint"]["c"], limit=1).json()
    assert [document["title"] for document in body["documents"]] == ["changed meanwhile"]


def test_an_rxdb_push_that_is_taken_has_no_conflicts(worker: Any) -> None:
    made = {"id": str(uuid7()), "item_data": {"title": "x"}, "_deleted": False}
    assert [rx_push(worker.client, made).json() for _ in range(2)] == [[], []]
    assert [d["id"] for d in rx_pull(worker.client).json()["documents"]] == [made["id"]]


def test_what_rxdb_pushes_and_is_not_taken_answers_with_its_reason(worker: Any) -> None:
    made = {"id": str(uuid7()), "item_data": {"title": "bad"}, "_deleted": False}
    (conflict,) = rx_push(worker.client, made).json()
    assert (conflict["id"], conflict["reject_code"], conflict["title"]) == (made["id"], "bad_page", "bad")
    assert rx_push(worker.client, conflict).json() == []  # RxDB sends a solved conflict once more


def test_what_rxdb_changes_or_deletes_of_the_server_is_answered_with_the_truth(worker: Any) -> None:
    notes.write(["x"], "common")
    (held,) = rx_pull(worker.client).json()["documents"]
    for wrong in (held | {"title": "mine"}, held | {"_deleted": True}):
        assert rx_push(worker.client, wrong).json() == [held]
    assert rx_push(worker.client, held).json() == []


def test_the_truth_of_what_one_may_not_see_is_not_told(worker: Any) -> None:
    (hidden,) = notes.write(["x"], "elsewhere")
    assert rx_push(worker.client, {"id": str(hidden), "sync_state": "accepted"}).json() == []


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        ("rxdb/secret/pull", {"limit": 5}, 400),
        ("rxdb/note/pull", {"limit": 5001}, 400),
        ("rxdb/note/pull", {"limit": 0}, 400),
        ("rxdb/note/pull", {"limit": 5, "checkpoint": {"c": "x"}}, 410),
        ("rxdb/note/pull", {"limit": 5, "checkpoint": {"c": 7}}, 410),
        ("rxdb/note/push", {"rows": [{"newDocumentState": 7}]}, 400),
        ("rxdb/note/push", {"rows": [{"newDocumentState": {"id": "x"}}]}, 400),
        ("rxdb/note/push", {"rows": [{"newDocumentState": {"id": str(uuid4())}}] * 1001}, 413),
        ("watermelon", {"changes": {"note": {"created": [7]}}}, 400),
        ("watermelon", {"changes": []}, 400),
    ],
)
def test_what_cannot_be_answered_gets_a_problem(worker: Any, address: str, body: Any, status: int) -> None:
    answer = worker.client.post(f"/api/v1/sync/{address}", body, format="json")
    assert answer.status_code == status, orjson.dumps(answer.json())

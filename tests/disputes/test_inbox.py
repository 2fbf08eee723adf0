"""Items that wait for a person: who sees them, both sides, and what becomes of them by each act."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from audit.models import AuditEvent
from disputes.models import Dispute, Screening
from disputes.services import dispute_step
from kernel.ids import uuid7
from privacy.models import ReadLog
from sync.models import Inbox, InboxStep
from tests.cast import District, Member, enrolled
from tests.disputes.made import BEATING, body
from tests.disputes.test_commands import command, dispute, said
from tests.disputes.test_path import held, push, sent
from tests.sync.test_admission import lose

__all__ = ["dispute"]
pytestmark = pytest.mark.usefixtures("committed")
SAID = {"purpose": "handle", "reason": "两份说法"}


@pytest.fixture
def clash(dispute: Dispute, worker: Member, second_worker: Member) -> dict[str, Any]:
    """Two workers worded one brief; the second's is in conflict."""
    push(worker, command(dispute.id, "set_brief", dispute.rev, brief="漏水"))
    mine = command(dispute.id, "set_brief", dispute.rev, brief="打人")
    push(second_worker, mine)
    return mine


def act(who: Member, item: dict[str, Any], name: str, **asked: Any) -> Any:
    return who.client.post(
        f"/api/v1/sync/inbox/{item['id']}/{name}", {"reason": "问过双方", **asked}, format="json"
    )


def listed(who: Member, **asked: Any) -> list[str]:
    answer = who.client.get("/api/v1/sync/inbox", asked)
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def test_the_coordinator_sees_what_waits_and_others_do_not(
    clash: dict[str, Any], coordinator: Member, other_coordinator: Member, clerk: Member
) -> None:
    assert listed(coordinator) == listed(coordinator, state="conflict", open=True) == [clash["id"]]
    assert listed(other_coordinator) == listed(clerk) == listed(coordinator, state="held") == []
    assert act(other_coordinator, clash, "resolve", choice="mine").status_code == 404


def waiting(who: Member) -> list[tuple[str, list[str]]]:
    """(id, marks) of what the field asked, on this person's worklist."""
    sections = who.client.get("/api/v1/worklist").json()["sections"]
    rows = [row for entry in sections if entry["code"] == "commands_waiting" for row in entry["items"]]
    return [(row["subject_id"], row["marks"]) for row in rows]


def test_a_command_in_conflict_stands_on_the_worklist_until_it_is_settled(
    clash: dict[str, Any], coordinator: Member, other_coordinator: Member, worker: Member
) -> None:
    assert waiting(coordinator) == [(clash["id"], ["conflict", "changed_meanwhile", "brief"])]
    assert waiting(other_coordinator) == []
    act(coordinator, clash, "resolve", choice="theirs")
    assert waiting(coordinator) == []


def test_a_command_that_was_refused_is_on_no_worklist(
    dispute: Dispute, second_worker: Member, coordinator: Member
) -> None:
    assert said(second_worker, command(uuid7(), "set_brief", brief="x")) == [("rejected", "target_unknown")]
    assert waiting(coordinator) == []


@pytest.fixture
def edits(district: District, worker: Member) -> tuple[Member, dict[str, Any], dict[str, Any]]:
    """Two phones of one worker changed one record; that of the second is in conflict."""
    item, twin = sent(body(district)), enrolled(worker.user, worker.membership)
    amend = {"op": "amend", "target": item["id"], "base_rev": 1}
    push(worker, item, sent(body(district, brief="漏水已停"), 2) | amend)
    mine = sent(body(district, brief="漏水更严重"), 2) | amend
    assert said(twin, mine) == [("conflict", "changed_meanwhile")]
    return twin, item, mine


def test_an_edit_in_conflict_shows_both_versions(edits: Any, coordinator: Member, clerk: Member) -> None:
    _, item, mine = edits
    assert (listed(coordinator, state="conflict"), listed(clerk)) == ([mine["id"]], [])
    shown = coordinator.client.get(f"/api/v1/sync/inbox/{mine['id']}/sides", SAID).json()
    stands = shown["stands"]["data"]
    assert (shown["sent"]["brief"], stands["value"]["brief"], stands["rev"]) == ("漏水更严重", "漏水已停", 2)
    assert (shown["item"]["op"], shown["item"]["target"]) == ("amend", item["id"])


@pytest.mark.parametrize(
    "way", [("mine", "漏水更严重", "accepted", 3), ("theirs", "漏水已停", "rejected", 2)]
)
def test_a_person_chooses_one_version_and_the_flag_goes(
    edits: Any, worker: Member, coordinator: Member, way: tuple[str, str, str, int]
) -> None:
    (twin, item, mine), (choice, brief, state, rev) = edits, way
    assert held(worker)["screening"][UUID(item["id"])]["sync_state"] == "conflict"
    assert act(coordinator, mine, "resolve", choice=choice).json()["state"] == state
    row = held(worker)["screening"][UUID(item["id"])]
    assert (row["brief"], row.get("sync_state") == "conflict") == (brief, False)
    assert push(twin, mine)[0]["first"] == state
    assert (listed(coordinator, open=True), Screening.objects.get(id=item["id"]).rev) == ([], rev)


def test_both_sides_are_read_with_a_purpose_and_a_log_row(
    clash: dict[str, Any], coordinator: Member, worker: Member
) -> None:
    at = f"/api/v1/sync/inbox/{clash['id']}/sides"
    assert coordinator.client.get(at).json()["code"] == "purpose_required"
    shown = coordinator.client.get(at, SAID).json()
    assert shown["sent"]["args"] == {"brief": "打人"}
    assert (shown["stands"]["brief"]["value"], shown["stands"]["brief"]["by"]) == (
        "漏水",
        str(worker.user.id),
    )
    assert ReadLog.objects.filter(subject_kind="inbox_item").count() == 1


def test_what_did_not_fit_its_schema_is_read_as_it_came(
    district: District, worker: Member, coordinator: Member
) -> None:
    item = sent(body(district, category="77", supersedes=7))
    assert said(worker, item) == [("rejected", "data_invalid")]
    shown = coordinator.client.get(f"/api/v1/sync/inbox/{item['id']}/sides", SAID)
    assert (shown.status_code, shown.json()["sent"]["category"]) == (200, "77")


@pytest.mark.parametrize(
    "way",
    [
        ({"choice": "mine"}, "打人", "accepted"),
        ({"choice": "theirs"}, "漏水", "rejected"),
        ({"choice": "other", "args": {"brief": "漏水后打人"}}, "漏水后打人", "rejected"),
    ],
)
def test_s5_a_person_settles_the_conflict_and_the_flag_goes(
    clash: dict[str, Any], dispute: Dispute, coordinator: Member, second_worker: Member, way: Any
) -> None:
    asked, brief, state = way
    answer = act(coordinator, clash, "resolve", **asked)
    assert (answer.status_code, answer.json()["state"]) == (200, state)
    row = held(second_worker)["dispute"][dispute.id]
    assert (row["brief"], "sync_state" in row) == (brief, False)
    (step,) = InboxStep.objects.all()
    assert (step.from_state, step.to_state, step.reason) == ("conflict", state, "问过双方")
    assert AuditEvent.objects.filter(event="inbox_item.decided", user_id=coordinator.user.id).exists()
    assert listed(coordinator, open=True) == []


def test_what_is_settled_is_settled_once(clash: dict[str, Any], coordinator: Member) -> None:
    act(coordinator, clash, "resolve", choice="theirs")
    again = act(coordinator, clash, "resolve", choice="mine")
    assert (again.status_code, again.json()["code"]) == (409, "transition_not_allowed")


@pytest.mark.parametrize(
    ("name", "asked", "code"),
    [
        ("release", {}, "not_waiting"),
        ("resolve", {"choice": "other"}, "invalid"),
        ("resolve", {"choice": "other", "args": {"colour": 1}}, "invalid"),
        ("reject", {"reason": " "}, "invalid"),
    ],
)
def test_an_act_that_does_not_fit_is_refused(
    clash: dict[str, Any], coordinator: Member, name: str, asked: Any, code: str
) -> None:
    answer = act(coordinator, clash, name, **asked)
    assert answer.json()["code"] == code
    assert Inbox.objects.get(id=clash["id"]).state == "conflict"


def test_a_released_record_is_taken_though_it_lies_elsewhere(
    district: District, worker: Member, other_coordinator: Member
) -> None:
    item = sent(body(district, "B1-1"))
    assert said(worker, item) == [("quarantined", "out_of_scope")]
    assert act(other_coordinator, item, "release").json()["state"] == "accepted"
    assert Screening.objects.get(id=item["id"]).grid == district.grids["B1-1"]
    assert push(worker, item)[0]["first"] == "accepted"
    assert "sync_state" not in held(worker)["screening"].popitem()[1]


def test_an_old_record_is_taken_when_a_person_wants_it(
    district: District, worker: Member, coordinator: Member, clock: Any
) -> None:
    item = sent(body(district))
    clock.move(timedelta(days=40))
    assert said(worker, item) == [("quarantined", "device_time_old")]
    assert act(coordinator, item, "release").json()["state"] == "accepted"


def test_an_old_step_that_does_not_fit_any_more_is_out_of_place(
    dispute: Dispute, worker: Member, coordinator: Member, clock: Any
) -> None:
    step = command(dispute.id, "take_step", event="settle")
    clock.move(timedelta(days=40))
    assert said(worker, step) == [("quarantined", "device_time_old")]
    dispute_step(actor=coordinator.actor, dispute_id=dispute.id, event="not_a_dispute", reason="误报")
    assert act(coordinator, step, "release").json()["state"] == "not_applicable"


def test_what_still_cannot_be_taken_stays_and_says_why(
    district: District, worker: Member, coordinator: Member, clock: Any
) -> None:
    item = sent(body(district, outcome="watching"))
    clock.move(timedelta(days=40))
    push(worker, item)
    assert act(coordinator, item, "release").json()["state"] == "rejected"
    assert not Screening.objects.exists()


def test_a_held_edit_is_taken_at_once(district: District, worker: Member, coordinator: Member) -> None:
    item = sent(body(district))
    edit = sent(body(district, brief="v3"), 3) | {"op": "amend", "target": item["id"], "base_rev": 2}
    assert said(worker, item, edit) == [("accepted", ""), ("held", "waits_for_version")]
    shown = act(coordinator, edit, "release").json()
    assert (shown["state"], shown["forced"]) == ("accepted", True)


def test_a_held_edit_is_refused_by_a_person(district: District, worker: Member, coordinator: Member) -> None:
    item = sent(body(district))
    edit = sent(body(district, brief="v3"), 3) | {"op": "amend", "target": item["id"], "base_rev": 2}
    push(worker, item, edit)
    act(coordinator, edit, "reject", reason="前一版本已丢失")
    assert Inbox.objects.get(id=edit["id"]).state == "rejected"


def test_a_rejected_item_tells_its_author_why(
    district: District, worker: Member, other_coordinator: Member
) -> None:
    item = sent(body(district, "B1-1"))
    push(worker, item)
    act(other_coordinator, item, "reject", reason="不属本社区")
    (row,) = held(worker)["screening"].values()
    assert (row["sync_state"], row["reject_code"], row["reject_detail"]) == (
        "rejected", "rejected_by_person", "不属本社区",
    )  # fmt: skip


def test_u4_a_person_releases_what_a_lost_phone_still_sent(
    district: District, worker: Member, coordinator: Member, admin: Member
) -> None:
    lose(worker, admin)
    item = sent(body(district))
    envelope = {"batch_id": str(uuid7()), "schema": 1, "items": [item]}
    answer = worker.client.post("/api/v1/sync/push", envelope, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "wipe")
    assert listed(coordinator, state="quarantined") == [item["id"]]
    assert act(coordinator, item, "release").json()["state"] == "accepted"
    assert Screening.objects.get(id=item["id"]).author_id == worker.user.id


@pytest.mark.law("DV-23")
def test_what_few_may_know_is_read_by_few(
    district: District, worker: Member, director: Member, clerk: Member
) -> None:
    item = sent(body(district, outcome="watching", signs=[BEATING]))
    push(worker, item)
    at = f"/api/v1/sync/inbox/{item['id']}/sides"
    assert listed(clerk) == listed(director) == [item["id"]]
    assert clerk.client.get(at, SAID).json()["code"] == "role_not_allowed"
    assert director.client.get(at, SAID).json()["sent"]["signs"] == [BEATING]

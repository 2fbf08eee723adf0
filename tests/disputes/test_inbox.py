"""Items that wait for a person: who sees them, both sides, and what becomes of them by each act."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from disputes.models import Dispute, Screening
from privacy.models import ReadLog
from sync.models import Inbox, InboxStep
from tests.cast import District, Member
from tests.disputes.made import BEATING, body
from tests.disputes.test_commands import command, dispute, said
from tests.disputes.test_path import held, push, sent

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

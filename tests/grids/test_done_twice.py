"""An act on places that was sent twice is done once: the same answer, with the header that says so."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from grids.models import Assignment, BoundaryRelease, Handover, LeaveArea
from kernel import clock as clocks
from kernel.ids import uuid7
from tests.cast import District, Member, Worker
from tests.grids.test_api import ASSIGNMENTS, body
from tests.grids.test_area_changes import NEW, OLD
from tests.grids.test_import_api import AT as IMPORTS
from tests.grids.test_import_api import HALVES, declaration, imported, upload
from tests.grids.test_leave import confirmed
from tests.grids.test_planned_changes import PLANNED, planned
from tests.grids.test_release_api import act, day

pytestmark = pytest.mark.django_db


def twice(ask: Any) -> Any:
    """The answer, which is the same the second time and says so, and leaves nothing in the trail."""
    first = ask()
    events = AuditEvent.objects.count()
    again = ask()
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.status_code in (200, 201), first.json()
    assert [one.headers.get("Idempotent-Replay") for one in (first, again)] == [None, "true"]
    assert AuditEvent.objects.count() == events
    return again.json()


@pytest.fixture
def draft(district: District, admin: Member) -> str:
    return str(imported(admin, HALVES)["release"])


def test_checked_and_published_twice(draft: str, admin: Member) -> None:
    BoundaryRelease.objects.filter(id=draft).update(state="draft")
    twice(lambda: act(admin, draft, "validate"))
    assert twice(lambda: act(admin, draft, "publish", day=day(3)))["valid_from"] == day(3)
    other = act(admin, draft, "publish", day=day(4))
    assert (other.status_code, other.json()["code"]) == (409, "transition_not_allowed")


def test_withdrawn_twice(draft: str, admin: Member) -> None:
    act(admin, draft, "publish", day=day(3))
    assert twice(lambda: act(admin, draft, "withdraw", reason="图纸有误"))["state"] == "withdrawn"
    again = act(admin, draft, "publish", day=day(3))
    assert again.json()["code"] == "transition_not_allowed"


def test_rolled_back_twice(draft: str, admin: Member) -> None:
    act(admin, draft, "publish", day=day())
    made = twice(lambda: act(admin, draft, "roll-back", day=day(1), reason="图纸有误"))
    assert made["title"] == f"回退：{BoundaryRelease.objects.get(id=draft).title}"
    assert (made["undoes"], BoundaryRelease.objects.filter(undoes=draft).count()) == (draft, 1)


def test_restored_twice(draft: str, admin: Member) -> None:
    first = BoundaryRelease.objects.exclude(id=draft).get()
    act(admin, draft, "publish", day=day())
    BoundaryRelease.objects.filter(id=first.id).update(state="superseded")
    made = twice(lambda: act(admin, first.id, "restore", day=day(1)))
    assert (made["restores"], made["undoes"], made["title"]) == (str(first.id), None, "恢复：squares")


def test_what_was_withdrawn_in_between_is_done_again(draft: str, admin: Member) -> None:
    act(admin, draft, "publish", day=day())
    made = [act(admin, draft, "roll-back", day=day(1), reason="误").json()["id"]]
    act(admin, made[0], "withdraw", reason="再议")
    made.append(act(admin, draft, "roll-back", day=day(1), reason="误").json()["id"])
    assert made[0] != made[1]


def test_declared_and_uploaded_twice(district: District, admin: Member) -> None:
    said = declaration(HALVES)
    twice(lambda: admin.client.post(IMPORTS, said, format="json"))
    twice(lambda: upload(admin, said["id"], HALVES))


def test_put_in_charge_and_ended_twice(
    coordinator: Member, second_worker: Worker, district: District
) -> None:
    said = body(district, "A1-2", second_worker, "primary") | {"id": str(uuid7())}
    made = twice(lambda: coordinator.client.post(ASSIGNMENTS, said, format="json"))
    other = coordinator.client.post(ASSIGNMENTS, said | {"kind": "backup"}, format="json")
    assert (made["id"], other.json()["code"]) == (said["id"], "conflict")
    end = {"day": day(2), "reason": "调岗"}
    twice(lambda: coordinator.client.post(f"{ASSIGNMENTS}/{made['id']}/end", end, format="json"))


def test_moved_twice(coordinator: Member, second_worker: Worker, district: District) -> None:
    row = f"{district.grids['A1-1'].code},{second_worker.user.username},{day()}"
    said = {"csv": f"grid,worker,from\n{row}", "reason": "调岗"}
    first, again = (coordinator.client.post(f"{ASSIGNMENTS}/moves", said, format="json") for _ in range(2))
    assert [one.headers.get("Idempotent-Replay") for one in (first, again)] == [None, "true"]
    look = coordinator.client.post(f"{ASSIGNMENTS}/moves", said | {"dry_run": True}, format="json")
    assert "Idempotent-Replay" not in look.headers


def test_a_note_written_and_taken_twice(
    coordinator: Member, worker: Worker, second_worker: Worker, district: District
) -> None:
    charge = Assignment.objects.filter(worker=worker.user).earliest("valid_from")
    said = {"id": str(uuid7()), "assignment_id": str(charge.id), "note": "三单元门禁坏了"}
    twice(lambda: coordinator.client.post("/api/v1/handovers", said, format="json"))
    twice(lambda: worker.client.post(f"/api/v1/handovers/{said['id']}/take"))
    assert Handover.objects.count() == 1


def test_a_leave_area_confirmed_twice(agency_head: Member, district: District) -> None:
    twice(lambda: confirmed(agency_head))
    assert LeaveArea.objects.count() == 1


def test_a_planned_change_and_a_map_key_taken_back_twice(admin: Member, district: District) -> None:
    pk = planned(admin, (OLD, NEW))
    twice(lambda: admin.client.post(f"{PLANNED}/{pk}/withdraw", {"reason": "误"}, format="json"))
    wish = {"program": "QGIS", "days": 3}
    key = admin.client.post("/api/v1/map-keys", wish, format="json").json()["id"]
    twice(lambda: admin.client.post(f"/api/v1/map-keys/{key}/revoke"))


def test_an_equal_request_after_days_is_answered_the_same(draft: str, admin: Member, clock: Any) -> None:
    act(admin, draft, "publish", day=day(1))
    said = day(1)
    clock.move(timedelta(days=5))
    again = Member(admin.user, admin.membership)
    answer = act(again, draft, "publish", day=said)
    assert (answer.status_code, answer.headers["Idempotent-Replay"]) == (200, "true")
    assert clocks.today().isoformat() > said

"""What a change of rights or of place takes from a phone is named by its next pull, and told beforehand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from accounts.services import membership_end
from disputes.models import Dispute
from disputes.services import dispute_hand_up
from disputes.services.telling import readers_changed
from grids.models import Assignment
from kernel import clock
from kernel.actor import SYSTEM
from kernel.codes.law import HandlingLevel
from sync.models import Inbox, Unsent
from sync.services import publish
from tasks.codes import TaskKind
from tasks.models import Task
from tests.cast import District, Member, Worker, released
from tests.disputes.made import body
from tests.disputes.test_commands import command, said
from tests.disputes.test_path import held, push, sent

Drain = Callable[[], int]
pytestmark = pytest.mark.usefixtures("committed")


class Phone:
    """A phone that looks at each answer whole."""

    def __init__(self, who: Member) -> None:
        self.who, self.cursor = who, None
        self.next()

    def next(self) -> dict[str, Any]:
        asked = {"cursor": self.cursor, "schema": 1, "kinds": ["screening", "dispute"]}
        answer: dict[str, Any] = self.who.client.post("/api/v1/sync/pull", asked, format="json").json()
        self.cursor = answer.get("cursor", self.cursor)
        return answer


@pytest.fixture
def dispute(district: District, worker: Worker, drain: Drain) -> Dispute:
    """A dispute of grid A1-1, from a screening of the worker."""
    push(worker, sent(body(district)))
    drain()
    return Dispute.objects.get()


def charge_of(who: Member) -> Assignment:
    return Assignment.objects.get(worker=who.user)


def end_charge(admin: Member, who: Member) -> None:
    at = f"/api/v1/assignments/{charge_of(who).id}/end"
    answer = admin.client.post(at, {"day": clock.today().isoformat(), "reason": "调整网格"}, format="json")
    assert answer.status_code == 200, answer.content


def move(dispute: Dispute, district: District, grid: str) -> None:
    with transaction.atomic():
        Dispute.objects.filter(id=dispute.id).update(grid=district.grids[grid])
        publish("dispute", [dispute.id])
        readers_changed([dispute.id], screenings=False)


def test_s6_a_grid_that_is_taken_away_is_named_with_all_that_leaves(
    dispute: Dispute, district: District, second_worker: Worker, admin: Member
) -> None:
    phone = Phone(second_worker)
    end_charge(admin, second_worker)
    answer = phone.next()
    assert f"grid:{district.grids['A1-1'].id}" in answer["purged_scopes"]
    assert answer["remove"]["dispute"] == [str(dispute.id)]
    assert len(answer["remove"]["screening"]) == 1
    assert phone.next()["remove"] == {}


def test_s6_the_author_keeps_the_own_record_when_the_grid_is_taken_away(
    dispute: Dispute, worker: Worker, admin: Member
) -> None:
    phone = Phone(worker)
    end_charge(admin, worker)
    answer = phone.next()
    assert len(answer["purged_scopes"]) >= 1
    assert answer["remove"] == {}


def test_s6_who_takes_the_grid_over_sees_what_stands_there(
    dispute: Dispute, district: District, worker: Worker, neighbour_worker: Worker, admin: Member
) -> None:
    phone = Phone(neighbour_worker)
    end_charge(admin, worker)
    new = {
        "grid_id": str(district.grids["A1-1"].id),
        "worker_id": str(neighbour_worker.user.id),
        "kind": "primary",
    }
    new |= {"valid_from": clock.today().isoformat()}
    assert admin.client.post("/api/v1/assignments", new, format="json").status_code == 201
    assert [row["id"] for row in phone.next()["put"]["dispute"]] == [str(dispute.id)]


def test_s6_a_dispute_that_moves_leaves_one_phone_and_comes_to_another(
    dispute: Dispute, district: District, second_worker: Worker, neighbour_worker: Worker
) -> None:
    old, new = Phone(second_worker), Phone(neighbour_worker)
    move(dispute, district, "A2-1")
    assert old.next()["remove"] == {"dispute": [str(dispute.id)]}
    assert [row["id"] for row in new.next()["put"]["dispute"]] == [str(dispute.id)]


def test_s6_a_dispute_that_moves_stays_with_its_author(
    dispute: Dispute, district: District, worker: Worker
) -> None:
    phone = Phone(worker)
    move(dispute, district, "A2-1")
    answer = phone.next()
    assert answer["remove"] == {}
    assert [row["grid_id"] for row in answer["put"]["dispute"]] == [str(district.grids["A2-1"].id)]


@pytest.fixture
def moved(clock: Any, dispute: Dispute, district: District, clerk: Member) -> Dispute:
    """The clerk has put the dispute into a grid of the neighbouring community, an hour from now."""
    clock.move(timedelta(hours=1))
    grid = str(district.grids["A2-1"].id)
    at = f"/api/v1/disputes/{dispute.id}/grid"
    answer = clerk.client.post(at, {"grid_id": grid, "reason": "事发地在邻网格"}, format="json")
    assert answer.status_code in (200, 201), answer.content
    clock.move(timedelta(hours=1))
    return dispute


def asked(dispute: Dispute, ago: timedelta) -> dict[str, Any]:
    made = (clock.now() - ago).isoformat()
    return command(dispute.id, "set_brief", dispute.rev, brief="漏水引起") | {"device_at": made}


def test_s6_what_was_asked_before_a_move_is_taken_and_the_new_owner_sees_it(
    second_worker: Worker, neighbour_worker: Worker, moved: Dispute
) -> None:
    old, new = Phone(second_worker), Phone(neighbour_worker)
    assert said(second_worker, asked(moved, timedelta(minutes=90))) == [("accepted", "")]
    assert [row["brief"] for row in new.next()["put"]["dispute"]] == ["漏水引起"]
    assert "dispute" not in old.next()["put"]
    assert held(second_worker)["dispute"] == {}


def test_s6_what_was_asked_after_a_move_waits_for_the_new_community(
    second_worker: Worker, moved: Dispute, district: District
) -> None:
    late = asked(moved, timedelta(minutes=30))
    assert said(second_worker, late) == [("quarantined", "out_of_scope")]
    queue = Inbox.objects.get(id=late["id"]).queue
    assert (queue.area_id if queue else None) == district.areas["A2"].id


def test_s6_who_never_had_the_grid_hears_of_no_dispute(outsider: Worker, moved: Dispute) -> None:
    assert said(outsider, asked(moved, timedelta(minutes=90))) == [("rejected", "target_unknown")]


def test_a_dispute_handed_up_says_so_on_the_phones_of_its_grid(
    dispute: Dispute, second_worker: Worker
) -> None:
    phone = Phone(second_worker)
    dispute_hand_up(actor=SYSTEM, dispute_id=dispute.id, level=HandlingLevel.STREET, reason="需街道")
    (row,) = phone.next()["put"]["dispute"]
    assert (row["id"], row["level"]) == (str(dispute.id), "street")


def test_a_dispute_that_becomes_restricted_leaves_every_phone(
    dispute: Dispute, worker: Worker, second_worker: Worker
) -> None:
    phones = [Phone(worker), Phone(second_worker)]
    with transaction.atomic():
        Dispute.objects.filter(id=dispute.id).update(restricted=True, level="street")
        publish("dispute", [dispute.id])
        readers_changed([dispute.id])
    removed = [phone.next()["remove"] for phone in phones]
    assert [(len(gone["screening"]), gone["dispute"]) for gone in removed] == [(1, [str(dispute.id)])] * 2


def test_a_membership_that_ended_brings_and_takes_nothing_more(worker: Worker, admin: Member) -> None:
    phone = Phone(worker)
    released(worker)
    membership_end(actor=admin.actor, membership_id=worker.membership.id, reason="离职")
    answer = phone.next()
    assert (answer["status"], answer["code"]) == (401, "access_expired")


# Beforehand


@transaction.atomic
def give_task(worker: Worker, dispute: Dispute, district: District) -> None:
    """A to-do of the worker in the grid, from the own community."""
    task = Task.objects.create(
        kind=TaskKind.GATHER, role="grid_worker", assignee=worker.user, subject_kind="dispute",
        subject_id=dispute.id, grid=district.grids["A1-1"], created_at=clock.now(),
        organisation=district.organisations["A1"],
    )  # fmt: skip
    publish("task", [task.id])


def impact(who: Member, charge: Assignment) -> Any:
    return who.client.get(f"/api/v1/assignments/{charge.id}/impact")


def test_an_impact_counts_what_leaves_and_what_is_open(
    dispute: Dispute, district: District, worker: Worker, second_worker: Worker, coordinator: Member
) -> None:
    push(worker, sent(body(district, outcome="watching"), 2))
    give_task(worker, dispute, district)
    told = impact(coordinator, charge_of(worker)).json()
    assert told["leaves"] == {"dispute": 1, "dispute_event": 1, "screening": 1}
    assert told["open"] == {"dispute": 1, "task": 1, "visit_due": 0}
    assert told["waiting"] == {"held": 0, "quarantined": 0, "rejected": 1, "conflict": 0}
    assert told["remaining"] == [str(second_worker.user.id)]


def test_an_impact_shows_the_phones_with_their_lag_and_what_they_hold_back(
    dispute: Dispute, worker: Worker, admin: Member, clock: Any
) -> None:
    Phone(worker)
    Unsent.objects.create(device=worker.device, count=4, oldest_on="2026-03-01", told_on="2026-03-02")
    told = impact(admin, charge_of(worker)).json()
    (phone,) = told["devices"]
    assert (phone["device"], phone["lag"], phone["seen_on"]) == (str(worker.device.id), 0, "2026-03-02")
    assert (told["unsent"], phone["oldest_unsent_on"]) == (4, "2026-03-01")


def test_an_impact_is_for_those_who_may_change_the_charge(
    worker: Worker, outsider: Worker, coordinator: Member, other_coordinator: Member
) -> None:
    assert impact(worker, charge_of(worker)).status_code == 403
    assert impact(other_coordinator, charge_of(worker)).status_code == 404
    assert impact(coordinator, charge_of(worker)).status_code == 200

"""What waits at the centre follows a merged dispute, and comes back when the two are parted; the worker is
told what became of it."""

from typing import Any

import pytest

from audit.models import AuditEvent
from backend.reactions import REACTIONS
from disputes.models import Dispute
from disputes.services import dispute_merge, dispute_transition, dispute_unmerge
from kernel.actor import SYSTEM
from mediation import access
from mediation.models import IntakeItem
from mediation.reactions import intake_follow
from mediation.services import intake_close, intake_open
from tasks.models import Task
from tests.cast import District, Member, Worker
from tests.disputes.made import LI, WANG, body, dispute_of, screened
from tests.mediation.made import WHY, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def item(district: District, worker: Worker) -> IntakeItem:
    return waiting(district, worker, parties=[LI])


@pytest.fixture
def survivor(district: District, worker: Worker) -> Dispute:
    return dispute_of(screened(worker, body(district, parties=[WANG])))


def follow(dispute: Any, event: str) -> None:
    rows = AuditEvent.objects.filter(event="dispute.state_changed", subject_id=dispute)
    intake_follow(rows.get(detail__event=event))


def merged(item: IntakeItem, survivor: Dispute, clerk: Member) -> None:
    said = {"actor": clerk.actor, "dispute_id": item.dispute_id, "into_id": survivor.id}
    dispute_merge(**said, reason="同一纠纷")
    for _ in range(2):
        follow(item.dispute_id, "merge")


def parted(item: IntakeItem, clerk: Member) -> None:
    dispute_unmerge(actor=clerk.actor, dispute_id=item.dispute_id, reason="合并有误")
    follow(item.dispute_id, "unmerge")


def open_ones(clerk: Member) -> dict[Any, int]:
    rows = access.visible_intake(clerk.actor).filter(state="waiting")
    return {row.dispute_id: len(row.reasons) for row in rows}


def test_an_open_item_goes_along_and_comes_back(item: IntakeItem, survivor: Dispute, clerk: Member) -> None:
    merged(item, survivor, clerk)
    assert open_ones(clerk) == {survivor.id: 1}
    parted(item, clerk)
    assert open_ones(clerk) == {item.dispute_id: 1}
    assert IntakeItem.objects.get(dispute=survivor).state == "nothing"


def test_an_item_that_waits_there_gets_the_reasons_and_loses_them_again(
    item: IntakeItem, survivor: Dispute, clerk: Member
) -> None:
    intake_open(actor=SYSTEM, dispute_id=survivor.id, reasons=[WHY], protected=False, firing_id=None)
    merged(item, survivor, clerk)
    assert open_ones(clerk) == {survivor.id: 2}
    parted(item, clerk)
    assert open_ones(clerk) == {survivor.id: 1, item.dispute_id: 1}


def test_what_was_decided_meanwhile_stays_decided(item: IntakeItem, survivor: Dispute, clerk: Member) -> None:
    merged(item, survivor, clerk)
    intake_close(actor=clerk.actor, item_id=IntakeItem.objects.get(dispute=survivor).pk, reason="已劝和")
    parted(item, clerk)
    assert open_ones(clerk) == {item.dispute_id: 1}


def test_nothing_follows_where_nothing_waited(
    survivor: Dispute, district: District, worker: Worker, clerk: Member
) -> None:
    other = dispute_of(screened(worker, body(district, parties=[LI])))
    dispute_merge(actor=clerk.actor, dispute_id=other.id, into_id=survivor.id, reason="同一纠纷")
    follow(other.id, "merge")
    assert open_ones(clerk) == {}


def test_the_worker_is_told_on_the_phone_what_became_of_it(
    survivor: Dispute, worker: Worker, coordinator: Member
) -> None:
    Dispute.objects.filter(id=survivor.id).update(state="settled", level="community")
    dispute_transition(actor=coordinator.actor, dispute_id=survivor.id, event="feedback", reason="已修复")
    tell, *_ = REACTIONS["dispute.state_changed"]
    tell(AuditEvent.objects.get(event="dispute.state_changed", detail__event="feedback"))
    task = Task.objects.get(kind="feedback")
    assert (task.assignee_id, task.subject_id) == (worker.user.id, survivor.id)

"""What a worker does from the phone: settle, note, ask for the level above; what comes back; and what was
said of a dispute that was merged meanwhile."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from disputes.models import Dispute, DisputeNote, DisputeParty, DisputeScreening, Settlement
from disputes.services import (
    brief_set,
    dispute_merge,
    dispute_step,
    dispute_unmerge,
    dispute_walk,
    party_refuse,
    protection_set,
)
from tests.cast import District, Member
from tests.disputes.made import LI, WANG, body, dispute_of, screened
from tests.disputes.test_commands import command, said
from tests.disputes.test_path import push, sent

pytestmark = pytest.mark.usefixtures("committed")
SETTLED = {"terms": "各退一步，楼上一周内修管", "by_whom": "张三、李四"}


@pytest.fixture
def grid_dispute(
    district: District, worker: Member, second_worker: Member, drain: Callable[[], Any]
) -> Dispute:
    push(worker, sent(body(district, outcome="watching", watch_until="2026-03-10")))
    drain()
    return Dispute.objects.get()


@pytest.fixture(autouse=True)
def _monday(clock: Any) -> None:
    """Everything on 2026-03-02."""


def events(who: Member) -> list[dict[str, Any]]:
    """The steps that a fresh phone holds, oldest first."""
    asked = {"cursor": None, "limit": 1000, "schema": 1, "kinds": ["dispute_event"]}
    page = who.client.post("/api/v1/sync/pull", asked, format="json").json()
    return sorted(page["put"].get("dispute_event", []), key=lambda row: row["id"])


def test_settled_at_the_grid_with_what_was_agreed(grid_dispute: Dispute, worker: Member) -> None:
    assert said(worker, command(grid_dispute.id, "settle", **SETTLED)) == [("accepted", "")]
    grid_dispute.refresh_from_db()
    assert (grid_dispute.state, Settlement.objects.count()) == ("settled", 1)
    assert said(worker, command(grid_dispute.id, "settle", **SETTLED)) == [("accepted", "")]
    assert Settlement.objects.count() == 1


def test_what_was_handed_up_meanwhile_is_not_settled_at_the_grid(
    grid_dispute: Dispute, worker: Member, coordinator: Member
) -> None:
    up = {"event": "hand_up", "facts": {"to_level": "street"}}
    dispute_step(actor=coordinator.actor, dispute_id=grid_dispute.id, **up)
    (result,) = push(worker, command(grid_dispute.id, "settle", **SETTLED))
    assert (result["state"], result["code"]) == ("not_applicable", "level_not_yours")
    assert result["current"]["level"] == "street"


def test_a_note_is_kept_once(grid_dispute: Dispute, worker: Member) -> None:
    item = command(grid_dispute.id, "add_note", words="约周五再谈")
    assert said(worker, item) == [("accepted", "")]
    assert said(worker, item)[0][0] == "duplicate"
    assert DisputeNote.objects.count() == 1


@pytest.mark.law("DV-23")
def test_no_note_and_no_settling_on_the_protected_track(
    grid_dispute: Dispute, worker: Member, director: Member
) -> None:
    protection_set(actor=director.actor, dispute_id=grid_dispute.id, reason="一方害怕")
    items = [
        command(grid_dispute.id, "add_note", 0, 9, words="x"),
        command(grid_dispute.id, "settle", 0, 10, **SETTLED),
    ]
    assert [code for _, code in said(worker, *items)] == ["no_contact_while_protected"] * 2


def test_the_answer_to_a_worker_who_asks_comes_back_to_the_phone(
    grid_dispute: Dispute, worker: Member, coordinator: Member
) -> None:
    asked = command(grid_dispute.id, "ask_hand_up", reason="需要社区出面")
    assert said(worker, asked) == [("accepted", "")]
    keep = {"event": "keep_level", "reason": "先再谈一次，周五我一起去"}
    dispute_step(actor=coordinator.actor, dispute_id=grid_dispute.id, **keep)
    last = events(worker)[-1]
    assert (last["event"], last["words"]) == ("keep_level", "先再谈一次，周五我一起去")


def test_the_end_and_its_feedback_reach_the_authors_phone(
    grid_dispute: Dispute, worker: Member, second_worker: Member, coordinator: Member
) -> None:
    dispute_walk(actor=coordinator.actor, dispute_id=grid_dispute.id, event="settle")
    words = {"event": "feedback", "reason": "已达成协议，感谢及时上报"}
    dispute_step(actor=coordinator.actor, dispute_id=grid_dispute.id, **words)
    for who in (worker, second_worker):
        assert [row["event"] for row in events(who)][-2:] == ["settle", "feedback"]
        assert events(who)[-1]["words"] == words["reason"]


@pytest.mark.law("DV-23")
def test_steps_of_a_protected_dispute_leave_the_colleagues_phones(
    grid_dispute: Dispute, worker: Member, second_worker: Member, director: Member
) -> None:
    protection_set(actor=director.actor, dispute_id=grid_dispute.id, reason="她住在某街 12 号")
    assert events(second_worker) == []
    assert [row["words"] for row in events(worker)] == ["", ""]


@pytest.fixture
def merged(
    grid_dispute: Dispute, district: District, worker: Member, coordinator: Member, drain: Callable[[], Any]
) -> tuple[Dispute, UUID]:
    """The dispute that goes on, and the id of the one that it absorbed."""
    push(worker, sent(body(district, None, parties=[LI, WANG]), 2))
    drain()
    absorbed = Dispute.objects.exclude(id=grid_dispute.id).get()
    dispute_merge(actor=coordinator.actor, dispute_id=absorbed.id, into_id=grid_dispute.id, reason="同一纠纷")
    return grid_dispute, absorbed.id


def test_a_late_item_on_the_absorbed_one_lands_on_the_one_that_goes_on(
    merged: tuple[Dispute, UUID], worker: Member
) -> None:
    into, absorbed = merged
    party = {"role": "party", "name": "赵六", "phone": "13700001111"}
    items = [
        command(absorbed, "add_party", 1, 9, party=party),
        command(absorbed, "set_brief", 1, 10, brief="漏水"),
        command(absorbed, "add_note", 1, 11, words="晚到的记录"),
        command(absorbed, "settle", 1, 12, **SETTLED),
    ]
    assert said(worker, *items) == [("accepted", "")] * 4
    into.refresh_from_db()
    parties = DisputeParty.objects.filter(dispute=into).count()
    assert (into.brief, parties, into.state) == ("漏水", 5, "settled")
    assert DisputeNote.objects.get().dispute_id == absorbed


def test_parting_takes_the_late_item_along(
    merged: tuple[Dispute, UUID], worker: Member, coordinator: Member
) -> None:
    into, absorbed = merged
    party = {"role": "party", "name": "赵六", "phone": "13700001111"}
    said(worker, command(absorbed, "add_party", party=party))
    dispute_unmerge(actor=coordinator.actor, dispute_id=absorbed, reason="两件事")
    assert DisputeScreening.objects.filter(dispute_id=absorbed).count() == 2
    assert DisputeParty.objects.filter(dispute=into).count() == 2


def test_other_words_on_the_one_that_goes_on_are_a_conflict(
    merged: tuple[Dispute, UUID], worker: Member, coordinator: Member
) -> None:
    into, absorbed = merged
    with transaction.atomic():
        brief_set(actor=coordinator.actor, dispute_id=into.id, brief="双方都说是水管老化")
    assert said(worker, command(absorbed, "set_brief", 99, brief="漏水")) == [
        ("conflict", "changed_meanwhile")
    ]


def test_a_late_note_is_read_with_the_one_that_goes_on_and_parted_with_its_own(
    merged: tuple[Dispute, UUID], worker: Member, coordinator: Member
) -> None:
    into, absorbed = merged
    said(worker, command(absorbed, "add_note", words="晚到的记录"))

    def words(dispute: UUID) -> list[str]:
        query = {"purpose": "handle", "reason": "核对"}
        return [
            row["words"] for row in coordinator.client.get(f"/api/v1/disputes/{dispute}/notes", query).json()
        ]

    together = words(into.id)
    dispute_unmerge(actor=coordinator.actor, dispute_id=absorbed, reason="两件事")
    assert (together, words(into.id), words(absorbed)) == (["晚到的记录"], [], ["晚到的记录"])


@pytest.mark.law("PM-17")
def test_a_no_goes_along_with_a_merge_and_back_with_its_undoing(
    grid_dispute: Dispute, district: District, worker: Member, coordinator: Member
) -> None:
    refused = dispute_of(screened(worker, body(district, None, parties=[LI, WANG])))
    party = DisputeParty.objects.filter(dispute=refused).first()
    assert party is not None
    party_refuse(actor=coordinator.actor, dispute_id=refused.id, party_id=party.id)
    dispute_merge(actor=coordinator.actor, dispute_id=refused.id, into_id=grid_dispute.id, reason="同一纠纷")
    grid_dispute.refresh_from_db()
    along = grid_dispute.mediation_refused
    dispute_unmerge(actor=coordinator.actor, dispute_id=refused.id, reason="两件事")
    grid_dispute.refresh_from_db()
    assert (along, grid_dispute.mediation_refused) == (True, False)


def test_parting_twice_answers_the_same(merged: tuple[Dispute, UUID], coordinator: Member) -> None:
    ask = {"reason": "两件事"}
    answers = [
        coordinator.client.post(f"/api/v1/disputes/{merged[1]}/unmerge", ask, format="json") for _ in range(2)
    ]
    assert [answer.get("Idempotent-Replay") for answer in answers] == [None, "true"]

"""What phones ask of a dispute, by the push that also brings screenings, with real commits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from disputes.models import Dispute, DisputeChange, DisputeParty, Screening
from disputes.services import dispute_step, protection_set
from kernel import clock
from kernel.ids import uuid7
from sync.models import Inbox
from tests.cast import District, Member
from tests.disputes.made import BEATING, THREAT, WANG, body
from tests.disputes.test_path import held, push, sent

pytestmark = pytest.mark.usefixtures("committed")


def command(target: Any, verb: str, base_rev: int = 0, seq: int = 9, **args: Any) -> dict[str, Any]:
    made = clock.now() - timedelta(minutes=1)
    data = {"kind": "dispute", "verb": verb, "args": args}
    return {
        "id": str(uuid7()), "kind": "command", "op": "command", "target": str(target), "base_rev": base_rev,
        "device_at": made.isoformat(), "seq": seq, "data": data,
    }  # fmt: skip


def said(who: Member, *items: dict[str, Any]) -> list[tuple[str, str]]:
    return [(result["state"], result.get("code", "")) for result in push(who, *items)]


@pytest.fixture
def dispute(district: District, worker: Member, second_worker: Member, drain: Callable[[], int]) -> Dispute:
    push(worker, sent(body(district)))
    drain()
    return Dispute.objects.get()


def test_s5_the_same_field_is_a_conflict_with_both_sides(
    dispute: Dispute, worker: Member, second_worker: Member
) -> None:
    rev = held(worker)["dispute"][dispute.id]["rev"]
    mine = command(dispute.id, "set_brief", rev, brief="乙方先动手")
    assert said(worker, command(dispute.id, "set_brief", rev, brief="漏水引起")) == [("accepted", "")]
    (result,) = push(second_worker, mine)
    assert (result["state"], result["code"], result["clash"]) == ("conflict", "changed_meanwhile", ["brief"])
    dispute.refresh_from_db()
    assert dispute.brief == "漏水引起"
    for who in (worker, second_worker):
        assert held(who)["dispute"][dispute.id]["sync_state"] == "conflict"
    row = Inbox.objects.get(id=mine["id"])
    assert row.queue_id == worker.actor.organisation_id


def test_s5_different_fields_merge(dispute: Dispute, worker: Member, second_worker: Member) -> None:
    rev = held(worker)["dispute"][dispute.id]["rev"]
    assert said(worker, command(dispute.id, "set_brief", rev, brief="漏水引起")) == [("accepted", "")]
    assert said(second_worker, command(dispute.id, "add_party", rev, party=WANG)) == [("accepted", "")]
    dispute.refresh_from_db()
    assert dispute.brief == "漏水引起"
    assert DisputeParty.objects.filter(dispute=dispute).count() == 3
    assert "sync_state" not in held(worker)["dispute"][dispute.id]


def test_the_same_words_again_are_done_already(
    dispute: Dispute, worker: Member, second_worker: Member
) -> None:
    rev = dispute.rev
    for who in (worker, second_worker):
        assert said(who, command(dispute.id, "set_brief", rev, brief="漏水引起")) == [("accepted", "")]
    assert DisputeChange.objects.count() == 1


def test_a_worker_words_it_twice_before_the_answer(dispute: Dispute, worker: Member) -> None:
    first = command(dispute.id, "set_brief", dispute.rev, 9, brief="漏水")
    second = command(dispute.id, "set_brief", dispute.rev, 10, brief="漏水和噪音")
    assert said(worker, first, second) == [("accepted", "")] * 2
    dispute.refresh_from_db()
    assert dispute.brief == "漏水和噪音"


def test_a_later_clean_edit_does_not_clear_the_flag(
    dispute: Dispute, worker: Member, second_worker: Member
) -> None:
    rev = dispute.rev
    push(worker, command(dispute.id, "set_brief", rev, brief="一"))
    push(second_worker, command(dispute.id, "set_brief", rev, brief="二"))
    dispute.refresh_from_db()
    assert said(worker, command(dispute.id, "set_brief", dispute.rev, 10, brief="三")) == [("accepted", "")]
    assert held(worker)["dispute"][dispute.id]["sync_state"] == "conflict"


def test_a_sign_reported_to_a_dispute_is_a_record_of_it(dispute: Dispute, worker: Member) -> None:
    given = command(dispute.id, "report_sign", sign=THREAT)
    assert said(worker, given) == [("accepted", "")]
    added = Screening.objects.get(id=given["id"])
    assert (added.sign_codes, added.protected) == (["threat"], False)
    assert held(worker)["screening"][added.id]["dispute_id"] == str(dispute.id)


@pytest.mark.law("DV-23")
def test_a_protecting_sign_takes_the_dispute_off_phones_at_once(
    dispute: Dispute, worker: Member, second_worker: Member
) -> None:
    assert said(worker, command(dispute.id, "report_sign", sign=BEATING)) == [("accepted", "")]
    assert held(worker)["dispute"] == held(second_worker)["dispute"] == {}


def test_a_step_is_taken_once_and_answered_as_done_again(
    district: District, worker: Member, second_worker: Member, drain: Callable[[], int]
) -> None:
    watched = (clock.today() + timedelta(days=5)).isoformat()
    push(worker, sent(body(district, outcome="watching", watch_until=watched)))
    drain()
    dispute = Dispute.objects.get()
    for who in (worker, second_worker):
        assert said(who, command(dispute.id, "take_step", event="accept")) == [("accepted", "")]
    assert said(worker, command(dispute.id, "take_step", seq=10, event="triage")) == [("accepted", "")]
    assert said(second_worker, command(dispute.id, "take_step", seq=10, event="accept")) == [("accepted", "")]


def test_a_step_that_does_not_fit_says_where_the_dispute_stands(
    dispute: Dispute, worker: Member, coordinator: Member
) -> None:
    dispute_step(actor=coordinator.actor, dispute_id=dispute.id, event="not_a_dispute", reason="误报")
    given = command(dispute.id, "take_step", event="settle")
    (result,) = push(worker, given)
    assert (result["state"], result["code"]) == ("not_applicable", "transition_not_allowed")
    assert result["current"]["state"] == "not_a_dispute"


def test_what_may_not_be_seen_does_not_exist(
    dispute: Dispute, worker: Member, outsider: Member, director: Member
) -> None:
    absent = said(outsider, command(uuid7(), "set_brief", brief="x"))
    assert (
        said(outsider, command(dispute.id, "set_brief", brief="x"))
        == absent
        == [("rejected", "target_unknown")]
    )
    protection_set(actor=director.actor, dispute_id=dispute.id, reason="她怕他")
    assert said(worker, command(dispute.id, "set_brief", brief="x")) == [
        ("rejected", "brief_of_hidden_dispute")
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"verb": "abolish"}, "command_unknown"),
        ({"args": {"brief": ""}}, "data_invalid"),
        ({"args": {"brief": "x", "more": 1}}, "data_invalid"),
    ],
)
def test_a_command_that_cannot_be_read_is_rejected(
    dispute: Dispute, worker: Member, change: dict[str, Any], code: str
) -> None:
    given = command(dispute.id, "set_brief", brief="x")
    given["data"] |= change
    assert said(worker, given) == [("rejected", code)]


def test_a_refused_command_comes_back_and_an_accepted_one_leaves(dispute: Dispute, worker: Member) -> None:
    good, bad = command(dispute.id, "set_brief", brief="一"), command(uuid7(), "set_brief", brief="x")
    push(worker, good, bad)
    asked = {"cursor": None, "limit": 1000, "schema": 1, "kinds": ["command"]}
    page = worker.client.post("/api/v1/sync/pull", asked, format="json").json()
    (row,) = page["put"]["command"]
    assert (row["id"], row["sync_state"], row["reject_code"]) == (bad["id"], "rejected", "target_unknown")
    assert row["args"] == {"brief": "x"}
    assert UUID(row["id"])

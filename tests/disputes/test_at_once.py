"""The same command ten times at once: one effect, ten equal answers (W9)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from disputes.models import Application, Attempt, Dispute, DisputeNote, DisputeParty, DisputeTransition
from disputes.services import dispute_walk
from kernel.ids import uuid7
from tests.cast import District, Member
from tests.disputes.made import body, dispute_of, screened
from tests.disputes.test_commands import command
from tests.disputes.test_path import push

pytestmark = pytest.mark.usefixtures("committed")
TEN = 10


def at_once(call: Callable[[], Any]) -> list[Any]:
    def once(_: int) -> Any:
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TEN) as pool:
        return list(pool.map(once, range(TEN)))


def ten_posts(who: Member, url: str, data: dict[str, Any]) -> tuple[set[int], int, int]:
    """Statuses, how many were replays, how many different bodies."""
    who.session  # noqa: B018  because signing in ten times at once is not what is tried
    answers = at_once(lambda: who.client.post(url, data, format="json"))
    replays = [answer for answer in answers if answer.headers.get("Idempotent-Replay") == "true"]
    return (
        {answer.status_code for answer in answers},
        len(replays),
        len({answer.content for answer in answers}),
    )


@pytest.fixture
def quarrel(district: District, worker: Member, clerk: Member) -> Dispute:
    return dispute_of(screened(worker, body(district)))


ACTS: list[tuple[str, dict[str, Any], str]] = [
    ("steps", {"event": "accept"}, "accept"),
    ("steps", {"event": "hand_up", "to_level": "street", "reason": "需街道协调"}, "hand_up"),
    ("settlement", {"terms": "楼上修管", "by_whom": "张三、李四", "agreed_on": "2026-03-02"}, "settle"),
    ("protection", {"reason": "一方害怕"}, "hand_up"),
]


@pytest.mark.parametrize("said", ACTS, ids=[f"{act}-{event}" for act, _, event in ACTS])
def test_w9_ten_parallel_acts_are_one_transition(
    clock: Any, quarrel: Dispute, clerk: Member, said: tuple[str, dict[str, Any], str]
) -> None:
    act, data, event = said
    found = ten_posts(clerk, f"/api/v1/disputes/{quarrel.id}/{act}", data)
    assert found == ({200}, TEN - 1, 1)
    assert DisputeTransition.objects.filter(dispute=quarrel, event=event).count() == 1


@pytest.mark.parametrize("event", ["triage", "reroute", "feedback"])
def test_w9_also_steps_with_a_face_of_their_own(
    clock: Any, district: District, quarrel: Dispute, clerk: Member, event: str
) -> None:
    way = {"triage": "accept", "reroute": None, "feedback": "settle"}[event]
    Dispute.objects.filter(id=quarrel.id).update(state={"triage": "accepted"}.get(event, "handling"))
    if way == "settle":
        dispute_walk(actor=clerk.actor, dispute_id=quarrel.id, event=way)
    said = {
        "triage": ("triage", {"category": "02", "complexity": "simple"}),
        "reroute": ("reroute", {"community": str(district.areas["A2"].id), "reason": "属地不符"}),
        "feedback": ("steps", {"event": "feedback", "reason": "已达成，请留意"}),
    }[event]
    assert ten_posts(clerk, f"/api/v1/disputes/{quarrel.id}/{said[0]}", said[1]) == ({200}, TEN - 1, 1)
    assert DisputeTransition.objects.filter(dispute=quarrel, event=event).count() == 1


def test_w9_records_are_known_by_their_id(clock: Any, quarrel: Dispute, clerk: Member) -> None:
    url = f"/api/v1/disputes/{quarrel.id}"
    party = DisputeParty.objects.filter(dispute=quarrel)[0]
    tried = {"id": str(uuid7()), "result": "not_agreed", "all_consented": True, "tried_on": "2026-03-02"}
    noted = {"id": str(uuid7()), "words": "双方约定周五再谈"}
    applied = {"party_id": str(party.id), "asked_on": "2026-03-02"}
    for act, data in (("attempts", tried), ("notes", noted), ("applications", applied)):
        assert ten_posts(clerk, f"{url}/{act}", data) == ({201}, TEN - 1, 1), act
    made = [model.objects.filter(dispute=quarrel).count() for model in (Attempt, DisputeNote, Application)]
    assert made == [1, 1, 1]


def test_w9_ten_pushes_of_one_command_settle_it_once(clock: Any, district: District, worker: Member) -> None:
    quarrel = dispute_of(screened(worker, body(district, outcome="not_a_dispute", danger_now={})))
    Dispute.objects.filter(id=quarrel.id).update(level="grid")
    item = command(quarrel.id, "settle", terms="各退一步", by_whom="双方")
    worker.session  # noqa: B018  because signing in ten times at once is not what is tried
    envelope = {"batch_id": str(uuid7()), "schema": 1, "items": [item]}
    answers = at_once(lambda: worker.client.post("/api/v1/sync/push", envelope, format="json"))
    # A device pushes one at a time: who is told to come again (429, or 503 on a busy machine) does.
    assert {answer.status_code for answer in answers} <= {200, 429, 503}
    later = [push(worker, item)[0]["state"] for answer in answers if answer.status_code != 200]
    states = [answer.json()["results"][0]["state"] for answer in answers if answer.status_code == 200] + later
    assert sorted(states) == ["accepted"] + ["duplicate"] * (TEN - 1)
    assert DisputeTransition.objects.filter(dispute=quarrel, event="settle").count() == 1

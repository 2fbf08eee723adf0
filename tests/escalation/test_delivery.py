"""The whole path with real commits: a screening, its reactions, many schedulers, a worker killed half-way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from audit.models import AuditEvent
from disputes.models import Dispute
from escalation import jobs, reactions
from escalation.models import Firing, LevelClock
from kernel import clock as kernel_clock
from liaison.models import Report
from mediation.models import Case, IntakeItem
from tests.cast import District, Member
from tests.disputes.made import BEATING, THREAT, body, item, submit
from tests.mediation.made import consented

pytestmark = pytest.mark.usefixtures("committed", "clock")
Drain = Callable[[], Any]


def pushed(worker: Member, district: District, **answers: Any) -> None:
    (outcome,) = submit(worker, item(body(district, **answers)))
    assert outcome.state == "accepted"


@pytest.mark.law("PM-25")
def test_a_threat_is_an_intake_item_after_delivery(
    district: District, worker: Member, clerk: Member, drain: Drain
) -> None:
    pushed(worker, district, signs=[THREAT])
    drain()
    (row,) = clerk.client.get("/api/v1/mediation/intake").json()["results"]
    (why,) = clerk.client.get("/api/v1/escalation/firings").json()["results"]
    assert (row["reasons"][0]["firing"], why["rule"]) == (why["id"], "danger_life_limb")
    assert why["findings"][0]["text"].startswith("危险迹象 含有任一")
    assert not Case.objects.exists()


def test_what_a_firing_made_is_named_to_those_who_can_open_it(
    district: District, worker: Member, clerk: Member, director: Member, drain: Drain
) -> None:
    pushed(worker, district, signs=[THREAT])
    drain()
    made: dict[str, Any] = {}
    for who in (worker, clerk, director):
        (firing,) = who.client.get("/api/v1/escalation/firings").json()["results"]
        one = who.client.get(f"/api/v1/escalation/firings/{firing['id']}").json()
        assert one["actions"] == firing["actions"]
        made[who.user.username] = {done["action"]: done["made"] for done in firing["actions"]}
        told = [done["text"] for done in firing["actions"] if done["made"] is None]
        assert not [text for text in told if "report " in text.partition("(")[2] or "intake " in text]
    item, report = str(IntakeItem.objects.get().pk), str(Report.objects.get().pk)
    assert set(made["worker"].values()) == {None}
    assert made["clerk"]["open_intake"] == {"kind": "intake", "id": item}
    opens = director.client.get(f"/api/v1/liaison/reports/{report}").status_code == 200
    assert ({"kind": "report", "id": report} in made["director"].values()) == opens


@pytest.mark.law("DV-23")
def test_domestic_violence_is_seen_by_the_director_alone(
    district: District, worker: Member, clerk: Member, director: Member, drain: Drain
) -> None:
    pushed(worker, district, signs=[BEATING])
    drain()
    for path in ("mediation/intake", "escalation/firings", "escalation/clocks"):
        counts = [who.client.get(f"/api/v1/{path}").json()["count"] for who in (director, clerk)]
        assert counts == [1, 0], path


def test_an_effect_that_fails_half_way_happens_once_when_tried_again(
    clock: Any, district: District, worker: Member, drain: Drain
) -> None:
    pushed(worker, district, signs=[THREAT])
    with pytest.MonkeyPatch.context() as patch:
        # The rules have acted; what comes after them in the same reaction is killed.
        patch.setattr(reactions, "clock_follow", lambda **_said: 1 / 0)
        with pytest.raises(AssertionError):
            drain()
    assert not Firing.objects.exists()
    assert not IntakeItem.objects.exists()
    clock.move(timedelta(minutes=2))
    drain()
    assert (Firing.objects.count(), IntakeItem.objects.count(), Report.objects.count()) == (1, 1, 1)


def in_parallel(work: Callable[[], int], times: int) -> list[int]:
    def run(_number: int) -> int:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_four_schedulers_at_once_fire_each_slot_once(
    clock: Any, district: District, worker: Member, drain: Drain
) -> None:
    for number in range(5):
        phone = {"role": "applicant", "name": "甲", "phone": f"1380000000{number}"}
        pushed(worker, district, parties=[phone], outcome="watching", watch_until="2026-03-10")
    drain()
    assert LevelClock.objects.count() == 5
    clock.to(kernel_clock.day_start(kernel_clock.today() + timedelta(days=4)))
    done = in_parallel(lambda: jobs.due(clock.at), 4)
    assert sum(done) + jobs.due(clock.at) == 10
    slots = list(Firing.objects.values_list("dispute_id", "slot"))
    assert len(slots) == len(set(slots)) == 10
    assert set(Dispute.objects.values_list("level", flat=True)) == {"street"}


@pytest.mark.law("PM-17")
def test_ten_clerks_accept_at_once_and_one_number_is_given(
    district: District, worker: Member, clerk: Member
) -> None:
    with transaction.atomic():
        case = consented(district, worker, clerk)
    url = f"/api/v1/mediation/cases/{case.pk}/accept"
    _ = clerk.client

    def accept() -> int:
        return int(clerk.client.post(url, {}, format="json").status_code)

    assert in_parallel(accept, 10) == [200] * 10
    events = AuditEvent.objects.filter(event="mediation.accept", subject_id=case.pk)
    assert events.count() == 1

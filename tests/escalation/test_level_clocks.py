"""Level clocks run, stand still, end, and are worked off in order after days of downtime."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from disputes.models import Dispute, DisputeParty
from disputes.services import dispute_hand_up, dispute_suspend, party_refuse
from escalation import jobs
from escalation.models import Firing, LevelClock
from kernel import clock as kernel_clock
from kernel.deadlines import ran_out
from tests.cast import District, Member
from tests.disputes.made import body
from tests.escalation.made import clocks, evaluated, fired, react

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarrel(clock: Any, district: District, worker: Member) -> Dispute:
    """An ordinary quarrel of Monday 2026-03-02, 09:00, at the grid."""
    return evaluated(worker, body(district, outcome="watching", watch_until="2026-03-10"))


def work_off() -> int:
    return jobs.due(kernel_clock.now())


@pytest.mark.law("EF-4")
def test_the_grid_has_one_working_day(quarrel: Dispute) -> None:
    running = LevelClock.objects.get(dispute=quarrel)
    assert (running.level, running.last_day) == ("grid", date(2026, 3, 3))


@pytest.mark.law("EF-4")
def test_a_clock_that_ran_out_moves_the_dispute_one_level_up(clock: Any, quarrel: Dispute) -> None:
    clock.to(kernel_clock.day_end(date(2026, 3, 3)))
    assert work_off() == 1
    quarrel.refresh_from_db()
    assert (quarrel.level, fired(quarrel)) == ("community", ["level_clock_ran_out"])
    assert clocks(quarrel) == [("grid", "ran_out"), ("community", "")]


def test_just_before_midnight_nothing_happens(clock: Any, quarrel: Dispute) -> None:
    clock.to(kernel_clock.day_end(date(2026, 3, 3)) - timedelta(microseconds=1))
    assert work_off() == 0


def test_after_three_days_without_a_worker_each_level_fires_once_in_order_with_its_true_time(
    clock: Any, quarrel: Dispute
) -> None:
    clock.to(kernel_clock.day_start(date(2026, 3, 6)) + timedelta(hours=1))
    assert work_off() == 2
    rows = Firing.objects.filter(dispute=quarrel).order_by("due_at")
    days = [kernel_clock.local_day(row.due_at - timedelta(seconds=1)) for row in rows]
    assert days == [date(2026, 3, 3), date(2026, 3, 5)]
    assert clocks(quarrel) == [("grid", "ran_out"), ("community", "ran_out"), ("street", "")]
    assert work_off() == 0


@pytest.mark.law("EF-4")
def test_seven_working_days_end_at_the_district_and_stay_there(clock: Any, quarrel: Dispute) -> None:
    clock.to(kernel_clock.day_start(date(2026, 4, 1)))
    assert work_off() == 4
    last = LevelClock.objects.filter(dispute=quarrel).latest("ordinal")
    assert (last.level, last.end, last.last_day) == ("district", "ran_out", date(2026, 3, 11))
    assert fired(quarrel) == ["level_clock_ran_out"] * 3
    react(quarrel)
    assert not LevelClock.objects.filter(dispute=quarrel, ended_at=None).exists()


@pytest.mark.law("PM-17")
def test_a_refusal_ends_the_clock_and_every_rule(clock: Any, quarrel: Dispute, worker: Member) -> None:
    party = DisputeParty.objects.filter(dispute=quarrel)[0]
    party_refuse(actor=worker.actor, dispute_id=quarrel.pk, party_id=party.pk)
    clock.move(timedelta(days=30))
    work_off()
    assert (clocks(quarrel), fired(quarrel)) == ([("grid", "refused")], [])


def test_a_person_who_hands_up_begins_the_next_clock(quarrel: Dispute, coordinator: Member) -> None:
    dispute_hand_up(actor=coordinator.actor, dispute_id=quarrel.pk, level="street", reason="需街道协调")
    react(quarrel)
    assert clocks(quarrel) == [("grid", "moved"), ("street", "")]


def test_while_suspended_the_clock_stands_still(clock: Any, quarrel: Dispute, coordinator: Member) -> None:
    dispute_suspend(
        actor=coordinator.actor, dispute_id=quarrel.pk, reason="等待鉴定", review_on=date(2026, 3, 20)
    )
    react(quarrel)
    clock.move(timedelta(days=7))
    assert work_off() == 0
    dispute_suspend(actor=coordinator.actor, dispute_id=quarrel.pk, reason="鉴定完成", review_on=None)
    react(quarrel)
    assert LevelClock.objects.get(dispute=quarrel).last_day == date(2026, 3, 10)


def test_one_bad_clock_does_not_stop_the_others(
    clock: Any, quarrel: Dispute, district: District, worker: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = evaluated(
        worker, body(district, "A1-1", parties=[], outcome="watching", watch_until="2026-03-10")
    )
    bad = LevelClock.objects.get(dispute=quarrel).pk
    work: Callable[..., bool] = jobs.clock_run_out

    def failing(*, clock_id: Any, now: Any) -> bool:
        if clock_id == bad:
            raise RuntimeError("a broken row")
        return work(clock_id=clock_id, now=now)

    monkeypatch.setattr(jobs, "clock_run_out", failing)
    clock.to(kernel_clock.day_end(date(2026, 3, 3)))
    assert work_off() == 1
    assert clocks(other)[0] == ("grid", "ran_out")
    assert LevelClock.objects.get(pk=bad).error == "RuntimeError"


@pytest.mark.parametrize("days", range(-1, 6))
def test_job_list_and_filter_agree_on_every_day(
    clock: Any, quarrel: Dispute, coordinator: Member, days: int
) -> None:
    running = LevelClock.objects.get(dispute=quarrel)
    clock.to(kernel_clock.day_start(running.last_day + timedelta(days=days)) + timedelta(hours=23))
    shown = coordinator.client.get(f"/api/v1/escalation/clocks/{running.pk}").json()["over"]
    now = kernel_clock.now().isoformat().replace("+", "%2B")
    listed = coordinator.client.get(f"/api/v1/escalation/clocks?running=true&due_before={now}").json()[
        "count"
    ]
    assert shown == bool(listed) == ran_out(running.due_at, kernel_clock.now()) == (days >= 1)
    assert bool(work_off()) == shown

"""Cases W of the field, where they are about level clocks and what falls due in a dispute."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from audit import delivery
from disputes import jobs as dispute_jobs
from disputes.deadlines import watch_due, watch_last_day
from disputes.models import Dispute
from escalation import jobs
from escalation.clocks import Profile, clock_due
from escalation.models import Firing, LevelClock
from escalation.sections import due_today
from escalation.vocabulary import CLOCK_EVENT
from kernel import clock as kernel_clock
from kernel.calendar import WorkCalendar
from kernel.deadlines import ran_out
from tasks.codes import TaskKind
from tasks.models import Task
from tests.cast import District, Member
from tests.disputes.made import body, dispute_of, screened
from tests.disputes.test_api import post
from tests.escalation.made import clocks, evaluated, fired

GOLDEN_WEEK = WorkCalendar(
    off=[date(2026, 10, day) for day in range(1, 8)], working=[date(2026, 10, 10)], years=[2026]
)
LATE: dict[str, Any] = {
    "code": "late_word", "zh": "时限已到提醒", "en": "a word when time is over", "on": [CLOCK_EVENT],
    "when": {"fact": "clock_ran_out", "op": "is", "value": True}, "do": [{"action": "remind"}],
    "once_per": "level",
}  # fmt: skip
FAST = {"grid": 1, "community": 2, "street": 2, "district": 2}


@pytest.mark.parametrize("local", ["00:05", "15:59", "16:01", "23:59"])
def test_w1_a_day_rule_counts_local_days_whatever_the_hour(local: str) -> None:
    hour, minute = map(int, local.split(":"))
    made = datetime(2026, 3, 2, hour, minute, tzinfo=kernel_clock.TZ).astimezone(UTC)
    day = kernel_clock.local_day(made)
    due = clock_due(Profile.FAST, FAST, "grid", begun_on=day, registered_on=day, calendar=WorkCalendar())
    assert due is not None
    assert (due.last_day, due.due_at) == (date(2026, 3, 3), datetime(2026, 3, 3, 16, tzinfo=UTC))
    assert watch_last_day(day, 14) == date(2026, 3, 16)


@pytest.mark.django_db
@pytest.mark.parametrize("days", range(-1, 6))
def test_w3_watch_job_detail_and_list_agree_on_every_day(
    clock: Any, district: District, worker: Member, coordinator: Member, days: int
) -> None:
    until = date(2026, 3, 10)
    dispute = dispute_of(
        screened(worker, body(district, parties=[], outcome="watching", watch_until=until.isoformat()))
    )
    clock.to(kernel_clock.day_start(until + timedelta(days=days)) + timedelta(hours=23))
    over = ran_out(watch_due(until), kernel_clock.now())
    shown = coordinator.client.get(f"/api/v1/disputes/{dispute.pk}").json()["watch_over"]
    listed = coordinator.client.get("/api/v1/disputes", {"watch_over": "true"}).json()["count"]
    assert over == shown == bool(listed) == (days >= 1)
    dispute_jobs.due(kernel_clock.now())
    assert (Dispute.objects.get(pk=dispute.pk).state == "not_a_dispute") == over


def test_w4_thirty_working_days_over_golden_week_with_a_make_up_saturday() -> None:
    start = date(2026, 9, 21)
    due = GOLDEN_WEEK.add_working_days(start, 30)
    assert (due.day, due.provisional) == (date(2026, 11, 6), False)
    assert GOLDEN_WEEK.is_working_day(date(2026, 10, 10))


@pytest.mark.django_db
@pytest.mark.parametrize("second", [-1, 0, 1])
def test_w4_midnight_belongs_to_the_next_day(
    clock: Any, district: District, worker: Member, coordinator: Member, second: int
) -> None:
    dispute = evaluated(worker, body(district))
    running = LevelClock.objects.get(dispute=dispute)
    clock.to(running.due_at + timedelta(seconds=second))
    today = [line.subject_id for line in due_today(coordinator.actor, kernel_clock.now())]
    assert (today == [dispute.pk]) is True
    assert jobs.due(kernel_clock.now()) == (second >= 0)


@pytest.mark.usefixtures("committed")
def test_w6_three_days_without_a_worker_fire_once_per_level_in_order_with_the_true_time(
    clock: Any, district: District, worker: Member
) -> None:
    with transaction.atomic():
        dispute = evaluated(worker, body(district, parties=[], outcome="watching", watch_until="2026-03-14"))
    clock.to(kernel_clock.day_start(date(2026, 3, 6)) + timedelta(hours=9))
    for _ in range(3):
        jobs.due(kernel_clock.now())
        delivery.drain()
    times = list(Firing.objects.filter(dispute=dispute).order_by("due_at").values_list("due_at", flat=True))
    assert [kernel_clock.local_day(at - timedelta(seconds=1)) for at in times] == [
        date(2026, 3, 3), date(2026, 3, 5),
    ]  # fmt: skip
    assert (clocks(dispute), fired(dispute)) == (
        [("grid", "ran_out"), ("community", "ran_out"), ("street", "")], ["level_clock_ran_out"] * 2,
    )  # fmt: skip
    assert LevelClock.objects.get(dispute=dispute, ended_at=None).due_at > kernel_clock.now()


@pytest.mark.usefixtures("committed")
def test_w6_a_new_rule_shows_when_it_is_next_due_and_fires_once_per_level(
    clock: Any, district: District, worker: Member, coordinator: Member, admin: Member
) -> None:
    post(admin, "/api/v1/escalation/rules", rule=LATE, activate=True)
    with transaction.atomic():
        dispute = evaluated(worker, body(district, parties=[], outcome="watching", watch_until="2026-03-14"))
    (shown,) = coordinator.client.get("/api/v1/escalation/clocks").json()["results"]
    assert datetime.fromisoformat(shown["due_at"]) == kernel_clock.day_end(date(2026, 3, 3))
    clock.to(kernel_clock.day_start(date(2026, 3, 6)) + timedelta(hours=9))
    for _ in range(3):
        jobs.due(kernel_clock.now())
        delivery.drain()
    firings = Firing.objects.filter(dispute=dispute, rule__code="late_word").order_by("due_at")
    ends = [kernel_clock.day_end(date(2026, 3, day)) for day in (3, 5)]
    assert list(firings.values_list("due_at", flat=True)) == ends


@pytest.mark.usefixtures("committed")
def test_w8_four_schedulers_at_once_fire_once_per_slot(
    clock: Any, district: District, worker: Member, admin: Member
) -> None:
    post(admin, "/api/v1/escalation/rules", rule=LATE, activate=True)
    with transaction.atomic():
        dispute = evaluated(worker, body(district))
    clock.to(kernel_clock.day_end(date(2026, 3, 4)))

    def tick(_: int) -> int:
        try:
            return jobs.due(kernel_clock.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(tick, range(100)))
    assert (done, sorted(fired(dispute))) == (1, ["late_word", "level_clock_ran_out"])
    assert Task.objects.filter(subject_id=dispute.pk, kind=TaskKind.REVIEW).count() == 1

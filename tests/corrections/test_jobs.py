"""Time: due contacts open, run into grace and are missed; each once, in order, by local days."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from audit.models import AuditEvent
from corrections import access, jobs
from corrections.codes import ContactState, Period
from corrections.models import ContactStep, DueContact, Group, Member, Plan, Subject
from corrections.schedule import Frequency
from corrections.selectors import standing_of, standing_q
from corrections.services import member_add
from kernel import calendar
from kernel import clock as time_source
from kernel.calendar import WorkCalendar
from kernel.codes.law import ContactForm
from tests.cast import Worker
from tests.corrections.stage import Case, VisitPhone, days, item, member, met, submit

pytestmark = pytest.mark.usefixtures("committed")
Jobs = Callable[[], dict[str, int]]


def test_w3_job_api_and_filter_say_the_same_each_day(case: Case, clock: Any, run_jobs: Jobs) -> None:
    first, start = case.first.id, clock.at
    for day in range(14):
        clock.to(start + days(day))
        row = DueContact.objects.get(id=first)
        said = standing_of(row, clock.at)
        found = [s for s in ContactState if DueContact.objects.filter(standing_q(s, clock.at), id=first)]
        run_jobs()
        assert found == [said]
        assert DueContact.objects.get(id=first).state == said


@pytest.mark.parametrize("local", ["23:59:59", "00:00:00"])
def test_w1_a_contact_is_missed_at_local_midnight_after_its_grace(
    case: Case, clock: Any, run_jobs: Jobs, local: str
) -> None:
    midnight = time_source.day_end(case.first.due_day + days(2))
    clock.to(midnight if local == "00:00:00" else midnight - timedelta(seconds=1))
    run_jobs()
    assert case.first.state == ("missed" if local == "00:00:00" else "in_grace")


def test_w6_after_days_of_downtime_each_step_comes_once_with_its_true_time(
    case: Case, clock: Any, run_jobs: Jobs
) -> None:
    row = case.first
    clock.move(days(20))
    run_jobs()
    run_jobs()
    steps = ContactStep.objects.filter(contact=row).order_by("at")
    assert [(step.event, step.at) for step in steps] == [
        ("open", row.opens_at), ("grace", row.due_at), ("miss", row.grace_until),
    ]  # fmt: skip


def _in_threads(count: int, work: Callable[[], Any]) -> None:
    """Each with a connection of its own, and all let go at the same moment."""
    gate = Barrier(count)

    def once(_: int) -> None:
        try:
            gate.wait()
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(once, range(count)))


def test_w8_four_schedulers_at_once_create_and_move_each_contact_once(
    case: Case, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[Any] = []
    monkeypatch.setattr(jobs.log, "error", lambda *_, **more: failed.append(more))
    now = clock.move(days(25))
    _in_threads(4, lambda: [jobs.due(now) for _ in range(3)])
    slots = list(DueContact.objects.filter(line__plan=case.plan).values_list("slot", flat=True))
    assert len(slots) == len(set(slots)) == max(slots) + 1
    steps = list(ContactStep.objects.values_list("contact_id", "event"))
    assert len(steps) == len(set(steps))
    assert DueContact.objects.filter(next_at__lte=now).count() == 0
    assert failed == []


def test_the_window_ahead_rolls_on(case: Case, clock: Any, run_jobs: Jobs) -> None:
    before = len(case.contacts)
    clock.move(days(7))
    run_jobs()
    assert len(case.contacts) == before + 1
    run_jobs()
    assert len(case.contacts) == before + 1


def test_a_failing_row_stops_no_other_and_is_pushed_back(
    case: Case, clock: Any, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = case.contacts[:2]
    real = jobs.contact_tick

    def failing(contact_id: Any, now: Any) -> int:
        if contact_id == bad.id:
            raise RuntimeError("bad row")
        return real(contact_id, now)

    monkeypatch.setattr(jobs, "contact_tick", failing)
    clock.move(days(14))
    run_jobs()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.next_at, good.state) == (
        "open",
        clock.at + timedelta(minutes=10),
        "in_grace",
    )


def test_a_missed_contact_leaves_the_phone_in_the_end_and_stays_a_fact(
    case: Case, clock: Any, run_jobs: Jobs, worker_phone: VisitPhone
) -> None:
    first = str(case.first.id)
    clock.move(days(20))
    run_jobs()
    worker_phone.sync()
    assert first in {row["id"] for row in worker_phone.of("visit_due")}
    clock.move(days(14))
    run_jobs()
    worker_phone.sync()
    assert first not in {row["id"] for row in worker_phone.of("visit_due")}
    assert case.first.state == "missed"


def test_members_come_and_go_by_their_dates(
    case: Case, clock: Any, run_jobs: Jobs, second_worker: Worker, second_phone: VisitPhone
) -> None:
    day = time_source.today()
    coming = member(second_worker.user, valid_from=day + days(2), valid_to=day + days(4))
    member_add(actor=case.actor, group_id=case.group.id, member=coming)
    held = []
    for _ in range(6):
        run_jobs()
        second_phone.sync()
        held.append(bool(second_phone.of("visit_due")))
        clock.move(days(1))
    assert held == [False, False, True, True, False, False]


@pytest.mark.law("CCL-44")
def test_on_the_last_day_of_the_term_visits_are_still_due(case: Case, clock: Any) -> None:
    Subject.objects.update(ends_on=time_source.today())
    assert access.visible_to(case.actor).exists()


@pytest.mark.law("CCL-44")
def test_at_the_end_of_the_term_everything_stops_without_anybodys_act(
    case: Case, clock: Any, run_jobs: Jobs, worker_phone: VisitPhone, worker: Worker
) -> None:
    submit(worker.actor, item(met(case.first.id)))
    Subject.objects.update(ends_on=time_source.today())
    clock.to(time_source.day_end(time_source.today()))
    assert not access.visible_to(case.actor).exists()
    run_jobs()
    worker_phone.sync()
    assert worker_phone.of("visit_due") + worker_phone.of("visit") == []
    assert set(DueContact.objects.values_list("state", flat=True)) == {"done", "cancelled"}
    ended = [model.objects.get().state for model in (Subject, Group, Plan)]
    assert ended == ["ended"] * 3
    assert not Member.objects.exclude(state="ended").exists()


def test_a_provisional_day_is_computed_again_once_the_year_is_known(
    case: Case, run_jobs: Jobs, stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monthly = Frequency(ContactForm.OFFICE_REPORT, Period.MONTH, least=1, most=2, window_days=7)
    monkeypatch.setattr(calendar, "current", lambda: WorkCalendar(years=[2025]))
    stage.planned(case.actor, case.subject, monthly)
    row = DueContact.objects.get(form=ContactForm.OFFICE_REPORT, slot=0)
    assert (row.due_day, row.provisional) == (date(2026, 4, 1), True)
    loaded = WorkCalendar(off=[date(2026, 4, 1)], years=[2025, 2026])
    monkeypatch.setattr(calendar, "current", lambda: loaded)
    run_jobs()
    row.refresh_from_db()
    assert (row.due_day, row.provisional) == (date(2026, 4, 2), False)
    assert AuditEvent.objects.filter(event="contact.recomputed", subject_id=row.id).count() == 1

"""Reactions run once each, together with their mark, also when a worker dies in between."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from audit import delivery, registry, services
from audit.models import AuditDelivery, AuditEvent
from backend.reactions import REACTIONS
from edge.models import CalendarDay
from kernel.actor import SYSTEM
from kernel.clock import today
from kernel.ids import uuid7


class Reactor:
    """A reaction that leaves a row, and does before and after it what a test asks for."""

    def __init__(self) -> None:
        self.calls = 0
        self.afterwards: Callable[[], None] = lambda: None

    def react(self, event: AuditEvent) -> None:
        self.calls += 1
        days = CalendarDay.objects.filter(name="effect").count()
        CalendarDay.objects.create(day=today() + timedelta(days=days + 5000), working=False, name="effect")
        self.afterwards()


@pytest.fixture
def reactor(committed: None) -> Iterator[Reactor]:
    reactor = Reactor()

    def react(event: AuditEvent) -> None:
        reactor.react(event)

    registry.install({"test.happened": (react,)})
    yield reactor
    registry.install(REACTIONS)
    CalendarDay.objects.filter(name="effect").delete()


def _happen(count: int = 1) -> list[Any]:
    with transaction.atomic():
        facts = [services.Fact(uuid7()) for _ in range(count)]
        return services.record_many(actor=SYSTEM, event="test.happened", subject_kind="test", facts=facts)


def _effects() -> int:
    return CalendarDay.objects.filter(name="effect").count()


def _name() -> str:
    return AuditDelivery.objects.values_list("reaction", flat=True)[0]


def test_the_event_and_its_delivery_commit_together(reactor: Reactor) -> None:
    with transaction.atomic():
        services.record(actor=SYSTEM, event="test.happened", subject_kind="test", subject_id=uuid7())
        transaction.set_rollback(True)
    assert AuditEvent.objects.count() == AuditDelivery.objects.count() == 0


def test_a_reaction_runs_once(reactor: Reactor) -> None:
    _happen()
    assert delivery.drain() == 1
    assert (delivery.drain(), reactor.calls, _effects()) == (0, 1, 1)


def test_a_worker_killed_between_claim_and_done_has_the_effect_once(reactor: Reactor) -> None:
    [event_id] = _happen()

    def die() -> None:
        connection.close()
        raise SystemExit

    reactor.afterwards = die
    with pytest.raises(SystemExit):
        delivery.run(_name(), event_id)
    assert (_effects(), AuditDelivery.objects.get().state) == (0, "pending")
    reactor.afterwards = lambda: None
    delivery.drain()
    assert (_effects(), AuditDelivery.objects.get().state) == (1, "done")


def test_a_failing_reaction_leaves_no_effect_and_is_put_back(reactor: Reactor) -> None:
    [event_id] = _happen()
    reactor.afterwards = lambda: 1 / 0  # type: ignore[assignment,return-value]  # because the failure is the point
    assert delivery.run(_name(), event_id) is False
    row = AuditDelivery.objects.get()
    assert (_effects(), row.state, row.attempts, row.error) == (0, "pending", 1, "ZeroDivisionError")


def test_a_failed_reaction_has_a_job_for_its_next_attempt(reactor: Reactor) -> None:
    [event_id] = _happen()
    reactor.afterwards = lambda: 1 / 0  # type: ignore[assignment,return-value]  # because the failure is the point
    delivery.run(_name(), event_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs where args->>'events' = %s and scheduled_at is not null",
            [str(event_id)],
        )
        assert cursor.fetchone() == (1,)


def test_a_reaction_that_always_fails_waits_for_a_person(reactor: Reactor, clock: Any) -> None:
    [event_id] = _happen()
    reactor.afterwards = lambda: 1 / 0  # type: ignore[assignment,return-value]  # because the failure is the point
    for _ in range(12):
        delivery.run(_name(), event_id)
        clock.move(timedelta(hours=2))
    assert AuditDelivery.objects.get().state == "failed"
    assert delivery.sweep() == 0


def test_the_sweep_defers_what_a_killed_worker_left(reactor: Reactor, clock: Any) -> None:
    _happen(3)
    assert delivery.sweep() == 0
    clock.move(timedelta(minutes=2))
    assert delivery.sweep() == 3


def test_a_batch_of_a_thousand_events_writes_ten_jobs(reactor: Reactor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        before = cursor.fetchone()[0]
        _happen(1000)
        cursor.execute("select count(*) from procrastinate_jobs")
        assert cursor.fetchone()[0] - before == 10


def test_what_an_urgent_fact_brings_about_is_urgent_too(reactor: Reactor) -> None:
    reactor.afterwards = lambda: None if reactor.calls > 1 else _happen() and None
    with transaction.atomic():
        fact = services.Fact(uuid7(), urgent=True)
        [event_id] = services.record_many(
            actor=SYSTEM, event="test.happened", subject_kind="test", facts=[fact]
        )
    delivery.deliver.func(reaction=_name(), events=str(event_id), urgent=True)
    with connection.cursor() as cursor:
        cursor.execute("select priority from procrastinate_jobs where args->'events' is not null order by id")
        assert [priority for (priority,) in cursor.fetchall()][-2:] == [delivery.URGENT, delivery.URGENT]


def test_two_reactions_of_one_name_are_refused() -> None:
    def react(event: AuditEvent) -> None: ...

    first = react

    def react(event: AuditEvent) -> None: ...  # type: ignore[no-redef]  # because the double name is the point

    with pytest.raises(ValueError, match="two reactions"):
        registry.install({"a": (first,), "b": (react,)})
    registry.install(REACTIONS)

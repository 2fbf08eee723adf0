"""The outbox is evidence: the app role removes nothing of it but through one narrow door."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit import jobs, registry, services
from audit.models import AuditDelivery, AuditEvent
from backend.reactions import REACTIONS
from kernel import clock as time_source
from kernel.actor import SYSTEM
from kernel.ids import uuid7

OLD, PURGE = timedelta(days=200), "select audit_delivery_purge(%s, 100)"


@pytest.fixture(autouse=True)
def reaction(db: None) -> Iterator[None]:
    def react(event: AuditEvent) -> None: ...

    registry.install({"test.happened": (react,)})
    yield
    registry.install(REACTIONS)


def happened(state: str = "done") -> int:
    """A fact of now whose delivery stands there; the number of the delivery."""
    services.record(actor=SYSTEM, event="test.happened", subject_kind="test", subject_id=uuid7())
    row = AuditDelivery.objects.order_by("id").last()
    assert row is not None
    AuditDelivery.objects.filter(id=row.id).update(state=state, done_at=time_source.now())
    return int(row.id)


def left() -> set[int]:
    return set(AuditDelivery.objects.values_list("id", flat=True))


@pytest.mark.parametrize("statement", ["delete from audit_delivery", "truncate audit_delivery"])
def test_the_app_role_removes_no_delivery(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_night_removes_what_is_long_done_and_nothing_else(clock: Any) -> None:
    _, pending, failed = happened(), happened("pending"), happened("failed")
    clock.move(OLD)
    young = happened()
    facts = AuditEvent.objects.count()
    assert jobs.nightly(clock.at) == 1
    assert (left(), AuditEvent.objects.count()) == ({pending, failed, young}, facts)
    assert jobs.nightly(clock.at) == 0


def test_what_was_done_late_is_kept_as_long(clock: Any) -> None:
    late = happened("pending")
    clock.move(OLD)
    AuditDelivery.objects.filter(id=late).update(state="done", done_at=clock.at)
    happened()
    assert (jobs.nightly(clock.at), late in left()) == (0, True)


def test_the_door_is_shut_for_what_is_young(clock: Any) -> None:
    happened()
    clock.move(timedelta(days=20))
    happened()
    with pytest.raises(DatabaseError, match="too young"), transaction.atomic():
        connection.cursor().execute(PURGE, [clock.at - timedelta(days=10)])


def test_a_setting_below_the_floor_counts_as_the_floor(clock: Any, settings: Any) -> None:
    settings.DELIVERY_KEEP_DAYS = 1
    happened()
    clock.move(timedelta(days=29))
    happened()
    assert (jobs.nightly(clock.at), len(left())) == (0, 2)

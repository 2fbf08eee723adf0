"""Delivering events to reactions on procrastinate, which owns lease and wake-up.

A reaction's writes and `done` commit together; a worker killed in between has done nothing. A failed attempt
is put
back with a growing delay and never stops the others; a sweep defers again what is past due.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from procrastinate.contrib.django import app

from audit import registry
from audit.models import AuditDelivery
from edge import clock_table
from edge.conf import setting
from kernel import clock

log = structlog.get_logger()
_FIRST_DELAY_S = 1
_LONGEST_DELAY_S = 3600
URGENT = 50


_in_urgent: ContextVar[bool] = ContextVar("in_urgent", default=False)


@app.task(name="audit.deliver", queue="reactions")
def deliver(reaction: str, events: str, urgent: bool = False) -> None:
    """Run a reaction for each of the events that still wait for it, each in its own transaction.

    `events` is one text of ids with commas between: a list would be quoted and quoted again on its way.
    """
    clock_table.refresh()
    with urgently(urgent):
        for event_id in events.split(","):
            run(reaction, UUID(event_id))


@contextmanager
def urgently(urgent: bool = True) -> Iterator[None]:
    """What is recorded inside, and all that follows from it, goes before what waits."""
    mark = _in_urgent.set(urgent)
    try:
        yield
    finally:
        _in_urgent.reset(mark)


def defer(batches: Sequence[tuple[str, Sequence[UUID]]], *, urgent: bool = False) -> None:
    """Queue the jobs in the current transaction. What an urgent job brings about is urgent too."""
    urgent = urgent or _in_urgent.get()
    jobs: list[dict[str, Any]] = [
        {"reaction": reaction, "events": ",".join(map(str, ids)), "urgent": urgent}
        for reaction, ids in batches
    ]
    if jobs:
        deliver.configure(priority=URGENT if urgent else 0).batch_defer(*jobs)


def run(reaction: str, event_id: UUID) -> bool:
    """Deliver one event to one reaction, if it still waits. False when the attempt failed."""
    try:
        with transaction.atomic():
            row = (
                AuditDelivery.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("event")
                .filter(event_id=event_id, reaction=reaction, state=AuditDelivery.PENDING)
                .first()
            )
            if row is not None:
                registry.reaction(reaction)(row.event)
                AuditDelivery.objects.filter(pk=row.pk).update(
                    state=AuditDelivery.DONE, done_at=clock.now(), attempts=row.attempts + 1, error=""
                )
    except Exception as error:
        _put_back(reaction, event_id, error)
        return False
    return True


def _put_back(reaction: str, event_id: UUID, error: Exception) -> None:
    """Count the attempt and name the next one; after the last it waits for a person as `failed`."""
    with transaction.atomic():
        row = (
            AuditDelivery.objects.select_for_update()
            .filter(event_id=event_id, reaction=reaction, state=AuditDelivery.PENDING)
            .first()
        )
        if row is None:
            return
        row.attempts += 1
        row.error = type(error).__name__
        delay = min(_FIRST_DELAY_S * 2**row.attempts, _LONGEST_DELAY_S)
        row.due_at = clock.now() + timedelta(seconds=delay)
        if row.attempts >= setting("DELIVERY_ATTEMPTS"):
            row.state = AuditDelivery.FAILED
        else:
            _defer_again(reaction, event_id, delay)
        row.save(update_fields=["attempts", "error", "due_at", "state"])
    log.error("reaction failed", reaction=reaction, event_id=str(event_id), error_type=row.error)


def _defer_again(reaction: str, event_id: UUID, delay_s: int) -> None:
    """The next attempt has a job of its own: a lock that was held for a moment must not cost the minute until
    the sweep."""
    urgent = _in_urgent.get()
    job = deliver.configure(schedule_in={"seconds": delay_s}, priority=URGENT if urgent else 0)
    job.defer(reaction=reaction, events=str(event_id), urgent=urgent)


def sweep() -> int:
    """Defer again what is past due: failed attempts whose time has come, and what a killed worker left."""
    stale = clock.now() - timedelta(seconds=setting("DELIVERY_STALE_S"))
    waiting = AuditDelivery.objects.filter(state=AuditDelivery.PENDING, due_at__lt=stale).order_by("event_id")
    by_reaction: dict[str, list[UUID]] = {}
    for event_id, reaction in waiting.values_list("event_id", "reaction")[:1000]:
        by_reaction.setdefault(reaction, []).append(event_id)
    with transaction.atomic():
        defer(list(by_reaction.items()))
    return sum(map(len, by_reaction.values()))


def drain(limit: int = 10_000) -> int:
    """Deliver everything that waits, also what reactions add, until nothing is left (tests, demo set-up).

    Returns how many were delivered. An attempt that fails is raised as AssertionError with its error type.
    """
    done = 0
    while done < limit:
        rows = list(
            AuditDelivery.objects.filter(state=AuditDelivery.PENDING)
            .order_by("event_id", "id")
            .values_list("reaction", "event_id")[:200]
        )
        if not rows:
            return done
        for reaction, event_id in rows:
            if not run(reaction, event_id):
                error = AuditDelivery.objects.get(event_id=event_id, reaction=reaction).error
                raise AssertionError(f"{reaction} failed: {error}")
            done += 1
    raise AssertionError("reactions never come to an end")

"""The minute: one periodic task that asks every app what is due, oldest first, and sweeps the outbox."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from audit import delivery
from edge import clock_table
from kernel import clock

log = structlog.get_logger()
Due = Callable[[datetime], int]


def due_functions() -> dict[str, Due]:
    """`jobs.due` of every app that has one, by app name."""
    return {
        name: import_module(f"{name}.jobs").due
        for name in settings.APPS
        if find_spec(f"{name}.jobs") is not None
    }


def run_due(now: datetime) -> int:
    """Run every app's due work once; an app that fails is logged and does not stop the next. Returns the
    count."""
    done = 0
    for name, due in due_functions().items():
        try:
            done += due(now)
        except Exception as error:
            log.error("due work failed", job=name, error_type=type(error).__name__)
    return done


@app.periodic(cron="* * * * *")
@app.task(name="backend.tick", queue="clock", queueing_lock="tick", priority=100)
def tick(timestamp: int) -> None:
    """Every minute, before all other jobs. `timestamp` (s) is the slot; the one clock decides what is due."""
    clock_table.refresh(force=True)
    delivery.sweep()
    count = run_due(clock.now())
    log.info("tick", count=count)

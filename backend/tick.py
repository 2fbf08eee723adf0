"""The minute: one periodic task that asks every app what is due, oldest first, and sweeps the outbox; and the
night, for what takes longer. Jobs that a killed worker left behind are taken up by the minute."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

import structlog
from asgiref.sync import async_to_sync
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from audit import delivery
from edge import clock_table
from edge.conf import setting
from kernel import clock

log = structlog.get_logger()
Due = Callable[[datetime], int]


def due_functions(name: str = "due") -> dict[str, Due]:
    """`jobs.due` (or `jobs.nightly`) of every app that has one, by app name."""
    modules = {app: import_module(f"{app}.jobs") for app in settings.APPS if find_spec(f"{app}.jobs")}
    return {app: getattr(module, name) for app, module in modules.items() if hasattr(module, name)}


def run_due(now: datetime, name: str = "due") -> int:
    """Run every app's due work once; an app that fails is logged and does not stop the next. Returns the
    count."""
    done = 0
    for job, due in due_functions(name).items():
        try:
            done += due(now)
        except Exception as error:
            log.error("due work failed", job=job, error_type=type(error).__name__)
    return done


def revive() -> int:
    """Jobs that stood at `doing` when their worker died wait again; how many were found.

    procrastinate tells a dead worker by its heartbeat. A slot of the clock has passed and is not run again;
    a job that killed so many workers as are allowed is given up, and stays as `failed`.
    """
    return async_to_sync(_revive)()


async def _revive() -> int:
    stalled = list(
        await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=setting("WORKER_STALLED_S"))
    )
    for job in stalled:
        given_up = job.attempts + 1 >= setting("WORKER_TRIES")
        try:
            await _go_on(job, given_up)
        except ConnectorException:
            continue  # another worker was quicker
        log.warning("job of a dead worker", job=job.task_name, tries=job.attempts + 1, given_up=given_up)
    return len(stalled)


async def _go_on(job: Job, given_up: bool) -> None:
    if job.queueing_lock is not None or given_up:
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=not given_up)
    else:
        await app.job_manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(name="backend.tick", queue="clock", queueing_lock="tick", priority=100)
def tick(timestamp: int) -> None:
    """Every minute, before all other jobs. `timestamp` (s) is the slot; the one clock decides what is due."""
    clock_table.refresh(force=True)
    delivery.sweep()
    count = run_due(clock.now())
    log.info("tick", count=count, revived=revive())


@app.periodic(cron="17 19 * * *")  # 03:17 in Shanghai
@app.task(name="backend.nightly", queue="night", queueing_lock="nightly", lock="nightly")
def nightly(timestamp: int) -> None:
    """What may take its time and need not be done by the minute."""
    clock_table.refresh(force=True)
    count = run_due(clock.now(), "nightly")
    log.info("nightly", count=count)

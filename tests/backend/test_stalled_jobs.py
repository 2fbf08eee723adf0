"""Jobs that stood at `doing` when their worker died go on."""

from typing import Any

import pytest
from django.db import connection

from audit import delivery
from backend import tick

pytestmark = pytest.mark.usefixtures("committed")
BEAT = "update procrastinate_workers set last_heartbeat = now() - make_interval(secs => %s)"
WORKER = "insert into procrastinate_workers (last_heartbeat) values (now()) returning id"
JOB = """
    insert into procrastinate_jobs
      (queue_name, task_name, queueing_lock, lock, args, status, attempts, worker_id)
    values ('reactions', %s, %s, %s, '{}', 'doing', %s, %s) returning id
"""


@pytest.fixture
def worker_id() -> int:
    return _one(WORKER)


def _one(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


def doing(
    worker: int | None, *, task: str = "audit.deliver", lock: str | None = None, attempts: int = 0
) -> int:
    return int(_one(JOB, task, lock, lock, attempts, worker))


def silent_for(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BEAT, [seconds])


def status(job: int) -> str | None:
    found = "select (select status::text from procrastinate_jobs where id = %s)"
    return _one(found, job)  # type: ignore[no-any-return]  # because a row has no types


def test_a_job_of_a_worker_that_lives_is_left_alone(worker_id: int) -> None:
    job = doing(worker_id)
    silent_for(119)
    assert (tick.revive(), status(job)) == (0, "doing")


def test_a_job_of_a_dead_worker_waits_again(worker_id: int) -> None:
    job = doing(worker_id)
    silent_for(121)
    assert (tick.revive(), status(job)) == (1, "todo")
    assert (tick.revive(), status(job)) == (0, "todo")


def test_a_job_whose_worker_was_swept_away_waits_again() -> None:
    job = doing(None)
    assert (tick.revive(), status(job)) == (1, "todo")


@pytest.mark.parametrize("beside", [False, True])
def test_a_slot_of_the_clock_is_not_run_again_and_frees_its_lock(worker_id: int, beside: bool) -> None:
    job = doing(worker_id, task="backend.nightly", lock="nightly")
    if beside:
        tick.nightly.defer(timestamp=1)
    silent_for(121)
    assert (tick.revive(), status(job)) == (1, None)


def test_a_job_that_kills_its_workers_is_given_up_and_stays_to_be_looked_at(worker_id: int) -> None:
    job = doing(worker_id, attempts=4)
    silent_for(121)
    assert (tick.revive(), status(job)) == (1, "failed")


def test_one_job_that_is_gone_meanwhile_does_not_stop_the_others(
    worker_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = doing(worker_id), doing(worker_id)
    silent_for(121)
    genuine = tick._go_on

    async def taken_first(job: Any, given_up: bool) -> None:
        if job.id == first:
            await genuine(job, given_up)
        await genuine(job, given_up)

    monkeypatch.setattr(tick, "_go_on", taken_first)
    tick.revive()
    assert (status(first), status(second)) == ("todo", "todo")


def test_the_minute_takes_them_up(worker_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "sweep", lambda: 0)
    job = doing(worker_id)
    silent_for(121)
    tick.tick(timestamp=0)
    assert status(job) == "todo"

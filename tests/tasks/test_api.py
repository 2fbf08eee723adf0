"""Tasks over HTTP: one's own, done once; another's do not exist."""

from typing import Any

import pytest

from kernel.actor import SYSTEM
from kernel.codes.roles import Role
from kernel.ids import uuid7
from tasks.codes import TaskKind
from tasks.models import Task
from tasks.services import About, task_create
from tests.cast import District, Member, Worker

pytestmark = pytest.mark.django_db
TASKS = "/api/v1/tasks"


@pytest.fixture
def task(worker: Worker, district: District) -> Task:
    about = About("dispute", uuid7(), grid_id=district.grids["A1-1"].id)
    return task_create(
        actor=SYSTEM, kind=TaskKind.FOLLOW_UP, about=about, role=Role.GRID_WORKER, assignee_id=worker.user.id
    )


def post(member: Member, task: Task, act: str, **body: Any) -> Any:
    return member.client.post(f"{TASKS}/{task.id}/{act}", body, format="json")


def test_the_own_tasks_are_listed_with_a_title(worker: Worker, task: Task) -> None:
    (row,) = worker.client.get(TASKS, {"state": "open"}).json()["results"]
    assert (row["id"], row["title"]) == (str(task.id), "回访")


def test_another_workers_task_does_not_exist(
    neighbour_worker: Worker, second_worker: Worker, task: Task
) -> None:
    for member in (neighbour_worker, second_worker):
        assert member.client.get(TASKS).json()["count"] == 0
        assert post(member, task, "done").json()["code"] == "not_found"


def test_done_is_done_once(worker: Worker, task: Task) -> None:
    first, again = post(worker, task, "done"), post(worker, task, "done")
    assert first.json()["state"] == "done"
    assert again.json()["closed_at"] == first.json()["closed_at"]


def test_a_worker_does_not_cancel(worker: Worker, task: Task) -> None:
    assert post(worker, task, "cancel", reason="x").json()["code"] == "role_not_allowed"


def test_done_takes_no_fields(worker: Worker, task: Task) -> None:
    assert post(worker, task, "done", state="open").status_code == 400

"""Tasks: whose they are, what a grid takes, how they end."""

import pytest

from audit.models import AuditEvent
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.problems import Problem
from tasks import access
from tasks.codes import TaskKind
from tasks.models import Task
from tasks.services import About, task_cancel, task_create, task_done, tasks_cancel_for
from tests.people import organisation, person
from tests.places import Places, square_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> Places:
    return square_district()


@pytest.fixture
def worker(places: Places) -> Actor:
    return person("worker", Role.GRID_WORKER, organisation(places.areas["A1"]))


@pytest.fixture
def clerk(places: Places) -> Actor:
    return person("clerk", Role.CENTRE_CLERK, organisation(places.areas["A"], "mediation_centre"))


def about(places: Places) -> About:
    return About("dispute", uuid7(), grid_id=places.grids["A1-1"].id)


def given_to(actor: Actor, places: Places, kind: TaskKind = TaskKind.GATHER) -> Task:
    assert actor.role is not None
    return task_create(
        actor=SYSTEM, kind=kind, about=about(places), role=actor.role, assignee_id=actor.user_id
    )


def test_a_task_is_seen_by_its_person_in_its_role_and_by_nobody_else(
    worker: Actor, clerk: Actor, places: Places
) -> None:
    task = given_to(worker, places)
    in_another_role = Actor(worker.user_id, Role.MEDIATOR, worker.organisation_id)
    seen = [
        access.visible_to(actor).filter(id=task.id).exists() for actor in (worker, clerk, in_another_role)
    ]
    assert seen == [True, False, False]


def test_a_task_of_an_organisation_is_seen_by_the_role_it_is_for(clerk: Actor, places: Places) -> None:
    task_create(
        actor=SYSTEM, kind=TaskKind.REVIEW, about=about(places), role=Role.CENTRE_CLERK,
        organisation_id=clerk.organisation_id,
    )  # fmt: skip
    mediator = Actor(uuid7(), Role.MEDIATOR, clerk.organisation_id)
    assert access.visible_to(clerk).count() == 1
    assert access.visible_to(mediator).count() == 0


def test_phones_hold_open_tasks_of_their_person_only(worker: Actor, places: Places) -> None:
    open_task, closed = given_to(worker, places), given_to(worker, places)
    task_done(actor=worker, task_id=closed.id)
    assert access.phone_tasks(worker) == [open_task.id]


def test_done_twice_is_done_once(worker: Actor, places: Places) -> None:
    task = given_to(worker, places)
    first = task_done(actor=worker, task_id=task.id).closed_at
    assert task_done(actor=worker, task_id=task.id).closed_at == first
    assert AuditEvent.objects.filter(event="task.done").count() == 1


def test_a_foreign_task_does_not_exist(worker: Actor, clerk: Actor, places: Places) -> None:
    task = given_to(clerk, places)
    with pytest.raises(Problem) as refusal:
        task_done(actor=worker, task_id=task.id)
    assert refusal.value.code == "not_found"


def test_whose_it_is_at_the_centre_takes_it_off(clerk: Actor, places: Places) -> None:
    task = given_to(clerk, places, TaskKind.REVIEW)
    assert task_cancel(actor=clerk, task_id=task.id, reason="不再需要").state == "cancelled"


def test_a_grid_worker_cannot_cancel(worker: Actor, places: Places) -> None:
    task = given_to(worker, places)
    with pytest.raises(Problem) as refusal:
        task_cancel(actor=worker, task_id=task.id, reason="no time")
    assert refusal.value.code == "role_not_allowed"


@pytest.mark.law("GR-8")
def test_a_kind_on_the_list_of_duties_is_given(worker: Actor, places: Places) -> None:
    assert given_to(worker, places, TaskKind.PATROL).state == "open"


@pytest.mark.law("GR-8")
def test_a_kind_that_the_list_of_duties_does_not_name_is_refused(worker: Actor, places: Places) -> None:
    grid = places.grids["A1-1"]
    grid.duties = [TaskKind.GATHER]
    grid.save()
    with pytest.raises(Problem) as refusal:
        given_to(worker, places, TaskKind.PATROL)
    assert refusal.value.code == "duty_not_listed"


def test_what_is_open_about_a_record_that_is_over_is_cancelled(clerk: Actor, places: Places) -> None:
    task = given_to(clerk, places)
    done = tasks_cancel_for(actor=SYSTEM, subject_kind="dispute", subject_id=task.subject_id, reason="over")
    task.refresh_from_db()
    assert (done, task.state) == (1, "cancelled")

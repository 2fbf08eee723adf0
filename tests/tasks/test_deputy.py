"""A deputy by document 代理 has before it, and does, what was given to the person who is away."""

from typing import Any

import pytest

from accounts.models import Membership
from kernel import clock as kernel_clock
from kernel.actor import SYSTEM
from kernel.codes.roles import Role
from kernel.ids import uuid7
from tasks.access import visible_to
from tasks.codes import TaskKind, TaskState
from tasks.models import Task
from tasks.services import About, task_create
from tests.cast import District, Member, join
from tests.corrections.stage import registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def deputy(district: District, officer: Member) -> Member:
    found = Member(*join(district, "deputy", Role.STATION_OFFICER, "station A"))
    Membership.objects.filter(id=found.membership.id).update(
        acting_for=officer.membership, acting_document="代理令 1 号"
    )
    return found


@pytest.fixture
def task(officer: Member) -> Task:
    return task_create(
        actor=SYSTEM, kind=TaskKind.ANSWER, about=About("test", uuid7()), role=Role.STATION_OFFICER,
        assignee_id=officer.user.id, organisation_id=officer.membership.organisation_id,
        due_at=kernel_clock.day_end(kernel_clock.today()),
    )  # fmt: skip


def sections(member: Member) -> dict[str, list[dict[str, Any]]]:
    page = member.client.get("/api/v1/worklist").json()
    return {one["code"]: one["items"] for one in page["sections"]}


def done(member: Member, task: Task) -> int:
    code: int = member.client.post(f"/api/v1/tasks/{task.id}/done").status_code
    return code


def test_the_deputy_has_all_that_is_open_with_the_one_who_is_away(
    district: District, officer: Member, deputy: Member, task: Task
) -> None:
    registered(district, officer.actor)
    items = sections(deputy)["deputised"]
    assert [(one["subject_kind"], one["marks"]) for one in items] == [
        ("task", ["tasks"]), ("subject", ["correction_subjects"]),
    ]  # fmt: skip
    assert items[0]["title"] == f"代{officer.user.name}：答复"
    assert items[0]["due_at"] is not None


def test_it_is_the_deputys_to_do_and_stands_on_one_line(deputy: Member, task: Task) -> None:
    assert "tasks_today" not in sections(deputy)
    assert done(deputy, task) == 200
    assert Task.objects.get().state == TaskState.DONE
    assert "deputised" not in sections(deputy)


def test_a_colleague_without_a_document_has_and_does_nothing_of_it(district: District, task: Task) -> None:
    colleague = Member(*join(district, "colleague", Role.STATION_OFFICER, "station A"))
    assert "deputised" not in sections(colleague)
    assert done(colleague, task) == 404


def test_it_ends_with_the_deputys_own_term(deputy: Member, task: Task) -> None:
    actor = deputy.actor
    Membership.objects.filter(id=actor.membership_id).update(valid_to=kernel_clock.today())
    assert not visible_to(actor).exists()

"""`GET /worklist` shows the tasks of the active role and nobody else's."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from kernel.actor import SYSTEM
from kernel.codes.roles import Role
from tasks.codes import TaskKind
from tasks.services import About, task_create
from tests.cast import District, Member

pytestmark = pytest.mark.django_db


def give(district: District, clock: Any, due: timedelta | None) -> None:
    task_create(
        actor=SYSTEM,
        kind=TaskKind.REVIEW,
        about=About("dispute", uuid4()),
        role=Role.CENTRE_CLERK,
        organisation_id=district.organisations["centre A"].id,
        due_at=None if due is None else clock.at + due,
    )


def shown(member: Member) -> dict[str, int]:
    answer = member.client.get("/api/v1/worklist")
    assert answer.status_code == 200
    return {section["code"]: section["count"] for section in answer.json()["sections"]}


def test_tasks_stand_by_when_they_are_due(district: District, clock: Any, clerk: Member) -> None:
    for due in (timedelta(hours=-1), timedelta(hours=3), timedelta(days=3), None):
        give(district, clock, due)
    assert shown(clerk) == {"tasks_overdue": 1, "tasks_today": 1, "tasks_later": 2}


def test_another_centre_sees_nothing_of_it(
    district: District, clock: Any, other_clerk: Member, mediator: Member
) -> None:
    give(district, clock, None)
    assert shown(other_clerk) == shown(mediator) == {}


def test_an_unknown_parameter_is_refused(clerk: Member) -> None:
    assert clerk.client.get("/api/v1/worklist?role=auditor").status_code == 400


def test_the_page_names_day_and_role(clock: Any, clerk: Member) -> None:
    body = clerk.client.get("/api/v1/worklist").json()
    assert (body["day"], body["role"]) == ("2026-03-02", "centre_clerk")


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_it_is_printed(form: str, begins: bytes, clerk: Member, district: District, clock: Any) -> None:
    give(district, clock, timedelta(hours=1))
    answer = clerk.client.get("/api/v1/worklist/print", {"format": form})
    assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)


def test_an_unknown_format_is_refused(clerk: Member) -> None:
    answer = clerk.client.get("/api/v1/worklist/print", {"format": "html"})
    assert answer.json()["code"] == "bad_parameter"

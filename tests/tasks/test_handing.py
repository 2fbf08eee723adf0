"""Hand-over: all that somebody owns in a role is listed, a colleague signs, and nothing ends before."""

from typing import Any

import pytest

from accounts.services import membership_end, user_transition
from audit.models import AuditEvent
from kernel.actor import SYSTEM
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.problems import Problem
from mediation.models import CaseMediator
from tasks.codes import TaskKind
from tasks.models import HandOver, Task
from tasks.services import About, task_create, task_done
from tests.cast import District, Member, Worker, join
from tests.mediation.made import asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HANDED, OWNED = "/api/v1/hand-overs", "/api/v1/owned"


@pytest.fixture
def colleague(district: District) -> Member:
    return Member(*join(district, "colleague", Role.CENTRE_CLERK, "centre A"))


@pytest.fixture
def task(clerk: Member) -> Task:
    return task_create(
        actor=SYSTEM, kind=TaskKind.ANSWER, about=About("test", uuid7()), role=Role.CENTRE_CLERK,
        assignee_id=clerk.user.id, organisation_id=clerk.membership.organisation_id,
    )  # fmt: skip


def write(member: Member, **said: Any) -> Any:
    return member.client.post(HANDED, {"reason": "leave", **said}, format="json")


def take(member: Member, handed: dict[str, Any]) -> Any:
    return member.client.post(f"{HANDED}/{handed['id']}/take")


def test_all_that_is_open_is_listed_and_passes_on_with_the_signature(
    clerk: Member, colleague: Member, task: Task
) -> None:
    assert [one["subject_id"] for one in clerk.client.get(OWNED).json()] == [str(task.id)]
    words = [{"subject_id": str(task.id), "words": "对方答应周三来"}]
    handed = write(clerk, lines=words).json()
    assert [line["words"] for line in handed["lines"]] == ["对方答应周三来"]
    first, again = take(colleague, handed), take(colleague, handed)
    assert (first.json(), again["Idempotent-Replay"]) == (again.json(), "true")
    assert Task.objects.get().assignee_id == colleague.user.id
    assert AuditEvent.objects.filter(event="hand_over.taken").count() == 1


def test_nobody_signs_for_the_own_and_nobody_of_another_role(
    clerk: Member, director: Member, other_clerk: Member, task: Task
) -> None:
    handed = write(clerk).json()
    assert take(clerk, handed).json()["code"] == "own_handover"
    assert take(director, handed).json()["code"] == "not_a_colleague"
    assert take(other_clerk, handed).status_code == 404


def test_what_is_meant_for_one_is_not_for_another(
    district: District, clerk: Member, colleague: Member, task: Task
) -> None:
    third = Member(*join(district, "third", Role.CENTRE_CLERK, "centre A"))
    handed = write(clerk, to_person_id=str(colleague.user.id)).json()
    assert take(third, handed).status_code == 404
    assert take(colleague, handed).status_code == 200


def test_nothing_is_handed_over_to_a_stranger_or_where_nothing_is_open(
    clerk: Member, colleague: Member, other_clerk: Member, task: Task
) -> None:
    assert write(clerk, to_person_id=str(other_clerk.user.id)).json()["code"] == "not_a_colleague"
    assert write(colleague).json()["code"] == "nothing_to_hand_over"


def test_what_was_done_meanwhile_does_not_pass_on(clerk: Member, colleague: Member, task: Task) -> None:
    handed = write(clerk).json()
    task_done(actor=clerk.actor, task_id=task.id)
    assert take(colleague, handed).json()["lines"][0]["given_at"] is None
    assert Task.objects.get().assignee_id == clerk.user.id


def test_a_membership_does_not_end_while_something_is_open(
    clerk: Member, colleague: Member, admin: Member, task: Task
) -> None:
    said = {"actor": admin.actor, "membership_id": clerk.membership.id, "reason": "调离"}
    with pytest.raises(Problem) as refusal:
        membership_end(**said)
    assert (refusal.value.code, refusal.value.extra) == ("owns_open_items", {"counts": {"tasks": 1}})
    with pytest.raises(Problem, match="owns_open_items"):
        user_transition(actor=admin.actor, user_id=clerk.user.id, event="delete", reason="离职")
    take(colleague, write(clerk, reason="departure").json())
    assert membership_end(**said).state == "ended"


def test_a_person_is_suspended_at_any_time(clerk: Member, admin: Member, task: Task) -> None:
    user_transition(actor=admin.actor, user_id=clerk.user.id, event="suspend", reason="调查")
    assert Task.objects.get().state == "open"


def test_of_somebody_absent_the_director_makes_the_list(
    clerk: Member, colleague: Member, director: Member, task: Task
) -> None:
    said = {
        "person_id": str(clerk.user.id), "role": "centre_clerk", "to_person_id": str(colleague.user.id),
        "note": "住院",
    }  # fmt: skip
    url = f"{HANDED}/absent"
    assert colleague.client.post(url, said, format="json").json()["code"] == "role_not_allowed"
    handed = director.client.post(url, said, format="json").json()
    assert (handed["reason"], handed["written_by"]) == ("absent", str(director.user.id))
    codes = {one["code"] for one in colleague.client.get("/api/v1/worklist").json()["sections"]}
    assert "hand_overs" in codes
    assert take(colleague, handed).status_code == 200


def test_a_mediators_case_stays_until_the_mediator_is_replaced(
    district: District, worker: Worker, clerk: Member, mediator: Member
) -> None:
    case = asking(district, worker, clerk)
    CaseMediator.objects.create(case=case, user=mediator.user, chosen_by="committee", named_at=case.asked_at)
    (line,) = write(mediator).json()["lines"]
    assert (line["source"], line["subject_id"]) == ("mediation_cases", str(case.pk))
    substitute = Member(*join(district, "substitute", Role.MEDIATOR, "centre A"))
    assert take(substitute, {"id": HandOver.objects.get().id}).json()["lines"][0]["given_at"] is None
    assert CaseMediator.objects.get().user_id == mediator.user.id

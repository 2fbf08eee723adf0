"""The actions that the shipped rules do not use, and what is seen of escalation over HTTP."""

from typing import Any

import pytest

from escalation.services import rules_load
from kernel.actor import SYSTEM
from tasks.models import Task
from tests.cast import District, Member
from tests.disputes.made import BEATING, body
from tests.escalation.made import evaluated, results

pytestmark = pytest.mark.django_db


def rule(*actions: dict[str, Any]) -> None:
    every = {
        "code": "trial",
        "zh": "试用",
        "en": "trial",
        "on": ["dispute.registered"],
        "when": {"fact": "parties", "op": "at_least", "value": 2},
        "do": list(actions),
        "once_per": "dispute",
    }
    rules_load(actor=SYSTEM, bodies=[every])


@pytest.mark.parametrize(
    ("action", "role", "organisation"),
    [
        ({"action": "remind"}, "community_coordinator", "A1"),
        ({"action": "set_review", "days": 7}, "community_coordinator", "A1"),
        ({"action": "suggest_joint_handling"}, "centre_director", "centre A"),
    ],
)
def test_an_action_makes_a_to_do_of_those_who_handle_it(
    district: District, worker: Member, action: dict[str, Any], role: str, organisation: str
) -> None:
    rule(action)
    dispute = evaluated(worker, body(district))
    task = Task.objects.get(subject_id=dispute.pk)
    assert (task.role, task.organisation) == (role, district.organisations[organisation])
    assert (task.due_at is not None) == ("days" in action)


@pytest.mark.law("DV-23")
def test_on_the_protected_track_only_the_director_has_the_to_do(district: District, worker: Member) -> None:
    rule({"action": "remind"})
    dispute = evaluated(worker, body(district, signs=[BEATING]))
    assert Task.objects.get(subject_id=dispute.pk).role == "centre_director"


def test_an_action_that_changes_nothing_says_so(district: District, worker: Member) -> None:
    rule({"action": "hand_up", "to": "community"}, {"action": "hand_up", "to": "street"})
    dispute = evaluated(worker, body(district, outcome="report_up"))
    assert results(dispute, "trial")["hand_up"] == "done"
    assert dispute.level == "street"


@pytest.mark.parametrize("day", [3, 4])
def test_a_level_clock_is_on_the_worklist_on_its_last_day(
    clock: Any, district: District, worker: Member, coordinator: Member, day: int
) -> None:
    evaluated(worker, body(district, outcome="report_up"))
    clock.to(clock.at.replace(day=day))
    sections = coordinator.client.get("/api/v1/worklist").json()["sections"]
    own = [row["code"] for row in sections if row["code"].startswith("level")]
    assert own == (["level_today"] if day == 4 else [])


@pytest.mark.parametrize("path", ["firings", "clocks"])
def test_escalation_is_not_for_those_who_do_not_see_the_dispute(
    district: District, worker: Member, liaison: Member, outsider: Member, path: str
) -> None:
    evaluated(worker, body(district, parties=[], signs=[{"code": "threat", "what": "扬言报复"}]))
    url = f"/api/v1/escalation/{path}"
    assert worker.client.get(url).json()["count"] == 1
    assert outsider.client.get(url).json()["count"] == 0
    assert liaison.client.get(url).status_code == 403

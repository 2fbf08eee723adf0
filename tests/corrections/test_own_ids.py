"""What an officer's face sends twice under its own id is made once; anything else under the id is a clash."""

from typing import Any

import pytest

from corrections.models import FileItem
from corrections.services import searches
from kernel import clock as clocks
from kernel.ids import uuid7
from tests.cast import Member
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")
BASE = "/api/v1/corrections"


def wanted(case: Case, agency: Member) -> dict[str, dict[str, Any]]:
    """Bodies by address: what is written down and might be written twice."""
    about, today = {"subject": str(case.subject.id)}, clocks.today().isoformat()
    search = searches.review_ask(actor=agency.actor, subject_id=case.subject.id, text="核查")
    return {
        "file-items": about | {"file": "work", "kind": "work", "title": "走访记录", "dated_on": today},
        "findings": about
        | {"kind": "left_without_leave", "happened_on": today, "facts": "离开", "evidence": "记录"},
        "timely-reports": about
        | {"kind": "address", "way": "phone", "happened_on": today, "told_on": today, "text": "搬家"},
        "evaluations": about | {"first_day": today, "last_day": today, "text": "评估", "made_on": today},
        f"searches/{search.id}/log": {
            "way": "field_visit", "result": "no_answer", "made_at": clocks.now().isoformat(),
        },
        f"searches/{search.id}/count-days": {"first_day": today, "last_day": today},
    }  # fmt: skip


@pytest.mark.parametrize("number", range(6))
def test_the_same_again_makes_nothing(case: Case, agency: Member, number: int) -> None:
    address, body = list(wanted(case, agency).items())[number]
    said = body | {"id": str(uuid7())}
    first, again = (agency.client.post(f"{BASE}/{address}", said, format="json") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.get("Idempotent-Replay"), again.get("Idempotent-Replay")) == (None, "true")
    assert first.json() == again.json()


def test_anothers_id_is_a_clash(case: Case, agency: Member, officer: Member) -> None:
    body = wanted(case, agency)["file-items"] | {"id": str(uuid7())}
    assert officer.client.post(f"{BASE}/file-items", body, format="json").status_code == 201
    answer = agency.client.post(f"{BASE}/file-items", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert FileItem.objects.count() == 1

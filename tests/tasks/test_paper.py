"""What was entered from paper says so, and a second person compares."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from disputes.models import Application, Dispute, DisputeParty
from kernel import clock as now_is
from kernel.codes.roles import Role
from tasks.models import PaperEntry
from tests.cast import District, Member, join
from tests.disputes.made import BEATING, body, dispute_of, screened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAPERS = "/api/v1/paper-entries"


@pytest.fixture
def dispute(district: District, worker: Member) -> Dispute:
    return dispute_of(screened(worker, body(district)))


@pytest.fixture
def colleague(district: District) -> Member:
    return Member(*join(district, "colleague", Role.CENTRE_CLERK, "centre A"))


def apply(member: Member, dispute: Dispute, **paper: Any) -> Any:
    party = DisputeParty.objects.filter(dispute=dispute).order_by("id")[0]
    said = {
        "party_id": str(party.id), "asked_on": now_is.today().isoformat(), "form": "written",
        "paper": {"paper_on": now_is.today().isoformat(), "original_at": "档案柜 3", **paper},
    }  # fmt: skip
    return member.client.post(f"/api/v1/disputes/{dispute.id}/applications", said, format="json")


def test_an_application_from_paper_says_so(clerk: Member, dispute: Dispute) -> None:
    assert apply(clerk, dispute).status_code == 201
    entry = PaperEntry.objects.get()
    assert (entry.subject_kind, entry.subject_id) == ("application", Application.objects.get().id)
    assert (entry.entered_by_id, entry.original_at, entry.compared_by) == (clerk.user.id, "档案柜 3", None)


def test_a_paper_of_tomorrow_is_refused(clerk: Member, dispute: Dispute) -> None:
    tomorrow = (now_is.today() + timedelta(days=1)).isoformat()
    assert apply(clerk, dispute, paper_on=tomorrow).json()["code"] == "paper_in_future"
    assert not Application.objects.exists()


def test_a_second_person_compares_and_it_is_done_once(
    clerk: Member, colleague: Member, dispute: Dispute
) -> None:
    apply(clerk, dispute)
    url = f"{PAPERS}/{PaperEntry.objects.get().id}/compare"
    assert clerk.client.post(url).json()["code"] == "own_comparison"
    first, again = colleague.client.post(url), colleague.client.post(url)
    assert first.json() == again.json()
    assert (first.json()["compared_by"], again["Idempotent-Replay"]) == (str(colleague.user.id), "true")
    assert AuditEvent.objects.filter(event="paper.compared").count() == 1


def test_what_waits_to_be_compared_stands_on_colleagues_worklists(
    clerk: Member, colleague: Member, other_clerk: Member, dispute: Dispute
) -> None:
    apply(clerk, dispute)
    seen = [
        any(one["code"] == "papers" for one in who.client.get("/api/v1/worklist").json()["sections"])
        for who in (clerk, colleague, other_clerk)
    ]
    assert seen == [False, True, False]


def test_the_paper_of_a_restricted_matter_is_the_directors(
    district: District, worker: Member, clerk: Member, colleague: Member, director: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district, signs=[BEATING])))
    apply(director, dispute)
    assert [who.client.get(PAPERS).json()["count"] for who in (director, clerk, colleague)] == [1, 0, 0]


def test_a_settlement_entered_from_paper_says_so(coordinator: Member, dispute: Dispute) -> None:
    Dispute.objects.filter(id=dispute.id).update(level="community")
    said = {
        "terms": "楼上修好水管", "by_whom": "双方", "agreed_on": now_is.today().isoformat(),
        "paper": {"paper_on": now_is.today().isoformat(), "original_at": "社区档案盒"},
    }  # fmt: skip
    answer = coordinator.client.post(f"/api/v1/disputes/{dispute.id}/settlement", said, format="json")
    assert answer.status_code == 200, answer.content
    assert PaperEntry.objects.get().subject_kind == "settlement"

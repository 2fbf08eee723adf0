"""A draft is known by its author's own id: sent twice it is one, anything else under the id is a clash."""

from typing import Any

import pytest

from kernel import clock as clocks
from kernel.ids import uuid7
from liaison.models import Report, ReportTransition
from tests.cast import District, Member
from tests.disputes.made import body, dispute_of, screened
from tests.disputes.test_at_once import TEN, ten_posts

REPORTS = "/api/v1/liaison/reports"


@pytest.fixture
def sent(clock: Any, district: District) -> dict[str, Any]:
    return {
        "id": str(uuid7()), "ground": "PS-6", "acts": ["threat"], "area": str(district.areas["A1"].id),
        "observed_at": clocks.now().isoformat(), "no_place_reason": "电话中说明", "person": "张三",
    }  # fmt: skip


def post(who: Member, data: dict[str, Any], url: str = REPORTS) -> Any:
    return who.client.post(url, data, format="json")


def replays(*answers: Any) -> list[tuple[int, str | None]]:
    return [(answer.status_code, answer.headers.get("Idempotent-Replay")) for answer in answers]


@pytest.mark.django_db
def test_a_draft_sent_twice_is_one(mediator: Member, sent: dict[str, Any]) -> None:
    first, again = post(mediator, sent), post(mediator, sent)
    assert replays(first, again) == [(201, None), (201, "true")]
    assert first.json() == again.json()
    assert (str(Report.objects.get().pk), ReportTransition.objects.count()) == (sent["id"], 1)


@pytest.mark.usefixtures("committed")
def test_w9_ten_drafts_at_once_are_one(mediator: Member, sent: dict[str, Any]) -> None:
    assert ten_posts(mediator, REPORTS, sent) == ({201}, TEN - 1, 1)
    assert Report.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other", [{"ground": "PS-1"}, {"acts": ["weapon"]}, {"person": "李四"}, {"persons_at_risk": 3}]
)
def test_another_draft_under_the_same_id_is_a_clash(
    mediator: Member, sent: dict[str, Any], other: dict[str, Any]
) -> None:
    post(mediator, sent)
    refused = post(mediator, sent | other)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert Report.objects.count() == 1


@pytest.mark.django_db
def test_an_id_of_somebody_elses_draft_is_a_clash(
    mediator: Member, director: Member, sent: dict[str, Any]
) -> None:
    post(mediator, sent)
    assert post(director, sent).json()["code"] == "conflict"


@pytest.mark.django_db
def test_a_draft_on_a_dispute_sent_twice_is_one(
    district: District, worker: Member, clerk: Member, sent: dict[str, Any]
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    said = {name: sent[name] for name in ("id", "ground", "acts", "observed_at")}
    url = f"/api/v1/disputes/{dispute.pk}/reports"
    assert replays(post(clerk, said, url), post(clerk, said, url)) == [(201, None), (201, "true")]
    assert post(clerk, said | {"acts": ["weapon"]}, url).json()["code"] == "conflict"
    assert Report.objects.get().source_id == dispute.pk

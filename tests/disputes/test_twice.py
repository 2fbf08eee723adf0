"""Acts done twice answer the same and say so; what cannot be meant is refused with the field."""

from datetime import timedelta

import pytest
from rest_framework.response import Response

from disputes.models import Screening
from kernel import clock
from kernel.ids import uuid7
from tests.cast import District, Member
from tests.disputes.made import BEATING, body, dispute_of, screened
from tests.disputes.test_api import post, url

pytestmark = pytest.mark.django_db
REPLAY = "Idempotent-Replay"


def replays(*answers: Response) -> list[str | None]:
    return [answer.get(REPLAY) for answer in answers]


def test_a_record_entered_twice_is_one_and_says_so(district: District, coordinator: Member) -> None:
    said = body(district) | {"id": str(uuid7())}
    both = [post(coordinator, "/api/v1/screenings", **said) for _ in range(2)]
    assert ([one.status_code for one in both], replays(*both)) == ([201, 201], [None, "true"])
    assert Screening.objects.count() == 1


def test_the_id_of_another_matter_or_of_somebody_else_is_a_clash(
    district: District, coordinator: Member, clerk: Member
) -> None:
    said = body(district) | {"id": str(uuid7())}
    post(coordinator, "/api/v1/screenings", **said)
    other = post(coordinator, "/api/v1/screenings", **said | {"category": "06"})
    assert [other.json()["code"], post(clerk, "/api/v1/screenings", **said).json()["code"]] == [
        "conflict"
    ] * 2


def test_ways_explained_twice_are_told_once(district: District, worker: Member, director: Member) -> None:
    dispute = dispute_of(screened(worker, body(district, signs=[BEATING])))
    both = [post(director, url(dispute, "ways"), ways=["shelter"]) for _ in range(2)]
    assert replays(*both) == [None, "true"]


def test_a_naming_ends_once_and_not_before_it_began(
    district: District, director: Member, clerk: Member
) -> None:
    said = {"street": str(district.areas["A"].id), "user": str(clerk.user.id), "reason": "专人"}
    past = post(director, "/api/v1/named-clerks", **said, valid_to=str(clock.today() - timedelta(days=1)))
    assert (past.status_code, past.json()["fields"]) == (400, {"valid_to": ["in_past"]})
    made = post(director, "/api/v1/named-clerks", **said).json()
    end = f"/api/v1/named-clerks/{made['id']}/end"
    assert replays(post(director, end, reason="换人"), post(director, end, reason="换人")) == [None, "true"]

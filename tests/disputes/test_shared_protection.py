"""A dispute with records of two authors, put on the protected track by one: the other sees the own record."""

import json
from dataclasses import replace
from typing import Any

import pytest

from disputes.access import wrote
from disputes.models import Dispute, Screening
from kernel.codes.roles import Role
from sync.models import Row
from sync.services import publish
from tests.cast import District, Member
from tests.disputes.made import LI, ZHANG, body, dispute_of, screened

pytestmark = [pytest.mark.django_db, pytest.mark.law("DV-23")]
STALKING = {"code": "stalking", "what": "三天内尾随四次"}
REFUGE = "13700009999"
WHY = {"purpose": "handle", "reason": "核对"}


@pytest.fixture
def dispute(district: District, worker: Member, second_worker: Member) -> Dispute:
    """Told by both workers of a grid; the second one then corrects: somebody is stalked, at a new number."""
    screened(worker, body(district))
    second = screened(second_worker, body(district))
    assert dispute_of(second) == dispute_of(Screening.objects.exclude(id=second.id).get())
    moved = [ZHANG | {"phone": REFUGE, "id_number": None}, LI]
    screened(second_worker, body(district, signs=[STALKING], parties=moved, supersedes=str(second.id)))
    found = dispute_of(second)
    assert found.protected
    return found


def numbers(who: Member, dispute: Dispute) -> set[str | None]:
    answer = who.client.get(f"/api/v1/disputes/{dispute.id}/parties", WHY)
    return {party["phone"] for party in answer.json()}


def shown(who: Member, dispute: Dispute) -> Any:
    return who.client.get(f"/api/v1/disputes/{dispute.id}").json()


def test_each_author_sees_the_numbers_of_the_own_record(
    dispute: Dispute, worker: Member, second_worker: Member, director: Member
) -> None:
    assert numbers(worker, dispute) == {ZHANG["phone"], LI["phone"], None}
    assert numbers(second_worker, dispute) == {REFUGE, None}
    assert numbers(director, dispute) == {ZHANG["phone"], LI["phone"], REFUGE}


def test_no_answer_tells_the_other_author_the_new_number(dispute: Dispute, worker: Member) -> None:
    pages = [f"disputes/{dispute.id}", f"disputes/{dispute.id}/history", "screenings", "disputes", "worklist"]
    assert all(REFUGE not in worker.client.get(f"/api/v1/{page}").content.decode() for page in pages)


def test_the_other_author_has_the_place_of_the_own_record_and_no_words(
    dispute: Dispute, worker: Member
) -> None:
    answer = shown(worker, dispute)
    assert answer["grid"] == str(dispute.grid_id)
    assert answer["masked"] == ["brief", "suspended_reason"]


def test_once_the_dispute_is_elsewhere_its_place_is_told_to_no_author(
    dispute: Dispute, district: District, worker: Member
) -> None:
    Dispute.objects.filter(id=dispute.id).update(grid=district.grids["A1-2"])
    answer = shown(worker, dispute)
    assert (answer["grid"], answer["community"]) == (None, None)
    at = worker.client.get("/api/v1/disputes", {"grid": str(district.grids["A1-2"].id)}).json()
    assert at["count"] == 0


def test_a_phone_has_the_place_only_from_an_own_record(
    dispute: Dispute, district: District, worker: Member
) -> None:
    row = Row.objects.get(kind="dispute", id=dispute.id, scope=f"user:{worker.user.id}:grid_worker")
    assert json.loads(row.payload)["grid_id"] == str(dispute.grid_id)
    dispute.refresh_from_db()
    dispute.grid = district.grids["A1-2"]
    dispute.store()
    publish("dispute", [dispute.id])
    row.refresh_from_db()
    assert json.loads(row.payload)["grid_id"] is None


def test_the_own_record_is_open_only_in_the_role_that_wrote_it(
    dispute: Dispute, second_worker: Member
) -> None:
    screening = Screening.objects.filter(author=second_worker.user).first()
    assert screening is not None
    assert wrote(second_worker.actor, screening)
    assert not wrote(replace(second_worker.actor, role=Role.COMMUNITY_COORDINATOR), screening)

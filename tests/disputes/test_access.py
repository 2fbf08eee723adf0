"""Who sees which screening and dispute; what is hidden does not exist; phones hold exactly their set."""

from typing import Any

import pytest

from disputes import access
from disputes.models import Dispute, NamedClerk, Screening
from disputes.services import mediators_name, note_add, protection_set
from kernel import clock
from kernel.ids import uuid7
from sync.models import Row
from tests.cast import District, Member, released
from tests.disputes.made import BEATING, LI, THREAT, WANG, ZHANG, body, dispute_of, screened

pytestmark = pytest.mark.django_db
STALKING = {"code": "stalking", "what": "三天内尾随四次"}
OUTSIDE = (
    "officer", "agency", "agency_head", "bureau_head", "liaison", "complaints", "procurator", "auditor",
    "admin", "analyst", "archivist", "keeper", "duty", "other_clerk", "other_director", "other_coordinator",
    "outsider", "neighbour_worker", "mediator", "other_mediator",
)  # fmt: skip


def sees(who: Member, row: Screening | Dispute) -> bool:
    if isinstance(row, Screening):
        return access.screenings_visible_to(who.actor).filter(id=row.id).exists()
    return access.disputes_visible_to(who.actor).filter(id=row.id).exists()


@pytest.mark.parametrize("name", OUTSIDE)
def test_who_is_not_on_the_path_sees_nothing(
    district: District, worker: Member, name: str, request: pytest.FixtureRequest
) -> None:
    who = request.getfixturevalue(name)
    screening = screened(worker, body(district))
    assert not sees(who, screening)
    assert not sees(who, dispute_of(screening))


@pytest.mark.parametrize("name", ["worker", "second_worker", "coordinator", "clerk", "director"])
def test_who_is_on_the_path_sees_an_ordinary_quarrel(
    district: District, worker: Member, name: str, request: pytest.FixtureRequest
) -> None:
    who = request.getfixturevalue(name)
    screening = screened(worker, body(district))
    assert sees(who, screening)
    assert sees(who, dispute_of(screening))


@pytest.mark.law("DV-23")
@pytest.mark.parametrize("name", ["second_worker", "coordinator", "clerk", *OUTSIDE])
def test_in_grid_and_community_a_restricted_screening_does_not_exist(
    district: District, worker: Member, name: str, request: pytest.FixtureRequest
) -> None:
    who = request.getfixturevalue(name)
    screening = screened(worker, body(district, signs=[BEATING]))
    assert not sees(who, screening)
    assert not sees(who, dispute_of(screening))


@pytest.mark.parametrize("answers", [{"signs": [BEATING]}, {"signs": [THREAT]}, {}])
def test_no_screening_names_a_dispute_that_its_reader_cannot_open(
    district: District, worker: Member, director: Member, answers: dict[str, Any]
) -> None:
    screening = screened(worker, body(district, **answers))
    for who in (worker, director):
        (row,) = who.client.get("/api/v1/screenings").json()["results"]
        one = who.client.get(f"/api/v1/screenings/{screening.id}").json()
        opened = who.client.get(f"/api/v1/disputes/{dispute_of(screening).id}").status_code
        assert (row["dispute"] is not None, one["dispute"] is not None) == (opened == 200, opened == 200)


@pytest.mark.law("DV-23")
def test_author_and_director_see_the_restricted_screening(
    district: District, worker: Member, director: Member
) -> None:
    screening = screened(worker, body(district, signs=[BEATING]))
    assert sees(worker, screening)
    assert sees(director, screening)


def test_a_clerk_sees_restricted_ones_while_named(
    district: District, worker: Member, clerk: Member, director: Member
) -> None:
    screening = screened(worker, body(district, signs=[BEATING]))
    named = NamedClerk.objects.create(
        street=district.areas["A"], user=clerk.user, named_by=director.user, reason="家暴案件专人",
        valid_from=clock.today(),
    )  # fmt: skip
    assert sees(clerk, screening)
    NamedClerk.objects.filter(id=named.id).update(valid_to=clock.today())
    assert not sees(clerk, screening)


def test_a_named_mediator_sees_the_own_case(
    district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    screening = screened(worker, body(district))
    mediators_name(actor=clerk.actor, dispute_id=dispute_of(screening).id, user_ids=[mediator.user.id])
    assert sees(mediator, screening)
    assert sees(mediator, dispute_of(screening))


def test_a_protected_screening_leaves_the_grid_but_not_its_author(
    district: District, worker: Member, second_worker: Member
) -> None:
    screening = screened(worker, body(district, signs=[STALKING]))
    assert sees(worker, screening)
    assert not sees(second_worker, screening)


def phone(who: Member, kind: str) -> set[object]:
    scopes = [
        f"user:{who.user.id}:grid_worker",
        *(f"grid:{grid}" for grid in access.assigned_grid_ids(who.user.id)),
    ]
    return set(Row.objects.filter(kind=kind, scope__in=scopes, deleted=False).values_list("id", flat=True))


@pytest.mark.parametrize("name", ["worker", "second_worker", "neighbour_worker", "outsider"])
def test_phones_hold_what_is_visible_less_the_restricted(
    district: District, worker: Member, name: str, request: pytest.FixtureRequest
) -> None:
    who = request.getfixturevalue(name)
    for signs in ([], [THREAT], [STALKING], [BEATING]):
        screened(worker, body(district, signs=signs))
    assert phone(who, "screening") == set(access.phone_screenings(who.actor))
    assert phone(who, "dispute") == set(access.phone_disputes(who.actor))
    assert len(phone(who, "screening")) == {"worker": 3, "second_worker": 2}.get(name, 0)


def test_a_restricted_screening_leaves_a_tombstone_on_the_authors_phone(
    district: District, worker: Member
) -> None:
    screening = screened(worker, body(district, signs=[BEATING]))
    rows = Row.objects.filter(kind="screening", id=screening.id)
    assert [(row.scope, row.deleted, row.payload) for row in rows] == [
        (f"user:{worker.user.id}:grid_worker", True, "")
    ]


def test_protection_takes_the_quarrel_off_the_colleagues_phone(
    district: District, worker: Member, second_worker: Member
) -> None:
    screening = screened(worker, body(district))
    dispute = dispute_of(screening)
    assert phone(second_worker, "dispute") == {dispute.id}
    protection_set(actor=worker.actor, dispute_id=dispute.id, reason="对方在楼下等她")
    assert phone(second_worker, "dispute") == phone(second_worker, "screening") == set()
    assert phone(worker, "screening") == {screening.id}


def test_no_phone_row_names_a_person_or_a_number(district: District, worker: Member) -> None:
    screened(worker, body(district, signs=[THREAT]))
    payloads = " ".join(Row.objects.values_list("payload", flat=True))
    assert not any(value in payloads for value in ("张三", "13812345678", "230103198001011231", "同归于尽"))


def test_a_worker_who_left_the_grid_finds_the_own_words_and_nobody_elses(
    district: District, worker: Member, second_worker: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    screened(second_worker, body(district, parties=[ZHANG, LI, WANG]))
    note_add(actor=second_worker.actor, dispute_id=dispute.id, id=uuid7(), words="他们约好周末再谈")
    why = {"purpose": "handle", "reason": "核对"}

    def found() -> tuple[int, list[str | None]]:
        parties = worker.client.get(f"/api/v1/disputes/{dispute.id}/parties", why).json()
        notes = worker.client.get(f"/api/v1/disputes/{dispute.id}/notes", why).json()
        return len(parties), [note["words"] for note in notes]

    before = found()
    released(worker)
    assert (before, found()) == ((3, ["他们约好周末再谈"]), (2, [None]))

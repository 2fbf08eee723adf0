"""A name alone identifies nobody: it keeps neither mediator nor agent away before a person has looked."""

from datetime import date
from typing import Any

import pytest

from mediation.models import Case, CaseMediator, CaseParty, NamesakeCheck
from mediation.services import (
    Newcomer,
    conflict_declare,
    mediators_name,
    namesake_decide,
    participant_add,
    relation_declare,
)
from mediation.sitting import free_for, missing_for_session, namesakes_undecided
from tests.cast import District, Member
from tests.disputes.made import LI, ZHANG
from tests.mediation.made import asking, refused_with, seated

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return seated(district, worker, clerk, mediator)


@pytest.fixture
def asked(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    return asking(district, worker, clerk)


def named(mediator: Member, **person: str) -> None:
    relation_declare(actor=mediator.actor, relation="family", **person)


def codes(case: Case) -> list[str]:
    return [gap.code for gap in missing_for_session(case.pk, DAY)]


def li(case: Case) -> CaseParty:
    rows = CaseParty.objects.filter(case=case).select_related("dispute_party")
    return next(
        row for row in rows if row.pk in namesakes_undecided(case, _sitting(case))[_sitting(case)[0].pk]
    )


def _sitting(case: Case) -> list[CaseMediator]:
    return list(CaseMediator.objects.filter(case=case, replaced_at=None))


def decide(case: Case, who: Member, mediator: Member, *, same: bool, **changed: Any) -> Case:
    said = {"user_id": mediator.user.pk, "person_id": li(case).pk, "same": same, **changed}
    return namesake_decide(actor=who.actor, case_id=case.pk, **said)


@pytest.mark.law("PM-AV")
def test_a_namesake_waits_for_a_person_and_another_one_sits_down(
    case: Case, clerk: Member, mediator: Member
) -> None:
    named(mediator, name=LI["name"])
    assert (free_for(case, DAY), codes(case)) == ({mediator.user.pk}, ["namesake_undecided"])
    decide(case, clerk, mediator, same=False)
    assert (codes(case), NamesakeCheck.objects.get().same) == ([], False)


@pytest.mark.law("PM-AV")
def test_the_same_person_ends_the_naming_for_good(case: Case, clerk: Member, mediator: Member) -> None:
    named(mediator, name=LI["name"])
    decide(case, clerk, mediator, same=True)
    assert CaseMediator.objects.get(case=case).replace_reason == "conflict"
    again = {"case_id": case.pk, "user_ids": [mediator.user.pk], "chosen_by": "committee"}
    assert refused_with(mediators_name, actor=clerk.actor, **again) == "mediator_not_available"


@pytest.mark.law("PM-AV")
@pytest.mark.parametrize(
    ("number", "gaps"), [(ZHANG["id_number"], ["mediator_unavailable"]), ("230103199001011239", [])]
)
def test_an_id_number_decides_by_itself(case: Case, mediator: Member, number: str, gaps: list[str]) -> None:
    named(mediator, name=ZHANG["name"], id_number=number)
    assert codes(case) == gaps


def test_only_somebody_found_is_decided_about_and_once(case: Case, clerk: Member, mediator: Member) -> None:
    said = {"actor": clerk.actor, "case_id": case.pk, "user_id": mediator.user.pk, "same": True}
    party = CaseParty.objects.filter(case=case)[0]
    assert refused_with(namesake_decide, **said, person_id=party.pk) == "namesake_unknown"
    named(mediator, name=LI["name"])
    found = li(case).pk
    for same in (False, True):
        namesake_decide(**said | {"same": same}, person_id=found)
    assert NamesakeCheck.objects.get().same is False


def test_the_desk_sees_whom_to_look_at_and_says_it(case: Case, clerk: Member, mediator: Member) -> None:
    named(mediator, name=LI["name"])
    url = f"/api/v1/mediation/cases/{case.pk}/mediators"
    (row,) = clerk.client.get(f"{url}/all").json()
    said = {"user_id": str(mediator.user.pk), "person_id": row["namesakes"][0], "same": False}
    assert mediator.client.post(f"{url}/namesake", said, format="json").status_code == 403
    answers = [clerk.client.post(f"{url}/namesake", said, format="json") for _ in range(2)]
    assert [answer.headers.get("Idempotent-Replay") for answer in answers] == [None, "true"]


@pytest.mark.law("PM-20")
def test_a_namesake_of_the_other_side_stands_beside_a_party_once_somebody_looked(
    case: Case, clerk: Member
) -> None:
    who = {
        "kind": "agent", "name": LI["name"], "document": "委托书", "may_settle": False, "valid_from": DAY,
        "party_id": _of_zhang(case),
    }  # fmt: skip
    said = {"actor": clerk.actor, "case_id": case.pk}
    assert refused_with(participant_add, **said, who=Newcomer(**who)) == "participant_maybe_other_side"
    assert participant_add(**said, who=Newcomer(**who, not_other_side=True)).kind == "agent"
    surely = Newcomer(**who, phone=LI["phone"], not_other_side=True)
    assert refused_with(participant_add, **said, who=surely) == "participant_of_other_side"


def _of_zhang(case: Case) -> Any:
    return CaseParty.objects.filter(case=case).order_by("role")[0].pk


@pytest.mark.law("PM-19", "PM-23")
@pytest.mark.parametrize(("chosen_by", "gaps"), [("parties", []), ("committee", ["mediator_not_told"] * 2)])
def test_of_a_mediator_whom_they_did_not_choose_the_parties_are_told(
    asked: Case, clerk: Member, mediator: Member, chosen_by: str, gaps: list[str]
) -> None:
    case = asked
    said = {"actor": clerk.actor, "case_id": case.pk}
    mediators_name(**said, user_ids=[mediator.user.pk], chosen_by=chosen_by)
    conflict_declare(actor=mediator.actor, case_id=case.pk, answer="none")
    assert [code for code in codes(case) if code.startswith("mediator")] == gaps

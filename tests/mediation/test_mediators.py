"""Register, choice, conflict, declaration and replacement of mediators."""

from datetime import date, timedelta
from typing import Any

import pytest

from disputes.models import Dispute
from mediation.models import Case, CaseMediator, CaseParty, ConflictDeclaration, Mediator, MediatorRelation
from mediation.services import (
    Newcomer,
    absence_record,
    conflict_declare,
    mediator_change,
    mediator_end,
    mediator_register,
    mediator_replace,
    mediator_told,
    mediators_name,
    participant_add,
    relation_declare,
    relation_end,
)
from mediation.sitting import free_for, missing_for_session
from tests.cast import District, Member, join, registered
from tests.disputes.made import LI, ZHANG
from tests.mediation.made import asking, in_state, refused_with, seated

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    return asking(district, worker, clerk)


@pytest.fixture
def second(district: District) -> Member:
    """Another mediator of street A, in the register."""
    member = Member(*join(district, "second_mediator", "mediator", "centre A"))
    registered(district, member)
    return member


def naming(case: Case, who: Member, *users: Member, **more: Any) -> dict[str, Any]:
    ids = [user.user.pk for user in users]
    return {"actor": who.actor, "case_id": case.pk, "user_ids": ids, "chosen_by": "committee"} | more


def entry(member: Member) -> Mediator:
    return Mediator.objects.get(user=member.user)


def now(case: Case) -> list[Any]:
    return list(CaseMediator.objects.filter(case=case, replaced_at=None).values_list("user_id", flat=True))


@pytest.mark.law("PM-13/14", "PM-19", refused="too")
def test_the_keeper_registers_and_only_who_stands_there_is_named(
    case: Case, district: District, clerk: Member, keeper: Member
) -> None:
    fresh = Member(*join(district, "fresh", "mediator", "centre A"))
    assert refused_with(mediators_name, **naming(case, clerk, fresh)) == "mediator_unknown"
    mediator_register(actor=keeper.actor, user_id=fresh.user.pk, valid_from=DAY, certificate="230103-17")
    mediators_name(**naming(case, clerk, fresh, chosen_by="parties"))
    assert now(case) == [fresh.user.pk]


@pytest.mark.law("PM-13/14")
def test_a_keeper_registers_only_mediators_of_the_own_street_once(
    clock: Any, district: District, keeper: Member, mediator: Member, other_mediator: Member
) -> None:
    said = {"actor": keeper.actor, "valid_from": DAY}
    foreign = refused_with(mediator_register, **said, user_id=other_mediator.user.pk)
    twice = refused_with(mediator_register, **said, user_id=mediator.user.pk)
    other = refused_with(mediator_end, actor=keeper.actor, mediator_id=entry(other_mediator).pk, reason="x")
    assert (foreign, twice, other) == ("mediator_unknown", "mediator_registered", "not_found")


def _lapsed(member: Member, keeper: Member) -> None:
    mediator_change(actor=keeper.actor, mediator_id=entry(member).pk, valid_to=DAY - timedelta(days=1))


def _ended(member: Member, keeper: Member) -> None:
    mediator_end(actor=keeper.actor, mediator_id=entry(member).pk, reason="辞任")


def _away(member: Member, keeper: Member) -> None:
    absence_record(actor=keeper.actor, mediator_id=entry(member).pk, from_day=DAY)


def _related(member: Member, _keeper: Member) -> None:
    relation_declare(actor=member.actor, relation="family", name="甲", id_number=ZHANG["id_number"])


def _knows_phone(member: Member, _keeper: Member) -> None:
    relation_declare(actor=member.actor, relation="interest", phone="+86 139 8765 4321")


@pytest.mark.law("PM-19", "PM-AV")
@pytest.mark.parametrize("why", [_lapsed, _ended, _away, _related, _knows_phone])
def test_not_available_for_this_case_and_no_word_why(
    case: Case, clerk: Member, keeper: Member, mediator: Member, why: Any
) -> None:
    assert free_for(case, DAY) == {mediator.user.pk}
    why(mediator, keeper)
    assert refused_with(mediators_name, **naming(case, clerk, mediator)) == "mediator_not_available"
    assert free_for(case, DAY) == set()


@pytest.mark.law("PM-AV")
def test_of_a_relation_only_digests_are_kept_and_its_end_frees(
    case: Case, mediator: Member, clerk: Member
) -> None:
    row = relation_declare(actor=mediator.actor, relation="family", phone=LI["phone"])
    kept = bytes(MediatorRelation.objects.get().phone_index or b"")
    assert (len(kept), LI["phone"].encode() in kept, free_for(case, DAY)) == (32, False, set())
    assert refused_with(relation_end, actor=clerk.actor, relation_id=row.pk) == "not_found"
    relation_end(actor=mediator.actor, relation_id=row.pk)
    assert free_for(case, DAY) == {mediator.user.pk}


@pytest.mark.law("PM-AV")
def test_a_declared_conflict_ends_the_naming_at_once_and_for_good(
    case: Case, clerk: Member, mediator: Member
) -> None:
    mediators_name(**naming(case, clerk, mediator))
    conflict_declare(actor=mediator.actor, case_id=case.pk, answer="conflict")
    assert now(case) == []
    assert CaseMediator.objects.get().replace_reason == "conflict"
    assert Dispute.objects.get().named_mediators == []
    assert refused_with(mediators_name, **naming(case, clerk, mediator)) == "mediator_not_available"


@pytest.mark.law("PM-AV")
def test_the_desk_may_enter_a_paper_but_no_mediator_anothers(
    case: Case, clerk: Member, mediator: Member, second: Member
) -> None:
    mediators_name(**naming(case, clerk, mediator, second))
    said = {"case_id": case.pk, "answer": "none", "user_id": second.user.pk}
    assert refused_with(conflict_declare, actor=mediator.actor, **said) == "role_not_allowed"
    conflict_declare(actor=clerk.actor, **said, signed_on=DAY)
    assert ConflictDeclaration.objects.get().mediator.user_id == second.user.pk


@pytest.mark.law("PM-19", "PM-23")
def test_a_party_asks_for_another_one_and_hears_who_it_is(
    case: Case, clerk: Member, mediator: Member, second: Member
) -> None:
    mediators_name(**naming(case, clerk, mediator))
    said = {"actor": clerk.actor, "case_id": case.pk}
    mediator_replace(**said, user_id=mediator.user.pk, reason="party", new_user_id=second.user.pk)
    assert (now(case), Dispute.objects.get().named_mediators) == ([second.user.pk],) * 2
    parties = list(CaseParty.objects.filter(case=case))
    mediator_told(**said, user_id=second.user.pk, party_id=parties[0].pk, answer="accepted")
    untold = [gap.party for gap in missing_for_session(case.pk, DAY) if gap.code == "mediator_not_told"]
    assert untold == [parties[1].pk]
    mediator_told(**said, user_id=second.user.pk, party_id=parties[1].pk, answer="objected")
    assert now(case) == []


@pytest.mark.law("PM-19", "PM-23")
def test_for_absence_the_director_reassigns_and_not_the_clerk(
    case: Case, clerk: Member, director: Member, mediator: Member, second: Member
) -> None:
    mediators_name(**naming(case, clerk, mediator))
    said = {"case_id": case.pk, "user_id": mediator.user.pk, "reason": "absence"}
    assert refused_with(mediator_replace, actor=clerk.actor, **said) == "role_not_allowed"
    mediator_replace(actor=director.actor, **said)
    mediators_name(**naming(case, director, second))
    filled = CaseMediator.objects.get(case=case, replaced_at=None)
    assert filled.replaces is not None
    assert filled.replaces.user_id == mediator.user.pk


@pytest.mark.law("PM-23")
def test_the_replaced_one_no_longer_sees_the_case(
    clock: Any, district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    case = seated(district, worker, clerk, mediator)
    url = f"/api/v1/mediation/cases/{case.pk}"
    assert mediator.client.get(url).status_code == 200
    mediator_replace(actor=clerk.actor, case_id=case.pk, user_id=mediator.user.pk, reason="party")
    assert mediator.client.get(url).status_code == 404


def test_after_an_end_no_mediator_changes(
    case: Case, clerk: Member, mediator: Member, second: Member
) -> None:
    mediators_name(**naming(case, clerk, mediator))
    in_state(case, clerk, "refused")
    said = {"actor": clerk.actor, "case_id": case.pk, "user_id": mediator.user.pk}
    assert refused_with(mediator_replace, **said, reason="party") == "transition_not_allowed"
    assert refused_with(mediators_name, **naming(case, clerk, second)) == "transition_not_allowed"


@pytest.mark.law("PM-AV")
def test_an_agent_who_is_the_mediators_family_keeps_the_mediator_away(
    clock: Any, district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    case = seated(district, worker, clerk, mediator)
    relation_declare(actor=mediator.actor, relation="family", phone="13500001111")
    agent = Newcomer(
        kind="agent", name="周律师", phone="13500001111", document="授权委托书", may_settle=True,
        valid_from=DAY, party_id=CaseParty.objects.filter(case=case)[0].pk,
    )  # fmt: skip
    participant_add(actor=clerk.actor, case_id=case.pk, who=agent)
    assert [gap.code for gap in missing_for_session(case.pk, DAY)] == ["mediator_unavailable"]


def test_an_absence_is_entered_by_keeper_director_or_oneself(
    clock: Any, mediator: Member, second: Member, director: Member
) -> None:
    said = {"mediator_id": entry(mediator).pk, "from_day": DAY, "to_day": DAY + timedelta(days=6)}
    assert absence_record(actor=mediator.actor, **said).pk == absence_record(actor=director.actor, **said).pk
    assert refused_with(absence_record, actor=second.actor, **said) == "role_not_allowed"


@pytest.mark.law("PM-19")
def test_everybody_who_sits_knows_the_dispute_and_who_left_does_not(
    case: Case, clerk: Member, mediator: Member, second: Member
) -> None:
    address = f"/api/v1/disputes/{case.dispute_id}"
    mediators_name(**naming(case, clerk, mediator))
    mediators_name(**naming(case, clerk, second))
    both = [who.client.get(address).status_code for who in (mediator, second)]
    mediator_replace(actor=clerk.actor, case_id=case.pk, user_id=mediator.user.pk, reason="party")
    left = [who.client.get(address).status_code for who in (mediator, second)]
    assert (both, left) == ([200, 200], [404, 200])

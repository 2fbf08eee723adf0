"""Who stands beside the parties: mandate, guardian, helper, interpreter; and the rights notice."""

from datetime import date, timedelta
from typing import Any

import pytest

from disputes.models import DisputeParty
from edge.encryption import reveal
from mediation.models import Case, CaseParty, Participant, RightsNotice
from mediation.services import (
    Newcomer,
    consent_record,
    participant_add,
    participant_end,
    participant_names,
    party_needs_set,
    rights_tell,
)
from mediation.sitting import missing_for_session
from privacy.models import ReadLog
from tests.cast import District, Member
from tests.disputes.made import LI, ZHANG
from tests.mediation.made import asking, in_state, refused_with, seated

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
MANDATE = {"kind": "agent", "name": "周律师", "document": "授权委托书", "may_settle": True}
GUARDIAN = {
    "kind": "guardian",
    "name": "张父",
    "basis": "parent",
    "not_suspected": True,
    "no_own_interest": True,
}
INTERPRETER = {"kind": "sign_interpreter", "name": "何手语", "language": "手语"}


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    return asking(district, worker, clerk)


def party(case: Case, number: int = 0) -> CaseParty:
    return CaseParty.objects.filter(case=case)[number]


def newcomer(case: Case | None, **person: Any) -> Newcomer:
    whose = {"party_id": party(case).pk} if case else {}
    return Newcomer(**({"valid_from": DAY} | whose | person))


def adding(case: Case, who: Member, new: Newcomer) -> dict[str, Any]:
    return {"actor": who.actor, "case_id": case.pk, "who": new}


def make_child(case: Case, **columns: Any) -> None:
    rows = DisputeParty.objects.filter(pk=party(case).dispute_party_id)
    rows.update(**(columns or {"minor": True}))


def test_a_mandate_says_what_the_agent_may_and_the_name_is_sealed(case: Case, clerk: Member) -> None:
    row = participant_add(**adding(case, clerk, newcomer(case, **MANDATE, phone="13800001111")))
    assert (row.may_settle, reveal(row, "name"), reveal(row, "phone")) == (True, "周律师", "13800001111")
    for lacking in ({"document": " "}, {"may_settle": None}):
        new = newcomer(case, **(MANDATE | lacking))
        assert refused_with(participant_add, **adding(case, clerk, new)) == "mandate_missing"


@pytest.mark.parametrize(
    ("known_by", "code"),
    [
        ({"name": LI["name"]}, "participant_maybe_other_side"),
        ({"phone": LI["phone"]}, "participant_of_other_side"),
    ],
)
def test_nobody_of_the_other_side_stands_beside_a_party(
    case: Case, clerk: Member, known_by: dict[str, str], code: str
) -> None:
    make_child(case)
    for kind in (MANDATE, GUARDIAN):
        new = newcomer(case, **(kind | known_by))
        assert refused_with(participant_add, **adding(case, clerk, new)) == code


def test_the_own_side_may(case: Case, clerk: Member) -> None:
    own = newcomer(case, **(MANDATE | {"name": ZHANG["name"], "phone": "13899990000"}))
    assert participant_add(**adding(case, clerk, own)).party_id == party(case).pk


@pytest.mark.law("PI-31")
@pytest.mark.parametrize("doubt", ["not_suspected", "no_own_interest"])
def test_an_unfit_guardian_is_refused_and_another_one_taken(case: Case, clerk: Member, doubt: str) -> None:
    make_child(case)
    unfit = newcomer(case, **(GUARDIAN | {doubt: False}))
    assert refused_with(participant_add, **adding(case, clerk, unfit)) == "guardian_unfit"
    office = newcomer(case, **(GUARDIAN | {"basis": "civil_affairs", "name": "民政工作人员"}))
    assert participant_add(**adding(case, clerk, office)).basis == "civil_affairs"


def test_an_adult_has_a_guardian_only_by_document(case: Case, clerk: Member) -> None:
    new = newcomer(case, **GUARDIAN)
    assert refused_with(participant_add, **adding(case, clerk, new)) == "guardian_not_needed"
    make_child(case, limited_capacity=True, capacity_document="（2025）民特1号判决")
    assert participant_add(**adding(case, clerk, new))


@pytest.mark.law("PI-31")
def test_for_a_child_the_guardian_says_yes_once_the_child_was_heard(case: Case, clerk: Member) -> None:
    make_child(case)
    guardian = participant_add(**adding(case, clerk, newcomer(case, **GUARDIAN)))
    said: dict[str, Any] = {"actor": clerk.actor, "case_id": case.pk, "party_id": party(case).pk}
    said |= {"steps": ["mediation", "personal_information"], "answer": "given"}
    assert refused_with(consent_record, **said) == "guardian_missing"
    said["said_by_id"] = guardian.pk
    assert refused_with(consent_record, **said) == "child_not_heard"
    consent_record(**said, child_heard_on=DAY)
    assert not party(case).consents.filter(child_heard_on=None).exists()


def test_a_helper_only_for_who_asked_for_one(case: Case, clerk: Member) -> None:
    new = newcomer(case, kind="helper", name="邻居孙姨")
    assert refused_with(participant_add, **adding(case, clerk, new)) == "helper_not_needed"
    asked = {"actor": clerk.actor, "case_id": case.pk, "party_id": party(case).pk}
    party_needs_set(**asked, needs=["helper"])
    assert participant_add(**adding(case, clerk, new)).kind == "helper"


@pytest.mark.law("PM-20")
def test_an_interpreter_needs_every_partys_yes_and_one_no_sends_away(
    clock: Any, district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    case = seated(district, worker, clerk, mediator)
    row = participant_add(**adding(case, clerk, newcomer(None, **INTERPRETER)))
    said: dict[str, Any] = {"actor": clerk.actor, "case_id": case.pk, "steps": ["participant"]}
    said["participant_id"] = row.pk
    consent_record(**said, party_id=party(case).pk, answer="given")
    gaps = missing_for_session(case.pk, DAY)
    assert [(gap.code, gap.party) for gap in gaps] == [("participant_consent_missing", party(case, 1).pk)]
    consent_record(**said, party_id=party(case, 1).pk, answer="refused")
    row.refresh_from_db()
    assert (row.ended_on, missing_for_session(case.pk, DAY)) == (DAY, [])


def test_a_part_ends_once_with_its_reason(clock: Any, case: Case, clerk: Member) -> None:
    row = participant_add(**adding(case, clerk, newcomer(case, **MANDATE)))
    clock.move(timedelta(days=1))
    said = {"actor": clerk.actor, "case_id": case.pk, "participant_id": row.pk}
    participant_end(**said, reason="撤销委托")
    clock.move(timedelta(days=1))
    again = participant_end(**said, reason="又一次")
    assert (again.ended_on, again.end_reason) == (DAY + timedelta(days=1), "撤销委托")


def test_names_beside_the_parties_are_read_against_a_row(case: Case, clerk: Member) -> None:
    participant_add(**adding(case, clerk, newcomer(case, **MANDATE)))
    said = {"actor": clerk.actor, "case_id": case.pk, "purpose": "convene", "reason": "安排调解"}
    assert [row["name"] for row in participant_names(**said)] == ["周律师"]
    assert ReadLog.objects.get(subject_id=case.pk).fields == ["participants.name"]


@pytest.mark.law("PM-30b")
@pytest.mark.parametrize("way", ["read_out", "handed", "post"])
def test_the_rights_notice_is_recorded_for_one_party(case: Case, clerk: Member, way: str) -> None:
    told = rights_tell(actor=clerk.actor, case_id=case.pk, party_id=party(case).pk, way=way)
    assert (told.way, told.said_on, told.recorded_by_id) == (way, DAY, clerk.user.pk)
    gaps = [gap.party for gap in missing_for_session(case.pk, DAY) if gap.code == "rights_notice_missing"]
    assert gaps == [party(case, 1).pk]


@pytest.mark.law("PM-30b")
def test_after_an_end_nobody_is_told_or_named_any_more(case: Case, clerk: Member) -> None:
    case = in_state(case, clerk, "refused")
    said = {"actor": clerk.actor, "case_id": case.pk, "party_id": party(case).pk}
    assert refused_with(rights_tell, **said, way="post") == "transition_not_allowed"
    added = adding(case, clerk, newcomer(case, **MANDATE))
    assert refused_with(participant_add, **added) == "transition_not_allowed"
    assert not RightsNotice.objects.exists()
    assert not Participant.objects.exists()

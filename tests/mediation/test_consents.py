"""Consent of each party and step, and the word that ends it: by whom, in which form, in every state."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from edge.encryption import reveal
from mediation.guardians import ages, data_by_guardian, refused_word, to_be_heard
from mediation.models import Case, CaseParty, Consent, Participant
from mediation.selectors import missing_consents
from mediation.services import (
    Newcomer,
    case_accept,
    consent_record,
    participant_add,
    party_needs_set,
    party_refuse,
)
from tests.cast import District, Member
from tests.mediation.made import BOTH, asking, consented, in_state, refused_with, say

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
OPEN = ("asking", "unreachable", "accepted", "suspended", "agreed")


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    return asking(district, worker, clerk)


def word(case: Case, who: Member, **said: Any) -> dict[str, Any]:
    party = CaseParty.objects.filter(case=case)[0]
    return {
        "actor": who.actor,
        "case_id": case.pk,
        "party_id": party.pk,
        "steps": BOTH,
        "answer": "given",
    } | said


def agent(case: Case, who: Member, **more: Any) -> Participant:
    party = CaseParty.objects.filter(case=case)[0]
    person = {
        "kind": "agent",
        "name": "周律师",
        "valid_from": DAY,
        "document": "授权委托书",
        "may_settle": False,
    }
    newcomer = Newcomer(**(person | {"party_id": party.pk} | more))
    return participant_add(actor=who.actor, case_id=case.pk, who=newcomer)


@pytest.mark.law("PM-17", "PM-23")
@pytest.mark.parametrize("state", OPEN)
def test_a_no_ends_it_in_every_state_before_effect(
    clock: Any, district: District, worker: Member, clerk: Member, state: str
) -> None:
    case = in_state(consented(district, worker, clerk), clerk, state)
    say(case, clerk, "withdrawn", steps=["mediation"])
    case.refresh_from_db()
    assert case.state == ("refused" if state in {"asking", "unreachable"} else "withdrawn")
    assert (case.mediation_due_at, case.review_on, case.extension_asked_at) == (None, None, None)


@pytest.mark.law("PM-17")
@pytest.mark.parametrize("role", ["clerk", "director"])
def test_whoever_of_the_desk_hears_it_writes_it_down(
    request: pytest.FixtureRequest, case: Case, role: str
) -> None:
    party_refuse(actor=request.getfixturevalue(role).actor, case_id=case.pk)
    case.refresh_from_db()
    assert case.state == "refused"


@pytest.mark.law("PM-32")
@pytest.mark.parametrize("state", ["in_effect", "performing", "performed", "breached"])
def test_after_effect_no_word_ends_it(
    clock: Any, district: District, worker: Member, clerk: Member, state: str
) -> None:
    case = in_state(consented(district, worker, clerk), clerk, state)
    assert refused_with(consent_record, **word(case, clerk, answer="withdrawn")) == "transition_not_allowed"
    assert refused_with(party_refuse, actor=clerk.actor, case_id=case.pk) == "withdrawal_too_late"


@pytest.mark.law("PM-17")
@pytest.mark.parametrize("state", ["refused", "withdrawn", "failed", "not_accepted"])
def test_after_an_end_nothing_is_consented_any_more(
    clock: Any, district: District, worker: Member, clerk: Member, state: str
) -> None:
    case = in_state(consented(district, worker, clerk), clerk, state)
    assert refused_with(consent_record, **word(case, clerk)) == "transition_not_allowed"


@pytest.mark.law("PM-17")
def test_the_latest_word_counts_and_the_earlier_ones_stay(case: Case, clerk: Member) -> None:
    for answer in ("given", "withdrawn", "given"):
        say(case, clerk, answer, steps=["personal_information"])
    assert [row.answer for row in Consent.objects.all()] == ["given", "withdrawn", "given"]
    steps = [step for _, step in missing_consents([case.pk])[case.pk]]
    assert steps.count("personal_information") == 1


def test_a_fingerprint_has_a_witness_whose_name_is_sealed(case: Case, clerk: Member) -> None:
    said = word(case, clerk, form="fingerprint")
    assert refused_with(consent_record, **said) == "witness_required"
    consent_record(**said, witness="孙大爷")
    row = Consent.objects.all()[0]
    assert (reveal(row, "witness"), b"\xe5" in bytes(row.witness or b"")[:3]) == ("孙大爷", False)


def test_who_cannot_read_is_read_to_before_a_witness(case: Case, clerk: Member, mediator: Member) -> None:
    said = word(case, clerk, form="written")
    party_needs_set(actor=clerk.actor, case_id=case.pk, party_id=said["party_id"], needs=["read_aloud"])
    assert refused_with(consent_record, **said) == "read_aloud_required"
    assert refused_with(consent_record, **said, witness="孙大爷") == "read_aloud_required"
    consent_record(**said, witness="孙大爷", read_aloud_by_id=mediator.user.pk)
    assert Consent.objects.all()[0].read_aloud_by_id == mediator.user.pk


@pytest.mark.law("PM-17")
def test_a_no_needs_neither_witness_nor_reading(case: Case, clerk: Member) -> None:
    said = word(case, clerk, form="fingerprint", answer="refused")
    party_needs_set(actor=clerk.actor, case_id=case.pk, party_id=said["party_id"], needs=["read_aloud"])
    assert consent_record(**said).state == "refused"


@pytest.mark.law("PM-17", "PM-23")
def test_an_agent_with_mandate_speaks_for_the_party(case: Case, clerk: Member) -> None:
    lawyer = agent(case, clerk)
    consent_record(**word(case, clerk, said_by_id=lawyer.pk))
    assert {row.said_by_id for row in Consent.objects.all()} == {lawyer.pk}
    assert consent_record(**word(case, clerk, said_by_id=lawyer.pk, answer="refused")).state == "refused"


def test_without_a_mandate_of_that_day_nobody_speaks_for_a_party(
    clock: Any, case: Case, clerk: Member
) -> None:
    clock.move(timedelta(days=3))
    lapsed = agent(case, clerk, valid_to=DAY)
    other = CaseParty.objects.filter(case=case)[1]
    foreign = agent(case, clerk, party_id=other.pk, name="吴律师")
    for who in (lapsed, foreign):
        assert refused_with(consent_record, **word(case, clerk, said_by_id=who.pk)) == "mandate_missing"
    assert consent_record(**word(case, clerk, said_by_id=lapsed.pk, said_on=DAY))


@pytest.mark.law("PM-17")
def test_withdrawn_data_consent_keeps_the_case_from_being_accepted(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = consented(district, worker, clerk)
    say(case, clerk, "withdrawn", steps=["personal_information"])
    assert refused_with(case_accept, actor=clerk.actor, case_id=case.pk) == "consents_missing"


def test_a_word_about_a_stranger_or_from_tomorrow_is_refused(clock: Any, case: Case, clerk: Member) -> None:
    tomorrow = DAY + timedelta(days=1)
    assert refused_with(consent_record, **word(case, clerk, said_on=tomorrow)) == "date_in_future"
    assert refused_with(consent_record, **word(case, clerk, steps=["participant"])) == "invalid"
    assert refused_with(consent_record, **word(case, clerk, party_id=uuid4())) == "party_not_of_case"


# Children, without a database


def test_a_band_of_birth_years_gives_the_ages_it_allows() -> None:
    assert ages("2010-2014", DAY) == (11, 16)
    assert ages("", DAY) == (0, 17)


@pytest.mark.law("PI-31")
@pytest.mark.parametrize(
    ("band", "heard", "by_guardian"),
    [("2019-2023", False, True), ("2014-2017", True, True), ("2008-2011", True, False), ("", True, True)],
)
def test_from_eight_on_a_child_is_heard_and_under_fourteen_the_guardian_gives_the_data(
    band: str, heard: bool, by_guardian: bool
) -> None:
    assert (to_be_heard(band, DAY), data_by_guardian(band, DAY)) == (heard, by_guardian)


@pytest.mark.law("PI-31")
@pytest.mark.parametrize(
    ("step", "speaker", "heard", "code"),
    [
        ("mediation", None, True, "guardian_missing"),
        ("mediation", "guardian", False, "child_not_heard"),
        ("mediation", "guardian", True, None),
        ("personal_information", "agent", True, "guardian_missing"),
        ("personal_information", "guardian", False, None),
    ],
)
def test_who_may_say_yes_for_a_child_of_nine(step: str, speaker: Any, heard: bool, code: Any) -> None:
    said = {"minor": True, "band": "2016-2016", "day": DAY, "heard": heard}
    assert refused_word(step, speaker, **said) == code


def test_for_an_adult_of_limited_capacity_guardian_or_agent_speak() -> None:
    said = {"minor": False, "band": "", "day": DAY, "heard": False}
    assert refused_word("mediation", "agent", **said) is None
    assert refused_word("mediation", None, **said) == "guardian_missing"

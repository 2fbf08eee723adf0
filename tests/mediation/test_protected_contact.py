"""A case that came onto the protected track at the table: she is reached, the other side by her wish."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from disputes.models import DisputeParty
from disputes.services import protection_set, wish_record
from kernel import clock
from mediation.models import Case, CaseMediator, CaseParty, Consent, MediatorHeard, ReachAttempt, RightsNotice
from mediation.services import (
    consent_record,
    extension_ask,
    mediation_offer,
    mediator_told,
    reach_attempt,
    rights_tell,
)
from mediation.services.dossiers import Asked, dossier_make
from mediation.services.referral_moves import Said
from mediation.services.referral_words import referral_agree
from mediation.services.referrals import Wanted, referral_draft
from tests.cast import District, Member
from tests.disputes.made import LI, ZHANG
from tests.mediation.at_table import at_table, parties
from tests.mediation.made import BOTH, referred, refused_with, waiting

pytestmark = pytest.mark.django_db
COPY = {"form": "pdf", "purpose": "handle", "reason": "交付副本"}


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator, parties=[ZHANG, LI])


@pytest.fixture
def her(case: Case, mediator: Member) -> CaseParty:
    """She told the mediator, who says that it is she."""
    first = parties(case)[0]
    said = {"dispute_id": case.dispute_id, "reason": "她单独说了受伤的事", "party_id": first.dispute_party_id}
    protection_set(actor=mediator.actor, **said)
    case.refresh_from_db()
    return first


@pytest.fixture
def him(case: Case, her: CaseParty) -> CaseParty:
    return parties(case)[1]


Act = Callable[[Member, Case, CaseParty], Any]


def _consent(who: Member, case: Case, party: CaseParty) -> Any:
    said = {"case_id": case.pk, "party_id": party.pk, "steps": BOTH, "answer": "given"}
    return consent_record(actor=who.actor, **said)


def _rights(who: Member, case: Case, party: CaseParty) -> Any:
    return rights_tell(actor=who.actor, case_id=case.pk, party_id=party.pk, way="read_out")


def _told(who: Member, case: Case, party: CaseParty) -> Any:
    sits = CaseMediator.objects.get(case=case).user_id
    return mediator_told(actor=who.actor, case_id=case.pk, user_id=sits, party_id=party.pk, answer="accepted")


def _copy(who: Member, case: Case, party: CaseParty) -> Any:
    return dossier_make(actor=who.actor, case_id=case.pk, asked=Asked("party", party_id=party.pk), **COPY)


def _transfer(who: Member, case: Case, party: CaseParty) -> Any:
    asked = Asked("transfer", referral_id=referred(who, party).pk)
    return dossier_make(actor=who.actor, case_id=case.pk, asked=asked, **COPY)


def _refer(who: Member, case: Case, party: CaseParty) -> Any:
    details = {"matter": "请求保护", "facts": "受伤"}
    wanted = Wanted(party.dispute_party_id, "legal_aid", "share", "法律援助中心", details)
    return referral_draft(actor=who.actor, dispute_id=case.dispute_id, wanted=wanted)


def _reach(who: Member, case: Case, party: CaseParty) -> Any:
    tried = {"way": "phone", "result": "no_answer", "tried_at": clock.now()}
    return reach_attempt(actor=who.actor, case_id=case.pk, party_id=party.pk, **tried)


@pytest.mark.law("DV-23")
@pytest.mark.parametrize(
    ("act", "code"),
    [
        (_consent, "wish_required"), (_rights, "wish_required"), (_told, "wish_required"),
        (_copy, "wish_required"), (_transfer, "wish_required"), (_refer, "wish_required"),
        (_reach, "contact_not_wished"),
    ],
)  # fmt: skip
def test_she_is_reached_and_the_other_side_is_not(
    her: CaseParty, him: CaseParty, director: Member, act: Act, code: str
) -> None:
    case = Case.objects.get(pk=her.case_id)
    made = (Consent, RightsNotice, MediatorHeard, ReachAttempt)
    before = [model.objects.filter(party=him).count() for model in made]
    assert refused_with(lambda: act(director, case, him)) == code
    assert [model.objects.filter(party=him).count() for model in made] == before
    act(director, case, her)


@pytest.mark.law("DV-23")
def test_by_her_wish_the_other_side_is_reached(case: Case, him: CaseParty, director: Member) -> None:
    wish_record(
        actor=director.actor, dispute_id=case.dispute_id, kind="contact", wanted=True,
        said_alone_on=clock.today(),
    )  # fmt: skip
    _rights(director, case, him)
    _refer(director, case, him)


@pytest.mark.law("PM-17")
def test_a_no_of_the_other_side_is_taken_at_the_word(case: Case, him: CaseParty, director: Member) -> None:
    said = {"case_id": case.pk, "party_id": him.pk, "steps": ["mediation"], "answer": "refused"}
    assert consent_record(actor=director.actor, **said).state == "withdrawn"


def test_nobody_is_asked_for_more_time(case: Case, her: CaseParty, director: Member, clock: Any) -> None:
    clock.move(timedelta(days=31))
    assert refused_with(extension_ask, actor=director.actor, case_id=case.pk) == "wish_required"


def test_a_draft_in_the_other_sides_name_does_not_get_its_yes(
    case: Case, clerk: Member, director: Member
) -> None:
    first, second = parties(case)
    draft = _refer(clerk, case, second)
    said = {"dispute_id": case.dispute_id, "reason": "她说了", "party_id": first.dispute_party_id}
    protection_set(actor=director.actor, **said)
    yes = {"actor": director.actor, "referral_id": draft.pk, "said": Said()}
    assert refused_with(referral_agree, **yes) == "wish_required"


@pytest.mark.law("DV-23")
@pytest.mark.usefixtures("clock")
def test_nothing_typed_stands_against_her_recorded_no(
    district: District, worker: Member, director: Member
) -> None:
    item = waiting(district, worker, parties=[ZHANG, LI], protected=True)
    offer = {"actor": director.actor, "item_id": item.pk, "wish": "愿意谈", "reason": "本人表示愿意"}
    no = {"kind": "joint", "wanted": False, "said_alone_on": clock.today()}
    wish_record(actor=director.actor, dispute_id=item.dispute_id, **no)
    assert refused_with(mediation_offer, **offer) == "protected_offer_refused"
    wish_record(actor=director.actor, dispute_id=item.dispute_id, **no | {"wanted": True}, reason="多次表示")
    assert mediation_offer(**offer).state == "asking"


def test_who_is_at_risk_is_said_by_those_who_hear_her_alone(
    case: Case, her: CaseParty, him: CaseParty, clerk: Member, director: Member
) -> None:
    said = {"dispute_id": case.dispute_id, "reason": "核实", "party_id": him.dispute_party_id}
    assert refused_with(protection_set, actor=clerk.actor, **said) == "role_not_allowed"
    roles = DisputeParty.objects.filter(dispute=case.dispute_id, role="person_at_risk")
    assert roles.get().pk == her.dispute_party_id
    again = {**said, "party_id": her.dispute_party_id}
    assert protection_set(actor=director.actor, **again)[1] is True


@pytest.mark.law("DV-23")
def test_a_wrong_word_is_put_right_and_nobody_is_reached_by_it(
    case: Case, him: CaseParty, director: Member, mediator: Member, clerk: Member
) -> None:
    said = {"dispute_id": case.dispute_id, "reason": "核实", "party_id": him.dispute_party_id}
    protection_set(actor=director.actor, **said)
    _rights(director, case, him)
    wrong = {**said, "at_risk": False}
    assert refused_with(protection_set, actor=clerk.actor, **wrong) == "role_not_allowed"
    assert protection_set(actor=mediator.actor, **wrong)[1] is False
    assert refused_with(_rights, who=director, case=case, party=him) == "wish_required"
    assert protection_set(actor=mediator.actor, **wrong)[1] is True

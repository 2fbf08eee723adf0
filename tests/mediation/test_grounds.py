"""What rests on a party's consent: asked for at each use, over at the word, erased by order."""

from typing import Any

import pytest

from mediation.models import Case, CaseParty, CaucusNote, FollowUp
from mediation.services import follow_up_wish, party_needs_set
from privacy.models import Consent
from privacy.services import consented
from tests.cast import District, Member
from tests.mediation.agreed import party, signed
from tests.mediation.at_table import at_table, caucus, parties, post
from tests.mediation.made import asking, in_state, say

pytestmark = pytest.mark.django_db
URL = "/api/v1/privacy/consents"


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


def ground(who: CaseParty, purpose: str = "mediation") -> Consent:
    return Consent.objects.filter(subject_id=who.pk, purpose=purpose).latest("id")


def act(member: Member, row: Consent, name: str, **body: Any) -> Any:
    return member.client.post(f"{URL}/{row.pk}/{name}", body, format="json")


def talk(case: Case, who: CaseParty) -> dict[str, Any]:
    return {"case_id": str(case.pk), "party_id": str(who.pk), "text": "我最多能让到三千"}


@pytest.mark.law("PI-13/14")
def test_a_yes_to_both_steps_is_the_ground_and_the_office_of_the_desk_holds_it(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = asking(district, worker, clerk)
    who = CaseParty.objects.filter(case=case)[0]
    say(case, clerk, steps=["mediation"])
    assert not consented("case_party", who.pk, "mediation")
    say(case, clerk, steps=["personal_information"])
    row = ground(who)
    assert (row.organisation_id, row.withdrawn_at) == (clerk.membership.organisation_id, None)


@pytest.mark.law("PI-13/14", refused="too")
def test_before_a_party_agreed_nothing_it_says_alone_is_written_down(
    clock: Any, case: Case, mediator: Member
) -> None:
    zhang, li = parties(case)
    assert post(mediator, "caucus-notes", talk(case, zhang)).status_code == 201
    Consent.objects.filter(subject_id=li.pk).update(withdrawn_at=clock.at, withdrawn_by=mediator.user.pk)
    refused = post(mediator, "caucus-notes", talk(case, li))
    assert refused.json()["code"] == "no_consent"


@pytest.mark.law("PI-13/14", refused="too")
@pytest.mark.parametrize("state", ["accepted", "suspended", "agreed"])
def test_who_takes_back_the_consent_to_data_ends_the_table(
    clock: Any, case: Case, clerk: Member, state: str
) -> None:
    today = clock.at.date()
    stopped = {"mediation_due_at": None, "review_on": today} if state == "suspended" else {}
    Case.objects.filter(pk=case.pk).update(state=state, **stopped)
    say(case, clerk, "withdrawn", steps=["personal_information"])
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert not consented("case_party", CaseParty.objects.filter(case=case)[0].pk, "mediation", "child")


@pytest.mark.law("PI-13/14")
def test_the_desk_that_hears_the_withdrawal_ends_the_table_with_it(
    case: Case, clerk: Member, mediator: Member
) -> None:
    zhang, li = parties(case)
    assert act(clerk, ground(zhang), "withdraw").status_code == 200
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert ground(li).withdrawn_at is None
    assert post(mediator, "caucus-notes", talk(case, zhang)).json()["code"] == "no_consent"


@pytest.mark.law("PI-13/14", "PI-19/47", refused="too")
def test_what_was_said_alone_is_erased_by_order_and_the_file_stays(
    case: Case, clerk: Member, mediator: Member
) -> None:
    zhang, li = parties(case)
    note, other = caucus(case, mediator, zhang), caucus(case, mediator, li)
    party_needs_set(actor=clerk.actor, case_id=case.pk, party_id=zhang.pk, needs=["helper"])
    row = ground(zhang)
    act(clerk, row, "withdraw")
    held = {line["code"]: line["duty"] for line in clerk.client.get(f"{URL}/{row.pk}/held").json()}
    assert held == {"case_file": "PM-27", "caucus_notes": "", "needs": ""}
    assert act(clerk, row, "erase", codes=["case_file"]).json()["kept"] == {"case_file": "PM-27"}
    assert act(clerk, row, "erase", codes=["needs", "caucus_notes"]).status_code == 200
    zhang.refresh_from_db()
    texts = {pk: text is None for pk, text in CaucusNote.objects.values_list("pk", "text")}
    assert (zhang.needs, texts) == ([], {note.pk: True, other.pk: False})


@pytest.mark.law("PI-13/14")
def test_after_the_agreement_the_consent_is_taken_back_and_the_agreement_binds(
    case: Case, clerk: Member
) -> None:
    in_state(case, clerk, "performing")
    row = ground(parties(case)[0])
    assert act(clerk, row, "withdraw").status_code == 200
    case.refresh_from_db()
    assert case.state == "performing"


@pytest.mark.law("PM-FU", "PI-13/14", refused="too")
def test_the_desk_writes_down_that_a_party_is_not_to_be_called(
    at_table: Case, cast: dict[str, Member]
) -> None:
    clerk = cast["clerk"]
    who = party(signed(at_table, cast).case, 0)
    wish = {"actor": clerk.actor, "case_id": at_table.pk, "party_id": who.pk}
    follow_up_wish(**wish, choice="phone")
    act(clerk, ground(who, "follow_up"), "withdraw")
    assert not FollowUp.objects.filter(party=who, state="owed").exists()
    assert [row.choice for row in who.follow_up_wishes.order_by("id")] == ["phone", "declined"]
    assert follow_up_wish(**wish, choice="phone") == (at_table, False)
    assert ground(who, "follow_up").withdrawn_at is None


def test_what_is_asked_at_the_table_is_not_agreed_to_elsewhere(case: Case, clerk: Member) -> None:
    said = {
        "subject_kind": "case_party", "subject_id": str(parties(case)[0].pk), "purpose": "mediation",
        "paper_no": "1", "given_on": "2026-03-02",
    }  # fmt: skip
    assert clerk.client.post(URL, said, format="json").json()["code"] == "consent_not_asked"

"""纠纷简要情况 of a case: the centre's words, for those who see it; also where the dispute may have none."""

from typing import Any

import pytest

from disputes.models import Dispute
from disputes.services import brief_set
from edge.documents.model import texts
from mediation.models import Case
from mediation.papers.kinds import contents
from mediation.papers.opening import acceptance
from mediation.papers.reading import case_source
from mediation.services import case_accept, case_brief_set, party_refuse
from privacy.models import ReadLog
from tests.cast import District, Member
from tests.mediation.at_table import code_of, parties, post, protect
from tests.mediation.made import consented, refused_with

pytestmark = pytest.mark.django_db
FOUND = "楼上漏水，两家多次争吵"
WORDS = "双方因旧事争执，愿意在中心协商"


@pytest.fixture
def case(clock: Any, district: District, worker: Member, director: Member) -> Case:
    return consented(district, worker, director)


def form_of(case: Case, kind: str = "committee") -> str:
    """The words of the acceptance form in this kind of copy."""
    fresh = Case.objects.select_related("dispute", "committee").get(pk=case.pk)
    own = parties(case)[0].pk if kind == "party" else None
    return "".join(texts(tuple(acceptance(case_source(fresh, contents(kind, party=own))))))


@pytest.mark.law("PM-F3")
def test_a_restricted_matter_has_its_brief_from_the_centre(case: Case, director: Member) -> None:
    Dispute.objects.filter(pk=case.dispute_id).update(restricted=True, brief="", level="street")
    assert (WORDS in form_of(case), FOUND in form_of(case)) == (False, False)
    case_accept(actor=director.actor, case_id=case.pk, brief=WORDS)
    assert (WORDS in form_of(case), WORDS in form_of(case, "party")) == (True, True)
    assert Dispute.objects.get(pk=case.dispute_id).brief == ""


@pytest.mark.law("PM-F3")
def test_the_form_has_the_words_of_who_found_it_then_of_the_dispute_then_of_the_centre(
    case: Case, worker: Member, director: Member
) -> None:
    assert FOUND in form_of(case)
    brief_set(actor=worker.actor, dispute_id=case.dispute_id, brief="两家因漏水争吵")
    assert ("两家因漏水争吵" in form_of(case), FOUND in form_of(case)) == (True, False)
    case_brief_set(actor=director.actor, case_id=case.pk, brief=WORDS)
    assert (WORDS in form_of(case), "两家因漏水争吵" in form_of(case)) == (True, False)


@pytest.mark.law("DV-23")
def test_on_the_protected_track_it_stands_in_the_committees_file_alone(case: Case, director: Member) -> None:
    case_brief_set(actor=director.actor, case_id=case.pk, brief=WORDS)
    protect(case, director)
    assert (WORDS in form_of(case), WORDS in form_of(case, "party")) == (True, False)
    assert "保护，不予记载" in form_of(case, "party")


def test_it_is_sealed_and_read_against_a_row(case: Case, director: Member) -> None:
    answer = post(director, f"cases/{case.pk}/brief", {"brief": WORDS})
    assert (answer.status_code, WORDS in answer.content.decode()) == (200, False)
    case.refresh_from_db()
    assert WORDS.encode() not in bytes(case.brief)
    assert code_of(post(director, f"cases/{case.pk}/brief/read")) == (400, "invalid")
    why = {"purpose": "handle", "reason": "核对登记表"}
    assert post(director, f"cases/{case.pk}/brief/read", why).json() == {"brief": WORDS}
    assert ReadLog.objects.filter(subject_id=case.pk, fields=["brief"]).count() == 1


@pytest.mark.law("PM-F3", refused=True)
def test_others_do_not_word_it_and_an_ended_case_has_no_new_one(
    case: Case, director: Member, other_clerk: Member, worker: Member
) -> None:
    asked = [post(who, f"cases/{case.pk}/brief", {"brief": WORDS}) for who in (other_clerk, worker)]
    assert [answer.status_code for answer in asked] == [404, 403]
    party_refuse(actor=director.actor, case_id=case.pk)
    said = {"actor": director.actor, "case_id": case.pk, "brief": WORDS}
    assert refused_with(case_brief_set, **said) == "transition_not_allowed"

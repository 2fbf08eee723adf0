"""The set for the court: a party's own papers go there by that party's word, and to nobody else."""

from typing import Any

import pytest

from mediation.models import Agreement, Case, CaseParty, Confirmation, Document
from mediation.papers.kinds import contents, is_in
from mediation.services import confirmation_file, confirmation_word
from mediation.services.dossiers import Asked, dossier_make
from tests.cast import District, Member
from tests.disputes.made import LI, ZHANG
from tests.mediation.agreed import accepted, signed
from tests.mediation.at_table import code_of, document, parties, post
from tests.mediation.made import refused_with
from tests.mediation.test_dossier import holding, text_of

pytestmark = pytest.mark.django_db
Cast = dict[str, Member]
CARD = "张三身份证复印件"
WHY = {"form": "pdf", "purpose": "handle", "reason": "司法确认"}
COURT = "南岗区人民法院"


@pytest.fixture
def case(cast: Cast, district: District, worker: Member) -> Case:
    made = accepted(district, worker, cast["clerk"], cast["mediator"], parties=[ZHANG, LI])
    signed(made, cast)
    return made


@pytest.fixture
def card(case: Case, cast: Cast) -> Document:
    own = {"kind": "identity", "visibility": "one_party", "party_id": parties(case)[0].pk}
    return document(case, cast["clerk"], CARD, **own)


def said(case: Case, cast: Cast, party: CaseParty, **more: Any) -> None:
    row = Confirmation.objects.get(agreement__case=case)
    confirmation_word(actor=cast["clerk"].actor, confirmation_id=row.pk, party_id=party.pk, **more)


def copies(case: Case, cast: Cast) -> dict[str, str]:
    first, second = parties(case)
    asked = {
        "court": Asked("court", recipient=COURT), "first": Asked("party", party_id=first.pk),
        "second": Asked("party", party_id=second.pk),
    }  # fmt: skip
    given = {"actor": cast["clerk"].actor, "case_id": case.pk, **WHY}
    return {name: text_of(dossier_make(asked=one, **given).content) for name, one in asked.items()}


@pytest.mark.law("PM-33d")
def test_a_partys_own_paper_goes_to_the_court_by_its_word_and_to_nobody_else(
    case: Case, cast: Cast, card: Document
) -> None:
    assert holding(copies(case, cast), CARD) == {"first"}
    said(case, cast, parties(case)[0], joint=True, papers=[card.pk])
    found = copies(case, cast)
    assert holding(found, CARD) == {"court", "first"}
    assert holding(found, ZHANG["id_number"]) == {"court", "first"}


@pytest.mark.law("PM-33d", refused=True)
def test_who_has_not_said_that_it_asks_gives_the_court_nothing(
    case: Case, cast: Cast, card: Document
) -> None:
    first, second = parties(case)
    said(case, cast, second, joint=True)
    assert holding(copies(case, cast), ZHANG["phone"]) == {"first"}
    said(case, cast, first, joint=True, papers=[card.pk])
    said(case, cast, first, joint=False)
    assert holding(copies(case, cast), CARD) == {"first"}


@pytest.mark.law("PM-33d", refused=True)
@pytest.mark.parametrize("wrong", ["other side", "common", "kind", "replaced"])
def test_only_own_papers_of_the_courts_list_are_given(
    case: Case, cast: Cast, card: Document, wrong: str
) -> None:
    first, second = parties(case)
    own: dict[str, Any] = {"kind": "identity", "visibility": "one_party", "party_id": first.pk}
    more: dict[str, dict[str, Any]] = {
        "other side": {"party_id": second.pk}, "kind": {"kind": "mandate"}, "replaced": {},
        "common": {"visibility": "all_parties"},
    }  # fmt: skip
    paper = document(case, cast["clerk"], "另一份", **own | more[wrong])
    if wrong == "replaced":
        Document.objects.filter(pk=card.pk).update(replaces=paper)
    row = Confirmation.objects.get()
    word = {"confirmation_id": row.pk, "party_id": first.pk, "joint": True, "papers": [paper.pk]}
    assert refused_with(confirmation_word, actor=cast["clerk"].actor, **word) == "paper_not_for_court"


@pytest.mark.law("PM-33d")
def test_the_word_is_given_over_http_and_the_same_again_is_no_new_one(
    case: Case, cast: Cast, card: Document
) -> None:
    row, clerk = Confirmation.objects.get(), cast["clerk"]
    body = {"party_id": str(parties(case)[0].pk), "joint": True, "papers": [str(card.pk)]}
    answers = [post(clerk, f"confirmations/{row.pk}/words", body) for _ in range(2)]
    assert answers[0].json()["words"][0]["papers"] == [str(card.pk)]
    assert [answer.get("Idempotent-Replay") for answer in answers] == [None, "true"]
    wrong = body | {"papers": [str(row.pk)]}
    assert code_of(post(clerk, f"confirmations/{row.pk}/words", wrong)) == (409, "paper_not_for_court")


@pytest.mark.law("PM-33d")
def test_the_application_names_the_court_that_was_asked(case: Case, cast: Cast) -> None:
    assert f"此致{COURT}" in copies(case, cast)["court"]
    for party in parties(case):
        said(case, cast, party, joint=True)
    asked = {"court": "道里区人民法院", "court_basis": "residence"}
    row, day = Confirmation.objects.get(), Agreement.objects.get().effective_on
    confirmation_file(actor=cast["clerk"].actor, confirmation_id=row.pk, filed_on=day, **asked)
    assert f"此致{asked['court']}" in copies(case, cast)["court"]


def test_a_given_paper_is_in_no_set_but_the_courts() -> None:
    paper, party = Document().pk, CaseParty().pk
    own = {"visibility": "one_party", "party": party, "kind": "identity", "paper": paper}
    assert is_in(contents("court", joint={party: [paper]}), **own)
    assert not is_in(contents("court", joint={party: []}), **own)
    assert not is_in(contents("party", party=Document().pk, joint={party: [paper]}), **own)

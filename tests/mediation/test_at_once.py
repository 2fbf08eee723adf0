"""Requests that were sent twice, or ten times at once: one effect, equal answers (W9)."""

from typing import Any

import pytest

from kernel.ids import uuid7
from mediation.models import Case, CaseTransition, Consent, Note, Offer, Referral, Session, SessionTransition
from tests.cast import District, Member
from tests.disputes.test_at_once import TEN, ten_posts
from tests.mediation.at_table import at_table, code_of, parties, planned, post
from tests.mediation.made import consented
from tests.mediation.test_referrals import DETAILS
from tests.mediation.test_table_api import plan

URL = "/api/v1/mediation"
DAY = "2026-03-02"


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


def made(case: Case) -> dict[str, dict[str, Any]]:
    """What each act takes that makes a row."""
    zhang, li = (str(party.pk) for party in parties(case))
    at, here = "2026-03-09T09:00:00+08:00", f"cases/{case.pk}"
    of_case = {"case_id": str(case.pk)}
    return {
        "sessions": plan(case),
        "notes": {**of_case, "kind": "work", "visibility": "all_parties", "text": "双方约定周五再谈"},
        "documents": {**of_case, "kind": "evidence", "visibility": "all_parties", "title": "照片"},
        "offers": {**of_case, "party_id": zhang, "to_ids": [li], "terms": "三千元", "expires_at": at},
        "caucus-notes/words": {**of_case, "party_id": zhang, "kind": "keep"},
        "referrals": {
            "dispute": str(case.dispute_id), "party_id": str(parties(case)[0].dispute_party_id),
            "channel": "court", "kind": "share", "recipient": "南岗区人民法院", "details": DETAILS,
        },
        f"{here}/participants": {"kind": "interpreter", "name": "王译", "language": "朝鲜语",
                                 "valid_from": DAY},
        f"{here}/reach-attempts": {"party_id": li, "way": "phone", "result": "no_answer",
                             "tried_at": "2026-03-02T09:00:00+08:00"},
        f"{here}/consents": {"party_id": zhang, "steps": ["public"], "answer": "given"},
        f"{here}/rights": {"party_id": zhang, "way": "handed"},
    }  # fmt: skip


@pytest.mark.usefixtures("committed")
def test_w9_ten_plans_of_one_session_at_once_are_one(case: Case, clerk: Member) -> None:
    sent = plan(case) | {"id": str(uuid7())}
    assert ten_posts(clerk, f"{URL}/sessions", sent) == ({201}, TEN - 1, 1)
    assert [str(pk) for pk in Session.objects.values_list("pk", flat=True)] == [sent["id"]]


@pytest.mark.usefixtures("committed")
def test_w9_ten_drafts_of_one_referral_at_once_are_one(case: Case, clerk: Member) -> None:
    sent = made(case)["referrals"] | {"id": str(uuid7())}
    assert ten_posts(clerk, f"{URL}/referrals", sent) == ({201}, TEN - 1, 1)
    assert Referral.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_w9_ten_acceptances_at_once_are_one_step(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = consented(district, worker, clerk)
    assert ten_posts(clerk, f"{URL}/cases/{case.pk}/accept", {}) == ({200}, TEN - 1, 1)
    assert CaseTransition.objects.filter(case=case, event="accept").count() == 1


@pytest.mark.usefixtures("committed")
def test_w9_ten_invitations_at_once_are_one_step(case: Case, clerk: Member) -> None:
    session = planned(case, clerk)
    assert ten_posts(clerk, f"{URL}/sessions/{session.pk}/invite", {}) == ({200}, TEN - 1, 1)
    assert SessionTransition.objects.filter(session=session).count() == 1


@pytest.mark.django_db
def test_what_makes_a_row_is_known_by_the_senders_own_id(case: Case, clerk: Member) -> None:
    for path, sent in made(case).items():
        own = sent | {"id": str(uuid7())}
        first, again = post(clerk, path, own), post(clerk, path, own)
        assert first.status_code in (200, 201), (path, first.json())
        assert (first.status_code, first.json()) == (again.status_code, again.json()), path
        seen = [answer.headers.get("Idempotent-Replay") for answer in (first, again)]
        assert seen == [None, "true"], path
    assert [model.objects.count() for model in (Note, Offer, Session, Referral)] == [1, 1, 1, 1]
    assert Consent.objects.filter(step="public").count() == 1


OTHERWISE = {
    "sessions": {"room": "别处"}, "notes": {"text": "另一句话"}, "documents": {"title": "录音"},
    "offers": {"terms": "五千元"}, "caucus-notes/words": {"kind": "destroy"},
    "referrals": {"recipient": "别的法院"},
    "participants": {"name": "李译"}, "reach-attempts": {"way": "visit"}, "consents": {"answer": "refused"},
    "rights": {"way": "post"},
}  # fmt: skip


@pytest.mark.django_db
def test_something_else_under_an_id_is_a_clash_and_never_taken_as_said(case: Case, clerk: Member) -> None:
    for path, sent in made(case).items():
        own = sent | {"id": str(uuid7())}
        other = own | OTHERWISE[path if path in OTHERWISE else path.split("/")[-1]]
        post(clerk, path, own)
        assert code_of(post(clerk, path, other)) == (409, "conflict"), path
        assert post(clerk, path, own)["Idempotent-Replay"] == "true", path


@pytest.mark.django_db
def test_without_an_id_each_request_is_its_own(case: Case, clerk: Member) -> None:
    sent = made(case)["notes"]
    answers = [post(clerk, "notes", sent) for _ in range(2)]
    assert [answer.headers.get("Idempotent-Replay") for answer in answers] == [None, None]
    assert Note.objects.count() == 2


@pytest.mark.django_db
def test_an_id_of_somebody_elses_row_is_a_clash(case: Case, clerk: Member, director: Member) -> None:
    sent = made(case)["notes"] | {"id": str(uuid7())}
    post(clerk, "notes", sent)
    assert code_of(post(director, "notes", sent)) == (409, "conflict")


@pytest.mark.django_db
def test_a_talk_alone_is_known_by_its_id(case: Case, mediator: Member) -> None:
    sent = {"case_id": str(case.pk), "party_id": str(parties(case)[0].pk), "text": "最多三千"}
    own = sent | {"id": str(uuid7())}
    seen = [post(mediator, "caucus-notes", own).headers.get("Idempotent-Replay") for _ in range(2)]
    assert seen == [None, "true"]


STEPS: list[tuple[str, dict[str, Any]]] = [
    ("suspend", {"reason": "illness", "review_on": "2026-04-01"}),
    ("resume", {}),
    ("suspend", {"reason": "illness", "review_on": "2026-04-01"}),
    ("fail", {"reason": "双方各执一词", "ways": ["10"], "form": "by_hand"}),
]


@pytest.mark.django_db
def test_each_step_of_a_case_taken_twice_is_one(case: Case, clerk: Member) -> None:
    before = CaseTransition.objects.filter(case=case).count()
    for name, said in STEPS:
        first, again = (post(clerk, f"cases/{case.pk}/{name}", said) for _ in range(2))
        assert (first.status_code, again.status_code) == (200, 200), (name, first.json(), again.json())
        assert (first.headers.get("Idempotent-Replay"), again["Idempotent-Replay"]) == (None, "true"), name
    assert CaseTransition.objects.filter(case=case).count() == before + len(STEPS)


@pytest.mark.django_db
def test_each_step_of_a_referral_taken_twice_is_one(case: Case, clerk: Member) -> None:
    pk = post(clerk, "referrals", made(case)["referrals"]).json()["id"]
    for name in ("agree", "send", "receive", "ask-more", "supply", "accept"):
        said = {"reason": "材料不齐"} if name == "ask-more" else {}
        answers = [post(clerk, f"referrals/{pk}/{name}", said) for _ in range(2)]
        seen = [answer.headers.get("Idempotent-Replay") for answer in answers]
        assert ([answer.status_code for answer in answers], seen) == ([200, 200], [None, "true"]), name
    assert Referral.objects.get().transitions.count() == 6

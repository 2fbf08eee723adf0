"""A case at the table, for tests: accepted, with a mediator, and what is said and written there."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from disputes.services import protection_set
from kernel import clock
from mediation.models import Case, CaseParty, CaucusNote, Document, Note, Offer, Session
from mediation.services import mediator_replace
from mediation.services.caucus import caucus_write, limit_ask
from mediation.services.documents import Paper, document_add
from mediation.services.notes import note_write
from mediation.services.offers import Terms, offer_make
from mediation.services.sessions import session_invite, session_plan
from tests.cast import District, Member
from tests.mediation.made import seated

THURSDAY = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai, three days after the clock's morning
ALL = {"visibility": "all_parties"}


def at_table(district: District, worker: Member, clerk: Member, mediator: Member, **answers: Any) -> Case:
    """An accepted case of Zhang (applicant) and Li (respondent)."""
    return seated(district, worker, clerk, mediator, **answers)


def parties(case: Case) -> list[CaseParty]:
    return list(CaseParty.objects.filter(case=case).order_by("role"))


def planned(case: Case, who: Member, **answers: Any) -> Session:
    """A joint session on Thursday, or one with `party_id` alone; a further one after those before it."""
    form = "separate" if "party_id" in answers else "joint"
    begin = clock.now() + timedelta(days=3, minutes=30) + timedelta(hours=3) * Session.objects.count()
    times = {
        "starts_at": begin,
        "ends_at": begin + timedelta(hours=2),
        "form": form,
        "room": "调解室二",
    }
    return session_plan(actor=who.actor, case_id=case.pk, **(times | answers))


def asked_alone(session: Session, mediator: Member, *limited: int) -> None:
    """Each party was asked; those of these numbers said yes."""
    for number, party in enumerate(parties(session.case)):
        limit_ask(actor=mediator.actor, session_id=session.pk, party_id=party.pk, limited=number in limited)


def noted(case: Case, who: Member, text: str = "双方同意下周修水管", **answers: Any) -> Note:
    given = {"kind": "work", **ALL, **answers}
    return note_write(actor=who.actor, case_id=case.pk, text=text, **given)


def caucus(case: Case, mediator: Member, party: CaseParty, text: str = "我最多能让到三千") -> CaucusNote:
    note, _ = caucus_write(actor=mediator.actor, case_id=case.pk, party_id=party.pk, text=text)
    return note


def document(case: Case, who: Member, title: str = "漏水照片", **answers: Any) -> Document:
    given = {**ALL, **answers}
    paper = Paper(given.pop("kind", "evidence"), title)
    return document_add(actor=who.actor, case_id=case.pk, paper=paper, **given)


def offered(case: Case, who: Member, hours: int = 48, **answers: Any) -> Offer:
    """Zhang offers the others to pay for the pipe, until the hour."""
    zhang, *others = parties(case)
    terms = Terms("三千元，一次付清", clock.now() + timedelta(hours=hours))
    given = {"party_id": zhang.pk, "to_ids": [other.pk for other in others], "terms": terms, **answers}
    return offer_make(actor=who.actor, case_id=case.pk, **given)


def replaced(case: Case, director: Member, old: Member, new: Member) -> None:
    """A party asked for another mediator, and got this one."""
    mediator_replace(
        actor=director.actor, case_id=case.pk, user_id=old.user.pk, reason="party", new_user_id=new.user.pk
    )


def protect(case: Case, director: Member) -> None:
    """The protected track, found out after the case was accepted."""
    protection_set(actor=director.actor, dispute_id=case.dispute_id, reason="她说了受伤的事")


def post(who: Member, path: str, body: Any = None) -> Any:
    return who.client.post(f"/api/v1/mediation/{path}", body or {}, format="json")


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def ids(answer: Any) -> set[UUID]:
    return {UUID(row["id"]) for row in answer.json()["results"]}


def full_table(case: Case, clerk: Member, mediator: Member) -> None:
    """Something of everything: a session with its notices, a note, a paper, an offer, and a talk alone."""
    session_invite(actor=clerk.actor, session_id=planned(case, clerk).pk)
    caucus(case, mediator, parties(case)[0])
    noted(case, clerk)
    document(case, clerk)
    offered(case, clerk)

"""Sessions 调解会: planned, told in neutral words, begun only with everybody who must be there."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from edge.repeats import made_before
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import table_access
from mediation.models import Case, CaseParty, Session
from mediation.services.moves import locked_case
from mediation.services.notices import drop_waiting, invite, tell_all
from mediation.services.rooms import When, room_take
from mediation.services.said import Step
from mediation.services.steps import move, tell
from mediation.session_rules import (
    OPEN,
    SESSION,
    NoticeKind,
    SessionForm,
    SessionState,
    begin_refusal,
    plan_refusal,
)
from mediation.table_selectors import session_facts


def party_of(case: Case, party_id: UUID) -> CaseParty:
    """The party of this case. Problem `party_not_of_case`."""
    party = CaseParty.objects.filter(pk=party_id, case=case).select_related("dispute_party").first()
    if party is None:
        raise Problem("party_not_of_case")
    party.case = case
    return party


def locked_session(actor: Actor, session_id: UUID) -> Session:
    """The session, its case under the row lock. Problem `not_found` when the actor does not see it."""
    found = table_access.visible_sessions(actor).filter(pk=session_id).values_list("case_id", flat=True)
    case = locked_case(actor, found[0]) if found else None
    if case is None:
        raise Problem("not_found")
    session = Session.objects.select_for_update().get(pk=session_id)
    session.case = case
    return session


@law("PM-23", "PM-29b", "DV-23")
@transaction.atomic
def session_plan(
    *,
    actor: Actor,
    case_id: UUID,
    form: str,
    room: str,
    starts_at: datetime,
    ends_at: datetime,
    party_id: UUID | None = None,
    public: bool = False,
    despite: str = "",
    id: UUID | None = None,
) -> Session:
    """安排调解会: plan a session. Joint only where nothing that a party said alone speaks against it, on the
    protected track only by the wish of the person at risk; public only if every party wants it. A room is
    held by one at a time (`session_room_taken`); a mediator who sits elsewhere then is a warning that
    `despite` answers (`session_mediator_busy`)."""
    case = locked_case(actor, case_id)
    same = {"form": form, "party_id": party_id, "public": public}
    if known := made_before(Session, id, case_id=case.pk, planned_by_id=actor.person, **same):
        if not known.revision and (known.room, known.starts_at, known.ends_at) != (room, starts_at, ends_at):
            raise Problem("conflict")
        return known
    when = When(room, starts_at, ends_at)
    if (form == SessionForm.SEPARATE) != (party_id is not None):
        raise Problem("invalid", fields={"party_id": ["for a separate session, and only for one"]})
    party = party_of(case, party_id) if party_id else None
    if refusal := plan_refusal(session_facts(case, form, public=public)):
        raise Problem(refusal)
    columns = room_take(actor, case, when, despite, party=party_id)
    session = Session.objects.create(
        id=id or uuid7(), case=case, form=form, party=party, public=public, planned_by_id=actor.person,
        planned_at=clock.now(), **columns,
    )  # fmt: skip
    tell(actor, "session_planned", session, "starts_at", "room", form=form, despite=columns["despite"])
    return session


@law("DV-23")
@transaction.atomic
def session_invite(*, actor: Actor, session_id: UUID) -> Session:
    """通知当事人: the parties are to be told, each in the same neutral words and in the allowed hours.
    Problem `wish_required` where the other side may not be called."""
    session = locked_session(actor, session_id)
    if session.state == SessionState.INVITED:
        return session
    move(actor, session, "invite", Step(_facts(session)))
    invite(session)
    return session


def _facts(session: Session, day: date | None = None) -> dict[str, Any]:
    return session_facts(session.case, session.form, public=session.public, session=session, day=day)


@law("PM-19", "DV-23")
@transaction.atomic
def session_start(*, actor: Actor, session_id: UUID, started_at: datetime | None = None) -> Session:
    """开始调解会: the session begins (or began, as the paper says). Not without those who must be there, and
    a joint one not before each party was asked alone whether anything limits a meeting."""
    session = locked_session(actor, session_id)
    if session.state == SessionState.HELD:
        return session
    began = started_at or clock.now()
    if began > clock.now():
        raise Problem("date_in_future")
    facts = _facts(session, clock.local_day(began))
    if session.state in OPEN and begin_refusal(facts) == "session_people_missing":
        raise Problem("session_people_missing", missing=facts["missing"])
    return move(actor, session, "start", Step(facts, stated_at=began), started_at=began)


@transaction.atomic
def session_finish(*, actor: Actor, session_id: UUID, ended_at: datetime | None = None) -> Session:
    """结束调解会: the hour at which a held session ended; the first one stands."""
    session = locked_session(actor, session_id)
    if session.state != SessionState.HELD or session.started_at is None:
        raise Problem("transition_not_allowed", current=session.state, event="finish")
    over = ended_at or clock.now()
    if over > clock.now():
        raise Problem("date_in_future")
    if over < session.started_at:
        raise Problem("invalid", fields={"ended_at": ["before it began"]})
    if session.ended_at is None:
        session.ended_at = over
        session.save(update_fields=["ended_at"])
        tell(actor, "session_finished", session, "ended_at")
    return session


@transaction.atomic
def session_postpone(*, actor: Actor, session_id: UUID, reason: str) -> Session:
    """延期: the reason, in the same words, for every party that was to be invited. Twice is no fault."""
    session = locked_session(actor, session_id)
    if session.state == SessionState.POSTPONED:
        return session
    invited = session.state == SessionState.INVITED
    move(actor, session, "postpone", Step({"reason": reason}, reason))
    drop_waiting(session)
    if invited:
        tell_all(session, NoticeKind.POSTPONED, reason)
    return session


@transaction.atomic
def session_replan(
    *,
    actor: Actor,
    session_id: UUID,
    room: str,
    starts_at: datetime,
    ends_at: datetime,
    despite: str = "",
) -> Session:
    """另定日期: a new date for a postponed session, as it was planned; the parties are invited anew."""
    session = locked_session(actor, session_id)
    when = When(room, starts_at, ends_at)
    same = (session.room, session.starts_at, session.ends_at) == (room, starts_at, ends_at)
    if session.state == SessionState.PLANNED and session.revision and same:
        return session
    facts = Step(_facts(session))
    SESSION.apply(session.state, "replan", role=None, facts=facts.facts)
    columns = room_take(actor, session.case, when, despite, party=session.party_id, but=session.pk)
    return move(actor, session, "replan", facts, revision=session.revision + 1, **columns)


@transaction.atomic
def session_cancel(*, actor: Actor, session_id: UUID, reason: str) -> Session:
    """取消: whoever was to be invited is told that it does not take place. Twice is no fault."""
    session = locked_session(actor, session_id)
    if session.state == SessionState.CANCELLED:
        return session
    invited = session.state == SessionState.INVITED
    move(actor, session, "cancel", Step({"reason": reason}, reason))
    drop_waiting(session)
    if invited:
        tell_all(session, NoticeKind.CANCELLED)
    return session

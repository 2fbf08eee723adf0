"""Who is at a session: others by every party's consent, who came, and what each party is asked alone."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from edge.encryption import reveal, seal_value
from edge.repeats import ids_from, made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import table_access
from mediation.codes import PersonKind
from mediation.models import (
    Attendance,
    CaseParty,
    Participant,
    ParticipantConsent,
    Session,
    SessionParticipant,
)
from mediation.services.sessions import locked_session, party_of
from mediation.services.steps import tell
from mediation.session_rules import OPEN, STANDS_FOR, CameAs, SessionState
from mediation.sitting import holds_on
from mediation.table_selectors import consents_missing_for, day_of
from privacy.services import read_logged, subject_keys_create


@law("PM-20")
@transaction.atomic
def guest_add(
    *, actor: Actor, session_id: UUID, kind: str, name: str, id: UUID | None = None
) -> SessionParticipant:
    """拟参加人: somebody is to join one session; not yet there without every party's consent."""
    session = locked_session(actor, session_id)
    if known := made_before(
        SessionParticipant,
        id,
        {"name": name},
        session_id=session.pk,
        added_by_id=actor.person,
        kind=kind,
    ):
        return known
    if session.state not in OPEN and session.state != SessionState.HELD:
        raise Problem("session_not_open")
    pk, (key_id,) = id or uuid7(), subject_keys_create(1)
    participant = SessionParticipant.objects.create(
        id=pk, session=session, kind=kind, name=seal_value(SessionParticipant, "name", pk, name, key_id),
        added_by_id=actor.person, added_at=clock.now(),
    )  # fmt: skip
    tell(actor, "guest_added", session, "participants")
    return participant


def _locked_participant(actor: Actor, participant_id: UUID) -> SessionParticipant:
    seen = table_access.visible_participants(actor).filter(pk=participant_id)
    session_id = existing(seen.values_list("session_id", flat=True))
    session = locked_session(actor, session_id)
    participant = SessionParticipant.objects.get(pk=participant_id)
    participant.session = session
    return participant


@law("PM-20")
@transaction.atomic
def guest_consent(
    *,
    actor: Actor,
    participant_id: UUID,
    party_ids: Iterable[UUID],
    answer: str,
    form: str = "oral",
    said_on: date | None = None,
    id: UUID | None = None,
) -> SessionParticipant:
    """是否同意其参加: what parties said about somebody who is to join; the last word of each counts. `id` is
    that of the first of these words."""
    participant = _locked_participant(actor, participant_id)
    if made_before(
        ParticipantConsent,
        id,
        participant_id=participant.pk,
        recorded_by_id=actor.person,
        answer=answer,
        form=form,
    ):
        return participant
    day = said_on or clock.today()
    if day > clock.today():
        raise Problem("date_in_future")
    parties = [party_of(participant.session.case, party_id) for party_id in sorted(set(party_ids))]
    ParticipantConsent.objects.bulk_create(
        ParticipantConsent(
            id=pk, participant=participant, party=party, answer=answer, form=form, said_on=day,
            recorded_at=clock.now(), recorded_by_id=actor.person,
        )
        for pk, party in zip(ids_from(id, len(parties)), parties, strict=True)
    )  # fmt: skip
    session = participant.session
    said = {"answer": answer, "parties": len(parties)}
    tell(actor, "guest_consent", session, "consents", **said)
    return participant


@transaction.atomic
def guest_remove(*, actor: Actor, participant_id: UUID) -> SessionParticipant:
    """不再参加: somebody is not to join after all. Twice is no fault."""
    participant = _locked_participant(actor, participant_id)
    if participant.removed_at is None:
        participant.removed_at = clock.now()
        participant.save(update_fields=["removed_at"])
        session = participant.session
        tell(actor, "guest_removed", session, "participants")
    return participant


@transaction.atomic
def guest_name(*, actor: Actor, participant_id: UUID, purpose: str, reason: str) -> str | None:
    """查看姓名: the name, against one row in the read log."""
    participant = existing(table_access.visible_participants(actor).filter(pk=participant_id))
    read_logged(
        actor=actor, subject_kind="mediation_session", subject_id=participant.session_id,
        fields=["participants.name"], purpose=purpose, reason=reason,
    )  # fmt: skip
    return reveal(participant, "name")


@law("PM-20")
@transaction.atomic
def attendance_record(
    *,
    actor: Actor,
    session_id: UUID,
    came_as: str,
    party_id: UUID | None = None,
    participant_id: UUID | None = None,
    person_id: UUID | None = None,
    id: UUID | None = None,
) -> Session:
    """到场情况: who was there. For a party that an agent or guardian stood for, `person_id` says who that
    was. Problems `participant_not_agreed`: somebody else only with every party's consent; `mandate_missing`:
    nobody who could stand for the party on the day of the session."""
    session = locked_session(actor, session_id)
    who = {"party_id": party_id, "participant_id": participant_id, "person_id": person_id}
    if made_before(
        Attendance, id, session_id=session.pk, recorded_by_id=actor.person, came_as=came_as, **who
    ):
        return session
    if session.state != SessionState.HELD:
        raise Problem("transition_not_allowed", current=session.state, event="attendance")
    if (party_id is None) == (participant_id is None):
        raise Problem("invalid", fields={"party_id": ["either a party or a participant"]})
    party = party_of(session.case, party_id) if party_id else None
    if party is not None and session.party_id not in {None, party.pk}:
        raise Problem("party_not_of_case")
    participant = _admitted(session, participant_id, came_as) if participant_id else None
    person = _stood_for(session, party, person_id, came_as)
    Attendance.objects.create(
        id=id or uuid7(), session=session, party=party, participant=participant, person=person,
        came_as=came_as,
        recorded_at=clock.now(), recorded_by_id=actor.person,
    )  # fmt: skip
    tell(actor, "attendance_recorded", session, "attendance")
    return session


@law("PM-20")
def _stood_for(
    session: Session, party: CaseParty | None, person_id: UUID | None, came_as: str
) -> Participant | None:
    """The agent or guardian who came for the party, by a paper that held on the day of the session."""
    if (came_as in STANDS_FOR) != (person_id is not None):
        raise Problem("invalid", fields={"person_id": ["the agent or guardian who came, and only then"]})
    if person_id is None:
        return None
    kind = PersonKind.AGENT if came_as == CameAs.AGENT else PersonKind.GUARDIAN
    rows = Participant.objects.filter(pk=person_id, party=party, kind=kind)
    person = rows.first() if party is not None else None
    if person is None or not holds_on(person, day_of(session)):
        raise Problem("mandate_missing")
    return person


def _admitted(session: Session, participant_id: UUID, came_as: str) -> SessionParticipant:
    there = existing(SessionParticipant.objects.filter(pk=participant_id, session=session, removed_at=None))
    if came_as not in {CameAs.SELF, CameAs.ABSENT}:
        raise Problem("invalid", fields={"came_as": ["a participant comes in person"]})
    if came_as == CameAs.SELF and (missing := consents_missing_for([there]).get(there.pk)):
        raise Problem("participant_not_agreed", missing=[str(party) for party in missing])
    return there

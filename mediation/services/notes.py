"""Notes of a case, each with whom it is shown to."""

from uuid import UUID

from django.db import transaction

from edge.encryption import reveal, seal_value
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import table_access
from mediation.models import Case, CaseParty, Note, Session
from mediation.services.keys import key_for
from mediation.services.moves import locked_case
from mediation.services.sessions import party_of
from mediation.services.steps import tell
from mediation.session_rules import SessionState
from mediation.visibility import NoteKind, Visibility, shown_to_role
from privacy.services import read_logged

OF_MINUTES = (Visibility.ALL_PARTIES, Visibility.MEDIATORS)


def named_party(case: Case, visibility: str, party_id: UUID | None) -> CaseParty | None:
    """The party that a thing is about; what one party alone may see has to name it."""
    if visibility == Visibility.ONE_PARTY and party_id is None:
        raise Problem("invalid", fields={"party_id": ["whose it is"]})
    return party_of(case, party_id) if party_id else None


def check_writer(actor: Actor, visibility: str) -> None:
    """Nobody writes what they could not read again. Problem `role_not_allowed`."""
    if visibility not in shown_to_role(actor.role):
        raise Problem("role_not_allowed")


@law("PM-27")
@transaction.atomic
def note_write(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    visibility: str,
    text: str,
    party_id: UUID | None = None,
    session_id: UUID | None = None,
    replaces_id: UUID | None = None,
    id: UUID | None = None,
) -> Note:
    """调解记录: a note, or a better one in place of another of the same case. Minutes belong to a session
    that was held and are for all parties or for the mediators."""
    case = locked_case(actor, case_id)
    if known := made_before(
        Note,
        id,
        {"text": text},
        case_id=case.pk,
        written_by_id=actor.person,
        kind=kind,
        party_id=party_id,
        session_id=session_id,
        visibility=visibility,
    ):
        return known
    check_writer(actor, visibility)
    party = named_party(case, visibility, party_id)
    session = _session(case, session_id, kind, visibility)
    before = _replaced(actor, case, replaces_id) if replaces_id else None
    pk = id or uuid7()
    owner = party if visibility == Visibility.ONE_PARTY else None
    note = Note.objects.create(
        id=pk, case=case, session=session, party=party, visibility=visibility, kind=kind,
        text=seal_value(Note, "text", pk, text, key_for(case, owner)), written_by_id=actor.person,
        role=str(actor.role), at=clock.now(), replaces=before,
    )  # fmt: skip
    tell(actor, "note_written", note, "text", about=kind, visibility=visibility)
    return note


def _session(case: Case, session_id: UUID | None, kind: str, visibility: str) -> Session | None:
    session = Session.objects.filter(pk=session_id, case=case).first() if session_id else None
    if session_id is not None and session is None:
        raise Problem("invalid", fields={"session_id": ["no session of this case"]})
    if kind == NoteKind.MINUTES:
        if session is None or session.state != SessionState.HELD:
            raise Problem("invalid", fields={"session_id": ["minutes are of a session that was held"]})
        if visibility not in OF_MINUTES:
            raise Problem("invalid", fields={"visibility": ["all_parties or mediators"]})
    return session


def _replaced(actor: Actor, case: Case, note_id: UUID) -> Note:
    note = existing(table_access.visible_notes(actor).filter(pk=note_id, case=case))
    if Note.objects.filter(replaces=note).exists():
        raise Problem("conflict")
    return note


@transaction.atomic
def note_text(*, actor: Actor, note_id: UUID, purpose: str, reason: str) -> str | None:
    """查阅记录: the words of a note, against one row in the read log."""
    note = existing(table_access.visible_notes(actor).filter(pk=note_id))
    said = {"purpose": purpose, "reason": reason}
    read_logged(actor=actor, subject_kind="mediation_note", subject_id=note.pk, fields=["text"], **said)
    return reveal(note, "text")

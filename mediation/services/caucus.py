"""What a party says to its mediator alone 背对背. Written and read by that mediator, shown to nobody else."""

from datetime import date
from uuid import UUID

from django.db import transaction

from edge.encryption import Sealed, reveal, seal_value
from edge.repeats import made_before
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import table_access
from mediation.models import Case, CaseMediator, CaseParty, CaucusNote, CaucusWord, Session
from mediation.services.grounds import require_table
from mediation.services.keys import key_for
from mediation.services.moves import locked_case, require_may_call
from mediation.services.sessions import locked_session, party_of
from mediation.services.steps import tell
from mediation.session_rules import OPEN
from mediation.table_selectors import NO, YES, destroyable
from mediation.visibility import CaucusKind, CaucusWordKind
from privacy.services import read_logged


def _own_place(actor: Actor, case: Case) -> CaseMediator:
    """The actor as mediator of this case. Problem `role_not_allowed`."""
    rows = CaseMediator.objects.filter(case=case, user_id=actor.person, replaced_at=None)
    mediator = rows.first() if actor.role == Role.MEDIATOR else None
    if mediator is None:
        raise Problem("role_not_allowed")
    mediator.case = case
    return mediator


@law("PM-15")
@transaction.atomic
def caucus_write(
    *,
    actor: Actor,
    case_id: UUID,
    party_id: UUID,
    text: str,
    session_id: UUID | None = None,
    id: UUID | None = None,
) -> tuple[CaucusNote, bool]:
    """单独谈话记录: a note of a talk alone, by the mediator who had it. Problem `no_consent` before the party
    has agreed to have what it says handled, and after it took that back. The second value: it stood before
    under this id."""
    case = locked_case(actor, case_id)
    mediator, party = _own_place(actor, case), party_of(case, party_id)
    if known := made_before(
        CaucusNote,
        id,
        {"text": text},
        party_id=party.pk,
        mediator_id=mediator.pk,
        kind=CaucusKind.TALK,
        session_id=session_id,
    ):
        return known, True
    require_table(party)
    session = _session_of(case, session_id) if session_id else None
    return _store(mediator, party, CaucusKind.TALK, text, session=session, id=id), False


def _session_of(case: Case, session_id: UUID) -> Session:
    session = Session.objects.filter(pk=session_id, case=case).first()
    if session is None:
        raise Problem("invalid", fields={"session_id": ["no session of this case"]})
    return session


def _store(
    mediator: CaseMediator, party: CaseParty, kind: CaucusKind, text: str, *, session: Session | None,
    id: UUID | None,
) -> CaucusNote:  # fmt: skip
    case, pk, field = mediator.case, id or uuid7(), "text" if kind == CaucusKind.TALK else "answer"
    sealed: Sealed = seal_value(CaucusNote, field, pk, text, key_for(case, party))
    return CaucusNote.objects.create(
        id=pk, case=case, session=session, party=party, mediator=mediator, kind=kind, at=clock.now(),
        **{field: sealed},
    )  # fmt: skip


@law("PM-15", "DV-23")
@transaction.atomic
def limit_ask(
    *, actor: Actor, session_id: UUID, party_id: UUID, limited: bool, id: UUID | None = None
) -> Session:
    """单独询问: before a joint session, each party alone: "does any court, police or other decision limit
    your meeting the other side?" A yes leaves separate sessions. The answer is a caucus note; nobody asks
    why, and nothing is looked up. The trail says that somebody was asked, not whom and not the answer."""
    session = locked_session(actor, session_id)
    mediator, party = _own_place(actor, session.case), party_of(session.case, party_id)
    if made_before(
        CaucusNote,
        id,
        {"answer": YES if limited else NO},
        party_id=party.pk,
        mediator_id=mediator.pk,
        kind=CaucusKind.LIMIT,
        session_id=session.pk,
    ):
        return session
    if session.state not in OPEN:
        raise Problem("session_not_open")
    require_may_call(session.case, [party])
    require_table(party)
    _store(mediator, party, CaucusKind.LIMIT, YES if limited else NO, session=session, id=id)
    tell(actor, "asked_alone", session)
    return session


@law("PM-15")
@transaction.atomic
def caucus_read(*, actor: Actor, note_id: UUID, purpose: str, reason: str) -> CaucusNote:
    """查阅单独谈话记录: a note with its text, against one row in the read log. Problems `not_found`;
    `caucus_locked` for the present mediator of the case while the party has not allowed it to be read."""
    note = table_access.visible_caucus(actor).filter(pk=note_id).first()
    if note is None:
        raise _refused(actor, note_id)
    read_logged(
        actor=actor, subject_kind="mediation_caucus_note", subject_id=note.pk, fields=["text"],
        purpose=purpose, reason=reason,
    )  # fmt: skip
    return note


def _refused(actor: Actor, note_id: UUID) -> Problem:
    """The new mediator is told that the notes of one who left are locked; for anybody else, also for who sits
    beside their mediator, there are none."""
    place = CaseMediator.objects.filter(user_id=actor.person, replaced_at=None).values("case_id")
    locked = CaucusNote.objects.filter(pk=note_id, case_id__in=place, mediator__replaced_at__isnull=False)
    mine = actor.role == Role.MEDIATOR and locked.exists()
    return Problem("caucus_locked") if mine else Problem("not_found")


def caucus_text(note: CaucusNote) -> str | None:
    """The words of a note that was read by `caucus_read`; None once it is destroyed."""
    return reveal(note, "text" if note.kind == CaucusKind.TALK else "answer")


@law("PM-15")
@transaction.atomic
def caucus_word(
    *,
    actor: Actor,
    case_id: UUID,
    party_id: UUID,
    kind: str,
    form: str = "oral",
    said_on: date | None = None,
    mediator_id: UUID | None = None,
    id: UUID | None = None,
) -> CaucusWord:
    """对单独谈话记录的意愿: what a party says about the notes of its talks: keep, destroy, or let a new
    mediator (`mediator_id`, the person) read them."""
    case = locked_case(actor, case_id)
    party, day = party_of(case, party_id), said_on or clock.today()
    if known := made_before(
        CaucusWord, id, party_id=party.pk, recorded_by_id=actor.person, kind=kind, form=form
    ):
        return known
    if day > clock.today():
        raise Problem("date_in_future")
    if (kind == CaucusWordKind.HAND_OVER) != (mediator_id is not None):
        raise Problem("invalid", fields={"mediator_id": ["for hand_over, and only for it"]})
    mediator = _mediator(case, mediator_id) if mediator_id else None
    word = CaucusWord.objects.create(
        id=id or uuid7(), party=party, kind=kind, mediator=mediator, form=form, said_on=day,
        recorded_at=clock.now(), recorded_by_id=actor.person,
    )  # fmt: skip
    tell(actor, "caucus_word", case, "caucus_word", about=kind)
    return word


def _mediator(case: Case, user_id: UUID) -> CaseMediator:
    mediator = CaseMediator.objects.filter(case=case, user_id=user_id, replaced_at=None).first()
    if mediator is None:
        raise Problem("mediator_unknown")
    return mediator


@transaction.atomic
def caucus_destroy(*, case_id: UUID) -> int:
    """Empty the notes of talks alone of an archived case, but for parties who asked to keep theirs; how many.

    Again is no fault. The trail keeps how many there were.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    ids = list(destroyable().filter(case=case).values_list("pk", flat=True))
    CaucusNote.objects.filter(pk__in=ids).update(text=None, answer=None, destroyed_at=clock.now())
    if ids:
        tell(SYSTEM, "caucus_destroyed", case, "caucus_notes", count=len(ids))
    return len(ids)

"""Reads of the table: what a session still misses, what each copy of a file may hold, what is open."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from disputes.codes import DisputeState, WishKind
from disputes.models import Dispute
from disputes.selectors import may_reach, wished
from edge.encryption import KeyGoneError, reveal
from kernel import clock
from kernel.deadlines import ran_out
from kernel.law import law
from mediation.appointments import Appointment
from mediation.machine import ConsentStep
from mediation.models import (
    Attendance,
    Case,
    CaseMediator,
    CaseParty,
    CaucusNote,
    CaucusWord,
    Consent,
    Document,
    Note,
    Offer,
    ParticipantConsent,
    Session,
    SessionNotice,
    SessionParticipant,
    WaysTold,
)
from mediation.models.sessions import TAKES_ROOM
from mediation.offer_rules import OfferState, offer_over_at
from mediation.seating import Missing
from mediation.session_rules import OPEN, SessionForm, SessionState, without_consent
from mediation.sitting import missing_for_session
from mediation.visibility import COURT_SET, CaucusKind, CaucusWordKind, CopyKind, Visibility

YES, NO = "yes", "no"


def is_protected(case: Case) -> bool:
    """On the protected track, by the case or by its dispute: it may have been set after the offer."""
    return case.protected or case.dispute.protected


@law("DV-23")
def may_call(case: Case, party: CaseParty) -> bool:
    """Whether this party may be called at all: on the protected track the other side only by the wish of the
    person at risk, said alone. Who is not known to be the person at risk is the other side."""
    return may_reach(_as_protected(case), party.dispute_party)


@law("PM-26")
def ways_owed_to(case: Case) -> list[CaseParty]:
    """The parties who were not told the other ways yet and may be called."""
    told = WaysTold.objects.filter(party__case=case).values("party_id")
    rows = CaseParty.objects.filter(case=case).exclude(pk__in=told).select_related("dispute_party")
    return [party for party in rows.order_by("id") if may_call(case, party)]


def _wished(case: Case, kind: WishKind) -> bool:
    return wished(_as_protected(case), kind)


def _as_protected(case: Case) -> Dispute:
    """The dispute for its own rules, also where only the case is protected."""
    dispute: Dispute = case.dispute
    return Dispute(pk=dispute.pk, protected=True) if case.protected and not dispute.protected else dispute


def day_of(session: Session) -> date:
    """The day on which a session is, or was: by the paper, also when it is entered later."""
    return clock.local_day(session.started_at or session.starts_at)


def gaps_of(session: Session, day: date | None = None) -> list[Missing]:
    """What is missing for the session on its day, or on the day on which it began. Of a separate one only
    what concerns its own party."""
    gaps = missing_for_session(session.case_id, day or day_of(session))
    alone = session.party_id
    return [gap for gap in gaps if alone is None or gap.party in {None, alone}]


def session_facts(
    case: Case, form: str, *, public: bool, session: Session | None = None, day: date | None = None
) -> dict[str, Any]:
    """What the rules of a session ask for; `day`: on which it begins, if not on the planned one. What was
    said alone comes out as one word about the case."""
    parties = [party.pk for party in case.parties.all()]
    protected = is_protected(case)
    return {
        "case_state": case.state,
        "form": form,
        "protected": protected,
        "wished": not protected or _wished(case, WishKind.JOINT),
        "limited": _limited(case),
        "public": public,
        "not_public": without_consent(parties, _last_words(case, ConsentStep.PUBLIC)) if public else [],
        "not_asked": not_asked(session) if session else [],
        "missing": [gap.code for gap in gaps_of(session, day)] if session else [],
        "not_to_call": session is not None
        and session.party is not None
        and not may_call(case, session.party),
    }


def _last_words(case: Case, step: ConsentStep) -> dict[UUID, str]:
    words = Consent.objects.filter(party__case=case, step=step).order_by("recorded_at", "id")
    return dict(words.values_list("party_id", "answer"))


def _limited(case: Case) -> bool:
    """Whether a party's last answer, given alone, leaves only separate sessions. One that cannot be read any
    more counts as a yes."""
    rows = CaucusNote.objects.filter(case=case, kind=CaucusKind.LIMIT).order_by("at", "id")
    return any(_answer(note) != NO for note in {note.party_id: note for note in rows}.values())


def _answer(note: CaucusNote) -> str:
    try:
        return reveal(note, "answer") or YES
    except KeyGoneError:
        return YES


def not_asked(session: Session) -> list[UUID]:
    """The parties who were not yet asked alone, for this session, whether anything limits a meeting."""
    asked = CaucusNote.objects.filter(session=session, kind=CaucusKind.LIMIT).values("party_id")
    parties = CaseParty.objects.filter(case_id=session.case_id).exclude(pk__in=asked)
    return list(parties.order_by("id").values_list("pk", flat=True))


@law("PM-20")
def consents_missing_for(participants: Iterable[SessionParticipant]) -> dict[UUID, list[UUID]]:
    """Participant → the parties of the case who have not said yes. Three statements, however many."""
    rows = list(participants)
    sessions = {row.session_id for row in rows}
    cases = dict(Session.objects.filter(pk__in=sessions).values_list("pk", "case_id"))
    parties = defaultdict(list)
    for pk, case_id in CaseParty.objects.filter(case_id__in=set(cases.values())).values_list("pk", "case_id"):
        parties[case_id].append(pk)
    answers: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    words = ParticipantConsent.objects.filter(participant__in=rows).order_by("recorded_at", "id")
    for participant, party, answer in words.values_list("participant_id", "party_id", "answer"):
        answers[participant][party] = answer
    missing = {row.pk: without_consent(parties[cases[row.session_id]], answers[row.pk]) for row in rows}
    return {pk: lacking for pk, lacking in missing.items() if lacking}


def appointment_of(session: Session) -> Appointment:
    """What may be told about a session."""
    return Appointment(
        id=session.pk, code=session.case.dispute.code, room=session.room, starts_at=session.starts_at,
        ends_at=session.ends_at, revision=session.revision, said_at=session.planned_at,
        off=session.state in {SessionState.CANCELLED, SessionState.POSTPONED},
    )  # fmt: skip


# What each copy holds


def notes_for_party(case: Case, party: CaseParty) -> QuerySet[Note]:
    """The notes in this party's copy: common ones and those about the party itself, as last corrected."""
    return Note.objects.filter(_seen_by(party), case=case, replaced_by=None)


def documents_for(
    kind: str, case: Case, party: CaseParty | None = None, given: Iterable[UUID] = ()
) -> QuerySet[Document]:
    """The papers in one kind of copy, each as last replaced. What mediators keep to themselves is in none. A
    party's copy, and a set that a party takes to a channel, need the party. `given`: papers of one party that
    this party gives to the court."""
    rows = Document.objects.filter(case=case, replaced_by=None)
    if kind == CopyKind.COMMITTEE:
        return rows.exclude(visibility=Visibility.MEDIATORS)
    if kind == CopyKind.COURT:
        own = Q(visibility=Visibility.ONE_PARTY, pk__in=given)
        return rows.filter(Q(visibility=Visibility.ALL_PARTIES) | own, kind__in=COURT_SET)
    return rows.filter(_seen_by(party)) if party else rows.none()


def notes_for_committee(case: Case) -> QuerySet[Note]:
    """The notes in the committee's file: not those that mediators keep to themselves, and no caucus note."""
    return Note.objects.filter(case=case, replaced_by=None).exclude(visibility=Visibility.MEDIATORS)


def offers_for_party(case: Case, party: CaseParty) -> QuerySet[Offer]:
    """The offers in this party's copy: those passed on, and the own ones."""
    return Offer.objects.filter(_seen_by(party), case=case)


def _seen_by(party: CaseParty) -> Q:
    """All parties', and that party's own."""
    return Q(visibility=Visibility.ALL_PARTIES) | Q(visibility=Visibility.ONE_PARTY, party=party)


def sessions_for_party(case: Case, party: CaseParty) -> QuerySet[Session]:
    """The sessions in this party's copy: the joint ones and the own."""
    return Session.objects.filter(Q(form=SessionForm.JOINT) | Q(party=party), case=case)


# Lists


def sessions_shown(rows: QuerySet[Session]) -> QuerySet[Session]:
    """As lists and details show them, with all that belongs to them in one statement each."""
    return rows.select_related("case__dispute").prefetch_related(
        "transitions",
        Prefetch("participants", SessionParticipant.objects.filter(removed_at=None)),
        Prefetch("participants__consents", ParticipantConsent.objects.order_by("recorded_at", "id")),
        Prefetch("attendance", Attendance.objects.order_by("recorded_at", "id")),
        Prefetch("case__parties", CaseParty.objects.order_by("id")),
    )


def open_notices(rows: QuerySet[SessionNotice]) -> QuerySet[SessionNotice]:
    """What a person still has to tell."""
    return rows.filter(told_at=None, dropped_at=None)


def upcoming(rows: QuerySet[Session]) -> QuerySet[Session]:
    return rows.filter(state__in=OPEN)


def left_behind(rows: QuerySet[Session], before: datetime) -> QuerySet[Session]:
    """Sessions that were to begin before this moment and neither were held to their end nor called off."""
    to_come = Q(state__in=(SessionState.PLANNED, SessionState.INVITED))
    begun = Q(state=SessionState.HELD, ended_at__isnull=True)
    return rows.filter(to_come | begun, starts_at__lt=before)


def clashing(rows: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions to come whose mediator was named for another case that sits at the same time, and of which
    nobody has said that it is meant."""
    outer = OuterRef(OuterRef(OuterRef("case")))
    here = CaseMediator.objects.filter(case=outer, replaced_at=None).values("user_id")
    sits = CaseMediator.objects.filter(case=OuterRef("case"), replaced_at=None, user_id__in=here)
    then = Session.objects.filter(
        TAKES_ROOM, Exists(sits), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"),
        despite="",
    ).exclude(case=OuterRef("case"))  # fmt: skip
    to_come = rows.filter(state__in=(SessionState.PLANNED, SessionState.INVITED), despite="")
    return to_come.filter(Exists(then))


def open_offers(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    return rows.filter(state=OfferState.OPEN)


def offer_over(offer: Offer, now: datetime) -> bool:
    """Whether it can no longer be answered, also before the job has looked."""
    return ran_out(offer_over_at(offer.expires_at), now)


@law("PM-15")
def destroyable() -> QuerySet[CaucusNote]:
    """Notes of talks alone whose dispute is archived, and whose party did not ask to keep them."""
    said = CaucusWord.objects.filter(party=OuterRef("party"), kind__in=("keep", "destroy"))
    last = Subquery(said.order_by("-recorded_at", "-id").values("kind")[:1])
    rows = CaucusNote.objects.filter(destroyed_at=None, case__dispute__state=DisputeState.ARCHIVED)
    return (
        rows.annotate(word=Coalesce(last, Value(""))).exclude(word=CaucusWordKind.KEEP).order_by("at", "id")
    )


def papers_shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Notes and documents with the id of what replaced them, the newest last."""
    return rows.annotate(better_id=F("replaced_by__id"))


def offers_shown(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    return rows.prefetch_related("to", "transitions")

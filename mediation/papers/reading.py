"""The source of a case's papers, read for one copy: what the copy may not hold is never opened.

Notes of talks alone are a table that nothing here reads. On the protected track nobody's telephone, address
or words from the screening stand in any copy (DV-23).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from disputes.codes import PartyRole
from disputes.models import DisputeScreening
from kernel import clock
from kernel.codes.law import DisputeCategory, DisputeSource, ResolutionMethod
from kernel.law import law
from kernel.written import moment
from mediation import table_selectors
from mediation.agreed import court_of
from mediation.codes import GuardianBasis, Initiation, NoticeWay, PersonKind, WordForm
from mediation.machine import CaseState, ConsentAnswer, ConsentStep
from mediation.models import (
    Attendance,
    Case,
    CaseParty,
    Consent,
    Note,
    Participant,
    RightsNotice,
    Session,
    WaysTold,
)
from mediation.models.cases import WaysForm
from mediation.papers import results, source
from mediation.papers.keeping import retention_of
from mediation.papers.kinds import Contents, is_in
from mediation.papers.unsealed import Opener, opened
from mediation.session_rules import CameAs, SessionForm, SessionState
from mediation.visibility import CopyKind, DocumentKind, Visibility

AGREED = frozenset({"agreement", "oral_agreement", "performance", "confirmation_application"})
"""The papers that say what was agreed."""
DESCRIBING = frozenset({"application", "acceptance"})
"""The papers that say what it is about."""
ACTING = (PersonKind.AGENT, PersonKind.GUARDIAN)


@law("DV-23")
def case_source(
    case: Case, held: Contents, opener: Opener = opened, *, referred: source.Referred | None = None
) -> source.CaseFile:
    """Everything of the case that this copy holds. With another `opener` nothing sealed is read."""
    return replace(_Reading(case, held, opener).file(), referred=referred)


@dataclass
class _Reading:
    """One case, read once for one copy."""

    case: Case
    held: Contents
    opened: Opener
    parties: list[CaseParty] = field(init=False)
    names: dict[UUID, str] = field(init=False)
    protected: bool = field(init=False)
    whose: CaseParty | None = field(init=False)

    def __post_init__(self) -> None:
        rows = CaseParty.objects.filter(case=self.case).select_related("dispute_party__source")
        self.parties = list(rows.order_by("id"))
        if not self.held.others:
            self.parties = [party for party in self.parties if party.pk == self.held.party]
        self.protected = table_selectors.is_protected(self.case)
        self.whose = next((party for party in self.parties if party.pk == self.held.party), None)
        self.names = {party.pk: self._name(party) for party in self.parties}

    def _name(self, party: CaseParty) -> str:
        """Who is only described has that in place of a name, but not where somebody must not be found."""
        described = "" if self.protected else party.dispute_party.source.described
        return self.opened(party, "name") or described

    def file(self) -> source.CaseFile:
        case, mediators = self.case, _mediators(self.case)
        return source.CaseFile(
            **_facts(case, count=len(self.parties)),
            **self._ways(),
            brief=self._brief(),
            registrar=_registrar(case),
            mediators=mediators,
            protected=self.protected,
            parties=tuple(map(self._person, self.parties)),
            said=tuple(self._said()),
            notices=tuple(self._told()),
            sittings=tuple(self._sittings("、".join(mediators))),
            records=tuple(self._records()),
            attached=tuple(self._attached()),
            agreements=tuple(self._agreements()),
            follow_ups=tuple(results.follow_ups_of(case, self.names, self.held, self.opened)),
            confirmation=results.confirmation_of(case),
            unscanned_marks=results.unscanned_marks(case),
        )

    def _agreements(self) -> Iterable[source.Agreed]:
        if AGREED.isdisjoint(self.held.papers):
            return ()
        return results.agreements_of(self.case, self.names, self.opened)

    def _person(self, party: CaseParty) -> source.Person:
        known = party.dispute_party.source
        shown, called = _holds(self.held.identities, party), _holds(self.held.contacts, party)
        contact = self.opened(known, "phone") if called and not self.protected else ""
        return source.Person(
            key=str(party.pk),
            role=PartyRole(party.role).zh,
            name=self.names[party.pk],
            id_number=self.opened(known, "id_number") if shown else "",
            phone=source.WITHHELD if self.protected else contact,
            address=source.WITHHELD if self.protected else "",
            standing="未成年人" if party.dispute_party.minor else "",
            acted_by=self._acted_by(party),
        )

    def _acted_by(self, party: CaseParty) -> str:
        """Guardians and agents of this party who act for it now, and on what ground; on the protected track
        only that there is one."""
        said = [
            PersonKind(row.kind).zh
            if self.protected
            else f"{PersonKind(row.kind).zh}{self.opened(row, 'name')}（{_ground(row)}）"
            for row in self.case.participants.all()
            if row.party_id == party.pk and row.kind in ACTING and row.ended_on is None
        ]
        return "、".join(said)

    def _told(self) -> Iterable[source.Told]:
        own = [party.pk for party in self.parties if self.held.party in (None, party.pk)]
        for notice in RightsNotice.objects.filter(party__in=own).order_by("recorded_at", "id"):
            way = NoticeWay(notice.way).zh
            yield source.Told(str(notice.party_id), self.names[notice.party_id], notice.said_on, way)

    @law("PM-F3", "DV-23")
    def _brief(self) -> str:
        """What it is about: as the centre worded it for the case, else as the dispute has it, else as who
        found it wrote (a restricted one has neither). On the protected track only the centre's words, and in
        the committee's file alone."""
        if DESCRIBING.isdisjoint(self.held.papers):
            return ""
        if self.protected and self.held.kind != CopyKind.COMMITTEE:
            return source.WITHHELD
        worded = self.opened(self.case, "brief")
        if worded or self.protected:
            return worded or source.WITHHELD
        dispute = self.case.dispute
        return "" if dispute.restricted else dispute.brief or _found(self.case, "brief")

    def _ways(self) -> dict[str, Any]:
        """The notice of other ways, as far as this copy may know whom it was told."""
        own = [party.pk for party in self.parties if self.held.party in (None, party.pk)]
        rows = WaysTold.objects.filter(party__in=own).select_related("told_by")
        told = tuple(
            source.Told(
                str(row.party_id), self.names[row.party_id], row.told_on, way_of(row.form), row.told_by.name
            )
            for row in rows.order_by("told_on", "recorded_at", "id")
        )
        codes = {code for row in rows for code in row.ways}
        ways = tuple(method.zh for method in ResolutionMethod if method in codes)
        return {"ways_told": told, "ways": ways, "ways_told_on": told[-1].on if told else None}

    def _said(self) -> Iterable[source.Said]:
        own = [party.pk for party in self.parties if self.held.party in (None, party.pk)]
        for word in Consent.objects.filter(party__in=own).order_by("recorded_at", "id"):
            yield source.Said(
                self.names[word.party_id],
                ConsentStep(word.step).zh,
                ConsentAnswer(word.answer).zh,
                WordForm(word.form).zh,
                word.said_on,
            )

    def _sittings(self, mediators: str) -> Iterable[source.Sitting]:
        """Sessions held. Who was alone with the mediator is nothing for the other side."""
        if not self.held.notes:
            return
        minutes, present = self._minutes(), self._present()
        rows = Session.objects.filter(case=self.case)
        if self.whose is not None:
            rows = table_selectors.sessions_for_party(self.case, self.whose)
        for session in rows.filter(state=SessionState.HELD).order_by("starts_at", "id"):
            yield source.Sitting(
                key=str(session.pk),
                form=SessionForm(session.form).zh,
                at=_span(session.started_at or session.starts_at, session.ended_at),
                room=session.room,
                mediators=mediators,
                present=tuple(present.get(session.pk, ())),
                minutes=tuple(minutes.get(session.pk, ())),
            )

    def _present(self) -> dict[UUID, list[tuple[str, str]]]:
        found: dict[UUID, dict[UUID | None, tuple[str, str]]] = {}
        rows = Attendance.objects.filter(session__case=self.case).select_related("participant", "person")
        for row in rows.order_by("recorded_at", "id"):
            name = self.names[row.party_id] if row.party_id else self.opened(row.participant, "name")
            there = found.setdefault(row.session_id, {})
            there[row.party_id or row.participant_id] = (name, self._came(row))
        return {session: list(there.values()) for session, there in found.items()}

    def _came(self, row: Attendance) -> str:
        """How somebody was there, and who came in the place; on the protected track without the name."""
        how = CameAs(row.came_as).zh
        if row.person is None or self.protected:
            return how
        return f"{how}（{self.opened(row.person, 'name')}）"

    def _notes(self, *, minutes: bool) -> Iterable[Note]:
        rows = table_selectors.notes_for_committee(self.case)
        if self.whose is not None:
            rows = table_selectors.notes_for_party(self.case, self.whose)
        rows = rows.select_related("written_by")
        rows = rows.filter(kind="minutes") if minutes else rows.exclude(kind="minutes")
        for note in rows.order_by("at", "id"):
            if self.held.notes and is_in(self.held, visibility=note.visibility, party=note.party_id):
                yield note

    def _minutes(self) -> dict[UUID, list[str]]:
        found: dict[UUID, list[str]] = {}
        for note in self._notes(minutes=True):
            if note.session_id is not None:
                found.setdefault(note.session_id, []).append(self.opened(note, "text"))
        return found

    def _records(self) -> Iterable[source.Written]:
        """Written records. On the protected track only those that all parties may see: another one may say
        where somebody is."""
        for note in self._notes(minutes=False):
            if self.protected and note.visibility != Visibility.ALL_PARTIES:
                continue
            day, text = clock.local_day(note.at), self.opened(note, "text")
            yield source.Written(str(note.pk), note.kind, day, note.written_by.name, text)

    def _attached(self) -> Iterable[source.Attached]:
        rows = table_selectors.documents_for(self.held.kind, self.case, self.whose, self.held.given)
        for paper in rows.order_by("added_at", "id"):
            of = {"visibility": paper.visibility, "party": paper.party_id, "kind": paper.kind}
            if not is_in(self.held, paper=paper.pk, **of):
                continue
            yield source.Attached(
                key=str(paper.pk),
                kind=DocumentKind(paper.kind).value,
                title=self.opened(paper, "title"),
                dated_on=paper.dated_on,
                party=self.names.get(paper.party_id, "") if paper.party_id else "",
                party_key=str(paper.party_id or ""),
                original_at=paper.original_at,
                scanned=paper.uploaded_at is not None,
                bound=paper.uploaded_at is not None and self._shows_nobody(paper.visibility),
            )

    def _shows_nobody(self, visibility: str) -> bool:
        """Whether a scan may be printed. On the protected track only of what all parties may see, and what a
        party gave in that party's own copy: another one may say where somebody is."""
        own = self.whose is not None and visibility == Visibility.ONE_PARTY
        return not self.protected or own or visibility == Visibility.ALL_PARTIES


def _holds(whose: frozenset[UUID] | None, party: CaseParty) -> bool:
    return whose is None or party.pk in whose


def _facts(case: Case, *, count: int) -> dict[str, str | date | None]:
    dispute = case.dispute
    return {
        "committee": case.committee.name,
        "number": case.number or "",
        "dispute_code": dispute.code,
        "category": DisputeCategory(case.category).zh,
        "source": _source(case),
        "initiation": Initiation(case.initiation).zh,
        "state": CaseState(case.state).zh,
        "received_on": case.received_on,
        "accepted_on": case.accepted_on,
        "ended_on": clock.local_day(case.ended_at) if case.ended_at else None,
        "last_day": case.mediation_last_day,
        "end_reason": case.end_reason,
        "court": court_of(case.pk),
        "retention": retention_of(case.category, count).zh,
    }


def way_of(form: str) -> str:
    """How the other ways were told, in Chinese alone."""
    return str(WaysForm(form).label).split(" ")[0]


def _source(case: Case) -> str:
    code = _found(case, "source")
    return DisputeSource(code).zh if code else ""


def _found(case: Case, column: str) -> str:
    """What the first record of the dispute says; empty where there is none."""
    rows = DisputeScreening.objects.filter(dispute_id=case.dispute_id).order_by("at", "id")
    return rows.values_list(f"screening__{column}", flat=True).first() or ""


def _registrar(case: Case) -> str:
    step = case.transitions.filter(event="accept").select_related("actor").first()
    return step.actor.name if step and step.actor else ""


def _mediators(case: Case) -> tuple[str, ...]:
    rows = case.mediators.filter(replaced_at=None).order_by("named_at", "id")
    return tuple(rows.values_list("user__name", flat=True))


def _span(begin: datetime, end: datetime | None) -> str:
    until = f"－{end.astimezone(clock.TZ):%H:%M}" if end else ""
    return f"{moment(begin)}{until}"


def _ground(row: Participant) -> str:
    if row.kind == PersonKind.GUARDIAN:
        return GuardianBasis(row.basis).zh
    return "有权代为达成协议" if row.may_settle else "无权代为达成协议"

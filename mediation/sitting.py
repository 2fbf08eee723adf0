"""Looks up who sits where in a case: the register, who is free for it, and what is missing for a session."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from disputes.joining import Side, maybe_same, surely_same
from edge.conf import setting
from kernel.law import law
from mediation.codes import NOT_AGAIN, ONLY_IF_ALL_AGREE
from mediation.machine import OPEN_STATES, CaseState, ConsentAnswer, ConsentStep
from mediation.models import (
    Case,
    CaseMediator,
    CaseParty,
    ConflictDeclaration,
    Consent,
    Mediator,
    MediatorAbsence,
    MediatorHeard,
    MediatorRelation,
    NamesakeCheck,
    Participant,
    RightsNotice,
)
from mediation.seating import MediatorSeat, Missing, OtherSeat, PartySeat, Seats, missing
from mediation.selectors import missing_consents

AT_THE_TABLE = (*OPEN_STATES, CaseState.AGREED)


def registered_on(day: date) -> Q:
    """Rows of the register that are valid on the day."""
    valid = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
    return valid & (Q(ended_on=None) | Q(ended_on__gt=day))


def absent_on(day: date) -> QuerySet[MediatorAbsence]:
    return MediatorAbsence.objects.filter(Q(to_day=None) | Q(to_day__gte=day), from_day__lte=day)


def sitting_on(committee_id: UUID, day: date) -> QuerySet[Mediator]:
    """Registered, valid and not absent on the day."""
    away = absent_on(day).values("mediator_id")
    return Mediator.objects.filter(registered_on(day), committee_id=committee_id).exclude(pk__in=away)


@law("PM-19", "PM-AV")
def free_for(case: Case, day: date) -> set[UUID]:
    """Users of the register who may be named in this case on the day. Why somebody is not among them (absent,
    lapsed, a conflict, replaced before) is said to nobody."""
    users = set(sitting_on(case.committee_id, day).values_list("user_id", flat=True))
    gone = CaseMediator.objects.filter(case=case, replace_reason__in=sorted(NOT_AGAIN))
    return users - set(gone.values_list("user_id", flat=True)) - _in_conflict(case, users)


def _in_conflict(case: Case, users: Iterable[UUID]) -> set[UUID]:
    """Who is, or has named, a party of the case or somebody who stands for one, by ID number or telephone;
    and of whom a person has said that a namesake is the one who was named."""
    there = list(_sides(case).values())
    named = MediatorRelation.objects.filter(user_id__in=list(users), ended_at=None)
    found = {row.user_id for row in named if any(surely_same(side_of(row), side) for side in there)}
    decided = NamesakeCheck.objects.filter(mediator__case=case, same=True)
    return found | set(decided.values_list("mediator__user_id", flat=True))


def _sides(case: Case) -> dict[UUID, Side]:
    """The parties of a case and who stands at the table for them, as indexes."""
    parties = CaseParty.objects.filter(case=case).select_related("dispute_party")
    beside = Participant.objects.filter(case=case, ended_on=None)
    return {row.pk: side_of(row.dispute_party) for row in parties} | {row.pk: side_of(row) for row in beside}


def _namesake(one: Side, other: Side) -> bool:
    return maybe_same(one, other) and not surely_same(one, other)


@law("PM-AV")
def namesakes_undecided(case: Case, mediators: Iterable[CaseMediator]) -> dict[UUID, list[UUID]]:
    """Row of a mediator in the case → parties and participants with the name of somebody whom the mediator
    has named and without an ID number or telephone that decides it. A name alone identifies nobody: it keeps
    nobody from the table without a person's word (`NamesakeCheck`)."""
    rows, sides = list(mediators), _sides(case)
    named: dict[UUID, list[Side]] = defaultdict(list)
    for relation in MediatorRelation.objects.filter(user_id__in=[row.user_id for row in rows], ended_at=None):
        named[relation.user_id].append(side_of(relation))
    decided = set(NamesakeCheck.objects.filter(mediator__in=rows).values_list("mediator_id", "person"))
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        for person, side in sides.items():
            if (row.pk, person) not in decided and any(_namesake(one, side) for one in named[row.user_id]):
                found[row.pk].append(person)
    return dict(found)


def side_of(row: Any) -> Side:
    values = (row.name_index, row.phone_index, row.id_index)
    return Side(*(None if value is None else bytes(value) for value in values))


@law("PM-19", "PM-20", "PM-30b", "PM-AV")
def missing_for_session(case_id: UUID, day: date) -> list[Missing]:
    """What is missing for a session of the case on the day; empty when everybody may sit down. Each gap has a
    stable code of `codes.Lack`."""
    case = Case.objects.get(pk=case_id)
    parties = list(CaseParty.objects.filter(case=case).select_related("dispute_party"))
    ids = [party.pk for party in parties]
    told = set(RightsNotice.objects.filter(party__in=ids).values_list("party_id", flat=True))
    silent = {party for party, _ in missing_consents([case.pk]).get(case.pk, [])}
    seats = [
        PartySeat(
            party.pk,
            needs_guardian(party),
            frozenset(party.needs),
            party.pk in told,
            party.pk not in silent,
        )
        for party in parties
    ]
    return missing(Seats(seats, _mediators(case, ids, day), _others(case, ids, day)))


def needs_guardian(party: CaseParty) -> bool:
    """A minor, or an adult whose limited capacity a document says."""
    return party.dispute_party.minor or party.dispute_party.limited_capacity


def _mediators(case: Case, parties: list[UUID], day: date) -> list[MediatorSeat]:
    rows = list(CaseMediator.objects.filter(case=case, replaced_at=None))
    there = free_for(case, day)
    signed = set(
        ConflictDeclaration.objects.filter(mediator__in=rows, signed_on__lte=day).values_list(
            "mediator_id", flat=True
        )
    )
    told = set(MediatorHeard.objects.filter(mediator__in=rows).values_list("mediator_id", "party_id"))
    unclear = namesakes_undecided(case, rows)
    return [
        MediatorSeat(
            row.pk,
            row.user_id in there,
            row.pk in signed,
            [p for p in parties if _owes_news(row) and (row.pk, p) not in told],
            unclear.get(row.pk, ()),
        )
        for row in rows
    ]


@law("PM-19", "PM-23")
def _owes_news(row: CaseMediator) -> bool:
    """Whom the parties have chosen they know; of everybody else each of them is told, and may object."""
    return row.replaces_id is not None or row.chosen_by != "parties"


def _others(case: Case, parties: list[UUID], day: date) -> list[OtherSeat]:
    """Who is named for the case and has not left."""
    there = Q(ended_on=None) | Q(ended_on__gt=day)
    rows = list(Participant.objects.filter(there, case=case))
    words = Consent.objects.filter(participant__in=rows, step=ConsentStep.PARTICIPANT)
    latest = {
        (participant, party): answer
        for participant, party, answer in words.order_by("recorded_at", "id").values_list(
            "participant_id", "party_id", "answer"
        )
    }
    return [
        OtherSeat(
            row.pk,
            row.kind,
            row.party_id,
            holds_on(row, day),
            [p for p in parties if row.kind in ONLY_IF_ALL_AGREE and not _yes(latest.get((row.pk, p)))],
        )
        for row in rows
    ]


def _yes(answer: str | None) -> bool:
    return answer == ConsentAnswer.GIVEN


def holds_on(row: Participant, day: date) -> bool:
    """Whether what somebody's part rests on covers the day."""
    over = row.ended_on is not None and row.ended_on <= day
    return row.valid_from <= day and (row.valid_to is None or row.valid_to >= day) and not over


def case_mediators(case: Case) -> QuerySet[CaseMediator]:
    """Who mediates and who has, with whether the declaration is signed and which parties were told."""
    signed = ConflictDeclaration.objects.filter(mediator=OuterRef("pk"))
    told = MediatorHeard.objects.filter(mediator=OuterRef("pk")).values_list("party_id", flat=True)
    return CaseMediator.objects.filter(case=case).annotate(
        declared=Exists(signed), told=ArraySubquery(told.distinct())
    )


def free_mediators(case: Case, day: date) -> list[dict[str, Any]]:
    """The register of the case's committee: who may be named in this case, and who may not."""
    free = free_for(case, day)
    users = Mediator.objects.filter(committee_id=case.committee_id, ended_on=None).order_by("user_id")
    return [{"user": user, "available": user in free} for user in users.values_list("user_id", flat=True)]


def register_shown(rows: QuerySet[Mediator], day: date) -> QuerySet[Mediator]:
    """With the person, the number of open cases, and the absences that have not passed."""
    open_cases = CaseMediator.objects.filter(
        user=OuterRef("user"), replaced_at=None, case__state__in=AT_THE_TABLE
    )
    load = open_cases.order_by().values("user").annotate(number=Count("pk")).values("number")
    coming = MediatorAbsence.objects.filter(Q(to_day=None) | Q(to_day__gte=day))
    return (
        rows.select_related("user")
        .annotate(load=Coalesce(Subquery(load), 0))
        .prefetch_related(Prefetch("absences", queryset=coming, to_attr="coming"))
        .order_by("committee_id", "user__username", "id")
    )


def without_sitting_mediator(rows: QuerySet[Case], day: date) -> QuerySet[Case]:
    """Cases at the table without a mediator, and open cases with one who is absent, or not in the register
    any more, on the day."""
    away = absent_on(day).values("mediator_id")
    there = Mediator.objects.filter(
        registered_on(day), committee=OuterRef("case__committee"), user=OuterRef("user")
    ).exclude(pk__in=away)
    stuck = CaseMediator.objects.filter(~Exists(there), case=OuterRef("pk"), replaced_at=None)
    sits = CaseMediator.objects.filter(case=OuterRef("pk"), replaced_at=None)
    nobody = Q(~Exists(sits), state__in=(CaseState.ACCEPTED, CaseState.AGREED))
    return rows.filter(nobody | Q(Exists(stuck), state__in=AT_THE_TABLE))


@law("PM-AV")
def undeclared_by(rows: QuerySet[Case], user_id: UUID) -> QuerySet[Case]:
    """Open cases in which this mediator has not signed yet."""
    signed = ConflictDeclaration.objects.filter(mediator=OuterRef("pk"))
    owed = CaseMediator.objects.filter(
        ~Exists(signed), case=OuterRef("pk"), user_id=user_id, replaced_at=None
    )
    return rows.filter(Exists(owed), state__in=AT_THE_TABLE)


def register_ending(rows: QuerySet[Mediator], today: date) -> QuerySet[Mediator]:
    """Entries that end soon: `deadlines.register_ends_soon` as a filter."""
    last = today + timedelta(days=setting("REGISTER_WARN_DAYS"))
    return rows.filter(ended_on=None, valid_to__lte=last).select_related("user").order_by("valid_to", "id")

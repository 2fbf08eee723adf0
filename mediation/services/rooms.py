"""Room and time of a session: one session holds a room at a time, a mediator in two places is a warning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Organisation, OrganisationKind
from edge.locks import advisory
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from mediation import table_access
from mediation.models import Case, CaseMediator, Session
from mediation.models.sessions import TAKES_ROOM
from mediation.session_rules import overlap_refusal, room_key


@dataclass(frozen=True, slots=True)
class When:
    """Room and time of a session."""

    room: str
    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at <= clock.now():
            raise Problem("session_in_the_past")
        if self.ends_at <= self.starts_at:
            raise Problem("invalid", fields={"ends_at": ["before starts_at"]})


def room_take(
    actor: Actor, case: Case, when: When, despite: str, *, party: UUID | None, but: UUID | None = None
) -> dict[str, Any]:
    """The columns of a session in this room at this time (`party`: of a separate one; `but`: the one that
    gets another date), its case
    locked. Who plans for the same centre or mediator at once waits here. Problems `session_room_taken`,
    `session_mediator_busy`."""
    place, mediators = place_of(case), _sitting(case)
    advisory("session_plan", [place, *mediators])
    then = Session.objects.filter(TAKES_ROOM, starts_at__lt=when.ends_at, ends_at__gt=when.starts_at)
    others, key = then.exclude(pk=but) if but else then, room_key(when.room)
    if taken := list(others.filter(place=place, room_key=key)):
        raise Problem("session_room_taken", overlaps=_shown(actor, taken))
    busy = list(_busy(others, case, mediators).select_related("case__dispute"))
    if busy:
        _warn(actor, case, busy, mediators=mediators, despite=despite, party=party)
    return {
        "place_id": place, "room": when.room, "room_key": key, "starts_at": when.starts_at,
        "ends_at": when.ends_at, "despite": despite if busy else "",
    }  # fmt: skip


def place_of(case: Case) -> UUID:
    """Whose rooms they are: the centre of the street; without one, the committee."""
    centres = Organisation.objects.filter(kind=OrganisationKind.MEDIATION_CENTRE, area_id=case.street_id)
    found: UUID | None = centres.order_by("created_at", "id").values_list("pk", flat=True).first()
    return found or case.committee_id


def _sitting(case: Case) -> set[UUID]:
    rows = CaseMediator.objects.filter(case=case, replaced_at=None)
    return set(rows.values_list("user_id", flat=True))


def _busy(others: QuerySet[Session], case: Case, mediators: Iterable[UUID]) -> QuerySet[Session]:
    """Sessions of the same case, or with one of these mediators."""
    sits = CaseMediator.objects.filter(case=OuterRef("case"), replaced_at=None, user_id__in=mediators)
    return others.filter(Q(case=case) | Exists(sits)).order_by("starts_at", "id")


def _warn(
    actor: Actor, case: Case, busy: list[Session], *, mediators: set[UUID], despite: str, party: UUID | None
) -> None:  # fmt: skip
    cases = {row.case_id for row in busy}
    sits = CaseMediator.objects.filter(case__in=cases, replaced_at=None, user_id__in=mediators)
    away = set(sits.values_list("user_id", flat=True))
    refusal = overlap_refusal(
        despite,
        same_case=cases == {case.pk},
        somebody_free=bool(mediators - away) and case.pk not in cases,
        apart=party is not None and all(row.party_id not in {None, party} for row in busy),
    )
    if refusal:
        raise Problem(refusal, overlaps=_shown(actor, busy), mediators=sorted(map(str, away)))


def _shown(actor: Actor, rows: list[Session]) -> list[dict[str, Any]]:
    """What it clashes with: the time to everybody, which session only to who may know of it."""
    seen = table_access.visible_sessions(actor).filter(pk__in=[row.pk for row in rows])
    codes = dict(seen.values_list("pk", "case__dispute__code"))
    return [
        {
            "starts_at": row.starts_at, "ends_at": row.ends_at, "room": row.room,
            "session": row.pk if row.pk in codes else None, "dispute_code": codes.get(row.pk),
        }
        for row in rows
    ]  # fmt: skip

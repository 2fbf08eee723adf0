"""From a stored screening to its dispute: joined where it surely is the same quarrel, else a new code."""

from collections.abc import Set
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from accounts.models import Area
from audit.services import record
from disputes.casecode import dispute_code
from disputes.codes import LevelReason, Outcome
from disputes.deadlines import suggestion_until
from disputes.joining import Side, same_quarrel
from disputes.machine import OPEN_STATES
from disputes.models import (
    Dispute,
    DisputeParty,
    DisputeScreening,
    DisputeTransition,
    Screening,
    ScreeningParty,
)
from disputes.selectors import sides_of, sides_of_disputes
from disputes.services.telling import readers_changed, steps_told
from edge import sqlfile
from edge.conf import setting
from edge.locks import advisory
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.law import HandlingLevel
from sync.services import publish


def place_screening(
    *, actor: Actor, screening: Screening, publish_screening: bool = True, into: UUID | None = None
) -> Dispute | None:
    """Give a screening its dispute, once. None for what its author saw to be no dispute and saw no sign
    in. `into`: the dispute that it was made for."""
    if DisputeScreening.objects.filter(screening=screening).exists():
        return None
    if screening.outcome == Outcome.NOT_A_DISPUTE and not _calls_for_eyes(screening):
        return None
    parties = list(ScreeningParty.objects.filter(screening=screening))
    found, why = _named(into) if into else _existing(screening, parties)
    dispute, via = standing(found) if found else (None, None)
    steps = []
    if dispute is None:
        dispute, first = _open(actor, screening)
        steps.append(first)
    _link(dispute, screening, parties, why, via)
    changed = _absorb(dispute, screening, steps)
    _tell(actor, dispute, screening, why, changed, steps)
    if publish_screening:
        publish("screening", [screening.id])
    return dispute


def _named(dispute_id: UUID) -> tuple[Dispute, str]:
    return Dispute.objects.select_for_update().get(id=dispute_id), "added"


def standing(dispute: Dispute) -> tuple[Dispute, Dispute | None]:
    """Where a record of this dispute belongs now, and, where that is another one, by which it came. A merged
    dispute has no aliases of its own, so one step is the whole way."""
    if dispute.merged_into_id is None:
        return dispute, None
    return Dispute.objects.select_for_update().get(id=dispute.merged_into_id), dispute


def _calls_for_eyes(screening: Screening) -> bool:
    return screening.danger_now or screening.protected or screening.restricted or bool(screening.colour_signs)


def _existing(screening: Screening, parties: list[ScreeningParty]) -> tuple[Dispute | None, str]:
    """The dispute of the record it corrects; else one of the same sides, near and recent.

    A protected or restricted record joins nothing by itself, and nothing joins one: whoever wrote the other
    record would learn of it.
    """
    if screening.supersedes_id:
        link = DisputeScreening.objects.filter(screening_id=screening.supersedes_id).first()
        if link is not None:
            return Dispute.objects.select_for_update().get(id=link.dispute_id), "corrects"
    if screening.protected or screening.restricted:
        return None, "first"
    sides = sides_of(parties)
    if len(sides) < 2 or screening.point is None:  # noqa: PLR2004  because a quarrel has two sides
        return None, "first"
    advisory("dispute.join", [_street(screening)])
    found = _same_quarrel(screening, sides)
    return found, "same_sides" if found else "first"


def _same_quarrel(screening: Screening, sides: list[Side]) -> Dispute | None:
    since = clock.now() - timedelta(days=setting("JOIN_DAYS"))
    with connection.cursor() as cursor:
        cursor.execute(
            sqlfile.load("disputes", "same_street"),
            {
                "screening": screening.id,
                "street": screening.street_id,
                "open": list(map(str, OPEN_STATES)),
                "since": since,
                "phones": [side.phone for side in sides if side.phone],
                "numbers": [side.id_number for side in sides if side.id_number],
            },
        )
        near: dict[UUID, float | None] = dict(cursor.fetchall())
    others = sides_of_disputes(near)
    for dispute_id, metres in near.items():
        if same_quarrel(sides, others.get(dispute_id, []), metres=metres, near=setting("JOIN_METRES")):
            return Dispute.objects.select_for_update().get(id=dispute_id)
    return None


def _open(actor: Actor, screening: Screening) -> tuple[Dispute, DisputeTransition]:
    now, level = clock.now(), _first_level(screening)
    dispute = Dispute.objects.create(
        rev=1,
        code=_next_code(_street(screening), now),
        level=level,
        level_since=now,
        level_reasons=list(screening.level_reasons),
        category=screening.category,
        scale=screening.scale,
        street_id=_street(screening),
        community_id=screening.community_id,
        grid_id=screening.grid_id,
        opened_at=now,
        last_screened_at=now,
        restricted=screening.restricted,
    )
    first = DisputeTransition.objects.create(
        dispute=dispute, event="register", from_state="", to_state=dispute.state, from_level="",
        to_level=level, actor_id=actor.user_id, role=str(actor.role or ""),
        device_at=screening.device_at, at=now,
    )  # fmt: skip
    return dispute, first


def _street(screening: Screening) -> UUID:
    """Every stored screening has a street: its grid's, or the author's own."""
    if screening.street_id is None:
        raise ValueError("a screening without a street")
    return screening.street_id


def _first_level(screening: Screening) -> str:
    """Where attention begins. What the grid may not know begins at the street; the rest rises by rules that
    say why."""
    if screening.restricted or screening.protected or screening.community_id is None:
        return HandlingLevel.STREET
    if LevelReason.REPORTED_UP in screening.level_reasons or screening.grid_id is None:
        return HandlingLevel.COMMUNITY
    return HandlingLevel.GRID


def _next_code(street_id: UUID, at: datetime) -> str:
    street, year = Area.objects.get(id=street_id), clock.local_day(at).year
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("disputes", "next_number"), {"street": street.id, "year": year})
        number = cursor.fetchone()[0]
    return dispute_code(year=year, street_code=street.code, number=number)


def _link(
    dispute: Dispute, screening: Screening, parties: list[ScreeningParty], why: str, via: Dispute | None
) -> None:
    DisputeScreening.objects.create(dispute=dispute, screening=screening, at=clock.now(), why=why, via=via)
    known = set(sides_of_disputes([dispute.id]).get(dispute.id, ()))
    DisputeParty.objects.bulk_create(
        DisputeParty(
            dispute=dispute, source=party, role=party.role, minor=party.minor, key_id=party.key_id,
            name_index=party.name_index, phone_index=party.phone_index, id_index=party.id_index,
        )
        for party in parties
        if not _already(party, known)
    )  # fmt: skip


def _already(party: ScreeningParty, known: Set[Side]) -> bool:
    side = sides_of([party])
    return bool(side) and side[0] in known


def _absorb(dispute: Dispute, screening: Screening, steps: list[DisputeTransition]) -> bool:
    """What a screening changes in its dispute; whether the protected track came on by it. A step that it
    brings is added to `steps`."""
    now = clock.now()
    dispute.last_screened_at = now
    newly = screening.protected and not dispute.protected
    if screening.protected:
        dispute.protected, dispute.protected_at = True, dispute.protected_at or now
        dispute.protect_reasons = sorted({*dispute.protect_reasons, *screening.protect_reasons})
    if screening.restricted or (newly and dispute.level in (HandlingLevel.GRID, HandlingLevel.COMMUNITY)):
        steps += raised_to_street(dispute, "protected or restricted")
    dispute.restricted = dispute.restricted or screening.restricted
    dispute.brief = "" if dispute.restricted else dispute.brief
    dispute.scale = max(dispute.scale, screening.scale)
    dispute.level_reasons = sorted({*dispute.level_reasons, *screening.level_reasons})
    if screening.watch_until:
        dispute.watch_until, dispute.watch_extended = screening.watch_until, False
    if screening.wants_mediation:
        dispute.party_asked_at = now
    if screening.colour:
        dispute.suggested, dispute.suggested_signs = screening.colour, list(screening.colour_signs)
        dispute.suggested_until = suggestion_until(now, setting("COLOUR_SUGGESTION_H"))
    dispute.store()
    return bool(newly)


def raised_to_street(dispute: Dispute, reason: str, actor: Actor = SYSTEM) -> list[DisputeTransition]:
    """What grid and community may not know of is handled at the street: the step, when it is not there."""
    if dispute.level not in (HandlingLevel.GRID, HandlingLevel.COMMUNITY):
        return []
    before, dispute.level, dispute.level_since = dispute.level, HandlingLevel.STREET, clock.now()
    dispute.hand_up_asked, dispute.hand_up_asked_by = "", ""
    step = DisputeTransition.objects.create(
        dispute=dispute, event="hand_up", from_state=dispute.state, to_state=dispute.state,
        from_level=before, to_level=dispute.level, actor_id=actor.user_id, role=str(actor.role or ""),
        reason=reason, at=dispute.level_since,
    )  # fmt: skip
    return [step]


def _tell(  # noqa: PLR0917  because it only hands on
    actor: Actor,
    dispute: Dispute,
    screening: Screening,
    why: str,
    newly_protected: bool,
    steps: list[DisputeTransition],
) -> None:
    """Phones first, then the fact that rules listen to."""
    first = why == "first"
    publish("dispute", [dispute.id], inserted=first)
    steps_told(steps)
    if not first:
        readers_changed([dispute.id], screenings=newly_protected)
    record(
        actor=actor,
        event="dispute.registered" if first else "dispute.joined",
        subject_kind="dispute",
        subject_id=dispute.id,
        device_at=screening.device_at,
        detail={"screening": str(screening.id)},
    )
    if newly_protected and not first:
        record(actor=actor, event="dispute.protected_set", subject_kind="dispute", subject_id=dispute.id)

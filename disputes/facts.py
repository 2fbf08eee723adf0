"""The facts of a dispute that escalation rules ask for, in one place and typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from disputes.codes import SIDES, AttemptResult
from disputes.joining import Side, maybe_same, same_sides, surely_same
from disputes.models import Attempt, DangerSign, Dispute, DisputeParty, DisputeScreening, Screening
from disputes.screening import LIFE_OR_LIMB, PROTECTING
from disputes.selectors import latest_signs, sides_of
from edge.conf import setting


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """What rules may look at. No trait of a person is here. Times aware; `days_since_last` None without an
    earlier dispute of the same sides within the time looked back."""

    dispute_id: UUID
    code: str
    state: str
    level: str
    level_since: datetime
    category: str
    scale: str
    street_id: UUID
    community_id: UUID | None
    grid_id: UUID | None
    signs: tuple[str, ...]
    new_signs: tuple[str, ...]
    life_or_limb: bool
    domestic: bool
    danger_now: bool
    occurred_at: datetime | None
    protected: bool
    restricted: bool
    refused: bool
    suspended: bool
    watching: bool
    colour: str
    parties: int
    communities: int
    minor: bool
    limited_capacity: bool
    failed_attempts: int
    party_asks: bool
    days_since_last: int | None


def dispute_facts(dispute_id: UUID) -> DisputeFacts:
    """The facts of one dispute as they stand. Dispute.DoesNotExist when there is none."""
    dispute = Dispute.objects.get(id=dispute_id)
    screenings = _screenings(dispute_id)
    last = screenings[-1] if screenings else None
    parties = list(DisputeParty.objects.filter(dispute=dispute))
    signs = latest_signs(dispute_id)
    new = DangerSign.objects.filter(screening=last).values_list("code", flat=True) if last else []
    return DisputeFacts(
        dispute_id=dispute.id,
        code=dispute.code,
        state=dispute.state,
        level=dispute.level,
        level_since=dispute.level_since,
        category=dispute.category,
        scale=dispute.scale,
        street_id=dispute.street_id,
        community_id=dispute.community_id,
        grid_id=dispute.grid_id,
        signs=tuple(signs),
        new_signs=tuple(sorted(new)),
        life_or_limb=bool(LIFE_OR_LIMB & set(signs)),
        domestic=bool(PROTECTING.keys() & set(signs)),
        danger_now=bool(last and last.danger_now),
        occurred_at=last.occurred_at if last else None,
        protected=dispute.protected,
        restricted=dispute.restricted,
        refused=dispute.mediation_refused,
        suspended=dispute.suspended_until is not None,
        watching=dispute.watch_until is not None,
        colour=dispute.colour,
        parties=_count_sides(parties),
        communities=len({area for row in screenings for area in row.communities}),
        minor=any(party.minor for party in parties),
        limited_capacity=any(party.limited_capacity for party in parties),
        failed_attempts=_failed(dispute),
        party_asks=dispute.party_asked_at is not None and not dispute.mediation_refused,
        days_since_last=_days_since_last(dispute, parties),
    )


def _screenings(dispute_id: UUID) -> list[Screening]:
    """The records of a dispute in the order of their arrival."""
    linked = DisputeScreening.objects.filter(dispute_id=dispute_id).values("screening_id")
    return list(Screening.objects.filter(id__in=linked).order_by("received_at", "id").defer("brief", "point"))


def _count_sides(parties: list[DisputeParty]) -> int:
    """Persons of the sides: who was named in two records that were merged is one."""
    known: list[Side] = []
    for side in sides_of(parties):
        if not any(surely_same(side, other) or maybe_same(side, other) for other in known):
            known.append(side)
    unknown = sum(party.role in SIDES and not sides_of([party]) for party in parties)
    return len(known) + unknown


def _failed(dispute: Dispute) -> int:
    """Tries at the present level with everybody's consent that came to no agreement; unreachable and
    refused do not count."""
    rows = Attempt.objects.filter(dispute=dispute, result=AttemptResult.NOT_AGREED, all_consented=True)
    return rows.filter(level=dispute.level).count()


def _days_since_last(dispute: Dispute, parties: list[DisputeParty]) -> int | None:
    """Days since the same sides' previous dispute was opened, looked for no longer back than the joining
    time.

    A protected or restricted one does not count: whoever sees the new dispute and why its rule fired would
    learn that the other exists (as with joining).
    """
    sides = sides_of(parties)
    since = dispute.opened_at - timedelta(days=setting("JOIN_DAYS"))
    others = DisputeParty.objects.filter(_shares(sides), dispute__opened_at__gte=since)
    known = others.filter(dispute__protected=False, dispute__restricted=False)
    earlier = known.filter(dispute__opened_at__lt=dispute.opened_at).exclude(dispute=dispute)
    for other_id, opened_at in (
        earlier.order_by("-dispute__opened_at").values_list("dispute_id", "dispute__opened_at").distinct()
    ):
        if same_sides(sides, sides_of(list(DisputeParty.objects.filter(dispute_id=other_id)))):
            return (dispute.opened_at - opened_at).days
    return None


def _shares(sides: list[Side]) -> Q:
    """Rows that share a telephone or ID number with one of the sides."""
    phones = [side.phone for side in sides if side.phone]
    numbers = [side.id_number for side in sides if side.id_number]
    return Q(phone_index__in=phones) | Q(id_index__in=numbers)

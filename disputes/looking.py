"""Looking for disputes: likely the same quarrel, and by a person with a matter. What is protected or
restricted is in neither answer: whoever asks would learn that it exists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from audit.services import record
from disputes.access import disputes_visible_to
from disputes.codes import DisputeState, SearchMatter
from disputes.joining import Side, likely_same, same_sides
from disputes.machine import DISPUTE, OPEN_STATES
from disputes.models import Dispute, DisputeParty
from disputes.selectors import sides_of
from edge.conf import setting
from edge.encryption import blind
from kernel import clock, text
from kernel.actor import Actor
from kernel.codes.purposes import Purpose
from kernel.law import law
from privacy.services import read_logged

MOST_FOUND = 20
"""More hits than this are no matter of one quarrel, and nobody gets a page of a person's disputes."""
PURPOSES = {
    SearchMatter.JOIN: Purpose.HANDLE,
    SearchMatter.CONFLICT_CHECK: Purpose.CONVENE,
    SearchMatter.OWN_REQUEST: Purpose.SUBJECT_REQUEST,
}


@dataclass(frozen=True, slots=True)
class Likely:
    """`can`: what a person may do with it from here, `merge` or `reopen`. `sure`: by a number, not by
    names."""

    dispute: UUID
    code: str
    opened_on: date
    state: str
    sure: bool
    can: list[str]


def open_to_look(actor: Actor) -> QuerySet[Dispute]:
    """What the actor sees, less what is hidden."""
    return disputes_visible_to(actor).filter(protected=False, restricted=False)


def likely_the_same(actor: Actor, dispute: Dispute) -> list[Likely]:
    """Other disputes of the own scope that are likely the same quarrel, latest first; none for a hidden
    one."""
    if dispute.protected or dispute.restricted or dispute.merged_into_id:
        return []
    sides = sides_of(list(DisputeParty.objects.filter(dispute=dispute)))
    since = dispute.opened_at - timedelta(days=setting("SUGGEST_DAYS"))
    rows = open_to_look(actor).filter(last_screened_at__gte=since, merged_into__isnull=True)
    shared = DisputeParty.objects.filter(_shares(sides), dispute__in=rows).exclude(dispute=dispute)
    near = {row.id: row for row in rows.filter(id__in=shared.values("dispute_id"))}
    others: dict[UUID, list[DisputeParty]] = {}
    for party in DisputeParty.objects.filter(dispute_id__in=near):
        others.setdefault(party.dispute_id, []).append(party)
    same = [row for pk, row in near.items() if _likely(dispute, row, sides, sides_of(others[pk]))]
    latest = sorted(same, key=lambda row: row.opened_at, reverse=True)[:MOST_FOUND]
    return [_suggestion(dispute, row, same_sides(sides, sides_of(others[row.id]))) for row in latest]


def _likely(dispute: Dispute, other: Dispute, sides: list[Side], others: list[Side]) -> bool:
    return likely_same(sides, others, same_place=dispute.community_id == other.community_id)


def _suggestion(dispute: Dispute, other: Dispute, sure: bool) -> Likely:
    can = []
    if "merge" in DISPUTE.events(dispute.state) and other.state in OPEN_STATES:
        can.append("merge")
    if other.state == DisputeState.ARCHIVED:
        can.append("reopen")
    return Likely(other.id, other.code, clock.local_day(other.opened_at), other.state, sure, can)


def _shares(sides: Iterable[Side]) -> Q:
    found = Q(pk__in=[])
    for side in sides:
        for field, value in (
            ("phone_index", side.phone),
            ("id_index", side.id_number),
            ("name_index", side.name),
        ):
            if value:
                found |= Q(**{field: value})
    return found


@law("PI-13/14")
@transaction.atomic
def disputes_search(*, actor: Actor, matter: str, reason: str, **by: str) -> list[dict[str, Any]]:
    """Disputes of the own scope in which a person with this name, telephone or ID number (one of them) is
    named. Each hit leaves a row in the read log, each search a fact."""
    ((field, value),) = ((name, value) for name, value in by.items() if value.strip())
    folded = text.fold(value) if field == "name" else text.digits(value)
    column = {"name": "name_index", "phone": "phone_index", "id_number": "id_index"}[field]
    named = DisputeParty.objects.filter(**{column: blind(f"party.{field}", folded)})
    rows = open_to_look(actor).filter(id__in=named.values("dispute_id")).order_by("-opened_at", "id")
    found = list(rows[:MOST_FOUND])
    for row in found:
        read_logged(
            actor=actor, subject_kind="dispute", subject_id=row.id, fields=(field,),
            purpose=PURPOSES[SearchMatter(matter)], reason=reason,
        )  # fmt: skip
    record(
        actor=actor, event="dispute.searched", subject_kind="search", subject_id=actor.person,
        fields=[field], reason=reason, detail={"matter": matter, "hits": len(found)},
    )  # fmt: skip
    return [
        {"dispute": row.id, "code": row.code, "opened_on": clock.local_day(row.opened_at), "state": row.state}
        for row in found
    ]

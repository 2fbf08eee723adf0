"""Reads about screenings and disputes that more than one service asks for."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from disputes.codes import SIDES, PartyRole, WishKind
from disputes.joining import Side
from disputes.joint import JointState
from disputes.models import (
    DangerSign,
    Dispute,
    DisputeParty,
    DisputeScreening,
    ExplainedWay,
    JointHandling,
    Screening,
    Wish,
)
from kernel.actor import Actor
from kernel.law import law
from sync.files.selectors import current_states


def sides_of(parties: Sequence[Any]) -> list[Side]:
    """Blind indexes of the sides, of `ScreeningParty` or `DisputeParty` rows."""
    sides = [
        Side(_bytes(party.name_index), _bytes(party.phone_index), _bytes(party.id_index))
        for party in parties
        if party.role in SIDES
    ]
    return [side for side in sides if side.known]


def sides_of_disputes(ids: Iterable[UUID]) -> dict[UUID, list[Side]]:
    """The known sides of each of these disputes, in one look."""
    found: dict[UUID, list[Side]] = {}
    rows = DisputeParty.objects.filter(dispute_id__in=list(ids), role__in=SIDES).order_by("dispute_id", "id")
    for dispute_id, *indexes in rows.values_list("dispute_id", "name_index", "phone_index", "id_index"):
        side = Side(*map(_bytes, indexes))
        if side.known:
            found.setdefault(dispute_id, []).append(side)
    return found


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def latest_signs(dispute_id: UUID) -> list[str]:
    """Codes of all danger signs of a dispute, sorted; corrected records do not count."""
    linked = DisputeScreening.objects.filter(dispute_id=dispute_id).values("screening_id")
    corrected = Screening.objects.filter(supersedes__isnull=False, supersedes_id__in=linked).values(
        "supersedes_id"
    )
    rows = DangerSign.objects.filter(screening_id__in=linked).exclude(screening_id__in=corrected)
    return sorted(set(rows.values_list("code", flat=True)))


@law("DV-23")
def wished(dispute: Dispute, kind: str) -> bool:
    """Whether this may be done: always off the protected track; on it only by the last wish of the person at
    risk. Everything that would reach the other side asks here first."""
    if not dispute.protected:
        return True
    return _last_wish(dispute, kind) is True


@law("DV-23")
def unwished(dispute: Dispute, kind: str) -> bool:
    """Whether the person at risk has said no to this, and nothing else since."""
    return dispute.protected and _last_wish(dispute, kind) is False


def _last_wish(dispute: Dispute, kind: str) -> bool | None:
    last = Wish.objects.filter(dispute=dispute, kind=kind).order_by("at", "id").last()
    return None if last is None else last.wanted


@law("DV-23")
def may_reach(dispute: Dispute, party: DisputeParty) -> bool:
    """Whether this party may be called upon at all: on the protected track the other side only by the wish of
    the person at risk, said alone. Who is not known to be the person at risk is the other side."""
    if party.role == PartyRole.PERSON_AT_RISK:
        return True
    return wished(dispute, WishKind.CONTACT) or wished(dispute, WishKind.JOINT)


def screenings_shown(rows: QuerySet[Screening], disputes: QuerySet[Dispute]) -> QuerySet[Screening]:
    """With what lists and details show beside the columns: the dispute, where it is one of those that exist
    for the reader (`disputes`), and its protection."""
    link = DisputeScreening.objects.filter(screening=OuterRef("pk"))
    return rows.annotate(
        dispute_id_=Subquery(link.filter(dispute__in=disputes.values("pk")).values("dispute_id")),
        dispute_protected=Subquery(link.values("dispute__protected")),
        dispute_mediators=Subquery(link.values("dispute__named_mediators")),
        file_states=current_states("screening", Coalesce(OuterRef("version_of_id"), OuterRef("pk"))),
    ).order_by("-received_at", "id")


def review_over(today: date) -> Q:
    """Suspended disputes whose review date has come (`deadlines.review_due`, asked of the database)."""
    return Q(suspended_until__isnull=False, suspended_until__lte=today)


def watch_ended(today: date) -> Q:
    """Watches whose last day is over (`deadlines.watch_due`, asked of the database)."""
    return Q(watch_until__isnull=False, watch_until__lt=today)


def told_place(actor: Actor) -> QuerySet[DisputeScreening]:
    """In a query over disputes: the actor's own records, written in the active role, of the same place."""
    no_grid = Q(screening__grid__isnull=True, dispute__grid__isnull=True)
    return DisputeScreening.objects.filter(
        Q(screening__grid_id=OuterRef("grid_id")) | no_grid,
        dispute=OuterRef("pk"),
        screening__author_id=actor.user_id,
        screening__author_role=actor.role or "",
        screening__community_id=OuterRef("community_id"),
    )


def disputes_shown(rows: QuerySet[Dispute], actor: Actor) -> QuerySet[Dispute]:
    """With their screenings, what is still to be explained on the protected track, and whether the reader's
    own record says where it is."""
    links = DisputeScreening.objects.filter(dispute=OuterRef("pk"))
    absorbed = Dispute.objects.filter(merged_into=OuterRef("pk"))
    told = ExplainedWay.objects.filter(dispute=OuterRef("pk")).values_list("way", flat=True)
    return rows.annotate(
        screening_ids=ArraySubquery(links.order_by("at", "id").values_list("screening_id", flat=True)),
        told_ways=ArraySubquery(told),
        alias_codes=ArraySubquery(absorbed.order_by("code").values_list("code", flat=True)),
        place_told=Exists(told_place(actor)),
    ).order_by("-last_screened_at", "id")


def joint_silent(now: datetime) -> Q:
    """Questions to departments whose day for an answer has passed, not flagged yet."""
    return Q(state__in=(JointState.ASKED, JointState.WILL_DO), silent_at__isnull=True, due_at__lte=now)


def joint_shown(rows: QuerySet[JointHandling]) -> QuerySet[JointHandling]:
    """With questions and answers, newest whistle first; a fixed number of statements."""
    return (
        rows.select_related("dispute")
        .prefetch_related("questions__department", "questions__answers")
        .order_by("-sent_at", "id")
    )


def joint_of(rows: QuerySet[JointHandling], dispute: Dispute) -> QuerySet[JointHandling]:
    """Those of a dispute and of what was merged into it."""
    return joint_shown(rows.filter(with_absorbed(dispute)))


def with_absorbed(dispute: Dispute) -> Q:
    """What belongs to a dispute, and to those that were merged into it as long as they are."""
    return Q(dispute=dispute) | Q(dispute__merged_into=dispute)

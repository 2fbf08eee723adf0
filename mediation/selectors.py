"""Reads of mediation: missing consents, what is over, what a case may do next."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from disputes.joining import same_sides
from disputes.models import Dispute, DisputeParty
from disputes.selectors import sides_of
from edge.conf import setting
from kernel.actor import Actor
from kernel.law import law
from mediation.deadlines import More, Pause
from mediation.machine import (
    CASE,
    INTAKE,
    REQUIRED_FOR_ACCEPTANCE,
    CaseState,
    ConsentAnswer,
    ConsentStep,
)
from mediation.models import Case, CaseParty, Consent, Extension, IntakeItem, RightsNotice, Suspension


@law("PM-17")
def missing_consents(case_ids: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    """Case → the (party, step) pairs whose latest word is not a yes. One statement for parties, one for
    words."""
    parties = list(CaseParty.objects.filter(case_id__in=list(case_ids)))
    latest: dict[tuple[UUID, str], str] = {}
    words = Consent.objects.filter(party__in=parties).order_by("recorded_at", "id")
    for party_id, step, answer in words.values_list("party_id", "step", "answer"):
        latest[party_id, step] = answer
    missing: dict[UUID, list[tuple[UUID, str]]] = {}
    for party in parties:
        for step in REQUIRED_FOR_ACCEPTANCE:
            if latest.get((party.pk, step.value)) != ConsentAnswer.GIVEN:
                missing.setdefault(party.case_id, []).append((party.pk, step.value))
    return missing


@law("PM-T2")
def extension_missing(case: Case) -> bool:
    """Whether some party has not said yes to more time since the last extension."""
    words = Consent.objects.filter(party__case=case, step=ConsentStep.EXTENSION).order_by("recorded_at", "id")
    if case.extended_at is not None:
        words = words.filter(recorded_at__gt=case.extended_at)
    latest = dict(words.values_list("party_id", "answer"))
    parties = CaseParty.objects.filter(case=case).values_list("pk", flat=True)
    return any(latest.get(party) != ConsentAnswer.GIVEN for party in parties)


def term_changes(case: Case) -> list[Pause | More]:
    """The pauses (ended ones) and extensions of a case in the order in which they were recorded."""
    found: list[tuple[datetime, Pause | More]] = [
        (row.recorded_at, Pause(row.from_day, row.to_day))
        for row in Suspension.objects.filter(case=case)
        if row.to_day is not None
    ]
    found += [(row.recorded_at, More(row.days)) for row in Extension.objects.filter(case=case)]
    return [change for _, change in sorted(found, key=lambda pair: pair[0])]


@law("PM-17")
def is_barred(dispute: Dispute) -> bool:
    """Whether a party has refused and nobody has applied since: in this dispute, or shortly before in another
    of the same sides. A new code for the same quarrel does not undo a "no"."""
    if dispute.mediation_refused:
        return True
    sides = sides_of(list(DisputeParty.objects.filter(dispute=dispute)))
    known = Q(phone_index__in=[side.phone for side in sides if side.phone])
    known |= Q(id_index__in=[side.id_number for side in sides if side.id_number])
    since = dispute.opened_at - timedelta(days=setting("JOIN_DAYS"))
    others = DisputeParty.objects.filter(known, dispute__mediation_refused_at__gte=since).exclude(
        dispute=dispute
    )
    ids = others.values_list("dispute_id", flat=True).distinct()
    for other in Dispute.objects.filter(pk__in=list(ids)):
        asked, refused = dispute.party_asked_at, other.mediation_refused_at
        stands = other.mediation_refused and (asked is None or refused is None or asked <= refused)
        if stands and same_sides(sides, sides_of(list(DisputeParty.objects.filter(dispute=other)))):
            return True
    return False


def party_count(case_id: UUID) -> int:
    return CaseParty.objects.filter(case_id=case_id).count()


def over(rows: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    """Cases with a clock that is over: `deadlines.is_over` as a filter."""
    return rows.filter(Q(acceptance_due_at__lte=now) | Q(mediation_due_at__lte=now))


def not_over(rows: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    return rows.exclude(Q(acceptance_due_at__lte=now) | Q(mediation_due_at__lte=now))


def case_choices(case: Case, actor: Actor) -> list[str]:
    """The events that the table allows this role in this state."""
    return CASE.events(case.state, actor.role)


def intake_choices(item: IntakeItem, actor: Actor) -> list[str]:
    """What this role may choose about an intake item."""
    events = INTAKE.events(item.state, actor.role)
    return [event for event in events if event != "offer"] if item.barred else events


def intake_shown(rows: QuerySet[IntakeItem]) -> QuerySet[IntakeItem]:
    """As lists and details show them: with their dispute and case, danger and the newest first."""
    rows = rows.select_related("dispute").annotate(case_id=F("case__id"))
    return rows.order_by("-danger", "-opened_at", "id")


def cases_shown(rows: QuerySet[Case]) -> QuerySet[Case]:
    """With their dispute; what is due first."""
    due = F("mediation_due_at").asc(nulls_last=True)
    return rows.select_related("dispute").order_by(due, "-asked_at", "id")


def with_notices(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Cases in which every party was told its rights."""
    return rows.exclude(Exists(_untold()))


@law("PM-30b")
def without_notice(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Cases in which some party was not told its rights yet."""
    return rows.filter(Exists(_untold()))


def _untold() -> QuerySet[CaseParty]:
    told = RightsNotice.objects.filter(party=OuterRef("pk"))
    return CaseParty.objects.filter(~Exists(told), case=OuterRef("pk"))


def to_review(rows: QuerySet[Case], today: date) -> QuerySet[Case]:
    """Cases that wait and whose review date has come: `deadlines.review_due` as a filter."""
    return rows.filter(state__in=(CaseState.SUSPENDED, CaseState.UNREACHABLE), review_on__lte=today)

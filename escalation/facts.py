"""What a rule may look at: codes, counts and flags of one dispute, never a name, a number or a word said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from disputes.codes import DisputeState
from disputes.facts import dispute_facts
from disputes.models import DangerSign, Dispute, DisputeTransition, Screening
from escalation.vocabulary import APPLIED, CLOCK_EVENT

ATTENDED = frozenset(
    {
        DisputeState.REGISTERED,
        DisputeState.ACCEPTED,
        DisputeState.TRIAGED,
        DisputeState.HANDLING,
        DisputeState.REOPENED,
    }
)
"""A level has the dispute in its hands: a level clock runs."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A dispute as rules see it at one moment."""

    dispute: Dispute
    facts: Mapping[str, Any]
    refused: bool


def attended(dispute: Dispute) -> bool:
    """Whether a level has the dispute in its hands and mediation has not been refused (PM-17)."""
    return dispute.state in ATTENDED and not dispute.mediation_refused


def suspended(dispute: Dispute) -> bool:
    """A flag with a reason and a review date: clocks stand still."""
    return dispute.suspended_until is not None


def run_of(dispute: Dispute) -> int:
    """How often the dispute was reopened: rules that fire once per dispute may fire once in each run."""
    return DisputeTransition.objects.filter(dispute=dispute, event="reopen").count()


def situation(dispute_id: UUID, *, event: str, screening_id: UUID | None = None) -> Situation:
    """Read everything that a rule may ask about.

    Signs, danger and a party's wish are those of the screening that the event brought: what an older one said
    has fired already, and nothing is ever added up.
    """
    dispute = Dispute.objects.get(pk=dispute_id)
    known = dispute_facts(dispute_id)
    facts = {
        "protected": known.protected,
        "level": known.level,
        "category": known.category,
        "scale": known.scale,
        "parties": known.parties,
        "communities": known.communities,
        "failed_attempts": known.failed_attempts,
        "days_since_last": known.days_since_last,
        "minor": known.minor,
        "limited_capacity": known.limited_capacity,
        "clock_ran_out": event == CLOCK_EVENT,
        **_brought_by(screening_id, event),
    }
    return Situation(dispute, facts, dispute.mediation_refused)


def _brought_by(screening_id: UUID | None, event: str) -> dict[str, Any]:
    screening = Screening.objects.filter(pk=screening_id).first() if screening_id else None
    if screening is None:
        return {"signs": [], "danger_now": False, "party_asks": event == APPLIED}
    signs = DangerSign.objects.filter(screening=screening).values_list("code", flat=True)
    return {
        "signs": sorted(signs),
        "danger_now": screening.danger_now,
        "party_asks": screening.wants_mediation,
    }

"""Triage 分流 and rerouting 改派: what a dispute is, who takes it, and where it belongs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Area, AreaLevel
from disputes.codes import DisputeState
from disputes.facts import dispute_facts
from disputes.machine import CENTRE, rank
from disputes.models import Dispute, DisputeTransition
from disputes.services.moving import Step, done_before, locked, take
from disputes.services.telling import dispute_stored, readers_changed
from disputes.triage import Known, Suggestion, read_levels, suggest
from edge.conf import setting
from grids.models import Grid
from kernel.actor import Actor
from kernel.codes.law import HandlingLevel
from kernel.law import law
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Triage:
    """What a person sets; `level` None: as suggested."""

    category: str
    complexity: str
    level: str | None = None


def triage_suggested(dispute: Dispute) -> Suggestion:
    """The suggestion as the dispute stands."""
    facts = dispute_facts(dispute.id)
    known = Known(
        category=dispute.category, scale=dispute.scale, level=dispute.level,
        level_reasons=tuple(dispute.level_reasons), parties=facts.parties, communities=facts.communities,
        hidden=dispute.protected or dispute.restricted, suggested=dispute.suggested,
    )  # fmt: skip
    return suggest(known, read_levels(setting("COMPLEXITY_LEVELS")))


@law("EF-6")
@transaction.atomic
def dispute_triage(
    *, actor: Actor, dispute_id: UUID, chosen: Triage, reason: str = "", device_at: datetime | None = None
) -> tuple[Dispute, bool]:
    """Set category, complexity and level; whoever departs from the suggestion says why. The second value: it
    was triaged like this before."""
    dispute = locked(dispute_id)
    if _triaged_so(dispute, actor, chosen):
        return dispute, True
    suggestion = triage_suggested(dispute)
    level = chosen.level or suggestion.level
    departs = (chosen.complexity, level) != (suggestion.complexity, suggestion.level)
    if departs and not reason.strip():
        raise Problem("reason_required")
    facts = {"category": chosen.category, "complexity": chosen.complexity}
    steps = [take(dispute, Step(actor, "triage", reason, device_at, facts))]
    if level != dispute.level:
        event = "hand_up" if rank(level) > rank(dispute.level) else "hand_back"
        why = reason or "分流 by triage"
        steps.append(take(dispute, Step(actor, event, why, device_at, {"to_level": level})))
    dispute_stored(dispute, steps)
    return dispute, False


def _triaged_so(dispute: Dispute, actor: Actor, chosen: Triage) -> bool:
    """The last triage brought the same, and nothing but the level that it set has moved since."""
    if dispute.state != DisputeState.TRIAGED:
        return False
    last = DisputeTransition.objects.filter(dispute=dispute).order_by("-at", "-id")[:2]
    events = [step.event for step in last]
    if "triage" not in events or not (events[0] == "triage" or events[0] in ("hand_up", "hand_back")):
        return False
    same = (dispute.category, dispute.complexity) == (chosen.category, chosen.complexity)
    return same and chosen.level in (None, dispute.level)


@transaction.atomic
def dispute_reroute(
    *, actor: Actor, dispute_id: UUID, community_id: UUID, grid_id: UUID | None = None, reason: str
) -> tuple[Dispute, bool]:
    """Send a dispute to another community or grid, the file as it is, under the same code. A coordinator
    stays within the own street; the centre may send it on to a neighbouring street."""
    dispute = locked(dispute_id)
    facts = {"to_community": str(community_id), "to_grid": str(grid_id) if grid_id else None}
    if done_before(dispute, actor, "reroute", facts):
        return dispute, True
    community = Area.objects.filter(id=community_id, level=AreaLevel.COMMUNITY).first()
    if community is None or community.parent_id is None:
        raise Problem("place_unknown")
    if community.parent_id != dispute.street_id and actor.role not in CENTRE:
        raise Problem("place_unknown")
    if grid_id is not None and not Grid.objects.filter(id=grid_id, community_id=community_id).exists():
        raise Problem("place_unknown")
    if grid_id is None and dispute.level == HandlingLevel.GRID:
        raise Problem("place_required")
    before = {
        "from_community": str(dispute.community_id) if dispute.community_id else None,
        "from_grid": str(dispute.grid_id) if dispute.grid_id else None,
    }
    moved = {**facts, **before, "street_id": community.parent_id}
    step = take(dispute, Step(actor, "reroute", reason, facts=moved))
    dispute_stored(dispute, [step])
    readers_changed([dispute.id], screenings=False)
    return dispute, False

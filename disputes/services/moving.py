"""Steps of a dispute: lock, ask the table, change, leave a row, record, publish. Nothing else writes a
state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from disputes.codes import DisputeState, ReopenReason
from disputes.machine import DISPUTE, MEDIATION_OVER, OPEN_STATES, TO_HANDLING, rank
from disputes.models import Dispute, DisputeTransition
from disputes.services.telling import dispute_stored
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.problems import Problem

Facts = Mapping[str, Any]


def locked(dispute_id: UUID, *, absorbed: bool = False) -> Dispute:
    """The dispute under its row lock; problems `not_found`, and `dispute_merged` (with `into`) for one that
    lives on in another, unless `absorbed` ones are asked for."""
    dispute = existing(Dispute.objects.select_for_update().filter(id=dispute_id))
    if dispute.merged_into_id is not None and not absorbed:
        raise Problem("dispute_merged", into=str(dispute.merged_into_id))
    return dispute


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked of a dispute, by whom and why. `facts` feed the guards."""

    actor: Actor
    event: str
    reason: str = ""
    device_at: datetime | None = None
    facts: Facts = field(default_factory=dict)


@transaction.atomic
def dispute_transition(
    *,
    actor: Actor,
    dispute_id: UUID,
    event: str,
    reason: str = "",
    device_at: datetime | None = None,
    facts: Facts | None = None,
) -> tuple[Dispute, bool]:
    """Take one step; the dispute, and whether it had been taken before (then nothing is written).

    `facts` feed the guards: `to_level`, `other_ways`, `closed_as`, `reopen_reason`, `party_asks`.
    """
    dispute = locked(dispute_id, absorbed=True)
    if done_before(dispute, actor, event, facts or {}):
        return dispute, True
    step = take(dispute, Step(actor, event, reason, device_at, facts or {}))
    dispute_stored(dispute, [step])
    return dispute, False


@transaction.atomic
def dispute_step(
    *,
    actor: Actor,
    dispute_id: UUID,
    event: str,
    reason: str = "",
    device_at: datetime | None = None,
    facts: Facts | None = None,
) -> tuple[Dispute, bool]:
    """The same for staff at a desk: what lies with the mediators is moved by the mediation case, not past
    it."""
    dispute = locked(dispute_id)
    if dispute.state == DisputeState.WITH_MEDIATION and not done_before(dispute, actor, event, facts or {}):
        raise Problem("transition_not_allowed", current=dispute.state, event=event)
    if dispute.protected and actor.role == Role.GRID_WORKER:
        raise Problem("no_contact_while_protected")
    return dispute_transition(
        actor=actor, dispute_id=dispute_id, event=event, reason=reason, device_at=device_at, facts=facts
    )


def done_before(dispute: Dispute, actor: Actor, event: str, facts: Facts) -> bool:
    """The second of two equal commands, by whoever may give it, finds the dispute where the first has left
    it."""
    led_here = [row for row in DISPUTE.transitions if (row.event, row.target) == (event, dispute.state)]
    if not any(actor.role is None or actor.role in row.roles for row in led_here):
        return False
    last = DisputeTransition.objects.filter(dispute=dispute).order_by("-at", "-id").first()
    if last is None or last.event != event:
        return False
    return event not in DISPUTE.events(dispute.state) or _same_again(dispute, last, facts)


def _same_again(dispute: Dispute, last: DisputeTransition, facts: Facts) -> bool:
    """Of steps that may be taken again at once: whether this one asks for what the last has brought."""
    if last.event in ("hand_up", "hand_back"):
        return bool(dispute.level == facts.get("to_level"))
    if last.event == "ask_hand_up":
        return bool(dispute.hand_up_asked == facts.get("to_level"))
    if last.event == "reroute":
        return all(last.detail.get(key) == facts.get(key) for key in ("to_community", "to_grid"))
    return last.event in ("keep_level", "feedback")


def take(dispute: Dispute, step: Step) -> DisputeTransition:
    """Ask the table, change the (locked) dispute, leave the row and the fact; storing and telling follow."""
    role = step.actor.role
    given = {
        "role": role,
        "level": dispute.level,
        "reason": step.reason,
        "restricted": dispute.restricted or dispute.protected,
        "outcome": dispute.outcome,
        "follow_up_declined": dispute.follow_up_declined,
        "mediation_refused": dispute.mediation_refused,
        "hand_up_asked": dispute.hand_up_asked,
        "asked_by": dispute.hand_up_asked_by,
        **step.facts,
    }
    row = DISPUTE.apply(dispute.state, step.event, role=role, facts=given)
    before, level = dispute.state, dispute.level
    dispute.state = row.target
    _EFFECTS.get(step.event, _nothing)(dispute, given)
    if row.target not in OPEN_STATES:
        _stop_everything_running(dispute)
    return _leave_row(dispute, step, before, level)


def _leave_row(dispute: Dispute, step: Step, before: str, level: str) -> DisputeTransition:
    actor, moved = step.actor, level != dispute.level
    left = DisputeTransition.objects.create(
        dispute=dispute, event=step.event, from_state=before, to_state=dispute.state, from_level=level,
        to_level=dispute.level, actor_id=actor.user_id, role=str(actor.role or ""), reason=step.reason,
        detail={key: value for key, value in step.facts.items() if key in _KEPT_FACTS},
        device_at=step.device_at, at=clock.now(),
    )  # fmt: skip
    was, now_is = (level, dispute.level) if moved else (before, dispute.state)
    record(
        actor=actor,
        event="dispute.level_changed" if moved else "dispute.state_changed",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["level", "level_since"] if moved else ["state"],
        device_at=step.device_at,
        detail={"event": step.event, "from": str(was), "to": str(now_is)},
    )
    return left


_KEPT_FACTS = frozenset(
    {
        "other_ways", "closed_as", "reopen_reason", "party_asks", "rule", "firing_id", "into", "category",
        "complexity", "to_community", "to_grid", "from_community", "from_grid", "asked_level",
    }
)  # fmt: skip


def _nothing(dispute: Dispute, facts: Facts) -> None:
    """Most steps change the state and no more."""


def _to_level(dispute: Dispute, facts: Facts) -> None:
    dispute.level, dispute.level_since = facts["to_level"], clock.now()
    _answered(dispute, facts)


def _asked(dispute: Dispute, facts: Facts) -> None:
    dispute.hand_up_asked, dispute.hand_up_asked_by = facts["to_level"], str(facts.get("role") or "")


def _answered(dispute: Dispute, facts: Facts) -> None:
    dispute.hand_up_asked, dispute.hand_up_asked_by = "", ""


def _classified(dispute: Dispute, facts: Facts) -> None:
    dispute.category = facts.get("category", dispute.category)
    dispute.complexity = facts.get("complexity", dispute.complexity)


def _elsewhere(dispute: Dispute, facts: Facts) -> None:
    dispute.street_id = facts["street_id"]
    dispute.community_id, dispute.grid_id = UUID(facts["to_community"]), None
    if facts.get("to_grid"):
        dispute.grid_id = UUID(facts["to_grid"])


def _ends(dispute: Dispute, facts: Facts) -> None:
    dispute.outcome, dispute.closed_as = dispute.state, facts.get("closed_as", "")
    if dispute.state in MEDIATION_OVER:
        dispute.mediation_refused_at = clock.now()


def _reopened(dispute: Dispute, facts: Facts) -> None:
    dispute.outcome, dispute.closed_as, dispute.follow_up_declined = "", "", False
    if facts.get("party_asks") and facts.get("reopen_reason") == ReopenReason.NEW_APPLICATION:
        dispute.party_asked_at = clock.now()


_EFFECTS: Mapping[str, Callable[[Dispute, Facts], None]] = {
    "hand_up": _to_level,
    "hand_back": _to_level,
    "ask_hand_up": _asked,
    "keep_level": _answered,
    "triage": _classified,
    "reroute": _elsewhere,
    "reopen": _reopened,
    **dict.fromkeys(("settle", "not_settle", "refuse", "withdraw", "close_elsewhere"), _ends),
}


def _stop_everything_running(dispute: Dispute) -> None:
    """Nothing counts down, shines or waits on a dispute that is over."""
    dispute.watch_until, dispute.suspended_until, dispute.suspended_reason = None, None, ""
    dispute.colour, dispute.colour_until, dispute.colour_by = "", None, None
    dispute.hand_up_asked, dispute.hand_up_asked_by = "", ""
    dispute.suggested, dispute.suggested_signs, dispute.suggested_until = "", [], None


@transaction.atomic
def dispute_hand_up(
    *, actor: Actor, dispute_id: UUID, level: str, reason: str = "", facts: Facts | None = None
) -> bool:
    """Bring a dispute to a higher level; False when it is there already or is past being handled.

    `facts` may name the `rule` and `firing_id` that asked for it; they are kept with the step.
    """
    dispute = locked(dispute_id, absorbed=True)
    if rank(level) <= rank(dispute.level) or "hand_up" not in DISPUTE.events(dispute.state):
        return False
    step = take(dispute, Step(actor, "hand_up", reason, facts={**(facts or {}), "to_level": level}))
    dispute_stored(dispute, [step])
    return True


@transaction.atomic
def dispute_walk(
    *,
    actor: Actor,
    dispute_id: UUID,
    event: str,
    reason: str = "",
    device_at: datetime | None = None,
    facts: Facts | None = None,
) -> Dispute:
    """One act of a person that starts with taking the dispute into hand: accepts, triages and handles it as
    far as that has not been done, then takes `event` (for example `to_mediation`, `settle`). Each step
    leaves its row."""
    dispute = locked(dispute_id)
    way = (*TO_HANDLING.get(DisputeState(dispute.state), ()), event)
    dispute_stored(
        dispute, [take(dispute, Step(actor, step, reason, device_at, facts or {})) for step in way]
    )
    return dispute

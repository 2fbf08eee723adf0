"""What mediation does to the dispute: the dispute's own service decides, its state follows the case."""

from collections.abc import Iterable
from uuid import UUID

from disputes import services
from disputes.codes import DisputeState, ReopenReason
from disputes.machine import TO_HANDLING
from disputes.models import Dispute
from kernel.actor import SYSTEM, Actor
from kernel.law import law

SETTLED = "调解协议已生效 the agreement is in effect"


@law("PM-17")
def to_mediation(actor: Actor, dispute_id: UUID) -> None:
    """The dispute waits for the table from the moment that the parties are asked.

    One that had ended by a refusal begins again under the same code, and only because a party has applied
    since: the dispute's own guard refuses it otherwise.
    """
    state = _state(dispute_id)
    if state in {DisputeState.REFUSED, DisputeState.WITHDRAWN}:
        services.dispute_transition(actor=actor, dispute_id=dispute_id, event="archive")
        state = DisputeState.ARCHIVED
    if state == DisputeState.ARCHIVED:
        facts = {"reopen_reason": ReopenReason.NEW_APPLICATION.value, "party_asks": not _refused(dispute_id)}
        services.dispute_transition(actor=actor, dispute_id=dispute_id, event="reopen", facts=facts)
    services.dispute_walk(actor=actor, dispute_id=dispute_id, event="to_mediation")


def _refused(dispute_id: UUID) -> bool:
    return Dispute.objects.get(pk=dispute_id).mediation_refused


def not_taken(actor: Actor, dispute_id: UUID, reason: str) -> None:
    """The committee did not accept: back to the level that had it."""
    services.dispute_transition(actor=actor, dispute_id=dispute_id, event="not_taken", reason=reason)


def not_settled(actor: Actor, dispute_id: UUID, reason: str) -> None:
    services.dispute_transition(actor=actor, dispute_id=dispute_id, event="not_settle", reason=reason)


def closed_elsewhere(actor: Actor, dispute_id: UUID, closed_as: str, reason: str) -> None:
    """The parties went another way, or one of them has died: the dispute has its end there."""
    services.dispute_transition(
        actor=actor, dispute_id=dispute_id, event="close_elsewhere", reason=reason,
        facts={"closed_as": closed_as},
    )  # fmt: skip


@law("PM-29", "PM-30")
def settled(dispute_id: UUID) -> None:
    """The agreement is in effect: the dispute is settled, and who brought it is told so in neutral words. An
    amendment later changes nothing here."""
    if _state(dispute_id) != DisputeState.WITH_MEDIATION:
        return
    for event in ("settle", "feedback"):
        services.dispute_transition(actor=SYSTEM, dispute_id=dispute_id, event=event, reason=SETTLED)


@law("PM-FU")
def followed_up(dispute_id: UUID) -> None:
    """The first follow-up was made."""
    if _state(dispute_id) == DisputeState.FEEDBACK:
        services.dispute_transition(actor=SYSTEM, dispute_id=dispute_id, event="follow_up")


def follow_up_declined(actor: Actor, dispute_id: UUID) -> None:
    """Every party has declined: nothing is owed any more."""
    services.follow_up_decline(actor=actor, dispute_id=dispute_id, reason="当事人谢绝回访")


def _state(dispute_id: UUID) -> str:
    return Dispute.objects.values_list("state", flat=True).get(pk=dispute_id)


def ended_by_party(actor: Actor, dispute_id: UUID, event: str, party_id: UUID | None) -> None:
    """`refuse` or `withdraw`: for mediation the dispute is over at every level."""
    if event == "refuse" and party_id is not None:
        services.party_refuse(actor=actor, dispute_id=dispute_id, party_id=party_id)
        return
    state = _state(dispute_id)
    if state == DisputeState.WITH_MEDIATION:
        services.dispute_transition(actor=actor, dispute_id=dispute_id, event=event)


def to_department(actor: Actor, dispute_id: UUID, reason: str) -> None:
    services.dispute_walk(actor=actor, dispute_id=dispute_id, event="to_department", reason=reason)


def hand_back(actor: Actor, dispute_id: UUID, level: str, reason: str) -> None:
    services.dispute_transition(
        actor=actor, dispute_id=dispute_id, event="hand_back", reason=reason, facts={"to_level": level}
    )


def protect(actor: Actor, dispute_id: UUID, reason: str) -> None:
    services.protection_set(actor=actor, dispute_id=dispute_id, reason=reason)


def mediators_named(actor: Actor, dispute_id: UUID, user_ids: Iterable[UUID]) -> None:
    services.mediators_name(actor=actor, dispute_id=dispute_id, user_ids=user_ids)


@law("PM-3")
def to_referral(actor: Actor, dispute_id: UUID, reason: str) -> None:
    """Another body has it now. A mediation that is open is not touched: a referral blocks none."""
    state = Dispute.objects.values_list("state", flat=True).get(pk=dispute_id)
    if state in TO_HANDLING:
        services.dispute_walk(actor=actor, dispute_id=dispute_id, event="to_referral", reason=reason)


def reported_back(actor: Actor, dispute_id: UUID, outcome: str, reason: str) -> None:
    """The dispute that another body had ends as it says; a decision of its own ends it elsewhere."""
    state = Dispute.objects.values_list("state", flat=True).get(pk=dispute_id)
    if state == DisputeState.WITH_REFERRAL:
        event = "settle" if outcome == "settled" else "not_settle"
        services.dispute_transition(actor=actor, dispute_id=dispute_id, event=event, reason=reason)

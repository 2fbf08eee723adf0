from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from disputes.models import Dispute
from disputes.services import dispute_danger_opened
from edge.locks import advisory
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation import dispute_side
from mediation.machine import INTAKE, IntakeState
from mediation.models import IntakeItem
from mediation.models.intake import OPEN_INTAKE
from mediation.selectors import is_barred
from mediation.services.moves import Step, locked_item, move_item

Reason = Mapping[str, Any]
"""`{"rule", "zh", "en", "danger"}`: why the item is here, in words for the person who reads it."""


@law("PM-17")
@transaction.atomic
def intake_open(
    *, actor: Actor, dispute_id: UUID, reasons: Sequence[Reason], protected: bool, firing_id: UUID | None
) -> IntakeItem:
    """Put a dispute on the worklist of its street's centre. Asked again while an item is open, the reasons
    are added to it and it is unread again; the same firing twice changes nothing. No party is contacted, no
    clock starts.
    """
    advisory("intake", [dispute_id])
    dispute = Dispute.objects.get(pk=dispute_id)
    said = [_reason(reason, firing_id) for reason in reasons]
    item = IntakeItem.objects.select_for_update().filter(dispute_id=dispute_id, state__in=OPEN_INTAKE).first()
    if item is None:
        item = IntakeItem(dispute=dispute, street_id=dispute.street_id, opened_at=clock.now())
    elif firing_id and str(firing_id) in {reason["firing"] for reason in item.reasons}:
        return item
    item.reasons = [*item.reasons, *said]
    item.protected = item.protected or protected or dispute.protected
    item.danger = item.danger or any(reason["danger"] for reason in said)
    item.barred = is_barred(dispute)
    item.read_at = item.read_by = None
    item.save()
    audit.record(
        actor=actor,
        event="mediation.intake_opened",
        subject_kind="mediation_intake",
        subject_id=item.pk,
        fields=["reasons", "protected", "danger"],
        detail={"dispute": str(dispute_id), "rules": [reason["rule"] for reason in said]},
    )
    return item


def _reason(reason: Reason, firing_id: UUID | None) -> dict[str, Any]:
    return {
        "rule": reason["rule"],
        "zh": reason["zh"],
        "en": reason["en"],
        "danger": bool(reason.get("danger")),
        "firing": str(firing_id) if firing_id else None,
        "at": clock.now().isoformat(),
    }


@transaction.atomic
def intake_read(*, actor: Actor, item_id: UUID) -> IntakeItem:
    """Somebody at the centre has read the item; the first reader is kept."""
    item = locked_item(actor, item_id)
    if item.read_at is None:
        item.read_at, item.read_by_id = clock.now(), actor.user_id
        item.save(update_fields=["read_at", "read_by"])
        dispute_danger_opened(actor=actor, dispute_id=item.dispute_id)
        audit.record(
            actor=actor, event="mediation.intake_read", subject_kind="mediation_intake", subject_id=item.pk
        )
    return item


@law("DV-23")
@transaction.atomic
def intake_protect(*, actor: Actor, item_id: UUID, reason: str) -> IntakeItem:
    """Put item and dispute on the protected track; from then on only the director decides about it."""
    item = locked_item(actor, item_id)
    if item.state == IntakeState.PROTECTED_TRACK:
        return item
    move_item(actor, item, "protect", Step({"reason": reason}, reason), protected=True)
    if not Dispute.objects.values_list("protected", flat=True).get(pk=item.dispute_id):
        dispute_side.protect(actor, item.dispute_id, reason)
    return _decided(actor, item, "protect")


@transaction.atomic
def intake_to_department(*, actor: Actor, item_id: UUID, reason: str) -> IntakeItem:
    """A department handles the matter; mediation is not offered."""
    item, done = _choose(actor, item_id, "to_department", reason)
    if done:
        return item
    dispute_side.to_department(actor, item.dispute_id, reason)
    return _decided(actor, item, "to_department")


@transaction.atomic
def intake_close(*, actor: Actor, item_id: UUID, reason: str) -> IntakeItem:
    """Nothing is to be done here; the dispute stays where it is."""
    item, done = _choose(actor, item_id, "close", reason)
    return item if done else _decided(actor, item, "close")


@transaction.atomic
def intake_hand_back(*, actor: Actor, item_id: UUID, level: str, reason: str) -> IntakeItem:
    """Back to a lower level, with the reason and the file as it was."""
    item, done = _choose(actor, item_id, "hand_back", reason)
    if done:
        return item
    dispute_side.hand_back(actor, item.dispute_id, level, reason)
    return _decided(actor, item, "hand_back")


def _choose(actor: Actor, item_id: UUID, event: str, reason: str) -> tuple[IntakeItem, bool]:
    """The second value: the same had been chosen before."""
    item = locked_item(actor, item_id)
    if INTAKE.already_done(item.state, event):
        return item, True
    now = clock.now()
    dispute_danger_opened(actor=actor, dispute_id=item.dispute_id)
    move_item(
        actor, item, event, Step({"reason": reason}, reason), decided_at=now, **read_columns(item, actor)
    )
    return item, False


def read_columns(item: IntakeItem, actor: Actor) -> dict[str, Any]:
    """Who chooses has read."""
    return {} if item.read_at else {"read_at": clock.now(), "read_by_id": actor.user_id}


def _decided(actor: Actor, item: IntakeItem, choice: str) -> IntakeItem:
    if actor.is_system:
        raise Problem("role_not_allowed")
    audit.record(
        actor=actor,
        event="mediation.intake_decided",
        subject_kind="mediation_intake",
        subject_id=item.pk,
        fields=["state"],
        detail={"dispute": str(item.dispute_id), "choice": choice},
    )
    return item

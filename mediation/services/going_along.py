"""An open intake item of a dispute that was merged into another: its reasons go to the dispute that goes on,
unread again; when the disputes are parted they come off, and the item wakes as it was."""

from uuid import UUID

from django.db import transaction

from audit import services as audit
from disputes.models import Dispute
from edge.locks import advisory
from kernel import clock
from kernel.actor import Actor
from mediation.machine import IntakeState
from mediation.models import IntakeItem
from mediation.models.intake import OPEN_INTAKE
from mediation.selectors import is_barred
from mediation.services.moves import Step, move_item

FROM = "from"


@transaction.atomic
def intake_merged(*, actor: Actor, dispute_id: UUID) -> IntakeItem | None:
    """What waited about the absorbed dispute waits about the one it went into. Nobody is contacted; a second
    run changes nothing."""
    into = Dispute.objects.filter(pk=dispute_id).values_list("merged_into_id", flat=True).first()
    asleep = _open(dispute_id)
    if into is None or asleep is None:
        return None
    advisory("intake", [into])
    goes_on = Dispute.objects.get(pk=into)
    item = _open(into) or IntakeItem(dispute=goes_on, street_id=goes_on.street_id, opened_at=clock.now())
    if any(reason.get(FROM) == str(dispute_id) for reason in item.reasons):
        return item
    item.reasons = [*item.reasons, *({**reason, FROM: str(dispute_id)} for reason in asleep.reasons)]
    item.danger, item.protected = item.danger or asleep.danger, item.protected or asleep.protected
    item.barred = item.barred or asleep.barred or is_barred(goes_on)
    item.read_at = item.read_by = None
    item.save()
    _recorded(actor, item, "mediation.intake_followed", dispute_id)
    return item


@transaction.atomic
def intake_parted(*, actor: Actor, dispute_id: UUID) -> int:
    """The reasons that came from this dispute come off again; an item that has no other is closed. What
    somebody has decided meanwhile stays decided."""
    held = IntakeItem.objects.select_for_update(of=("self",)).filter(
        state__in=OPEN_INTAKE, reasons__contains=[{FROM: str(dispute_id)}]
    )
    items = list(held.order_by("pk"))
    for item in items:
        item.reasons = [reason for reason in item.reasons if reason.get(FROM) != str(dispute_id)]
        item.danger = any(reason["danger"] for reason in item.reasons)
        item.save(update_fields=["reasons", "danger"])
        if not item.reasons and item.state == IntakeState.WAITING:
            why = "撤销并入 parted again"
            move_item(actor, item, "close", Step({"reason": why}, why), decided_at=clock.now())
        _recorded(actor, item, "mediation.intake_parted", dispute_id)
    return len(items)


def _open(dispute_id: UUID) -> IntakeItem | None:
    rows = IntakeItem.objects.select_for_update(of=("self",)).filter(
        dispute_id=dispute_id, state__in=OPEN_INTAKE
    )
    return rows.first()


def _recorded(actor: Actor, item: IntakeItem, event: str, other: UUID) -> None:
    audit.record(
        actor=actor, event=event, subject_kind="mediation_intake", subject_id=item.pk,
        fields=["reasons", "danger"], detail={"dispute": str(item.dispute_id), "other": str(other)},
    )  # fmt: skip

"""Points of a worn device: kept only where an order in force covers the fix's time; read for a purpose."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from audit.services import record
from corrections import access
from corrections.models import DeviceFault, PositioningOrder, PositioningPoint
from corrections.positioning import OPEN, FaultKind, Span, may_keep
from corrections.services.found import require_staff
from edge.encryption import Subject as Sealer
from edge.encryption import open_value
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import CoordinateSystem
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from privacy.codes import Processing
from privacy.services import read_logged
from privacy.switches import switch

TRACK_SPAN = timedelta(days=7)
TRACK_MOST = 5000


@dataclass(frozen=True, slots=True)
class DevicePoint:
    """One fix as the device's platform delivers it."""

    fix_at: datetime
    lon_e7: int
    lat_e7: int
    crs: CoordinateSystem
    accuracy_cm: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of a batch were kept; of the others nothing but their number is."""

    kept: int
    refused: int


@law("CCL-29a", "CCL-29c", "SF-1")
@transaction.atomic
def points_store(*, actor: Actor, order_id: UUID, device_no: str, points: list[DevicePoint]) -> Kept:
    """Keep the points whose fix lies in force; count the others and keep nothing of them."""
    switch(Processing.POSITIONING)
    order = _delivered(actor, order_id)
    if not order.device_no or order.device_no != device_no:
        raise Problem("positioning_other_device")
    now, over_at = clock.now(), over_at_of(order)
    spans = [Span(row.since, row.until) for row in order.spans.all()]
    good = [point for point in points if may_keep(point.fix_at, now, spans, over_at)]
    sealer, rows = Sealer(order.subject.key_id) if good else None, []
    for point in good:
        pk = uuid7()
        assert sealer is not None  # noqa: S101  because there is a good one
        values = json.dumps(asdict(point) | {"fix_at": point.fix_at.isoformat()})
        sealed = sealer.seal(PositioningPoint, "position", pk, values)
        rows.append(
            PositioningPoint(id=pk, order=order, fix_at=point.fix_at, received_at=now, position=sealed)
        )
    PositioningPoint.objects.bulk_create(rows, ignore_conflicts=True)
    refused = len(points) - len(good)
    if refused:
        PositioningOrder.objects.filter(id=order.id).update(refused_points=F("refused_points") + refused)
    record(
        actor=actor, event="positioning_order.points", subject_kind="positioning_order", subject_id=order.id,
        detail={"kept": len(good), "refused": refused},
    )  # fmt: skip
    return Kept(len(good), refused)


def over_at_of(order: PositioningOrder) -> datetime:
    """When an order is or was over: lifted, at its end, or with the person's last day, whichever is first."""
    ends = [at for at in (order.over_at, order.ends_at) if at is not None]
    if order.subject.ends_on is not None:
        ends.append(clock.day_end(order.subject.ends_on))
    return min(ends) if ends else order.applied_at


def _delivered(actor: Actor, order_id: UUID) -> PositioningOrder:
    """The order of the own agency under lock, also in the day after the end."""
    rows = access.tracks_delivered_by(actor).select_for_update(of=("self",)).select_related("subject")
    order = existing(rows.filter(id=order_id))
    return order


def _seen(actor: Actor, order_id: UUID) -> PositioningOrder:
    """The order for the agency and the procurator: nobody else opens, or delivers, where a person was."""
    rows = access.tracks_readable_by(actor)
    order = existing(rows.filter(id=order_id))
    return order


@law("CCL-29d")
@transaction.atomic
def track_read(
    *, actor: Actor, order_id: UUID, since: datetime, until: datetime, purpose: str, reason: str
) -> list[dict[str, Any]]:
    """Points of a week at most, in the order of their fixes; each reading leaves a row with its purpose."""
    order = _seen(actor, order_id)
    if not timedelta() < until - since <= TRACK_SPAN:
        raise Problem("invalid", fields={"until": ["after since, by a week at most"]})
    read_logged(
        actor=actor, subject_kind="positioning_order", subject_id=order.id, fields=["points"],
        purpose=purpose, reason=reason,
    )  # fmt: skip
    rows = PositioningPoint.objects.filter(order=order, fix_at__gte=since, fix_at__lt=until)
    return [
        json.loads(open_value(PositioningPoint, "position", row.id, row.position) or "{}")
        for row in rows.order_by("fix_at")[:TRACK_MOST]
    ]


@law("CCM-37")
@transaction.atomic
def fault_record(*, actor: Actor, order_id: UUID, kind: FaultKind, since: datetime) -> DeviceFault:
    """A flat battery, a lost signal: the fault of a device that is worn. Nothing about the person follows
    from it."""
    user_id, order = require_staff(actor), _seen(actor, order_id)
    if order.fitted_at is None or order.state not in OPEN:
        raise Problem("transition_not_allowed", current=order.state)
    if not order.fitted_at <= since <= clock.now():
        raise Problem("invalid", fields={"since": ["in the future, or before the device was fitted"]})
    row, made = DeviceFault.objects.get_or_create(
        order=order, kind=kind, since=since,
        defaults={"entered_by_id": user_id, "entered_at": clock.now()},
    )  # fmt: skip
    if made:
        record(actor=actor, event="positioning_order.fault", subject_kind="positioning_order",
               subject_id=order.id)  # fmt: skip
    return row

"""Positioning for the tests: findings, orders on their way, points of a device."""

from datetime import datetime, timedelta
from uuid import UUID

from corrections.models import Finding, PositioningOrder, Subject
from corrections.positioning import FindingKind, PositioningGround, last_day
from corrections.services import (
    Application,
    DevicePoint,
    finding_record,
    points_store,
    positioning_apply,
    positioning_approve,
    positioning_fit,
    positioning_start,
    positioning_tell,
)
from corrections.services.points import Kept
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import CoordinateSystem
from tests.corrections.stage import INSIDE, Case

DEVICE = "W-001"


def found(actor: Actor, subject: Subject, kind: FindingKind = FindingKind.LEFT_WITHOUT_LEAVE) -> Finding:
    return finding_record(
        actor=actor, subject_id=subject.id, kind=kind, happened_on=clock.today(), facts="离开本市",
        evidence="车票",
    )  # fmt: skip


def wanted(*findings: UUID, ground: PositioningGround = PositioningGround.LEFT) -> Application:
    return Application(ground, "其他措施不足", tuple(findings))


def applied(agency: Actor, case: Case) -> PositioningOrder:
    application = wanted(found(agency, case.subject).id)
    return positioning_apply(actor=agency, subject_id=case.subject.id, application=application)


def approved(agency: Actor, bureau: Actor, case: Case) -> PositioningOrder:
    order = applied(agency, case)
    return positioning_approve(actor=bureau, order_id=order.id, ends_on=last_day(clock.today()))


def in_force(agency: Actor, bureau: Actor, case: Case) -> PositioningOrder:
    order = approved(agency, bureau, case)
    positioning_tell(actor=agency, order_id=order.id, told_on=clock.today())
    positioning_fit(actor=agency, order_id=order.id, device_no=DEVICE)
    return positioning_start(actor=agency, order_id=order.id)


def point(at: datetime) -> DevicePoint:
    return DevicePoint(at, *INSIDE, CoordinateSystem.WGS84, 500)


def sent(actor: Actor, order: PositioningOrder, *ats: datetime) -> Kept:
    points = [point(at) for at in ats]
    return points_store(actor=actor, order_id=order.id, device_no=DEVICE, points=points)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)

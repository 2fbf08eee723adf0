"""Screenings as phones send them, for tests."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from audit.models import AuditEvent
from disputes.bodies import ScreeningBody
from disputes.models import Dispute, DisputeScreening, Screening
from disputes.reactions import open_or_join
from disputes.services import SUBMITTED, screenings_submit
from kernel import clock
from kernel.ids import uuid7
from sync.items import Outcome, PushItem
from tests.cast import District, Member

ZHANG = {"role": "applicant", "name": "张三", "phone": "13812345678", "id_number": "230103198001011231"}
LI = {"role": "respondent", "name": "李四", "phone": "13987654321"}
WANG = {"role": "party", "name": "王五", "phone": "13711112222"}
AGREED = {"terms": "楼上一周内修好水管", "by_whom": "张三、李四"}
THREAT = {"code": "threat", "what": "举着菜刀说要同归于尽", "by_whom": "李四"}
BEATING = {"code": "domestic_violence", "what": "左脸有伤，说丈夫昨晚打的"}


def body(district: District, grid: str | None = "A1-1", **answers: Any) -> dict[str, Any]:
    """The `data` of a screening at the middle of a grid (None: no location)."""
    place: dict[str, Any] = {"no_location_reason": "no_fix"}
    if grid:
        lon, lat = district.centre(grid)
        place = {"point": {"lon_e7": lon, "lat_e7": lat, "crs": "WGS84", "accuracy_cm": 500}}
    return {
        "category": "02",
        "brief": "楼上漏水，两家多次争吵",
        "occurred_at": (clock.now() - timedelta(hours=1)).isoformat(),
        "outcome": "report_up",
        "parties": [ZHANG, LI],
        **place,
        **answers,
    }


def item(
    data: dict[str, Any], *, target: UUID | None = None, age: timedelta = timedelta(minutes=5)
) -> PushItem:
    record, made = target or uuid7(), clock.now() - age
    return PushItem(
        id=record, kind="screening", op="create", target=record, base_rev=0, device_at=made, device_said=made,
        received_at=clock.now(), seq=1, offset_ms=0, skewed=False, body=msgspec.convert(data, ScreeningBody),
    )  # fmt: skip


def submit(who: Member, *items: PushItem) -> list[Outcome]:
    with transaction.atomic():
        return screenings_submit(actor=who.actor, items=list(items))


def screened(who: Member, data: dict[str, Any]) -> Screening:
    """A stored screening, its dispute opened or joined."""
    made = item(data)
    (outcome,) = submit(who, made)
    assert outcome.state == "accepted", outcome
    with transaction.atomic():
        open_or_join(AuditEvent.objects.get(event=SUBMITTED, subject_id=made.target))
    return Screening.objects.get(id=made.target)


def dispute_of(screening: Screening) -> Dispute:
    return DisputeScreening.objects.select_related("dispute").get(screening=screening).dispute

"""What time does to sessions and codes: old generations go, unused codes take their pending phone along."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.models import Device, DeviceState, EnrolmentCode, RefreshFamily, RefreshToken
from accounts.services.devices import device_transition
from edge.conf import setting
from kernel.actor import SYSTEM

BATCH = 500


def due(now: datetime) -> int:
    """Oldest first, each batch committed by itself; how many rows were done away with."""
    before = now - timedelta(days=setting("REFRESH_KEEP_DAYS"))
    return _families(before) + _generations(before) + _codes(now - timedelta(days=1))


def _families(before: datetime) -> int:
    """Sessions that ended long ago, with all their generations."""
    over = RefreshFamily.objects.filter(Q(revoked_at__lt=before) | Q(expires_at__lt=before))
    with transaction.atomic():
        ids = list(over.order_by("created_at").values_list("pk", flat=True)[:BATCH])
        RefreshToken.objects.filter(family__in=ids).delete()
        return RefreshFamily.objects.filter(pk__in=ids).delete()[0]


def _generations(before: datetime) -> int:
    """Generations used long ago. A token of one is refused after that like any other that is not ours."""
    used = RefreshToken.objects.filter(used_at__lt=before).order_by("used_at").values_list("pk", flat=True)
    with transaction.atomic():
        return RefreshToken.objects.filter(pk__in=list(used[:BATCH])).delete()[0]


def _codes(before: datetime) -> int:
    """Phones that were never enrolled, their code dead for a day: retired, with an audit row."""
    dead = EnrolmentCode.objects.filter(expires_at__lt=before, used_at__isnull=True)
    pending = Device.objects.filter(state=DeviceState.PENDING, pk__in=dead.values("device"))
    ids = list(pending.order_by("created_at").values_list("pk", flat=True)[:BATCH])
    for device_id in ids:
        device_transition(actor=SYSTEM, device_id=device_id, event="retire", reason="注册码过期未用")
    return len(ids)

"""The same act of the administrator ten times at once: one effect, ten equal answers (W9)."""

import pytest

from accounts import services
from audit.models import AuditEvent
from tests.cast import Member, Worker
from tests.disputes.test_at_once import TEN, ten_posts

pytestmark = pytest.mark.usefixtures("committed")
BECAUSE = {"reason": "找回手机"}


def test_w9_ten_parallel_reactivations_of_a_phone_are_one(worker: Worker, admin: Member) -> None:
    assert worker.device is not None
    device = worker.device.id
    services.device_transition(actor=admin.actor, device_id=device, event="suspend", reason="遗失")
    assert ten_posts(admin, f"/api/v1/devices/{device}/reactivate", BECAUSE) == ({200}, TEN - 1, 1)
    assert AuditEvent.objects.filter(event="device.reactivate", subject_id=device).count() == 1


def test_w9_ten_parallel_reinstatements_of_a_person_are_one(worker: Worker, admin: Member) -> None:
    who = worker.user.id
    services.user_transition(actor=admin.actor, user_id=who, event="suspend", reason="停职")
    assert ten_posts(admin, f"/api/v1/users/{who}/reinstate", BECAUSE) == ({200}, TEN - 1, 1)
    assert AuditEvent.objects.filter(event="user.reinstate", subject_id=who).count() == 1

from datetime import timedelta

import pytest

from accounts import jobs, services
from accounts.models import Device, RefreshFamily, RefreshToken
from kernel.clock import Frozen
from tests.accounts.phone import Phone, send
from tests.cast import Member, Worker

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=31)


def test_old_generations_go_and_the_session_goes_on(worker: Worker, clock: Frozen) -> None:
    phone = Phone.of(worker)
    for _ in range(3):
        phone.answered(send(phone.request()).json())
    clock.move(DAYS)
    assert jobs.due(clock.at) == 3
    assert RefreshToken.objects.count() == 1
    assert send(phone.request()).status_code == 200
    assert jobs.due(clock.at) == 0


def test_an_old_token_is_refused_after_its_row_is_gone(worker: Worker, clock: Frozen) -> None:
    old = Phone.of(worker)
    body = old.request()
    send(body)
    clock.move(DAYS)
    jobs.due(clock.at)
    assert send(body).json()["code"] == "sign_in_again"


def test_ended_sessions_go(mediator: Member, clock: Frozen) -> None:
    mediator.client.post("/api/v1/auth/logout", {}, format="json")
    assert jobs.due(clock.at) == 0
    clock.move(DAYS)
    jobs.due(clock.at)
    assert not RefreshFamily.objects.exists()


def test_a_code_that_nobody_used_retires_its_pending_phone(
    worker: Worker, admin: Member, clock: Frozen
) -> None:
    services.enrolment_code_create(actor=admin.actor, membership_id=worker.membership.id)
    clock.move(timedelta(days=1, minutes=11))
    assert jobs.due(clock.at) == 1
    assert set(Device.objects.values_list("state", flat=True)) == {"active", "retired"}

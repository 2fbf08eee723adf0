"""What an administrator does to phones, people and roles, step by step over HTTP."""

import pytest
from rest_framework.test import APIClient

from accounts import services, tokens
from accounts.models import Device, Membership, User
from kernel.codes.roles import Role
from tests.accounts.test_memberships import newcomer, propose
from tests.accounts.test_vendors import engaged
from tests.cast import District, Member, Worker

__all__ = ["newcomer"]
pytestmark = pytest.mark.django_db
PHONES = [
    ("suspend reactivate", "active"), ("suspend lost", "lost"), ("suspend retire", "retired"),
    ("lost", "lost"), ("retire", "retired"),
]  # fmt: skip
PEOPLE = [("suspend reinstate", "active"), ("suspend delete", "deleted"), ("delete", "deleted")]


def does(admin: Member, base: str, way: str) -> None:
    for act in way.split():
        done = admin.client.post(f"/api/v1/{base}/{act}", {"reason": "测试"}, format="json")
        assert done.status_code == 200, (act, done.json())


def wiped(worker: Worker, device: Device) -> None:
    """The phone says that it has carried out its order."""
    message = tokens.wiped_message(device_id=device.id, order_id=str(device.wipe_order))
    said = {"device_id": str(device.id), "order_id": str(device.wipe_order)}
    body = {**said, "signature": worker.sign(message)}
    assert APIClient().post("/api/v1/auth/wiped", body, format="json").status_code == 204


@pytest.mark.parametrize(("way", "end"), PHONES)
def test_a_phone_comes_to_its_end(worker: Worker, admin: Member, way: str, end: str) -> None:
    assert worker.device is not None
    does(admin, f"devices/{worker.device.id}", way)
    assert Device.objects.get(pk=worker.device.id).state == end


def test_a_wiped_phone_is_retired(worker: Worker, admin: Member) -> None:
    assert worker.device is not None
    base = f"devices/{worker.device.id}"
    does(admin, base, "lost")
    wiped(worker, Device.objects.get(pk=worker.device.id))
    does(admin, base, "retire")
    assert Device.objects.get(pk=worker.device.id).state == "retired"


@pytest.mark.parametrize(("way", "end"), PEOPLE)
def test_a_person_comes_to_an_end(analyst: Member, admin: Member, way: str, end: str) -> None:
    does(admin, f"users/{analyst.user.pk}", way)
    assert User.objects.get(pk=analyst.user.pk).state == end


def test_a_role_that_nobody_has_confirmed_is_taken_back(
    district: District, admin: Member, newcomer: User
) -> None:
    proposed = propose(admin, newcomer, Role.MEDIATOR, district.organisations["centre A"])
    does(admin, f"memberships/{proposed.id}", "end")
    assert Membership.objects.get(pk=proposed.id).state == "ended"


def test_a_vendor_that_nobody_has_confirmed_is_taken_back(admin: Member) -> None:
    row = services.vendor_propose(actor=admin.actor, engaged=engaged())
    does(admin, f"vendor-accounts/{row.id}", "end")
    row.refresh_from_db()
    assert row.state == "ended"

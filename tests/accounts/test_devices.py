"""Enrolment and the states of a phone (case U4)."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from rest_framework.test import APIClient

from accounts import services, tokens
from accounts.models import Device, EnrolmentCode, RefreshToken
from kernel.canonical import canonical
from kernel.clock import Frozen, now
from kernel.codes.roles import Role
from kernel.crypto import verify_signature
from kernel.problems import Problem
from tests.accounts.phone import Phone, send
from tests.cast import District, Member, Worker, join, public_key, released

pytestmark = pytest.mark.django_db
ENROL = "/api/v1/auth/enrol"


@pytest.fixture
def code(admin: Member, worker: Worker) -> str:
    return services.enrolment_code_create(actor=admin.actor, membership_id=worker.membership.id)[0]


def enrol(code: str, key: str = "", **device: str) -> Any:
    body = {"code": code, "public_key": key or public_key(ec.generate_private_key(ec.SECP256R1()))}
    return APIClient().post(ENROL, body | ({"device": device} if device else {}), format="json")


@pytest.mark.law("DJ-5")
def test_a_code_becomes_a_phone_with_its_first_pair(code: str, worker: Worker) -> None:
    answer = enrol(code, label="小米", platform="android", app_version="1.0")
    assert answer.status_code == 201
    device = Device.objects.get(pk=answer.json()["device_id"])
    assert (device.state, device.user_id, device.label) == ("active", worker.user.id, "小米")
    client = APIClient(headers={"authorization": f"Bearer {answer.json()['access']}"})
    assert client.get("/api/v1/auth/me").json()["device_id"] == str(device.id)


def test_an_ed25519_key_is_taken_too(code: str) -> None:
    spki = ed25519.Ed25519PrivateKey.generate().public_key()
    raw = spki.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert enrol(code, base64.b64encode(raw).decode()).status_code == 201


def test_a_code_serves_once(code: str) -> None:
    enrol(code)
    assert enrol(code).json()["code"] == "wrong_code"


def test_an_enrolment_whose_answer_was_lost_is_answered_again(code: str) -> None:
    key = public_key(ec.generate_private_key(ec.SECP256R1()))
    lost = enrol(code, key)
    again = enrol(code, key)
    assert again.status_code == 201
    assert again.json()["refresh"] == lost.json()["refresh"]


def test_a_used_code_is_answered_again_for_ten_minutes(code: str, clock: Frozen) -> None:
    key = public_key(ec.generate_private_key(ec.SECP256R1()))
    enrol(code, key)
    clock.move(timedelta(minutes=11))
    assert enrol(code, key).json()["code"] == "wrong_code"


def test_a_code_is_not_answered_again_once_the_session_lives(code: str, worker: Worker) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    answer = enrol(code, public_key(private)).json()
    RefreshToken.objects.filter(family__device_id=answer["device_id"]).update(used_at=now(), nonce="n")
    assert enrol(code, public_key(private)).json()["code"] == "wrong_code"


def test_a_code_dies_after_ten_minutes(code: str, clock: Frozen) -> None:
    EnrolmentCode.objects.update(expires_at=clock.at + timedelta(minutes=10))
    clock.move(timedelta(minutes=10))
    assert enrol(code).json()["code"] == "wrong_code"


def test_five_wrong_secrets_kill_a_code(code: str) -> None:
    assert {enrol(f"{code[:10]}0000-0000-0000").json()["code"] for _ in range(5)} == {"wrong_code"}
    assert enrol(code).json()["code"] == "wrong_code"


def test_four_wrong_secrets_do_not(code: str) -> None:
    for _ in range(4):
        enrol(f"{code[:10]}0000-0000-0000")
    assert enrol(code).status_code == 201


@pytest.mark.parametrize("key", ["", "AAAA", "not base64!"])
def test_a_key_that_is_none_leaves_the_code_alive(code: str, key: str) -> None:
    refused = APIClient().post(ENROL, {"code": code, "public_key": key}, format="json")
    assert refused.status_code == 400
    assert enrol(code).status_code == 201


def test_a_key_that_is_known_is_refused(code: str, worker: Worker) -> None:
    assert worker.device is not None
    assert enrol(code, worker.device.public_key).json()["code"] == "device_known"


def test_an_officer_who_works_outside_gets_a_phone(admin: Member, officer: Member) -> None:
    text, _ = services.enrolment_code_create(actor=admin.actor, membership_id=officer.membership.id)
    user = enrol(text).json()["user"]
    assert (user["role"], user["id"]) == ("station_officer", str(officer.user.id))


def test_roles_without_a_phone_get_no_code(admin: Member, mediator: Member) -> None:
    with pytest.raises(Problem, match="invalid"):
        services.enrolment_code_create(actor=admin.actor, membership_id=mediator.membership.id)


def test_the_code_of_somebody_who_left_opens_nothing(code: str, worker: Worker, admin: Member) -> None:
    released(worker)
    services.membership_end(actor=admin.actor, membership_id=worker.membership.id, reason="离职")
    assert enrol(code).json()["code"] == "no_membership"
    assert not Device.objects.filter(state="active").exclude(pk=worker.device.pk).exists()


def act(admin: Member, worker: Worker, event: str) -> Device:
    assert worker.device is not None
    return services.device_transition(
        actor=admin.actor, device_id=worker.device.id, event=event, reason="测试"
    )


def me(worker: Worker) -> Any:
    return worker.client.get("/api/v1/auth/me")


def test_a_suspended_phone_waits_and_goes_on(worker: Worker, admin: Member) -> None:
    assert me(worker).status_code == 200
    act(admin, worker, "suspend")
    assert (me(worker).status_code, me(worker).json()["code"]) == (403, "device_not_active")
    assert send(Phone.of(worker).request()).json()["code"] == "device_not_active"
    act(admin, worker, "reactivate")
    assert me(worker).status_code == 200


def test_a_retired_phone_signs_in_again_and_is_not_wiped(worker: Worker, admin: Member) -> None:
    assert me(worker).status_code == 200
    act(admin, worker, "retire")
    assert me(worker).json()["code"] == "sign_in_again"
    assert send(Phone.of(worker).request()).json()["code"] == "sign_in_again"


@pytest.mark.parametrize("path", ["/api/v1/auth/me", "/api/v1/organisations", "/api/v1/devices"])
def test_u4_a_lost_phone_hears_its_wipe_order_everywhere(worker: Worker, admin: Member, path: str) -> None:
    assert worker.client.get(path).status_code == 200
    act(admin, worker, "report_lost")
    answer = worker.client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (403, "wipe")
    assert answer.json()["order"]["device_id"] == str(worker.device.id)


def test_u4_refresh_gives_the_order_too_and_the_phone_can_check_it(
    code: str, worker: Worker, admin: Member
) -> None:
    server_key = enrol(code).json()["server_key"]
    act(admin, worker, "report_lost")
    body = send(Phone.of(worker).request()).json()
    assert body["code"] == "wipe"
    assert verify_signature(server_key, canonical(body["order"]), body["order_signature"])
    forged = body["order"] | {"device_id": str(admin.user.id)}
    assert not verify_signature(server_key, canonical(forged), body["order_signature"])


def test_u4_the_wipe_is_confirmed_by_the_phone_s_key(worker: Worker, admin: Member) -> None:
    device = act(admin, worker, "report_lost")
    message = tokens.wiped_message(device_id=device.id, order_id=str(device.wipe_order))
    body = {
        "device_id": str(device.id),
        "order_id": str(device.wipe_order),
        "signature": worker.sign(message),
    }
    for _ in range(2):
        assert APIClient().post("/api/v1/auth/wiped", body, format="json").status_code == 204
    device.refresh_from_db()
    assert device.state == "wiped"
    forged = body | {"signature": worker.sign(b"x")}
    assert APIClient().post("/api/v1/auth/wiped", forged, format="json").json()["code"] == "wrong_signature"


@pytest.mark.law("DJ-5")
def test_a_lost_phone_never_comes_back(worker: Worker, admin: Member) -> None:
    act(admin, worker, "report_lost")
    for event in ("reactivate", "suspend", "retire"):
        with pytest.raises(Problem, match="transition_not_allowed"):
            act(admin, worker, event)


def test_a_renewed_membership_carries_the_phone_on(
    district: District, worker: Worker, admin: Member, clock: Frozen
) -> None:
    phone = Phone.of(worker)
    released(worker)
    services.membership_end(actor=admin.actor, membership_id=worker.membership.id, reason="续签")
    assert me(worker).json()["code"] == "access_expired"
    other, renewed = join(district, "next", Role.GRID_WORKER, "A1")
    renewed.user = worker.user
    renewed.save(update_fields=["user"])
    other.delete()
    answer = send(phone.request())
    assert answer.status_code == 200
    client = APIClient(headers={"authorization": f"Bearer {answer.json()['access']}"})
    assert client.get("/api/v1/auth/me").json()["membership_id"] == str(renewed.id)

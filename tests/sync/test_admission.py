"""What is put off, and until when; what an old app and a lost phone may still do; the last push."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from rest_framework.test import APIClient

from accounts.models import Device
from accounts.services import device_transition
from accounts.services.sessions import session_open
from edge.locks import try_advisory
from kernel.ids import uuid7
from kernel.problems import Problem
from sync import admission, pace, pull
from sync.models import Inbox
from tests.sync import notes
from tests.sync.phones import Phone
from tests.sync.sessions import open_transaction
from tests.sync.test_http import item, post, push
from tests.sync.test_http import pull as ask

HOLD = """
import fcntl, os, sys, time
fcntl.flock(os.open(sys.argv[1], os.O_CREAT | os.O_RDWR), fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDGOV_SYNC_PUSHES_AT_ONCE", "1")


def test_more_pushes_than_places_come_again_later(one_place: None) -> None:
    device = uuid7()
    with admission.place(device), pytest.raises(Problem, match="unavailable") as refused:
        admission.place(device).__enter__()
    assert refused.value.extra["retry_after"] == pace.retry_after(device)
    with admission.place(device):
        pass


def test_a_place_is_shared_by_processes_and_ends_with_its_holder(one_place: None) -> None:
    path = Path(settings.HOME) / "admission" / "0"
    with admission.place(None):
        pass
    holder = subprocess.Popen(  # noqa: S603  because it is our own interpreter
        [sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Problem, match="unavailable"):
        admission.place(None).__enter__()
    os.kill(holder.pid, 9)
    holder.wait()
    with admission.place(None):
        pass


@pytest.mark.usefixtures("note_beside")
def test_a_push_is_put_off_before_its_body_is_read(worker: Any, one_place: None) -> None:
    with admission.place(None):
        answer = post(worker.client, "push", b"{")
        pulled = ask(worker.client)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert 1 <= int(answer["Retry-After"]) <= 20
    assert pulled.status_code == 200
    assert post(worker.client, "push", b"{").json()["code"] == "invalid_json"


def test_devices_come_again_at_different_times() -> None:
    waits = {pace.retry_after(uuid7()) for _ in range(300)}
    assert waits <= set(range(1, 21))
    assert len(waits) > 15


def test_a_device_pushes_one_batch_at_a_time(phone: Phone) -> None:
    with open_transaction() as running:
        running.run(try_advisory, "sync.push", str(phone.actor.device_id))
        with pytest.raises(Problem, match="one_at_a_time"):
            phone.push(phone.item())
        running.commit()
    assert phone.push(phone.item())[0].state == "accepted"


def test_a_device_pulls_one_page_at_a_time_for_each_line_of_kinds(phone: Phone) -> None:
    notes.grant(phone.actor, "grid:1")
    notes.write(["x"], "grid:1")
    with open_transaction() as running:
        running.run(try_advisory, "sync.pull", pull._line(phone.actor, pull.Asked(None, 10)))
        with pytest.raises(Problem, match="one_at_a_time"):
            phone.sync()
        assert len(pull.pull(phone.actor, pull.Asked(None, 10, ["note"])).rows) == 1
        running.commit()
    phone.sync()


@pytest.mark.usefixtures("note_beside")
def test_an_app_that_is_too_old_gets_no_more_but_gives_what_it_holds(worker: Any) -> None:
    old = {"x_app_version": "0.9.9"}
    refused = post(worker.client, "pull", {"cursor": None, "schema": 1}, **old)
    made = item()
    body = {"batch_id": str(uuid7()), "schema": 1, "items": [made]}
    taken = post(worker.client, "push", body, **old)
    assert (refused.status_code, refused.json()["code"], refused.json()["minimum"]) == (
        426,
        "app_too_old",
        "1.0.0",
    )
    assert taken.json()["results"][0]["state"] == "accepted"
    assert post(worker.client, "pull", {"cursor": None, "schema": 1}, x_app_version="1.0").status_code == 200


@pytest.mark.usefixtures("note_beside")
def test_the_last_push_is_stored_and_then_the_session_ends(worker: Any) -> None:
    made = item()
    body = {"batch_id": str(uuid7()), "schema": 1, "items": [made]}
    answer = post(worker.client, "push?final=1", body)
    assert answer.json()["results"][0]["state"] == "accepted"
    assert Inbox.objects.filter(id=made["id"]).exists()
    again = post(worker.client, "push?final=1", body)
    assert (again.status_code, again.json()["code"]) == (401, "sign_in_again")


@pytest.mark.usefixtures("note_beside")
def test_a_last_push_that_is_refused_keeps_the_session(worker: Any) -> None:
    assert post(worker.client, "push?final=1", {"batch_id": "x"}).status_code == 400
    assert push(worker.client, item(), schema=1).status_code == 200
    assert post(worker.client, "push?final=yes", {}).status_code == 400


def lose(worker: Any, admin: Any) -> None:
    device_transition(actor=admin.actor, device_id=worker.device.id, event="report_lost", reason="丢失")


@pytest.mark.usefixtures("note_beside")
def test_u4_what_a_lost_phone_still_sends_waits_for_a_person(worker: Any, admin: Any) -> None:
    before, after = item(), item()
    push(worker.client, before)
    lose(worker, admin)
    answer = push(worker.client, after)
    assert (answer.status_code, answer.json()["code"]) == (403, "wipe")
    assert answer.json()["order"]["device_id"] == str(worker.device.id)
    found = dict(Inbox.objects.values_list("id", "state"))
    assert {str(id_): state for id_, state in found.items()} == {
        before["id"]: "accepted",
        after["id"]: "quarantined",
    }
    assert Inbox.objects.get(id=after["id"]).code == "device_lost"


@pytest.mark.usefixtures("note_beside")
@pytest.mark.parametrize("name", ["pull", "receipts"])
def test_u4_a_lost_phone_gets_its_order_and_nothing_else(worker: Any, admin: Any, name: str) -> None:
    lose(worker, admin)
    answer = post(worker.client, name, {})
    assert (answer.status_code, answer.json()["code"]) == (403, "wipe")


@pytest.mark.usefixtures("note_beside")
def test_u4_a_wiped_phone_sends_nothing_more(worker: Any, admin: Any) -> None:
    lose(worker, admin)
    with transaction.atomic():
        Device.objects.filter(id=worker.device.id).update(state="wiped")
    assert push(worker.client, item()).status_code == 403
    assert not Inbox.objects.exists()


@pytest.mark.usefixtures("note_beside")
def test_u1_work_made_under_an_expired_session_is_taken_after_signing_in(worker: Any, clock: Any) -> None:
    made = item()
    body = {"batch_id": str(uuid7()), "schema": 1, "items": [made]}
    made_at = clock.at
    old = worker.client
    clock.move(timedelta(days=1))
    refused = post(old, "push", body)
    assert (refused.status_code, refused.json()["code"]) == (401, "access_expired")
    again = enrolled_session(worker)
    assert post(again, "push", body).json()["results"][0]["state"] == "accepted"
    assert Inbox.objects.get(id=made["id"]).device_at == made_at


def enrolled_session(worker: Any) -> APIClient:
    """The same phone, signed in anew."""
    with transaction.atomic():
        session = session_open(
            actor=worker.actor, user=worker.user, membership=worker.membership, device_id=worker.device.id
        )
    return APIClient(headers={"authorization": f"Bearer {session.access}"})

"""The refresh endpoint of phones (case U3): races, lost answers, replays."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.models import RefreshFamily, RefreshToken
from accounts.services import user_transition
from audit.models import AuditEvent
from kernel.clock import Frozen
from tests.accounts.phone import Phone, send
from tests.cast import Member, Worker, released

pytestmark = pytest.mark.usefixtures("committed")
S, M = timedelta(seconds=1), timedelta(minutes=1)


def in_parallel(count: int, act: Callable[[int], Any]) -> list[Any]:
    """The results of `count` threads that start together, each with a connection of its own."""
    results: list[Any] = [None] * count
    barrier = threading.Barrier(count)

    def run(number: int) -> None:
        barrier.wait()
        results[number] = act(number)
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def alarms() -> int:
    return AuditEvent.objects.filter(event="session.reuse").count()


def test_u3_ten_parallel_refreshes_are_one_successor(worker: Worker) -> None:
    body = Phone.of(worker).request()
    answers = in_parallel(10, lambda _: send(body))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh"] for answer in answers}) == 1
    assert RefreshToken.objects.count() == 2


def test_u3_ten_parallel_refreshes_of_careless_threads_are_one_successor(worker: Worker) -> None:
    bodies = [Phone.of(worker).request() for _ in range(10)]
    answers = in_parallel(10, lambda number: send(bodies[number]))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh"] for answer in answers}) == 1


def test_u3_a_lost_answer_is_said_again(worker: Worker, clock: Frozen) -> None:
    phone = Phone.of(worker)
    lost = send(phone.request()).json()
    clock.move(9 * M)
    again = send(phone.request())
    assert again.status_code == 200
    assert again.json()["refresh"] == lost["refresh"]


@pytest.mark.parametrize("age", [31 * S, 10 * M])
def test_u3_a_replay_ends_the_session_and_raises_an_alarm(
    worker: Worker, clock: Frozen, age: timedelta
) -> None:
    phone = Phone.of(worker)
    send(phone.request())
    clock.move(age)
    replay = send(Phone.of(worker).request())
    assert (replay.status_code, replay.json()["code"]) == (401, "sign_in_again")
    assert alarms() == 1
    assert RefreshFamily.objects.get().revoked_for == "reuse"


def test_after_a_replay_the_successor_is_dead_too_and_the_access_token(worker: Worker, clock: Frozen) -> None:
    phone = Phone.of(worker)
    phone.answered(send(phone.request()).json())
    clock.move(M)
    send(Phone.of(worker).request())
    assert send(phone.request()).json()["code"] == "sign_in_again"
    assert worker.client.get("/api/v1/auth/me").json()["code"] == "sign_in_again"


def test_the_identical_request_after_ten_minutes_is_a_replay(worker: Worker, clock: Frozen) -> None:
    body = Phone.of(worker).request()
    send(body)
    clock.move(10 * M + S)
    assert send(body).json()["code"] == "sign_in_again"
    assert alarms() == 1


def test_a_token_without_the_key_mints_nothing_and_throws_nobody_out(
    worker: Worker, second_worker: Worker
) -> None:
    phone = Phone.of(worker)
    thief = phone.request() | {"signature": Phone.of(second_worker).request()["signature"]}
    assert send(thief).json()["code"] == "wrong_signature"
    assert AuditEvent.objects.filter(event="session.bad_signature").count() == 1
    assert send(phone.request()).status_code == 200


def test_a_signature_of_one_generation_does_not_serve_the_next(worker: Worker) -> None:
    phone = Phone.of(worker)
    first = phone.request()
    phone.answered(send(first).json())
    stale = phone.request() | {"signature": first["signature"]}
    assert send(stale).json()["code"] == "wrong_signature"


def test_a_deleted_person_is_signed_out_without_an_error(worker: Worker, admin: Member) -> None:
    phone = Phone.of(worker)
    released(worker)
    user_transition(actor=admin.actor, user_id=worker.user.id, event="delete", reason="离职")
    answer = send(phone.request())
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_again")


@pytest.mark.parametrize("token", ["", "x", "A" * 64, "é" * 64])
def test_what_is_no_token_is_answered_alike(worker: Worker, token: str) -> None:
    body = Phone.of(worker).request() | {"refresh": token}
    answer = send(body)
    assert answer.status_code in {400, 401}
    assert answer.json()["code"] in {"sign_in_again", "invalid"}


def test_a_forged_token_of_a_real_row_is_not_ours(worker: Worker) -> None:
    phone = Phone.of(worker)
    phone.token = phone.token[:-4] + ("AAAA" if phone.token[-4:] != "AAAA" else "BBBB")
    assert send(phone.request()).json()["code"] == "sign_in_again"
    assert RefreshFamily.objects.get().revoked_at is None

"""Refreshing over a bad network: 20 % of the answers lost, 5 % of the requests doubled (from a seed)."""

import random
from datetime import timedelta

import pytest

from audit.models import AuditEvent
from kernel.clock import Frozen
from tests.accounts.phone import Phone, send
from tests.cast import Worker

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = 60


def test_no_forced_logout_in_60_refreshes_of_a_bad_network(worker: Worker, clock: Frozen) -> None:
    dice, phone, lost, doubled = random.Random(20), Phone.of(worker), 0, 0
    for _ in range(ROUNDS):
        while True:
            body = phone.request()
            answer = send(body)
            if dice.random() < 0.05:
                doubled += 1
                assert send(body).json()["refresh"] == answer.json()["refresh"]
            if dice.random() >= 0.2:
                break
            lost += 1
            clock.move(timedelta(seconds=dice.choice([1, 5, 60, 240])))
        assert answer.status_code == 200
        phone.answered(answer.json())
        clock.move(timedelta(minutes=10))
    assert lost > 5
    assert doubled > 0
    assert not AuditEvent.objects.filter(event="session.reuse").exists()


@pytest.mark.parametrize("seed", range(10))
def test_every_stolen_token_that_comes_back_is_found(worker: Worker, clock: Frozen, seed: int) -> None:
    """The thief has token, nonce and signature, and comes back later than a lost answer could."""
    dice, phone = random.Random(seed), Phone.of(worker)
    captured = []
    for _ in range(dice.randint(1, 5)):
        captured.append(phone.request())
        phone.answered(send(captured[-1]).json())
        clock.move(timedelta(minutes=10, seconds=1))
    assert send(dice.choice(captured)).json()["code"] == "sign_in_again"
    assert AuditEvent.objects.filter(event="session.reuse").count() == 1
    assert send(phone.request()).json()["code"] == "sign_in_again"

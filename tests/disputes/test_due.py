"""What falls due by itself, at the minute and not before, and once."""

from datetime import timedelta
from typing import Any

import pytest

from disputes import jobs
from disputes.models import Dispute, Screening
from disputes.services import colour_set, danger, dispute_hand_up, watch_extend
from kernel.actor import SYSTEM
from kernel.problems import Problem
from tests.cast import District, Member
from tests.disputes.made import THREAT, body, dispute_of, screened

pytestmark = pytest.mark.django_db
DANGER = {"signs": [THREAT], "danger_now": {}}


def watched(district: District, worker: Member, clock: Any, days: int = 7) -> Dispute:
    until = (clock.at + timedelta(days=days)).date().isoformat()
    return dispute_of(screened(worker, body(district, outcome="watching", watch_until=until)))


@pytest.mark.law("PS-6")
def test_an_old_sign_calls_nobody_up(district: District, worker: Member, clock: Any) -> None:
    old = (clock.at - timedelta(days=3)).isoformat()
    screening = screened(worker, body(district, occurred_at=old, **DANGER))
    assert (screening.urgency, screening.danger_due_at) == ("old_sign", None)


@pytest.mark.law("C-13")
def test_a_colour_falls_to_none_by_itself(
    district: District, worker: Member, clerk: Member, clock: Any
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    colour_set(actor=clerk.actor, dispute_id=dispute.id, colour="O", reason="持刀威胁", days=7)
    jobs.due(clock.move(timedelta(days=7) - timedelta(seconds=1)))
    assert Dispute.objects.get(id=dispute.id).colour == "O"
    jobs.due(clock.move(timedelta(seconds=1)))
    assert Dispute.objects.get(id=dispute.id).colour == ""


@pytest.mark.law("C-13")
def test_an_unconfirmed_suggestion_dies_after_a_day(district: District, worker: Member, clock: Any) -> None:
    dispute = dispute_of(screened(worker, body(district, signs=[THREAT])))
    jobs.due(clock.move(timedelta(hours=24)))
    assert Dispute.objects.get(id=dispute.id).suggested == ""


def test_a_watch_ends_by_itself_after_its_last_day(district: District, worker: Member, clock: Any) -> None:
    dispute = watched(district, worker, clock)
    jobs.due(clock.move(timedelta(days=7)))
    assert Dispute.objects.get(id=dispute.id).state == "registered"
    jobs.due(clock.move(timedelta(days=1)))
    assert Dispute.objects.get(id=dispute.id).state == "not_a_dispute"
    assert jobs.due(clock.move(timedelta(days=30))) == 0


def test_a_watch_that_rose_to_the_street_is_not_closed_by_the_machine(
    district: District, worker: Member, clock: Any
) -> None:
    dispute = watched(district, worker, clock)
    dispute_hand_up(actor=SYSTEM, dispute_id=dispute.id, level="street")
    jobs.due(clock.move(timedelta(days=9)))
    now = Dispute.objects.get(id=dispute.id)
    assert (now.state, now.watch_until) == ("registered", None)


def test_a_watch_is_extended_once_with_a_reason(
    district: District, worker: Member, coordinator: Member, clock: Any
) -> None:
    dispute = watched(district, worker, clock)
    later = dispute.watch_until + timedelta(days=10)
    said = {"actor": coordinator.actor, "dispute_id": dispute.id, "reason": "双方约定下周再谈"}
    assert watch_extend(**said, until=later)[1] is False
    assert watch_extend(**said, until=later)[1] is True
    with pytest.raises(Problem, match="watch_not_extendable"):
        watch_extend(**said, until=later + timedelta(days=1))


def test_a_row_that_fails_does_not_stop_the_others(
    district: District, worker: Member, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (screened(worker, body(district, **DANGER)) for _ in range(2))
    record = danger.record
    monkeypatch.setattr(
        danger, "record", lambda **fact: 1 / 0 if fact["subject_id"] == first.id else record(**fact)
    )
    assert jobs.due(clock.move(timedelta(minutes=15))) == 1
    steps = dict(Screening.objects.values_list("id", "danger_step"))
    assert steps == {first.id: 0, second.id: 1}

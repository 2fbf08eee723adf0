"""The machine whole: every step taken on real rows, and none that the table does not have."""

import random
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputes.codes import DisputeState
from disputes.machine import DISPUTE, LEVELS
from disputes.models import Dispute, DisputeTransition
from disputes.serializers.disputes import STEPS
from disputes.services import dispute_transition
from kernel.actor import SYSTEM, Actor
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from kernel.problems import Problem
from kernel.transitions import Transition
from tests.cast import District, Member, make_member
from tests.disputes.made import body, dispute_of, screened
from tests.disputes.test_commands import command
from tests.disputes.test_path import push

FACTS: dict[str, Any] = {
    "other_ways": ["court"], "closed_as": "court", "reopen_reason": "relapse", "to_level": "district",
}  # fmt: skip


def facts_for(row: Transition, district: District) -> dict[str, Any]:
    facts = {**FACTS, "to_level": "grid"} if row.event == "hand_back" else dict(FACTS)
    if row.event == "reroute":
        a2 = district.areas["A2"]
        facts |= {"to_community": str(a2.id), "to_grid": None, "street_id": a2.parent_id}
    return facts


@pytest.fixture
def quarrel(district: District, worker: Member) -> Dispute:
    return dispute_of(screened(worker, body(district)))


def put(dispute: Dispute, other: Dispute, row: Transition) -> None:
    """The dispute where the row begins, with what its guard asks of the dispute itself."""
    absorbed = row.source == DisputeState.MERGED
    settled = row.event in ("follow_up", "feedback")
    Dispute.objects.filter(id=dispute.id).update(
        state=row.source, merged_into=other if absorbed or row.event == "merge" else None,
        level="street" if row.event != "merge" else "community", hand_up_asked="district",
        hand_up_asked_by="community_coordinator", outcome="settled" if settled else "not_settled",
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("row", DISPUTE.transitions, ids=lambda row: f"{row.source}-{row.event}")
def test_every_step_is_taken_and_leaves_its_row(
    row: Transition, quarrel: Dispute, district: District, worker: Member
) -> None:
    other = dispute_of(screened(worker, body(district, parties=[])))
    put(quarrel, other, row)
    role = Role.CENTRE_DIRECTOR if Role.CENTRE_DIRECTOR in row.roles else None
    role = role or (Role(min(row.roles)) if row.roles else None)
    actor = Actor(user_id=worker.user.id, role=role) if role else SYSTEM
    if row.event == "ask_hand_up":
        actor = Actor(user_id=worker.user.id, role=Role.COMMUNITY_COORDINATOR)
        Dispute.objects.filter(id=quarrel.id).update(level="community", hand_up_asked="")
    moved, replay = dispute_transition(
        actor=actor, dispute_id=quarrel.id, event=row.event, reason="说明", facts=facts_for(row, district)
    )
    left = DisputeTransition.objects.filter(dispute=quarrel).latest("id")
    assert (moved.state, replay, left.event, left.from_state) == (row.target, False, row.event, row.source)


def test_every_state_is_reached_by_a_row() -> None:
    assert {DISPUTE.initial, *(row.target for row in DISPUTE.transitions)} == set(DisputeState.values())


@given(
    state=st.sampled_from(list(DisputeState)), role=st.sampled_from(list(Role)),
    event=st.sampled_from([*sorted({row.event for row in DISPUTE.transitions}), "sanction", ""]),
    level=st.sampled_from(LEVELS), to_level=st.sampled_from(LEVELS), reason=st.sampled_from(["", "说明"]),
)  # fmt: skip
@settings(max_examples=2000, deadline=None)
def test_what_the_table_does_not_have_is_refused_for_every_role(  # noqa: PLR0917  because hypothesis names them
    state: DisputeState, role: Role, event: str, level: HandlingLevel, to_level: HandlingLevel, reason: str
) -> None:
    rows = [row for row in DISPUTE.transitions if (row.source, row.event) == (state, event)]
    facts = {**FACTS, "role": role, "level": level, "to_level": to_level, "reason": reason}
    if not rows or role not in rows[0].roles:
        with pytest.raises(Problem, match=r"transition_not_allowed|role_not_allowed"):
            DISPUTE.apply(state, event, role=role, facts=facts)
        return
    with suppress(Problem):  # the guard's own refusal
        assert [DISPUTE.apply(state, event, role=role, facts=facts)] == rows


CALLERS = ("worker", "coordinator", "clerk", "director", "mediator", "liaison", "analyst")


def asked(rng: random.Random, dispute: Dispute) -> Iterator[tuple[str, dict[str, Any]]]:
    """An endless stream of (caller, step), most of them out of place."""
    while True:
        event = rng.choice([*STEPS, "to_mediation", "refuse", "watch_over", "register", "sanction"])
        yield rng.choice(CALLERS), {
            "event": event, "reason": rng.choice(["", "说明"]), "to_level": rng.choice(LEVELS).value,
            "other_ways": ["court"], "closed_as": "court", "reopen_reason": "relapse",
        }  # fmt: skip


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("seed", range(2))
def test_any_order_of_calls_and_pushes_walks_only_the_table(district: District, seed: int) -> None:
    people = {name: make_member(district, name) for name in CALLERS}
    dispute = dispute_of(screened(people["worker"], body(district)))
    rng, before = random.Random(seed), 1
    for who, step in (call for call, _ in zip(asked(rng, dispute), range(60), strict=False)):
        was = Dispute.objects.get(id=dispute.id)
        if who == "worker":
            args = {name: step[name] for name in ("event", "reason", "to_level")}
            push(people[who], command(dispute.id, "take_step", **args))
        else:
            url = f"/api/v1/disputes/{dispute.id}/steps"
            assert people[who].client.post(url, step, format="json").status_code < 500
        rows = list(DisputeTransition.objects.filter(dispute=dispute).order_by("at", "id"))
        assert len(rows) - before in (0, 1)
        if len(rows) == before:
            assert Dispute.objects.get(id=dispute.id).state == was.state
        before = len(rows)
    walked(rows)


def walked(rows: list[DisputeTransition]) -> None:
    """Each row is one of the table, by a role that may, and begins where the one before ended."""
    allowed = {(row.source, row.event, row.target): row.roles for row in DISPUTE.transitions}
    for earlier, later in pairwise(rows):
        assert later.from_state == earlier.to_state
        assert later.role in allowed[later.from_state, later.event, later.to_state]

"""The facts that escalation reads, and the steps it may take."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, connection

from disputes.facts import dispute_facts
from disputes.models import Attempt, Dispute, DisputeTransition, ScreeningParty
from disputes.services import attempt_record, dispute_hand_up, dispute_transition, dispute_walk
from kernel import clock as now
from kernel.actor import SYSTEM
from kernel.problems import Problem
from tests.cast import District, Member
from tests.disputes.made import (
    AGREED,
    BEATING,
    LI,
    THREAT,
    WANG,
    ZHANG,
    body,
    dispute_of,
    item,
    screened,
    submit,
)

pytestmark = pytest.mark.django_db


def test_facts_of_a_threat_between_neighbours(district: District, worker: Member) -> None:
    facts = dispute_facts(dispute_of(screened(worker, body(district, signs=[THREAT]))).id)
    assert (facts.signs, facts.life_or_limb, facts.domestic, facts.protected) == (
        ("threat",),
        True,
        False,
        False,
    )
    assert (facts.parties, facts.communities, facts.party_asks, facts.days_since_last) == (2, 0, False, None)


def test_facts_of_violence_at_home(district: District, worker: Member) -> None:
    parties = [ZHANG, {"role": "person_at_risk", "name": "Z.X.", "minor": True}]
    facts = dispute_facts(dispute_of(screened(worker, body(district, signs=[BEATING], parties=parties))).id)
    assert (facts.domestic, facts.protected, facts.restricted, facts.minor) == (True, True, True, True)


def test_parties_and_communities_are_counted_over_all_records(district: District, worker: Member) -> None:
    areas = [str(district.areas["A2"].id)]
    first = screened(worker, body(district))
    screened(worker, body(district, parties=[ZHANG, LI, WANG], community_ids=areas, supersedes=str(first.id)))
    facts = dispute_facts(dispute_of(first).id)
    assert (facts.parties, facts.communities) == (3, 2)


def test_a_corrected_sign_no_longer_counts(district: District, worker: Member) -> None:
    first = screened(worker, body(district, signs=[THREAT]))
    screened(worker, body(district, supersedes=str(first.id)))
    assert dispute_facts(dispute_of(first).id).signs == ()


def test_only_tries_with_consent_are_failed_ones(
    district: District, worker: Member, coordinator: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    for result, consent in (("not_agreed", True), ("unreachable", False), ("refused", False)):
        attempt_record(
            actor=coordinator.actor, dispute_id=dispute.id, result=result, all_consented=consent,
            tried_on=now.today(),
        )  # fmt: skip
    facts = dispute_facts(dispute.id)
    assert (Attempt.objects.count(), facts.failed_attempts, facts.refused) == (3, 1, True)


def test_again_between_the_same_sides_within_a_month(district: District, worker: Member, clock: Any) -> None:
    first = dispute_of(screened(worker, body(district)))
    clock.move(timedelta(days=12))
    later = dispute_of(screened(worker, body(district, None)))
    assert later != first
    assert dispute_facts(later.id).days_since_last == 12
    clock.move(timedelta(days=31))
    assert dispute_facts(dispute_of(screened(worker, body(district, "A1-1"))).id).days_since_last is None


@pytest.mark.law("DV-23")
@pytest.mark.parametrize("sign", [BEATING, {"code": "stalking", "what": "尾随"}])
def test_a_hidden_earlier_dispute_is_not_told_by_again(
    district: District, worker: Member, neighbour_worker: Member, clock: Any, sign: dict[str, str]
) -> None:
    screened(worker, body(district, signs=[sign]))
    clock.move(timedelta(days=2))
    later = dispute_of(screened(neighbour_worker, body(district, "A2-1")))
    assert dispute_facts(later.id).days_since_last is None


def test_the_machine_hands_up_once_with_its_rule(district: District, worker: Member) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    facts = {"rule": "danger_life_limb"}
    assert dispute_hand_up(actor=SYSTEM, dispute_id=dispute.id, level="street", facts=facts)
    assert not dispute_hand_up(actor=SYSTEM, dispute_id=dispute.id, level="street", facts=facts)
    row = DisputeTransition.objects.get(dispute=dispute, event="hand_up")
    assert (row.from_level, row.to_level, row.actor, row.detail) == ("community", "street", None, facts)


def test_a_dispute_that_is_over_is_not_handed_up(district: District, worker: Member) -> None:
    dispute = dispute_of(screened(worker, body(district, outcome="settled_on_spot", settled=AGREED)))
    assert not dispute_hand_up(actor=SYSTEM, dispute_id=dispute.id, level="street")


@pytest.mark.law("PM-17")
def test_a_refusal_ends_what_runs_and_opens_no_second_offer(
    district: District, worker: Member, clerk: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    dispute_walk(actor=clerk.actor, dispute_id=dispute.id, event="to_mediation")
    dispute_transition(actor=clerk.actor, dispute_id=dispute.id, event="refuse")
    now_is = Dispute.objects.get(id=dispute.id)
    assert (now_is.state, now_is.mediation_refused, now_is.colour, now_is.watch_until) == (
        "refused",
        True,
        "",
        None,
    )
    with pytest.raises(Problem, match="transition_not_allowed"):
        dispute_walk(actor=clerk.actor, dispute_id=dispute.id, event="to_mediation")


def test_a_walk_leaves_a_row_for_each_step(district: District, worker: Member, clerk: Member) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    dispute_walk(actor=clerk.actor, dispute_id=dispute.id, event="to_mediation")
    events = (
        DisputeTransition.objects.filter(dispute=dispute).order_by("at", "id").values_list("event", flat=True)
    )
    assert list(events) == ["register", "accept", "triage", "handle", "to_mediation"]


@pytest.mark.parametrize("table", ["screening", "screeningparty", "disputetransition"])
def test_the_running_system_cannot_change_what_was_sent(
    district: District, worker: Member, table: str
) -> None:
    screened(worker, body(district))
    column = {"screening": "brief", "screeningparty": "described", "disputetransition": "reason"}[table]
    statement = f"update disputes_{table} set {column} = 'x'"  # noqa: S608  because the names stand above
    with pytest.raises((ProgrammingError, InternalError), match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_thousand_screenings_are_stored_in_few_statements(
    district: District, worker: Member, django_assert_max_num_queries: Any
) -> None:
    items = [item(body(district)) for _ in range(50)]
    with django_assert_max_num_queries(22):
        submit(worker, *items)
    assert ScreeningParty.objects.count() == 100

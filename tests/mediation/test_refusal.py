"""A refusal ends it everywhere; only a party's own application opens it again (PM-17)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from disputes.models import Dispute, DisputeParty
from disputes.services import attempt_record, party_apply
from disputes.services import party_refuse as dispute_refuse
from escalation import jobs as escalation_jobs
from escalation.models import LevelClock
from kernel.problems import Problem
from mediation.models import Case, IntakeItem
from mediation.services import mediation_offer, party_refuse
from tests.cast import District, Member
from tests.disputes.made import THREAT, body, item, submit

pytestmark = [pytest.mark.usefixtures("committed", "clock"), pytest.mark.law("PM-17")]
Drain = Callable[[], Any]


@pytest.fixture
def case(district: District, worker: Member, clerk: Member, drain: Drain) -> Case:
    """A party asked through a worker; the clerk has offered mediation."""
    submit(worker, item(body(district, wants_mediation=True)))
    drain()
    offered = mediation_offer(actor=clerk.actor, item_id=IntakeItem.objects.get().pk)
    drain()
    return offered


def first_party(case: Case) -> DisputeParty:
    return DisputeParty.objects.filter(dispute_id=case.dispute_id)[0]


def test_no_clock_of_any_level_runs_after_it(clock: Any, case: Case, clerk: Member, drain: Drain) -> None:
    party_refuse(actor=clerk.actor, case_id=case.pk)
    drain()
    clock.move(timedelta(days=60))
    assert escalation_jobs.due(clock.at) == 0
    assert not LevelClock.objects.filter(ended_at=None).exists()


def test_the_level_clock_stands_down_even_before_the_reaction_ran(
    clock: Any, district: District, worker: Member, drain: Drain
) -> None:
    submit(worker, item(body(district)))
    drain()
    dispute = Dispute.objects.get()
    party = DisputeParty.objects.filter(dispute=dispute)[0]
    dispute_refuse(actor=worker.actor, dispute_id=dispute.pk, party_id=party.pk)
    clock.move(timedelta(days=60))
    escalation_jobs.due(clock.at)
    assert [row.end for row in LevelClock.objects.all()] == ["refused"]
    assert Dispute.objects.get().level == dispute.level


def test_a_no_told_to_the_grid_ends_the_case_at_the_centre(
    case: Case, coordinator: Member, drain: Drain
) -> None:
    attempt_record(
        actor=coordinator.actor,
        dispute_id=case.dispute_id,
        result="refused",
        all_consented=False,
        tried_on=case.received_on,
    )
    drain()
    case.refresh_from_db()
    assert (case.state, Dispute.objects.get().state) == ("refused", "refused")


def test_danger_after_it_still_reaches_the_centre_but_nobody_offers(
    case: Case, district: District, worker: Member, clerk: Member, drain: Drain
) -> None:
    party_refuse(actor=clerk.actor, case_id=case.pk)
    drain()
    submit(worker, item(body(district, signs=[THREAT])))
    drain()
    again = IntakeItem.objects.get(state="waiting")
    assert (again.danger, again.barred, again.dispute_id == case.dispute_id) == (True, True, False)
    with pytest.raises(Problem, match="mediation_refused"):
        mediation_offer(actor=clerk.actor, item_id=again.pk)


@pytest.fixture
def refused(clock: Any, case: Case, clerk: Member, drain: Drain) -> Case:
    """The case an hour after a party's "no"."""
    party_refuse(actor=clerk.actor, case_id=case.pk)
    drain()
    clock.move(timedelta(hours=1))
    return case


@pytest.mark.usefixtures("refused")
def test_a_new_code_with_the_partys_own_wish_may_be_offered(
    district: District, worker: Member, clerk: Member, drain: Drain
) -> None:
    submit(worker, item(body(district, wants_mediation=True)))
    drain()
    again = IntakeItem.objects.get(state="waiting")
    assert not again.barred
    assert mediation_offer(actor=clerk.actor, item_id=again.pk).state == "asking"


def test_only_a_partys_own_application_opens_it_again(
    clock: Any, case: Case, clerk: Member, drain: Drain
) -> None:
    party_refuse(actor=clerk.actor, case_id=case.pk)
    drain()
    clock.move(timedelta(days=3))
    asked = clock.at.date()
    party_apply(actor=clerk.actor, dispute_id=case.dispute_id, party_id=first_party(case).pk, asked_on=asked)
    drain()
    item_ = IntakeItem.objects.get(state="waiting")
    assert (item_.barred, item_.reasons[-1]["rule"]) == (False, "party_asks")
    again = mediation_offer(actor=clerk.actor, item_id=item_.pk)
    assert (again.state, Dispute.objects.get().state) == ("asking", "with_mediation")
    assert again.pk != case.pk

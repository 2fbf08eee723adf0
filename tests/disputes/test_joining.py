"""A screening finds its dispute: joined where it surely is the same quarrel, else a new code."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from audit.models import AuditEvent
from disputes.casecode import is_dispute_code
from disputes.codes import DisputeState
from disputes.models import Dispute, DisputeParty, DisputeScreening, Screening
from disputes.reactions import open_or_join
from disputes.services import dispute_merge, dispute_unmerge
from edge import sqlfile
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


@pytest.mark.law("EF-1")
def test_a_screening_opens_a_dispute_with_a_code_for_life(district: District, worker: Member) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    assert is_dispute_code(dispute.code)
    assert (dispute.state, dispute.level) == ("registered", "community")
    assert AuditEvent.objects.filter(event="dispute.registered", subject_id=dispute.id).count() == 1


def test_running_the_reaction_again_changes_nothing(district: District, worker: Member) -> None:
    screening = screened(worker, body(district))
    open_or_join(AuditEvent.objects.get(event="screening.submitted"))
    assert Dispute.objects.count() == DisputeScreening.objects.filter(screening=screening).count() == 1


def test_codes_of_a_street_and_year_count_up(district: District, worker: Member) -> None:
    codes = [dispute_of(screened(worker, body(district, parties=[party]))).code for party in (ZHANG, LI)]
    assert [code.split("-")[2] for code in codes] == ["00001", "00002"]


def test_the_same_two_sides_near_by_are_one_quarrel(
    district: District, worker: Member, second_worker: Member
) -> None:
    first = dispute_of(screened(worker, body(district)))
    again = screened(second_worker, body(district, brief="又吵起来了"))
    assert dispute_of(again) == first
    assert AuditEvent.objects.filter(event="dispute.joined", subject_id=first.id).count() == 1
    assert DisputeParty.objects.filter(dispute=first).count() == 2


def _rows(node: dict[str, Any]) -> int:
    """The most rows that any step of a plan has handled."""
    below = [_rows(child) for child in node.get("Plans", ())]
    return max([round(node["Actual Rows"] * node["Actual Loops"]), *below])


@pytest.fixture
def large(district: District, worker: Member) -> Screening:
    """The last of twelve records of one quarrel, whose parties were named otherwise each time."""
    for number in range(12):
        sides = [{**ZHANG, "name": f"张{number}"}, {**LI, "name": f"李{number}"}]
        last = screened(worker, body(district, parties=sides))
    return last


def test_a_large_dispute_is_looked_at_once_for_each_record(large: Screening) -> None:
    records, dispute = 12, dispute_of(large)
    assert DisputeScreening.objects.filter(dispute=dispute).count() == records
    assert DisputeParty.objects.filter(dispute=dispute).count() == 2 * records
    phones = [row.phone_index for row in DisputeParty.objects.filter(dispute=dispute)]
    asked = {"screening": large.id, "street": large.street_id, "open": ["registered"], "numbers": []}
    asked |= {"since": large.received_at - timedelta(days=9), "phones": phones[:2]}
    with connection.cursor() as cursor:
        query = f"explain (analyze, format json) {sqlfile.load('disputes', 'same_street')}"
        (plan,) = cursor.execute(query, asked).fetchone()[0]
    assert _rows(plan["Plan"]) <= 2 * records


def test_one_shared_person_is_another_quarrel(district: District, worker: Member) -> None:
    first = dispute_of(screened(worker, body(district)))
    assert dispute_of(screened(worker, body(district, parties=[ZHANG, WANG]))) != first


def test_the_same_sides_far_away_are_not_joined_by_a_machine(district: District, worker: Member) -> None:
    first = dispute_of(screened(worker, body(district)))
    assert dispute_of(screened(worker, body(district, None))) != first


def test_two_equal_names_alone_join_nothing(district: District, worker: Member) -> None:
    names = [{"role": "applicant", "name": "张三"}, {"role": "respondent", "name": "李四"}]
    first = dispute_of(screened(worker, body(district, parties=names)))
    assert dispute_of(screened(worker, body(district, parties=names))) != first


def test_nothing_joins_a_protected_dispute_and_it_joins_nothing(
    district: District, worker: Member, second_worker: Member
) -> None:
    plain = dispute_of(screened(worker, body(district)))
    hidden = dispute_of(screened(worker, body(district, signs=[BEATING])))
    late = dispute_of(screened(second_worker, body(district)))
    assert hidden != plain
    assert late == plain


def test_a_correction_stays_with_its_dispute_and_can_bring_protection(
    district: District, worker: Member
) -> None:
    first = screened(worker, body(district))
    fixed = screened(worker, body(district, signs=[BEATING], supersedes=str(first.id)))
    dispute = dispute_of(fixed)
    assert dispute == dispute_of(first)
    assert (dispute.protected, dispute.restricted, dispute.level) == (True, True, "street")
    assert AuditEvent.objects.filter(event="dispute.protected_set", subject_id=dispute.id).exists()


@pytest.mark.law("DV-23")
def test_the_protected_dispute_exists_with_the_screening_itself(district: District, worker: Member) -> None:
    made = item(body(district, signs=[BEATING]))
    submit(worker, made)
    dispute = DisputeScreening.objects.get(screening_id=made.target).dispute
    assert (dispute.protected, dispute.restricted, dispute.level) == (True, True, "street")
    assert dispute.protect_reasons == ["domestic_violence"]


@pytest.mark.law("DV-23")
def test_a_threat_between_neighbours_waits_for_the_reaction(district: District, worker: Member) -> None:
    made = item(body(district, signs=[THREAT]))
    submit(worker, made)
    assert not DisputeScreening.objects.exists()
    assert not dispute_of(screened(worker, body(district, signs=[THREAT]))).protected


def test_what_is_no_dispute_opens_none_unless_there_is_a_sign(district: District, worker: Member) -> None:
    screened(worker, body(district, outcome="not_a_dispute"))
    assert not Dispute.objects.exists()
    screened(worker, body(district, outcome="not_a_dispute", signs=[THREAT]))
    assert Dispute.objects.exists()


def test_what_was_settled_on_the_spot_is_settled_at_the_grid(district: District, worker: Member) -> None:
    dispute = dispute_of(screened(worker, body(district, outcome="settled_on_spot", settled=AGREED)))
    assert (dispute.state, dispute.outcome, dispute.level) == ("settled", "settled", "grid")


def test_without_what_was_agreed_the_grid_still_has_it_in_hand(district: District, worker: Member) -> None:
    dispute = dispute_of(screened(worker, body(district, outcome="settled_on_spot")))
    assert (dispute.state, dispute.level) == ("registered", "grid")


def test_a_settled_word_does_not_close_over_a_sign(district: District, worker: Member) -> None:
    dispute = dispute_of(
        screened(worker, body(district, outcome="settled_on_spot", settled=AGREED, signs=[THREAT]))
    )
    assert dispute.state == DisputeState.REGISTERED


@pytest.mark.law("C-13")
def test_a_colour_is_only_suggested_for_a_day(district: District, worker: Member, clock: Any) -> None:
    dispute = dispute_of(screened(worker, body(district, signs=[THREAT])))
    assert (dispute.colour, dispute.suggested, dispute.suggested_signs) == ("", "O", ["threat"])
    assert dispute.suggested_until - dispute.opened_at == timedelta(hours=24)


def test_two_codes_are_merged_and_parted_by_a_person(
    district: District, worker: Member, coordinator: Member
) -> None:
    one, other = (dispute_of(screened(worker, body(district, parties=[party]))) for party in (ZHANG, LI))
    dispute_merge(actor=coordinator.actor, dispute_id=one.id, into_id=other.id, reason="同一纠纷")
    assert DisputeScreening.objects.filter(dispute=other).count() == 2
    assert Dispute.objects.get(id=one.id).state == "merged"
    dispute_unmerge(actor=coordinator.actor, dispute_id=one.id, reason="合并有误")
    assert DisputeScreening.objects.filter(dispute=one).count() == 1
    assert DisputeParty.objects.filter(dispute=other).count() == 1


def test_a_protected_dispute_is_never_merged(district: District, worker: Member, director: Member) -> None:
    one = dispute_of(screened(worker, body(district)))
    hidden = dispute_of(screened(worker, body(district, signs=[BEATING])))
    with pytest.raises(Problem, match="protected_no_joint"):
        dispute_merge(actor=director.actor, dispute_id=one.id, into_id=hidden.id, reason="同一纠纷")

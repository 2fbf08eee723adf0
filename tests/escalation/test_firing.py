"""Events become firings: explained, once, and never past what a person must decide."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from disputes.services import attempt_record
from escalation.models import Firing
from escalation.reactions import evaluate
from liaison.models import Report
from mediation.models import Case, IntakeItem
from tests.cast import District, Member
from tests.disputes.made import BEATING, LI, THREAT, WANG, ZHANG, body
from tests.escalation.made import evaluated, fired, results

pytestmark = pytest.mark.django_db
CHILD = {"code": "child_at_risk", "what": "七岁孩子身上多处旧伤"}


def test_an_ordinary_quarrel_stays_at_the_grid(clock: Any, district: District, worker: Member) -> None:
    dispute = evaluated(worker, body(district, outcome="watching", watch_until="2026-03-10"))
    assert (fired(dispute), dispute.level) == ([], "grid")


@pytest.mark.law("PM-25", "PS-1")
def test_a_threat_between_neighbours_reaches_the_street(
    clock: Any, district: District, worker: Member
) -> None:
    dispute = evaluated(worker, body(district, signs=[THREAT]))
    assert (fired(dispute), dispute.level) == (["danger_life_limb"], "street")
    item, report = IntakeItem.objects.get(dispute=dispute), Report.objects.get(source_id=dispute.pk)
    assert (item.state, item.protected, item.danger) == ("waiting", False, True)
    assert (report.ground, report.state, report.acts) == ("PS-1", "proposed", ["threat"])


@pytest.mark.law("PM-17")
def test_no_rule_opens_a_mediation_case(district: District, worker: Member) -> None:
    evaluated(worker, body(district, signs=[THREAT], wants_mediation=True))
    assert not Case.objects.exists()


@pytest.mark.law("PS-3", refused=True)
def test_domestic_violence_is_a_protected_item_without_a_report(district: District, worker: Member) -> None:
    dispute = evaluated(worker, body(district, signs=[BEATING]))
    assert (fired(dispute), dispute.level) == (["protected_signs"], "street")
    assert IntakeItem.objects.get(dispute=dispute).protected
    assert results(dispute, "protected_signs")["propose_liaison_report"] == "no_ground"
    assert not Report.objects.exists()


@pytest.mark.law("PS-4")
def test_a_child_at_risk_has_its_report_proposed(district: District, worker: Member) -> None:
    dispute = evaluated(worker, body(district, signs=[CHILD]))
    assert Report.objects.get(source_id=dispute.pk).ground == "PS-4"


def test_three_parties_go_to_the_street_without_an_intake_item(district: District, worker: Member) -> None:
    dispute = evaluated(worker, body(district, parties=[ZHANG, LI, WANG]))
    assert (fired(dispute), dispute.level) == (["many_parties"], "street")
    assert not IntakeItem.objects.exists()


@pytest.mark.law("PM-17")
def test_a_party_that_asks_has_an_intake_item(district: District, worker: Member) -> None:
    dispute = evaluated(worker, body(district, wants_mediation=True))
    assert fired(dispute) == ["party_asks"]
    assert IntakeItem.objects.get(dispute=dispute).reasons[0]["rule"] == "party_asks"


def test_two_failed_attempts_at_the_grid_go_up(clock: Any, district: District, worker: Member) -> None:
    dispute = evaluated(worker, body(district, outcome="watching", watch_until="2026-03-10"))
    for expected in ([], ["two_failed_at_grid"]):
        attempt_record(
            actor=worker.actor,
            dispute_id=dispute.pk,
            result="not_agreed",
            all_consented=True,
            tried_on=clock.at.date(),
        )
        evaluate(AuditEvent.objects.filter(event="dispute.attempted").latest("id"))
        assert fired(dispute) == expected


def test_the_same_event_fires_once(district: District, worker: Member) -> None:
    dispute = evaluated(worker, body(district, signs=[THREAT]))
    evaluate(AuditEvent.objects.get(event="dispute.registered", subject_id=dispute.pk))
    assert fired(dispute) == ["danger_life_limb"]
    assert len(IntakeItem.objects.get(dispute=dispute).reasons) == 1


def test_a_firing_says_why(district: District, worker: Member) -> None:
    dispute = evaluated(worker, body(district, signs=[THREAT]))
    firing = Firing.objects.get(dispute=dispute)
    first = firing.findings[0]
    assert (firing.version.number, firing.event) == (1, "dispute.registered")
    assert (first["fact"], first["found"], first["holds"]) == ("signs", ["threat"], True)
    assert AuditEvent.objects.filter(event="escalation.fired", subject_id=dispute.pk).count() == 1


def test_no_name_and_no_word_said_is_in_a_firing(district: District, worker: Member) -> None:
    evaluated(worker, body(district, signs=[THREAT], wants_mediation=True))
    stored = str(list(Firing.objects.values()))
    assert not any(word in stored for word in ("张三", "李四", "13812345678", "菜刀"))


def test_the_same_parties_again_within_thirty_days_go_to_the_street(
    clock: Any, district: District, worker: Member
) -> None:
    evaluated(worker, body(district))
    clock.move(timedelta(days=29))
    again = evaluated(worker, body(district, None))
    assert (fired(again), again.level) == (["again_same_parties"], "street")


def test_other_parties_are_not_again(clock: Any, district: District, worker: Member) -> None:
    evaluated(worker, body(district))
    clock.move(timedelta(days=3))
    assert fired(evaluated(worker, body(district, None, parties=[ZHANG, WANG]))) == []


def test_parties_of_two_communities_go_to_the_street(district: District, worker: Member) -> None:
    both = [str(district.areas[name].pk) for name in ("A1", "A2")]
    dispute = evaluated(worker, body(district, community_ids=both))
    assert fired(dispute) == ["many_parties"]

"""代理: a deputy of the centre's head signs what the document gives; ordinary work needs none."""

from dataclasses import replace
from typing import Any

import pytest

from audit.models import AuditEvent
from disputes.services import Asked, Whistle, clerk_name, joint_send, protection_lift
from kernel import clock as clocks
from kernel.actor import Acting, Actor
from kernel.problems import Problem
from kernel.signing import Signing
from mediation.models import Case, CaseTransition
from mediation.services import (
    agreement_set_aside,
    intake_protect,
    intake_to_department,
    mediator_replace,
    mediators_name,
    party_needs_set,
)
from tests.cast import District, Member
from tests.disputes.made import BEATING
from tests.mediation.agreed import signed
from tests.mediation.made import consented, refused_with, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    return consented(district, worker, clerk)


def deputy(director: Member, head: Member, *signs: Signing) -> Actor:
    """The director's role in another one's place."""
    return replace(director.actor, acting=Acting(head.user.pk, "哈司 2026-9 号", frozenset(signs)))


@pytest.mark.law("PI-51")
def test_what_only_the_head_may_decide_about_a_protected_matter_a_deputy_signs_with_the_document(
    clock: Any, district: District, worker: Member, director: Member, bureau_head: Member
) -> None:
    item = waiting(district, worker, signs=[BEATING])
    intake_protect(actor=director.actor, item_id=item.pk, reason="另行单独听取")
    said = {"item_id": item.pk, "reason": "不宜调解"}
    without = deputy(director, bureau_head, Signing.LEAVE)
    assert refused_with(intake_to_department, actor=without, **said) == "acting_not_given"
    intake_to_department(actor=deputy(director, bureau_head, Signing.CENTRE), **said)
    item.refresh_from_db()
    told = AuditEvent.objects.filter(detail__acting_for=str(bureau_head.user.pk))
    assert (item.state, told.exists()) == ("department", True)


@pytest.mark.law("PM-19")
def test_a_deputy_names_mediators_for_the_committee_only_with_the_document(
    case: Case, clerk: Member, mediator: Member, director: Member
) -> None:
    said = {"case_id": case.pk, "user_ids": [mediator.user.pk]}
    without = deputy(director, clerk)
    assert refused_with(mediators_name, actor=without, chosen_by="committee", **said) == "acting_not_given"
    mediators_name(actor=without, chosen_by="parties", **said)
    replaced = {"case_id": case.pk, "user_id": mediator.user.pk, "reason": "absent"}
    assert refused_with(mediator_replace, actor=without, **replaced) == "acting_not_given"
    mediator_replace(actor=deputy(director, clerk, Signing.CENTRE), **replaced)


@pytest.mark.law("PM-32")
def test_a_deputy_enters_what_a_court_set_aside_only_with_the_document(
    at_table: Case, cast: dict[str, Member]
) -> None:
    agreement = signed(at_table, cast)
    said = {"agreement_id": agreement.pk, "decided_on": clocks.today(), "document": "民撤 1 号"}
    without = deputy(cast["director"], cast["clerk"], Signing.DECISION)
    assert refused_with(agreement_set_aside, actor=without, **said) == "acting_not_given"
    agreement_set_aside(actor=deputy(cast["director"], cast["clerk"], Signing.CENTRE), **said)
    assert CaseTransition.objects.filter(case=at_table, event="set_aside").exists()


@pytest.mark.law("GR-10")
def test_a_deputy_sends_to_departments_and_names_a_clerk_only_with_the_document(
    clock: Any, district: District, worker: Member, clerk: Member, director: Member
) -> None:
    dispute = waiting(district, worker).dispute
    without, given = deputy(director, clerk), deputy(director, clerk, Signing.CENTRE)
    department = district.organisations["department"]
    said = {
        "dispute_id": dispute.pk, "whistle": Whistle("某路 12 号", "公共管道漏水"),
        "questions": [Asked(department.pk, "请查明责任")], "answer_on": clocks.today(),
    }  # fmt: skip
    assert refused_with(joint_send, actor=without, **said) == "acting_not_given"
    assert joint_send(actor=given, **said)[0].dispute_id == dispute.pk
    street = district.areas["A"].pk
    named = {"street_id": street, "user_id": clerk.user.pk, "reason": "轮值", "valid_to": None}
    assert refused_with(clerk_name, actor=without, **named) == "acting_not_given"
    assert clerk_name(actor=given, **named)[1] is False


@pytest.mark.law("DV-23")
def test_a_deputy_does_not_lift_a_protection_without_the_document(
    clock: Any, district: District, worker: Member, clerk: Member, director: Member
) -> None:
    dispute = waiting(district, worker, signs=[BEATING]).dispute
    said = {"dispute_id": dispute.pk, "reason": "已单独听取", "heard_alone_on": clocks.today()}
    with pytest.raises(Problem, match="acting_not_given"):
        protection_lift(actor=deputy(director, clerk, Signing.LEAVE), **said)
    protection_lift(actor=deputy(director, clerk, Signing.CENTRE), **said)


def test_ordinary_work_of_the_desk_needs_no_signature(case: Case, clerk: Member, director: Member) -> None:
    party = case.parties.all()[0]
    party_needs_set(actor=deputy(director, clerk), case_id=case.pk, party_id=party.pk, needs=["helper"])

"""待受理: read and chosen about by people."""

from typing import Any
from uuid import uuid4

import pytest

from disputes.models import Dispute, DisputeTransition
from kernel.actor import SYSTEM
from kernel.problems import Problem
from mediation.models import IntakeItem
from mediation.services import (
    intake_close,
    intake_hand_back,
    intake_open,
    intake_protect,
    intake_read,
    intake_to_department,
    mediation_offer,
)
from tests.cast import District, Member
from tests.disputes.made import BEATING
from tests.mediation.made import WHY, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(clock: Any, district: District, worker: Member) -> IntakeItem:
    return waiting(district, worker)


def opened_again(item: IntakeItem, firing: Any = None) -> IntakeItem:
    why = {**WHY, "danger": True}
    return intake_open(
        actor=SYSTEM, dispute_id=item.dispute_id, reasons=[why], protected=False, firing_id=firing
    )


def refused_with(act: Any, **said: Any) -> str:
    with pytest.raises(Problem) as caught:
        act(**said)
    return caught.value.code


@pytest.mark.law("PM-17")
def test_an_intake_item_moves_nothing_and_contacts_nobody(item: IntakeItem) -> None:
    assert item.state == "waiting"
    assert Dispute.objects.get(pk=item.dispute_id).state == "registered"
    assert DisputeTransition.objects.filter(dispute_id=item.dispute_id).count() == 1


def test_while_one_is_open_reasons_are_added_and_it_is_unread_again(item: IntakeItem, clerk: Member) -> None:
    intake_read(actor=clerk.actor, item_id=item.pk)
    again = opened_again(item, uuid4())
    assert (again.pk, len(again.reasons), again.read_at, again.danger) == (item.pk, 2, None, True)


def test_the_same_firing_twice_changes_nothing(item: IntakeItem) -> None:
    firing = uuid4()
    opened_again(item, firing)
    assert len(opened_again(item, firing).reasons) == 2


def test_the_first_reader_is_kept(item: IntakeItem, clerk: Member, director: Member) -> None:
    intake_read(actor=clerk.actor, item_id=item.pk)
    assert intake_read(actor=director.actor, item_id=item.pk).read_by == clerk.user


def test_a_department_may_handle_it(item: IntakeItem, clerk: Member) -> None:
    assert intake_to_department(actor=clerk.actor, item_id=item.pk, reason="物业管理").state == "department"
    assert Dispute.objects.get(pk=item.dispute_id).state == "with_department"


def test_nothing_is_a_choice_with_a_reason(item: IntakeItem, clerk: Member) -> None:
    assert refused_with(intake_close, actor=clerk.actor, item_id=item.pk, reason="") == "reason_required"
    assert intake_close(actor=clerk.actor, item_id=item.pk, reason="双方已和解").state == "nothing"


def test_it_is_handed_back_to_a_lower_level(item: IntakeItem, clerk: Member) -> None:
    Dispute.objects.filter(pk=item.dispute_id).update(level="street")
    back = intake_hand_back(actor=clerk.actor, item_id=item.pk, level="community", reason="社区可处理")
    assert (back.state, Dispute.objects.get(pk=item.dispute_id).level) == ("handed_back", "community")


@pytest.mark.law("DV-23")
def test_a_clerk_puts_it_on_the_protected_track_and_then_the_director_decides(
    item: IntakeItem, clerk: Member, director: Member
) -> None:
    assert intake_protect(actor=clerk.actor, item_id=item.pk, reason="疑似跟踪").state == "protected_track"
    assert Dispute.objects.get(pk=item.dispute_id).protected
    assert refused_with(intake_close, actor=clerk.actor, item_id=item.pk, reason="x") == "not_found"
    assert intake_close(actor=director.actor, item_id=item.pk, reason="已报警处理").state == "nothing"


@pytest.mark.law("DV-23")
def test_mediation_is_not_offered_on_the_protected_track_without_the_wish(
    clock: Any, district: District, worker: Member, director: Member
) -> None:
    item = waiting(district, worker, signs=[BEATING])
    said = {"actor": director.actor, "item_id": item.pk}
    assert refused_with(mediation_offer, **said, reason="x") == "protected_offer_refused"
    assert mediation_offer(**said, wish="本人单独表示愿意调解", reason="本人自愿").protected


@pytest.mark.law("PM-17")
def test_after_a_refusal_mediation_is_not_offered(item: IntakeItem, clerk: Member, clock: Any) -> None:
    Dispute.objects.filter(pk=item.dispute_id).update(mediation_refused_at=clock.at)
    assert refused_with(mediation_offer, actor=clerk.actor, item_id=item.pk) == "mediation_refused"


def test_another_streets_clerk_finds_nothing(item: IntakeItem, other_clerk: Member) -> None:
    assert refused_with(intake_read, actor=other_clerk.actor, item_id=item.pk) == "not_found"

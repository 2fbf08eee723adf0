"""Papers of an order back from a leave, of a positioning order that is lifted, and of a delegation."""

from typing import Any
from uuid import uuid4

import pytest

from corrections.positioning import LiftReason
from corrections.services import leave as leaving
from corrections.services.papers import delegation_paper
from corrections.services.positioning import positioning_lift
from edge.documents.model import texts
from kernel import clock as clocks
from kernel.problems import Problem
from kernel.written import day, moment
from tests.cast import Member
from tests.corrections import leaves, positioned
from tests.corrections.stage import NAME, Case
from tests.corrections.test_leave import due
from tests.corrections.test_papers_filled import filled, holds

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.law("CCM-28")
def test_an_order_back_says_why_and_by_when_beside_what_had_been_approved(
    case: Case, agency: Member, officer: Member, clock: Any
) -> None:
    leave = leaves.approved(case, agency, first=0, length=20)
    assert "目的地不符" not in filled(officer, case, "return_notice")
    due(clock.at)
    back_by, until = leaves.day(2), day(leave.last_day)
    leaving.leave_order_back(actor=agency.actor, leave_id=leave.id, back_by=back_by, text="目的地不符")
    text = filled(officer, case, "return_notice", record=leave.id)
    facts = (NAME, leaves.DESTINATION, until, "目的地不符", day(back_by), agency.user.name)
    assert holds(text, *facts) == []


@pytest.mark.law("CCM-28", refused=True)
def test_no_order_back_is_printed_of_a_leave_that_has_none(case: Case, agency: Member) -> None:
    leave = leaves.approved(case, agency, first=0, length=20)
    with pytest.raises(Problem, match="not_found"):
        filled(agency, case, "return_notice", record=leave.id)


@pytest.mark.law("CCL-29c", "CCL-29d")
def test_a_lifted_positioning_order_says_why_and_when_to_the_agency_alone(
    case: Case, agency: Member, officer: Member, bureau_head: Member, assessed: None
) -> None:
    order = positioned.in_force(agency.actor, bureau_head.actor, case)
    why = {"why": LiftReason.NOT_NEEDED, "reason": "按时报到三个月"}
    with pytest.raises(Problem, match="not_found"):
        filled(agency, case, "positioning_lifted", record=order.id)
    positioning_lift(actor=agency.actor, order_id=order.id, **why)
    facts = ("■不需要继续使用", "□其他", "按时报到三个月", moment(clocks.now()), positioned.DEVICE)
    assert holds(filled(agency, case, "positioning_lifted"), *facts, agency.user.name) == []
    assert "按时报到三个月" not in filled(officer, case, "positioning_lifted")


@pytest.mark.law("CCL-9/10", "CCM-27b")
def test_a_delegation_is_printed_with_its_days_and_when_it_was_taken_back(
    case: Case, agency_head: Member, officer: Member, other_officer: Member
) -> None:
    row = leaves.delegated(agency_head, case)
    paper = delegation_paper(actor=officer.actor, delegation_id=row.id)
    facts = (row.document_no, row.station.name, row.agency.name, day(row.valid_from), day(row.valid_to))
    assert holds("".join(texts(paper.parts)), *facts) == []
    leaving.delegation_end(actor=agency_head.actor, delegation_id=row.id)
    again = "".join(texts(delegation_paper(actor=agency_head.actor, delegation_id=row.id).parts))
    assert f"已收回，{day(clocks.today())}起无效" in again
    with pytest.raises(Problem, match="not_found"):
        delegation_paper(actor=other_officer.actor, delegation_id=row.id)


@pytest.mark.law("CCM-27b")
def test_the_paper_of_a_delegation_comes_over_its_own_address_alone(
    case: Case, agency_head: Member, mediator: Member
) -> None:
    url = f"/api/v1/corrections/delegations/{leaves.delegated(agency_head, case).pk}/paper"
    answers = [who.client.post(url, {}, format="json").status_code for who in (agency_head, mediator)]
    other = url.replace(url.split("/")[-2], str(uuid4()))
    assert (answers, agency_head.client.post(other, {}, format="json").status_code) == ([200, 403], 404)
    with pytest.raises(Problem, match="not_found"):
        filled(agency_head, case, "delegation")

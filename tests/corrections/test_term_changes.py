"""What one officer may do to a term, and what takes two, or the agency."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.codes import TermReason
from corrections.models import OrderTerm, Subject
from corrections.services import order_add, term_change, term_confirm
from corrections.term import Term
from corrections.worklist.contacts import terms
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import CorrectionCategory
from kernel.problems import Problem
from tests.cast import Member
from tests.corrections.stage import Case

pytestmark = pytest.mark.django_db


def changed(actor: Actor, case: Case, *, days: int, since: int = 0) -> OrderTerm:
    begins = clock.today() + timedelta(days=since)
    term = Term(CorrectionCategory.SUSPENDED_SENTENCE, begins, days=days)
    reason = TermReason.CORRECTED_JUDGMENT
    return term_change(actor=actor, order_id=case.order.id, term=term, reason=reason, document_no="更 1")


def ends_on(case: Case) -> Any:
    return Subject.objects.get(id=case.subject.id).ends_on


@pytest.mark.law("CCL-9/10", "CCL-44")
@pytest.mark.parametrize("days", [10, 1500])
def test_a_confirmed_term_changes_only_when_a_second_officer_confirms(
    case: Case, agency: Member, days: int
) -> None:
    before = ends_on(case)
    term_confirm(actor=agency.actor, order_id=case.order.id)
    row = changed(case.actor, case, days=days)
    assert ends_on(case) == before != row.ends_on
    term_confirm(actor=agency.actor, order_id=case.order.id)
    assert ends_on(case) == row.ends_on


@pytest.mark.law("CCL-9/10")
def test_a_station_ends_no_correction_by_a_term(case: Case) -> None:
    before = ends_on(case)
    with pytest.raises(Problem, match="term_end_needs_agency"):
        changed(case.actor, case, days=10, since=-30)
    assert ends_on(case) == before


@pytest.mark.law("CCL-44")
def test_the_agency_writes_down_that_a_document_has_ended_a_term(case: Case, agency: Member) -> None:
    row = changed(agency.actor, case, days=10, since=-30)
    assert ends_on(case) == row.ends_on < clock.today()


@pytest.mark.law("CCL-44")
def test_nobody_is_received_for_a_term_that_is_over(case: Case, stage: Any) -> None:
    over = Term(CorrectionCategory.SUSPENDED_SENTENCE, clock.today() - timedelta(days=400), months=12)
    document = stage.Document("（2026）测 9 号", "测试法院", clock.today())
    with pytest.raises(Problem, match="term_over"):
        order_add(actor=case.actor, subject_id=case.subject.id, document=document, term=over)


def test_a_term_waits_on_the_worklist_of_everybody_but_its_author(case: Case, agency: Member) -> None:
    assert [item.subject_id for item in terms(agency.actor, clock.now())] == [case.order.id]
    assert list(terms(case.actor, clock.now())) == []
    term_confirm(actor=agency.actor, order_id=case.order.id)
    assert list(terms(agency.actor, clock.now())) == []

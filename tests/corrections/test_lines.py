"""Lines of an officer's worklist: each comes with its matter, and goes when that is done."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.decisions import ServedWay, StatementAnswer
from corrections.jobs import due
from corrections.services import (
    decision_decide,
    decision_hear,
    decision_serve,
    objection_make,
    searches,
    transfer_decide,
    transfer_told,
)
from kernel import clock as clocks
from kernel.problems import Problem
from tasks.worklist import worklist
from tests.cast import Member
from tests.corrections.decided import drafted, heard
from tests.corrections.stage import Case
from tests.corrections.test_transfers import asked

pytestmark = pytest.mark.usefixtures("db")


def codes(who: Member) -> set[str]:
    return {filled.section.code for filled in worklist(who.actor, clocks.now())}


def test_a_decision_waits_for_the_person_s_word_then_for_the_agency_then_for_its_service(
    case: Case, officer: Member, agency: Member
) -> None:
    lines, one = (
        {"decisions_unheard", "decisions_to_decide", "decisions_unserved"},
        drafted(officer.actor, case.subject),
    )
    said = {"decision_id": one.id}
    seen = [codes(agency) & lines]
    decision_hear(actor=officer.actor, answer=StatementAnswer.DID_NOT_WISH, asked_on=clocks.today(), **said)
    seen += [codes(agency) & lines]
    decision_decide(actor=agency.actor, decided_on=clocks.today(), **said)
    seen += [codes(agency) & lines]
    decision_serve(actor=officer.actor, way=ServedWay.IN_PERSON, served_on=clocks.today(), **said)
    assert [*seen, codes(agency) & lines] == [
        {"decisions_unheard"},
        {"decisions_to_decide"},
        {"decisions_unserved"},
        set(),
    ]


@pytest.mark.parametrize("days", [1, 30])
@pytest.mark.law("CCL-28", "CCM-32")
def test_no_step_of_a_decision_lies_before_the_one_it_follows(
    case: Case, officer: Member, agency: Member, days: int
) -> None:
    row, day = heard(officer.actor, case.subject), clocks.today() - timedelta(days=days)
    with pytest.raises(Problem, match="invalid"):
        decision_decide(actor=agency.actor, decision_id=row.id, decided_on=day)
    done = decision_decide(actor=agency.actor, decision_id=row.id, decided_on=clocks.today())
    with pytest.raises(Problem, match="invalid"):
        objection_make(actor=officer.actor, decision_id=done.id, text="不服", made_on=day)


def test_a_missed_contact_stays_until_a_review_after_it_was_answered(
    case: Case, officer: Member, agency: Member, clock: Any
) -> None:
    for _ in range(2):
        clock.to(max(case.first.grace_until, clock.at) + timedelta(days=1, hours=1))
        due(clock.at)
    assert "contacts_missed" in codes(officer)
    row = searches.review_ask(actor=agency.actor, subject_id=case.subject.id, text="核查")
    searches.search_explain(actor=agency.actor, search_id=row.id, text="手机损坏")
    assert "contacts_missed" not in codes(officer)
    assert case.first.state == "missed"


def test_of_a_refused_transfer_the_person_is_told_and_the_line_goes(
    case: Case, agency: Member, clock: Any
) -> None:
    row = asked(agency, case)
    said = {"actor": agency.actor, "transfer_id": row.id}
    transfer_decide(**said, accept=False, on=clocks.today(), document_no="复 1 号", reason="无固定住所")
    clock.move(timedelta(days=10))
    assert "transfers_late" in codes(agency)
    again = [transfer_told(**said, on=clocks.today()).due_at for _ in range(2)]
    assert again == [None, None]
    assert "transfers_late" not in codes(agency)


def test_who_was_registered_and_no_more_is_on_the_list(
    stage: Any, district: Any, officer: Member, agency: Member
) -> None:
    subject = stage.registered(district, officer.actor, stage.adult())
    (found,) = [f for f in worklist(agency.actor, clocks.now()) if f.section.code == "subjects_bare"]
    assert [(item.subject_id, item.marks) for item in found.items] == [
        (subject.id, ("order", "received", "group", "plan"))
    ]

"""Decisions: the person is asked first, another decides, served with a slip, objected to in two steps."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from corrections import access
from corrections.decisions import (
    DecisionGround,
    DecisionKind,
    GuardianPart,
    OutcomeResult,
    ServedWay,
    StatementAnswer,
    counts,
    kind_gap,
    remedies,
)
from corrections.jobs import due
from corrections.models import Decision, Objection, Subject
from corrections.services import (
    Outcome,
    decision_copy,
    decision_decide,
    decision_draft,
    decision_drop,
    decision_hear,
    decision_result,
    decision_serve,
    objection_answer,
    objection_make,
    objection_take_further,
)
from edge.encryption import reveal
from kernel import clock as clocks
from kernel.codes.law import CorrectionCategory
from kernel.problems import Problem
from tasks.models import Task
from tasks.worklist import worklist
from tests.cast import District, Member, Worker
from tests.corrections.decided import FACTS, WORDS, agreed, decided, draft, drafted, heard, served
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")
K = DecisionKind


@pytest.mark.law("CCL-28")
def test_a_decision_is_drafted_heard_decided_and_served(case: Case, agency: Member) -> None:
    row = served(case.actor, agency.actor, case.subject)
    assert (row.state, row.answer, row.decided_role) == ("served", "given", "agency_officer")
    assert (reveal(row, "facts"), reveal(row, "statement")) == (FACTS, WORDS)
    events = AuditEvent.objects.filter(subject_id=row.id).order_by("at", "id").values_list("event", flat=True)
    assert [event.partition(".")[2] for event in events] == ["draft", "hear", "decide", "serve"]


@pytest.mark.law("CCL-28")
def test_nothing_is_decided_before_the_person_was_asked(case: Case, agency: Member) -> None:
    row = drafted(case.actor, case.subject)
    with pytest.raises(Problem, match="transition_not_allowed"):
        decision_decide(actor=agency.actor, decision_id=row.id, decided_on=clocks.today())
    with pytest.raises(IntegrityError, match="decision_person_asked_first"), transaction.atomic():
        Decision.objects.filter(id=row.id).update(state="decided")


@pytest.mark.parametrize("answer", [StatementAnswer.DID_NOT_WISH, StatementAnswer.NOT_REACHABLE])
def test_not_wishing_and_not_being_reachable_are_answers(
    case: Case, agency: Member, answer: StatementAnswer
) -> None:
    row = drafted(case.actor, case.subject)
    decision_hear(actor=case.actor, decision_id=row.id, answer=answer, asked_on=clocks.today())
    row = decision_decide(actor=agency.actor, decision_id=row.id, decided_on=clocks.today())
    assert (row.state, row.answer) == ("decided", answer)


@pytest.mark.law("CCL-9/10")
def test_who_drafted_it_does_not_decide(case: Case, agency: Member) -> None:
    row = heard(agency.actor, case.subject)
    with pytest.raises(Problem, match="decider_is_drafter"):
        decision_decide(actor=agency.actor, decision_id=row.id, decided_on=clocks.today())


@pytest.mark.law("CCL-9/10", "CCL-12")
@pytest.mark.parametrize("name", ["officer", "worker", "keeper", "procurator", "bureau_head"])
def test_nobody_below_or_beside_the_agency_decides(
    case: Case, name: str, request: pytest.FixtureRequest
) -> None:
    row = heard(case.actor, case.subject)
    with pytest.raises(Problem, match=r"role_not_allowed|not_found"):
        decision_decide(
            actor=request.getfixturevalue(name).actor, decision_id=row.id, decided_on=clocks.today()
        )


@pytest.mark.parametrize("kind", [DecisionKind.ADMONITION, DecisionKind.COMMUTE])
def test_what_is_to_be_served_stands_on_the_worklist_under_its_name(
    case: Case, agency: Member, kind: DecisionKind
) -> None:
    decided(case.actor, agency.actor, case.subject, kind)
    filled = {found.section.code: found.items for found in worklist(case.actor, clocks.now())}
    assert [item.title for item in filled["decisions_unserved"]] == [kind.zh]


@pytest.mark.law("MN-5")
@pytest.mark.law("CCL-12")
def test_a_grid_worker_drafts_nothing(case: Case, worker: Worker) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        drafted(worker.actor, case.subject)


@pytest.mark.law("CCL-28")
def test_a_ground_of_another_kind_is_refused(case: Case) -> None:
    wrong = draft(K.ADMONITION, ground=DecisionGround.TWO_WARNINGS)
    with pytest.raises(Problem, match="ground_not_of_kind"):
        decision_draft(actor=case.actor, subject_id=case.subject.id, draft=wrong)


@pytest.mark.law("CCL-X4", refused="too")
def test_a_police_penalty_is_proposed_for_three_categories_and_not_for_parole() -> None:
    gaps = {c: kind_gap(K.PENALTY, DecisionGround.HEAVIER_BREACH, [c]) for c in CorrectionCategory}
    assert [c.value for c, gap in gaps.items() if gap] == ["03"]
    assert gaps[CorrectionCategory.PAROLE] == "kind_not_of_category"


def test_parole_is_not_revoked_of_somebody_with_a_suspended_sentence(case: Case) -> None:
    with pytest.raises(Problem, match="kind_not_of_category"):
        drafted(case.actor, case.subject, K.REVOKE_PAROLE)


@pytest.mark.law("CCM-36")
def test_the_organs_decision_is_written_down_by_its_document(case: Case, agency: Member) -> None:
    row = decided(case.actor, agency.actor, case.subject, K.PENALTY)
    outcome = Outcome(OutcomeResult.GRANTED, "测试公安分局", "测公罚字 1 号", clocks.today())
    row = decision_result(actor=agency.actor, decision_id=row.id, outcome=outcome)
    assert (row.result, row.result_document) == ("granted", "测公罚字 1 号")


@pytest.mark.law("CCM-36")
def test_what_is_no_proposal_has_no_result(case: Case, agency: Member) -> None:
    row = decided(case.actor, agency.actor, case.subject)
    outcome = Outcome(OutcomeResult.GRANTED, "测试公安分局", "1", clocks.today())
    with pytest.raises(Problem, match="result_needs_proposal"):
        decision_result(actor=agency.actor, decision_id=row.id, outcome=outcome)


@pytest.mark.law("CCM-32")
def test_a_refused_signature_with_a_witness_is_service(case: Case, agency: Member) -> None:
    row = decided(case.actor, agency.actor, case.subject)
    way = ServedWay.REFUSED_WITH_WITNESS
    row = decision_serve(
        actor=case.actor, decision_id=row.id, way=way, served_on=clocks.today(), witness="见证人"
    )
    assert (row.state, reveal(row, "witness")) == ("served", "见证人")


@pytest.mark.law("CCM-32")
def test_a_refused_signature_without_a_witness_is_not(case: Case, agency: Member) -> None:
    row = decided(case.actor, agency.actor, case.subject)
    way = ServedWay.REFUSED_WITH_WITNESS
    with pytest.raises(Problem, match="service_needs_witness"):
        decision_serve(actor=case.actor, decision_id=row.id, way=way, served_on=clocks.today())


@pytest.mark.law("CCL-34b")
def test_the_slip_names_procuratorate_desk_and_legal_aid() -> None:
    phones = {remedy.code: remedy.phone for remedy in remedies()}
    assert phones["procuratorate"] == "12309"
    assert phones["legal_aid"] == "12348"
    assert {"objection", "complaints_desk"} <= set(phones)


@pytest.mark.law("CCM-32")
def test_an_objection_is_answered_by_another_and_then_goes_to_the_procuratorate(
    case: Case, agency: Member, agency_head: Member
) -> None:
    objection = _objected(case, agency)
    _answer(agency_head, objection, "uphold")
    objection_take_further(actor=case.actor, objection_id=objection.id, on=clocks.today())
    assert _answer(agency_head, objection, "annul").state == "annulled"
    assert Decision.objects.get().state == "annulled"


@pytest.mark.law("CCM-32", "CCL-34b", refused="too")
def test_an_open_objection_goes_on_after_the_end_and_nothing_else_does(
    case: Case, agency: Member, agency_head: Member, clock: Any
) -> None:
    objection = _objected(case, agency)
    last = Subject.objects.values_list("ends_on", flat=True).get(id=case.subject.id)
    assert last
    clock.move(timedelta(days=(last - clocks.today()).days + 2))
    assert not access.decisions_visible_to(agency_head.actor).exists()
    assert access.objections_visible_to(agency_head.actor).get().id == objection.id
    assert _answer(agency_head, objection, "annul").state == "annulled"
    assert not access.objections_visible_to(agency_head.actor).exists()


@pytest.mark.law("CCM-32")
def test_the_decider_does_not_answer_the_objection(case: Case, agency: Member) -> None:
    with pytest.raises(Problem, match="objection_needs_another"):
        _answer(agency, _objected(case, agency), "uphold")


def test_a_changed_decision_stands_no_more(case: Case, agency: Member, agency_head: Member) -> None:
    _answer(agency_head, _objected(case, agency), "change")
    assert [len(row.ids) for row in counts(Decision.objects.values_list("id", "kind", "state"))] == [0, 0]


def test_the_procuratorate_may_find_nothing_to_correct(
    case: Case, agency: Member, agency_head: Member
) -> None:
    objection = _objected(case, agency)
    _answer(agency_head, objection, "uphold")
    objection_take_further(actor=case.actor, objection_id=objection.id, on=clocks.today())
    assert _answer(agency_head, objection, "close").state == "upheld_finally"


def test_a_second_objection_is_the_same_while_the_first_is_open(case: Case, agency: Member) -> None:
    first = _objected(case, agency)
    again = objection_make(
        actor=case.actor, decision_id=first.decision_id, text="再次", made_on=clocks.today()
    )
    assert (again.id, Objection.objects.count()) == (first.id, 1)


def _objected(case: Case, agency: Member) -> Objection:
    row = served(case.actor, agency.actor, case.subject)
    return objection_make(actor=case.actor, decision_id=row.id, text="不服", made_on=clocks.today())


def _answer(who: Member, objection: Objection, event: str) -> Objection:
    return objection_answer(
        actor=who.actor, objection_id=objection.id, event=event, text="已核", answered_on=clocks.today()
    )


@pytest.mark.law("CCL-X1", "CCL-X2", refused="too")
def test_two_warnings_are_shown_with_their_records_and_nothing_is_proposed(
    case: Case, agency: Member, agency_head: Member, clock: Any
) -> None:
    for _ in range(2):
        decided(case.actor, agency.actor, case.subject, K.WARNING)
        clock.move(timedelta(days=10))
        due(clocks.now())
    found = {row.kind: row.ids for row in counts(Decision.objects.values_list("id", "kind", "state"))}
    assert (len(found[K.WARNING]), found[K.ADMONITION]) == (2, ())
    assert set(Decision.objects.values_list("kind", flat=True)) == {"warning"}
    assert not Task.objects.filter(subject_kind="correction_decision").exists()


@pytest.mark.law("CCM-55")
def test_of_a_minor_nothing_is_decided_without_the_guardian(minor_case: Case, agency: Member) -> None:
    with pytest.raises(Problem, match="guardian_part_missing"):
        decided(minor_case.actor, agency.actor, minor_case.subject)


@pytest.mark.law("CCM-55")
def test_with_the_guardian_it_is_and_it_gets_no_number_for_the_board(
    minor_case: Case, agency: Member
) -> None:
    row = decided(minor_case.actor, agency.actor, minor_case.subject, guardian=GuardianPart.DID_NOT_COME)
    assert (row.state, row.number) == ("decided", "")
    with pytest.raises(IntegrityError, match="decision_of_minor_not_on_board"), transaction.atomic():
        Decision.objects.filter(id=row.id).update(number="2026-00009")


def test_a_draft_is_dropped_and_copies_are_kept_once(case: Case, agency: Member) -> None:
    assert decision_drop(
        actor=case.actor, decision_id=drafted(case.actor, case.subject).id, reason="重复"
    ).state
    row = decided(case.actor, agency.actor, case.subject)
    for _ in range(2):
        decision_copy(actor=case.actor, decision_id=row.id, recipient="测试检察院", sent_on=clocks.today())
    assert row.copies.count() == 1


def test_another_stations_officer_finds_no_decision(
    case: Case, other_officer: Member, district: District
) -> None:
    row = drafted(case.actor, case.subject)
    with pytest.raises(Problem, match="not_found"):
        decision_drop(actor=other_officer.actor, decision_id=row.id, reason="x")


def test_a_second_sanction_within_days_needs_a_second_decider(
    case: Case, agency: Member, bureau_head: Member
) -> None:
    decided(case.actor, agency.actor, case.subject)
    with pytest.raises(Problem, match="second_decider_required"):
        decided(case.actor, agency.actor, case.subject)
    agreed(agency.actor, bureau_head.actor, case.subject)
    assert decided(case.actor, agency.actor, case.subject).state == "decided"

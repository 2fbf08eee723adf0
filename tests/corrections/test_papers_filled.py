"""What stands on a filled form, from the same records as every list and detail."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from corrections import services as acts
from corrections.decisions import DecisionKind, GuardianPart, OutcomeResult
from corrections.ends import EndPaper, EndReason, NoticeTo
from corrections.leave_codes import LeaveRefusal
from corrections.opinions import Followed
from corrections.papers.forms import FORMS
from corrections.papers.sheet import day as written
from corrections.reception_codes import Acknowledged, CheckItem, ReceptionPlace
from corrections.search_codes import SearchResult, SearchWay
from corrections.services import receiving, searches
from corrections.services.leave import leave_refuse, leave_verify, permit_approve, permit_ask, permit_refuse
from corrections.services.papers import assessment_paper, complaint_paper, opinion_paper, paper_fill
from corrections.term import Term
from edge.documents.model import Fields, Signatures, Table, texts
from edge.encryption import reveal
from kernel import clock as clocks
from kernel.codes.law import CorrectionCategory
from kernel.problems import Problem
from privacy.models import ReadLog
from tests.cast import Member
from tests.corrections import decided, leaves, positioned
from tests.corrections.stage import NAME, Case, item, met, newest, submit
from tests.corrections.test_assessments import drafted as assessed_person
from tests.corrections.test_ends import ended
from tests.corrections.test_entries import approved as entry_approved
from tests.corrections.test_transfers import asked as transfer_asked
from tests.corrections.test_transfers import issued

pytestmark = pytest.mark.usefixtures("db")
CATEGORY = CorrectionCategory.SUSPENDED_SENTENCE
WHY = {"purpose": "handle", "reason": "归档"}


def filled(who: Member, case: Case, key: str, **more: Any) -> str:
    paper = paper_fill(actor=who.actor, subject_id=case.subject.id, key=key, **(WHY | more))
    return "\n".join(texts(paper.parts))


def holds(text: str, *facts: str) -> list[str]:
    """The facts that are not in the text."""
    return [fact for fact in facts if fact not in text]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_blank_leaves_every_line_open(form: Any) -> None:
    blocks = form.blocks(None)
    lines = [field for block in blocks if isinstance(block, Fields) for field in block.rows]
    assert {field.value.replace("□", "") == field.value for field in lines if not field.value} <= {True}
    assert not [field for field in lines if field.value and not field.value.startswith("□")]
    assert not any(mark.made for block in blocks if isinstance(block, Signatures) for mark in block.lines)
    assert all(block.spare and not block.rows for block in blocks if isinstance(block, Table))


@pytest.mark.law("CCL-22")
def test_reception_and_announcement_have_the_five_checks_and_the_group(case: Case, officer: Member) -> None:
    today = clocks.today()
    reception = receiving.reception_open(
        actor=case.actor, subject_id=case.subject.id, place=ReceptionPlace.HOME, reported_in_on=today
    )
    said = {"actor": case.actor, "reception_id": reception.id}
    receiving.reception_check(**said, item=CheckItem.DOCUMENTS, done_on=today)
    assert holds(filled(officer, case, "reception"), "■齐全", "□已核实", "上门", "本人：") == []
    receiving.reception_announce(
        **said, announced_on=today, acknowledged=Acknowledged.WITNESSED, witness="测试见证人"
    )
    told = filled(officer, case, "announcement")
    assert holds(told, "网格员", officer.user.name, "拒签有见证", written(today)) == []


@pytest.mark.law("CCL-24")
def test_a_plan_has_its_contacts_its_help_and_its_versions(case: Case, officer: Member) -> None:
    text = filled(officer, case, "plan")
    assert holds(text, "实地查访每周", "就业帮扶", "第1版", "1990-01-01出生", officer.user.name) == []


@pytest.mark.law("CCL-26")
def test_the_visit_record_has_the_visits_and_still_names_no_status(case: Case, officer: Member) -> None:
    submit(case.actor, item(met(case.first.id, note="在家，找到了工作")))
    text = filled(officer, case, "contact")
    assert holds(text, NAME, "走访", "在家，找到了工作") == []
    assert not [word for word in ("矫正", "司法", "缓刑") if word in text]
    assert ReadLog.objects.filter(subject_kind="visit", subject_id=newest().id).exists()


@pytest.mark.law("CCL-27a")
def test_a_leave_has_the_application_and_the_decision_with_its_reasons(
    case: Case, officer: Member, agency: Member
) -> None:
    leave = leaves.submitted(case)
    pending = filled(officer, case, "leave")
    assert (
        holds(
            pending, officer.user.name, leaves.DESTINATION, "就医，陪同就医", "□批准", "□不批准（须写明理由）"
        )
        == []
    )
    leave_refuse(actor=agency.actor, leave_id=leave.id, code=LeaveRefusal.NO_PROOF, text="挂号单无法核实")
    refused = filled(officer, case, "leave")
    assert holds(refused, "□批准", "■不批准", "材料无法核实", "挂号单无法核实", agency.user.name) == []


@pytest.mark.law("CCM-27c")
def test_what_the_city_said_is_ticked_once_a_second_officer_confirmed_it(
    case: Case, agency: Member, agency_head: Member
) -> None:
    leave = leaves.submitted(case, length=40)
    leaves.leave_forward(actor=agency.actor, leave_id=leave.id, opinion="建议批准")
    leaves.city_record(actor=agency.actor, leave_id=leave.id, paper=leaves.paper())
    assert holds(filled(agency, case, "leave"), "□批准", "市级决定待核对") == []
    leaves.city_confirm(actor=agency_head.actor, leave_id=leave.id)
    assert holds(filled(agency, case, "leave"), "■批准", "哈矫外（2026）1 号") == []


@pytest.mark.law("CCM-29")
def test_a_permit_has_its_trips_and_until_when_it_holds(case: Case, officer: Member, agency: Member) -> None:
    row = permit_ask(actor=case.actor, subject_id=case.subject.id, asked=leaves.permit())
    permit_approve(actor=agency.actor, permit_id=row.id)
    row.refresh_from_db()
    text = filled(officer, case, "regular_leave")
    assert holds(text, "每周二、周五往返五常市送货", "■批准", leaves.WUCHANG, written(row.valid_to)) == []


@pytest.mark.law("CCL-27a")
def test_a_refused_permit_says_why(case: Case, officer: Member, agency: Member) -> None:
    row = permit_ask(actor=case.actor, subject_id=case.subject.id, asked=leaves.permit())
    permit_refuse(actor=agency.actor, permit_id=row.id, code=LeaveRefusal.NO_PROOF, text="没有送货合同")
    text = filled(officer, case, "regular_leave")
    assert holds(text, "■不批准", "材料无法核实", "没有送货合同") == []


@pytest.mark.law("CCL-27a")
def test_a_change_of_place_has_its_reason_and_its_steps(case: Case, agency: Member) -> None:
    row = transfer_asked(agency, case)
    acts.transfer_decide(
        actor=agency.actor, transfer_id=row.id, accept=True, on=clocks.today(), document_no="同意 1 号"
    )
    text = filled(agency, case, "place_change")
    assert holds(text, "五常矫正机构", "随子女居住", "同意，同意 1 号", "已征求意见") == []


@pytest.mark.law("CCL-28")
def test_a_decision_has_facts_rule_statement_decider_and_service(
    case: Case, officer: Member, agency: Member
) -> None:
    decided.served(officer.actor, agency.actor, case.subject)
    text = filled(officer, case, "admonition")
    facts = (decided.FACTS, "办法第 34 条", decided.WORDS, "训诫", agency.user.name, "本人签收")
    assert holds(text, *facts) == []
    assert holds(filled(officer, case, "statement"), "拟作：训诫", decided.WORDS) == []
    assert decided.FACTS not in filled(officer, case, "warning")


@pytest.mark.law("CCL-34b")
def test_an_objection_has_what_it_is_against_and_the_answer(
    case: Case, officer: Member, agency: Member, agency_head: Member
) -> None:
    row = decided.served(officer.actor, agency.actor, case.subject)
    said = acts.objection_make(
        actor=officer.actor, decision_id=row.id, text="不是故意的", made_on=clocks.today()
    )
    acts.objection_answer(
        actor=agency_head.actor,
        objection_id=said.id,
        event="uphold",
        text="事实清楚",
        answered_on=clocks.today(),
    )
    text = filled(officer, case, "objection")
    assert holds(text, "训诫", "不是故意的", "事实清楚", agency_head.user.name) == []


@pytest.mark.law("CCL-29a", "CCL-29d")
def test_positioning_is_filled_for_the_agency_and_not_for_the_station(
    case: Case, officer: Member, agency: Member, bureau_head: Member, assessed: None
) -> None:
    order = positioned.in_force(agency.actor, bureau_head.actor, case)
    ground = "无正当理由未经批准离开所居住的市、县"
    facts = (ground, "擅自离开认定", "其他措施不足", bureau_head.user.name, written(order.ends_on))
    assert holds(filled(agency, case, "positioning"), *facts) == []
    assert holds(filled(agency, case, "positioning_notice"), ground, positioned.DEVICE) == []
    assert (NAME in filled(officer, case, "positioning"), ground in filled(officer, case, "positioning")) == (
        True,
        False,
    )


@pytest.mark.law("CCL-30")
def test_a_search_has_its_course_and_who_was_told(case: Case, agency: Member) -> None:
    search = searches.search_at_once(actor=agency.actor, subject_id=case.subject.id, text="多方联系未果")
    searches.search_log(
        actor=agency.actor, search_id=search.id, way=SearchWay.VISIT, result=SearchResult.NO_ANSWER,
        made_at=clocks.now(), note="敲门无人",
    )  # fmt: skip
    searches.search_told(
        actor=agency.actor, search_id=search.id, police=True, told_on=clocks.today(), document_no="通 1 号"
    )
    assert holds(filled(agency, case, "search"), "实地查访，未果，敲门无人", "通 1 号", "失联查找") == []


@pytest.mark.law("CCL-34b", "CCL-61")
def test_a_complaint_is_filled_for_the_desk_and_never_for_whom_it_is_about(
    case: Case, complaints: Member, agency: Member
) -> None:
    row = decided.complained(complaints, agency, person_name=NAME)
    paper = complaint_paper(actor=complaints.actor, complaint_id=row.id, **WHY)
    assert holds("".join(texts(paper.parts)), NAME, "被推搡", complaints.user.name) == []
    with pytest.raises(Problem, match="not_found"):
        complaint_paper(actor=agency.actor, complaint_id=row.id, **WHY)
    assert "被推搡" not in filled(agency, case, "complaint")


@pytest.mark.law("CCL-44", "CCL-54")
def test_papers_of_the_end_are_filled_after_it_for_the_agencys_head_alone(
    case: Case, agency: Member, agency_head: Member, clock: Any
) -> None:
    ending = ended(case, clock)
    acts.ending_certify(actor=agency.actor, ending_id=ending.id, certificate_no="解 7 号")
    acts.ending_notice(
        actor=agency.actor,
        ending_id=ending.id,
        to=NoticeTo.POLICE,
        sent_on=clocks.today(),
        document_no="通 1",
    )
    assert holds(filled(agency_head, case, "end_certificate"), NAME, "解 7 号", "■期满", "□赦免") == []
    assert holds(filled(agency_head, case, "end_notice"), "□决定机关", "■公安机关", "解 7 号") == []
    for who, key in ((agency, "end_certificate"), (agency_head, "leave")):
        with pytest.raises(Problem, match="not_found"):
            filled(who, case, key)


@pytest.mark.law("CCL-45")
def test_a_termination_has_its_own_notice_and_is_certified_by_none(
    case: Case, agency: Member, agency_head: Member
) -> None:
    acts.subject_terminate(
        actor=agency.actor, subject_id=case.subject.id, reason=EndReason.DEATH, document_no="死亡证明 1 号",
        on=clocks.today(),
    )  # fmt: skip
    assert holds(filled(agency_head, case, "termination_notice"), "■死亡", "□收监执行", "死亡证明 1 号") == []
    for key in ("end_certificate", "end_notice"):
        with pytest.raises(Problem, match="ending_other_paper"):
            filled(agency_head, case, key)


@pytest.mark.law("CCM-55")
def test_a_minors_decision_has_the_guardians_part(minor_case: Case, officer: Member, agency: Member) -> None:
    decided.decided(officer.actor, agency.actor, minor_case.subject, guardian=GuardianPart.PRESENT)
    assert holds(filled(officer, minor_case, "admonition"), "监护人（未成年人）", "监护人到场") == []


def test_what_is_read_beside_a_record_stands_in_its_line_of_the_log(case: Case, officer: Member) -> None:
    leave = leaves.submitted(case)
    filled(officer, case, "leave")
    row = ReadLog.objects.get(subject_kind="leave", subject_id=leave.id)
    assert row.fields == ["destination", "reason_text", "proof", "texts"]


@pytest.mark.law("CCM-27a")
def test_a_leave_has_its_proof_and_what_the_verification_found(case: Case, officer: Member) -> None:
    leave = leaves.submitted(case, proof="市一院住院通知")
    assert "核实情况\n\n" in filled(officer, case, "leave")
    leave_verify(actor=case.actor, leave_id=leave.id, text="已电话核实医院")
    text = filled(officer, case, "leave")
    assert holds(text, "市一院住院通知", "已电话核实医院", officer.user.name) == []


def test_a_record_that_was_named_is_the_one_that_is_filled_in(
    case: Case, officer: Member, agency: Member
) -> None:
    first = decided.served(officer.actor, agency.actor, case.subject)
    decided.drafted(officer.actor, case.subject)
    assert "本人签收" in filled(officer, case, "admonition", record=first.id).replace("本人签收\n\n", "")
    with pytest.raises(Problem, match="not_found"):
        filled(officer, case, "warning", record=first.id)
    with pytest.raises(Problem, match="not_found"):
        filled(officer, case, "leave", record=uuid4())
    with pytest.raises(Problem, match="invalid"):
        filled(officer, case, "reception", record=first.id)


@pytest.mark.law("CCM-16", "CCM-19")
def test_receipt_and_letter_of_responsibility_have_order_and_group(case: Case, officer: Member) -> None:
    order = acts.order_add(
        actor=case.actor, subject_id=case.subject.id, term=Term(CATEGORY, clocks.today(), months=14),
        document=acts.Document("（2026）测 2 号", "第二测试法院", clocks.today(), clocks.today()),
    )  # fmt: skip
    due = written(clocks.today() + timedelta(days=5))
    text = filled(officer, case, "receipt", record=order.id)
    assert holds(text, "第二测试法院", "（2026）测 2 号", f"{due}前", officer.user.name) == []
    assert holds(filled(officer, case, "group_letter"), "网格员", officer.user.name) == []


@pytest.mark.law("CCM-14")
def test_an_assessment_is_filled_for_the_agency_and_its_station_alone(
    agency: Member, officer: Member, other_officer: Member
) -> None:
    row = assessed_person(agency, officer)
    paper = assessment_paper(actor=officer.actor, assessment_id=row.id, **WHY)
    assert holds("".join(texts(paper.parts)), row.organ, row.document_no, officer.user.name) == []
    with pytest.raises(Problem, match="not_found"):
        assessment_paper(actor=other_officer.actor, assessment_id=row.id, **WHY)


@pytest.mark.law("CCM-39")
def test_a_permission_to_enter_is_filled_for_the_agency_alone(
    case: Case, agency: Member, officer: Member
) -> None:
    row = entry_approved(case, agency)
    place = reveal(row, "place") or ""
    text = filled(agency, case, "entry")
    assert holds(text, "■批准", place, row.limit.document_no, written(row.last_day)) == []
    assert place not in filled(officer, case, "entry")


@pytest.mark.law("CCL-28", "CCL-46/48")
def test_a_proposal_has_its_kind_and_apart_from_it_what_the_court_decided(
    case: Case, officer: Member, agency: Member
) -> None:
    row = decided.decided(officer.actor, agency.actor, case.subject, DecisionKind.REVOKE_SUSPENSION)
    asked = filled(agency, case, "proposal")
    assert (
        holds(asked, "■提请撤销缓刑", "□提请治安处罚", decided.FACTS, decided.WORDS, agency.user.name) == []
    )
    result = acts.Outcome(OutcomeResult.REFUSED, "测试法院", "驳 1 号", clocks.today())
    acts.decision_result(actor=agency.actor, decision_id=row.id, outcome=result)
    assert holds(filled(agency, case, "proposal"), "不同意，测试法院，驳 1 号") == []


@pytest.mark.law("CCM-53")
def test_the_appraisal_has_the_own_summary_and_what_stands(
    case: Case, officer: Member, agency: Member
) -> None:
    decided.served(officer.actor, agency.actor, case.subject)
    for who, kind, words in (
        (officer, EndPaper.SUMMARY, "找到了工作"),
        (agency, EndPaper.APPRAISAL, "表现良好"),
    ):
        acts.end_paper_write(
            actor=who.actor, subject_id=case.subject.id, kind=kind, written_on=clocks.today(), text=words
        )
    text = filled(officer, case, "appraisal")
    assert holds(text, "找到了工作", "表现良好", "表扬0次、训诫1次、警告0次") == []


@pytest.mark.law("CCL-8")
def test_the_reply_to_the_procuratorate_has_the_opinion_and_its_reasons(
    case: Case, agency: Member, procurator: Member, officer: Member
) -> None:
    row = issued(procurator, case)
    acts.opinion_reply(
        actor=agency.actor,
        opinion_id=row.id,
        followed=Followed.PARTLY,
        replied_on=clocks.today(),
        text="已整改",
    )
    paper = opinion_paper(actor=agency.actor, opinion_id=row.id, **WHY)
    text = "".join(texts(paper.parts))
    assert holds(text, "■部分采纳", "□不采纳", row.document_no, "已整改") == []
    with pytest.raises(Problem, match="not_found"):
        opinion_paper(actor=officer.actor, opinion_id=row.id, **WHY)
    with pytest.raises(Problem, match="not_found"):
        filled(agency, case, "opinion_reply")

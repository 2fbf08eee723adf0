"""Papers of health and review reports, of their lengthening, and of help after release."""

from datetime import timedelta

import pytest

from corrections.medical import MedicalKind
from corrections.models import Aftercare, MedicalReport, Subject
from corrections.services.aftercare import aftercare_decline, aftercare_withdraw
from corrections.services.lengthening import lengthening_grant, lengthening_propose
from corrections.services.medical import medical_hand_in
from corrections.services.papers import paper_fill
from edge.documents.model import texts
from kernel import clock as clocks
from kernel.problems import Problem
from privacy.models import ReadLog
from tests.cast import Member
from tests.corrections.stage import NAME, Case
from tests.corrections.test_aftercare import accepted, ended, informed, passed_on
from tests.corrections.test_medical import handed, report, sick
from tests.corrections.test_papers_filled import WHY, filled, holds

pytestmark = pytest.mark.usefixtures("db")
__all__ = ["sick"]


def of(who: Member, subject: Subject, key: str) -> str:
    paper = paper_fill(actor=who.actor, subject_id=subject.id, key=key, **WHY)
    return "\n".join(texts(paper.parts))


@pytest.mark.law("CCM-24b")
def test_a_report_is_printed_with_its_term_before_it_comes_and_as_it_came(
    sick: Subject, officer: Member
) -> None:
    assert "期限" in of(officer, sick, "health_report")
    row = report(MedicalKind.REVIEW)
    said = handed(hospital="哈尔滨市第一医院", finding="病情稳定，继续治疗")
    medical_hand_in(actor=officer.actor, report_id=row.id, handed=said)
    text = of(officer, sick, "review_report")
    assert holds(text, "哈尔滨市第一医院", "病情稳定，继续治疗", "档案柜 1", officer.user.name) == []
    log = ReadLog.objects.filter(subject_kind="medical_report", subject_id=row.id)
    assert log.get().fields == ["hospital", "finding"]


@pytest.mark.law("CCM-24b", "CCL-54")
def test_a_stranger_fills_no_report(sick: Subject, other_officer: Member, mediator: Member) -> None:
    for who in (other_officer, mediator):
        with pytest.raises(Problem, match="not_found"):
            of(who, sick, "health_report")


@pytest.mark.law("CCM-24b")
def test_of_who_reports_no_illness_the_form_stays_blank(case: Case, officer: Member) -> None:
    assert not MedicalReport.objects.exists()
    assert "病情" not in filled(officer, case, "health_report")


@pytest.mark.law("CCM-24b")
def test_a_lengthening_has_both_days_and_who_granted_it(
    sick: Subject, officer: Member, agency: Member
) -> None:
    row = report(MedicalKind.REVIEW)
    until = row.due_on + timedelta(days=20)
    asked = lengthening_propose(actor=officer.actor, report_id=row.id, until=until, reason="排期住院")
    lengthening_grant(actor=agency.actor, lengthening_id=asked.id)
    text = of(officer, sick, "lengthening")
    names = (officer.user.name, agency.user.name)
    assert holds(text, "■病情复查报告", "■县级社区矫正机构", "■批准", "排期住院", "延长至", *names) == []


@pytest.mark.law("CCM-53")
def test_the_notice_has_what_was_wanted_and_a_decline_has_no_reason(case: Case, officer: Member) -> None:
    assert holds(filled(officer, case, "aftercare_notice"), "□需要", "□就业") == []
    row = accepted(case, officer)
    assert holds(filled(officer, case, "aftercare_notice"), "■需要", "■就业", "想学电工") == []
    aftercare_withdraw(actor=officer.actor, aftercare_id=row.id, on=clocks.today())
    text = filled(officer, case, "aftercare_notice")
    assert (holds(text, "本人已收回"), "想学电工" in text) == ([], False)


@pytest.mark.law("CCM-53")
def test_a_no_is_ticked(case: Case, officer: Member) -> None:
    aftercare_decline(actor=officer.actor, aftercare_id=informed(case, officer).id, on=clocks.today())
    assert holds(filled(officer, case, "aftercare_notice"), "■不需要", "□需要") == []


@pytest.mark.law("CCM-53", "CCL-5")
def test_what_goes_out_is_what_the_person_agreed_to_and_nothing_of_the_correction(
    case: Case, officer: Member
) -> None:
    passed_on(accepted(case, officer), officer)
    text = filled(officer, case, "aftercare_handover")
    assert holds(text, NAME, "测试安置帮教办公室", "衔 1 号", "■就业") == []
    assert "测试路 1 号" not in text
    assert not [word for word in ("矫正", "缓刑", "判决", "测1号", "司法") if word in text]
    assert Aftercare.objects.get().state == "handed_over"


@pytest.mark.law("CCL-44", "CCM-53")
def test_after_the_release_the_agency_s_head_prints_it_and_the_station_does_not(
    case: Case, officer: Member, agency_head: Member, clock: object
) -> None:
    passed_on(accepted(case, officer), officer)
    ended(case, clock)
    assert NAME in filled(agency_head, case, "aftercare_handover")
    with pytest.raises(Problem, match="not_found"):
        filled(officer, case, "aftercare_handover")

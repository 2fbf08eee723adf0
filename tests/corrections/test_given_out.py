"""What goes about a person in correction to court, police, procuratorate, city or another agency stands in
the share log, with the row of the law, whatever the act."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from corrections.assessment import Advice, AskedBy, Heard
from corrections.ends import EndReason, NoticeTo
from corrections.entry import EntryTold
from corrections.jobs import due
from corrections.leave_codes import NoticeKind
from corrections.models import Ending, MedicalReport, Order
from corrections.opinions import Followed, OpinionKind
from corrections.reception_codes import LimitKind, OrderDateKind
from corrections.services import (
    Move,
    assessments,
    complaint_answer,
    complaint_assign,
    complaint_pass_on,
    complaint_tell_procurator,
    decision_copy,
    ending_notice,
    entries,
    giving,
    opinion_issue,
    opinion_reply,
    searches,
    subject_terminate,
    transfer_ask,
    transfer_decide,
    transfer_file_sent,
    transfer_move,
)
from corrections.services.arrivals import order_date_record
from corrections.services.leave import leave_forward
from corrections.services.leave.notices import notice_done
from corrections.services.lengthening import (
    lengthening_grant,
    lengthening_propose,
    lengthening_record,
    lengthening_told,
)
from corrections.services.receiving import Limited, limit_record
from kernel import clock as clocks
from kernel.law_rows import LAW_ROWS
from kernel.problems import Problem
from privacy import register
from privacy.codes import RecipientKind
from privacy.models import Share
from privacy.selectors import subject_log
from tests.cast import District, Member
from tests.corrections import decided, leaves
from tests.corrections.leaves import day
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")


def shared() -> list[tuple[str, str]]:
    """Basis and kind of recipient of every row."""
    return sorted(Share.objects.values_list("basis", "recipient_kind"))


def _givings() -> Iterator[giving.Giving]:
    for value in vars(giving).values():
        if isinstance(value, giving.Giving):
            yield value
        elif isinstance(value, Mapping):
            yield from (one for one in value.values() if isinstance(one, giving.Giving))


@pytest.mark.law("CCL-5", "ND-12")
def test_each_giving_names_a_row_of_the_law_and_fields_of_the_register() -> None:
    known = {f"{row.model}.{row.field}" for row in register.rows(["corrections"])}
    named = list(_givings())
    assert len(named) > 15
    assert {one.basis for one in named} <= set(LAW_ROWS)
    assert {f"corrections.{name}" for one in named for name in one.fields} <= known


@pytest.mark.law("CCL-5", "CCM-27c")
def test_a_leave_that_goes_to_the_city_and_its_notices(
    case: Case, agency: Member, agency_head: Member
) -> None:
    leave = leaves.city_approved(case, agency, agency_head, length=40)
    assert shared() == [("CCM-27c", "city")]
    notice = leave.notices.get(kind=NoticeKind.PROCURATORATE)
    for _ in range(2):
        notice_done(
            actor=agency.actor, leave_id=leave.id, notice_id=notice.id, done_on=day(0), document_no="通 1"
        )
    assert shared() == [("CCM-27c", "city"), ("CCM-27c", "procuratorate")]


@pytest.mark.law("CCL-5", "CCM-28")
def test_the_agency_at_the_destination_is_asked_for_help(case: Case, agency: Member) -> None:
    leave = leaves.submitted(case, length=10)
    leaves.leave_approve(actor=agency.actor, leave_id=leave.id, ask_destination=True)
    for notice in leave.notices.all():
        notice_done(actor=agency.actor, leave_id=leave.id, notice_id=notice.id, done_on=day(0))
    assert shared() == [("CCM-28", "correction_agency")]


@pytest.mark.law("CCL-5", refused=True)
def test_who_may_not_send_leaves_no_row(case: Case, officer: Member) -> None:
    leave = leaves.submitted(case, length=40)
    with pytest.raises(Problem, match="role_not_allowed"):
        leave_forward(actor=officer.actor, leave_id=leave.id, opinion="建议批准")
    assert shared() == []


@pytest.mark.law("CCL-5", "CCM-31")
def test_the_new_agency_is_asked_and_given_the_file(case: Case, agency: Member) -> None:
    wanted = Move("五常矫正机构", "230184000000", "随子女居住", day(0), day(0))
    row = transfer_ask(actor=agency.actor, subject_id=case.subject.id, wanted=wanted)
    said = {"actor": agency.actor, "transfer_id": row.id}
    transfer_decide(**said, accept=True, on=day(0), document_no="同意 1 号")
    transfer_move(**said, received_on=day(0))
    for _ in range(2):
        transfer_file_sent(**said, on=day(0))
    assert shared() == [("CCM-30", "correction_agency"), ("CCM-31", "correction_agency")]
    assert set(Share.objects.values_list("recipient", flat=True)) == {"五常矫正机构"}


@pytest.mark.law("CCL-5", "CCM-38")
def test_police_and_procuratorate_hear_of_a_lost_contact_once_each(case: Case, agency: Member) -> None:
    search = searches.search_at_once(actor=agency.actor, subject_id=case.subject.id, text="多方联系未果")
    for police in (True, False, True, False):
        searches.search_told(
            actor=agency.actor, search_id=search.id, police=police, told_on=day(0), document_no="通 1"
        )
    assert shared() == [("CCM-38", "police"), ("CCM-38", "procuratorate")]


@pytest.mark.law("CCL-5", "CCL-51")
@pytest.mark.parametrize(("reason", "basis"), [(EndReason.DEATH, "CCL-51"), (EndReason.PARDON, "CCL-44")])
def test_the_three_notices_of_an_end(case: Case, agency: Member, reason: EndReason, basis: str) -> None:
    subject_terminate(
        actor=agency.actor, subject_id=case.subject.id, reason=reason, document_no="文 1", on=day(0)
    )
    for to in (*NoticeTo, *NoticeTo):
        ending_notice(
            actor=agency.actor, ending_id=Ending.objects.get().id, to=to, sent_on=day(0), document_no="通 1"
        )
    assert shared() == [(basis, "court"), (basis, "police"), (basis, "procuratorate")]


@pytest.mark.law("CCL-5", "CCM-39")
def test_court_and_procuratorate_are_told_of_a_permission_to_enter(case: Case, agency: Member) -> None:
    limited = Limited(LimitKind.INJUNCTION, "不得进入测试商场", "禁 1", day(0), day(60))
    limit = limit_record(actor=agency.actor, subject_id=case.subject.id, limit=limited)
    wanted = entries.EntryAsked(limit.id, "测试商场", "就医取药", day(1), day(3), day(0))
    row = entries.entry_ask(actor=agency.actor, subject_id=case.subject.id, asked=wanted)
    entries.entry_approve(actor=agency.actor, entry_id=row.id, decided_on=day(0), document_no="准 1")
    for recipient in (*EntryTold, *EntryTold):
        entries.entry_tell(
            actor=agency.actor, entry_id=row.id, recipient=recipient, told_on=day(0), document_no="通 1"
        )
    assert shared() == [("CCM-39", "court"), ("CCM-39", "procuratorate")]


@pytest.mark.law("CCL-5", "CCM-14")
def test_an_assessment_goes_to_the_organ_with_a_copy(stage: Any, agency: Member, officer: Member) -> None:
    asked = assessments.Commission(
        asked_by=AskedBy.POLICE, organ="测试公安局", document_no="委 1", received_on=day(0), person_name="甲"
    )
    row = assessments.assessment_receive(actor=agency.actor, commission=asked)
    by = {"actor": officer.actor, "assessment_id": row.id}
    agencys = by | {"actor": agency.actor}
    assessments.assessment_assign(**agencys, station_id=officer.membership.organisation_id)
    went = assessments.Visited((officer.user.id,), day(0), Heard.FAMILY, "家属愿意监护")
    assessments.assessment_visit(**by, visited=went)
    assessments.assessment_draft(**by, advice=Advice.FITS, opinion="可纳入社区矫正")
    assessments.assessment_sign(**agencys, signed_on=day(0))
    for _ in range(2):
        assessments.assessment_send(**agencys, sent_on=day(0), document_no="评 1", copied_on=day(0))
    assert shared() == [("CCM-14", "police"), ("CCM-14", "procuratorate")]
    assert Share.objects.get(recipient_kind="police").recipient == "测试公安局"


@pytest.mark.law("CCL-5", "CCM-24b")
def test_a_longer_report_goes_to_the_city_and_is_told_to_the_procuratorate(
    stage: Any, district: District, officer: Member, agency: Member, agency_head: Member
) -> None:
    subject = stage.registered(district, officer.actor)
    stage.outside_prison(officer.actor, subject)
    due(clocks.now())
    report = MedicalReport.objects.get(kind="review")
    row = lengthening_propose(
        actor=officer.actor, report_id=report.id, until=report.due_on + timedelta(days=60), reason="病情稳定"
    )
    said = {"actor": agency.actor, "lengthening_id": row.id}
    for _ in range(2):
        lengthening_record(**said, document_no="哈矫 7 号", decided_on=day(0))
    lengthening_grant(actor=agency_head.actor, lengthening_id=row.id)
    for _ in range(2):
        lengthening_told(**said, told_on=day(0))
    assert shared() == [("CCM-24b", "city"), ("CCM-24b", "procuratorate")]


@pytest.mark.law("CCL-5", "CCM-16")
def test_the_receipt_goes_back_and_the_organ_hears_that_nobody_reported(case: Case, officer: Member) -> None:
    said = {"actor": officer.actor, "order_id": Order.objects.get().id, "on": day(0)}
    for kind in (*OrderDateKind, *OrderDateKind):
        order_date_record(**said, kind=kind, document_no="1")
    assert shared() == [("CCM-16", "court"), ("CCM-17", "court")]
    assert set(Share.objects.values_list("recipient", flat=True)) == {"测试法院"}


@pytest.mark.law("CCL-5", "CCM-32")
def test_a_copy_of_a_decision_names_whose_kind_its_recipient_is(case: Case, agency: Member) -> None:
    row = decided.decided(case.actor, agency.actor, case.subject)
    said = {"actor": agency.actor, "decision_id": row.id, "sent_on": day(0)}
    for _ in range(2):
        decision_copy(**said, recipient="测试派出所", recipient_kind=RecipientKind.POLICE)
    decision_copy(**said, recipient="测试街道办")
    assert shared() == [("CCM-32", "department"), ("CCM-32", "police")]


@pytest.mark.law("CCL-5", "CCL-8")
def test_the_reply_to_the_procuratorate(case: Case, agency_head: Member, procurator: Member) -> None:
    row = opinion_issue(
        actor=procurator.actor, agency_id=case.subject.agency_id, kind=OpinionKind.OPINION,
        document_no="检 1", issued_on=day(0), text="请说明",
    )  # fmt: skip
    opinion_reply(
        actor=agency_head.actor, opinion_id=row.id, followed=Followed.FULLY, replied_on=day(0), text="已办"
    )
    assert shared() == [("CCL-8", "procuratorate")]


@pytest.mark.law("CCL-5", "CCL-61")
def test_a_complaint_that_was_passed_on_is_no_row_for_the_head_it_may_be_about(
    case: Case, complaints: Member, bureau_head: Member, auditor: Member
) -> None:
    row = decided.complained(complaints, bureau_head)
    complaint_pass_on(actor=complaints.actor, complaint_id=row.id, to="市司法局", reason="归其管辖")
    listed = [who.client.get("/api/v1/privacy/shares").json()["count"] for who in (bureau_head, auditor)]
    assert (shared(), listed) == ([("CCL-34b", "department")], [0, 1])


@pytest.mark.law("CCL-34b", "CCL-5")
def test_the_answer_to_a_complaint_goes_to_the_procuratorate(
    case: Case, complaints: Member, agency: Member, procurator: Member
) -> None:
    row = decided.complained(complaints, agency)
    complaint_assign(actor=complaints.actor, complaint_id=row.id, user_id=procurator.user.id)
    complaint_answer(actor=procurator.actor, complaint_id=row.id, words="已查明", answered_on=day(0))
    for _ in range(2):
        complaint_tell_procurator(actor=complaints.actor, complaint_id=row.id)
    assert shared() == [("CCL-34b", "procuratorate")]


@pytest.mark.law("PI-45/46/50", "CCL-5")
def test_the_person_s_own_log_says_who_was_given_what(case: Case, agency: Member) -> None:
    search = searches.search_at_once(actor=agency.actor, subject_id=case.subject.id, text="多方联系未果")
    searches.search_told(
        actor=agency.actor, search_id=search.id, police=True, told_on=day(0), document_no="通 1"
    )
    (row,) = [row for row in subject_log("subject", case.subject.id).rows if row["what"] == "shared"]
    assert (row["recipient"], row["basis"]) == ("公安机关", "CCM-38")

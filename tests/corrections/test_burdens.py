"""Everything that burdens a person passes one guard; a plan that asks more does too (CCL-61)."""

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from corrections.codes import HelpMeasure, Period
from corrections.complaints import Burden
from corrections.models import BurdenRow, Evaluation
from corrections.reception_codes import LimitKind, MemberDuty
from corrections.schedule import Frequency, Quiet, stricter
from corrections.services import Move, NewPlan, complaint_link, contact_add, second_decision_ask
from corrections.services.evaluations import evaluation_record
from corrections.services.groups import group_sign, member_undertake
from corrections.services.plans import plan_create
from corrections.services.receiving import Limited, limit_record
from corrections.services.searches import review_ask, search_at_once, search_lose
from corrections.services.transfers import transfer_ask, transfer_decide
from kernel.codes.law import ContactForm
from kernel.problems import Problem
from tests.cast import Member
from tests.corrections.decided import agreed, complained
from tests.corrections.leaves import day
from tests.corrections.stage import QUIET, WEEKLY, Case, days, planned

ROOT = Path(__file__).parents[2] / "corrections" / "services"
DAILY = replace(WEEKLY, least=3, most=7)
CALL = Frequency(ContactForm.COMMUNICATION, Period.MONTH, 1, 2, 7)


@pytest.mark.law("CCL-61")
def test_every_kind_of_burden_is_asked_about_by_some_act() -> None:
    text = "\n".join(path.read_text() for path in ROOT.rglob("*.py"))
    missing = [
        act.name for act in Burden if "burden_guard(actor, " not in text or f"Burden.{act.name})" not in text
    ]
    assert missing == []


@pytest.mark.law("CCL-34a", "CCL-61")
def test_a_plan_is_stricter_by_a_form_a_number_or_an_hour() -> None:
    same = {"quiet": QUIET, "new_quiet": QUIET}
    assert not stricter([WEEKLY], [WEEKLY], **same)
    assert not stricter([WEEKLY, CALL], [CALL], **same)
    assert not stricter([WEEKLY], [replace(WEEKLY, period=Period.MONTH)], **same)
    assert stricter([WEEKLY], [DAILY], **same)
    assert stricter([WEEKLY], [replace(WEEKLY, most=3)], **same)
    assert stricter([WEEKLY], [WEEKLY, CALL], **same)
    assert stricter([WEEKLY], [WEEKLY], quiet=QUIET, new_quiet=Quiet(time(22), time(8)))


@pytest.fixture
def accused(case: Case, agency: Member, officer: Member, complaints: Member, procurator: Member) -> Case:
    """A person whose complaints about the station's and the agency's officer are open."""
    for against in (agency, officer):
        row = complained(complaints, against)
        complaint_link(actor=procurator.actor, complaint_id=row.id, subject_id=case.subject.id)
    return case


def limited(case: Case, agency: Member) -> Any:
    limit = Limited(LimitKind.CONTACT, "不得接触被害人", "限 1", day(0), day(30))
    return limit_record(actor=agency.actor, subject_id=case.subject.id, limit=limit)


def lost(case: Case, agency: Member) -> Any:
    review = review_ask(actor=agency.actor, subject_id=case.subject.id, text="未联系上")
    return search_lose(actor=agency.actor, search_id=review.id, text="多方查找未果")


def at_once(case: Case, agency: Member) -> Any:
    return search_at_once(actor=agency.actor, subject_id=case.subject.id, text="立即查找")


def more_often(case: Case, agency: Member) -> Any:
    return planned(agency.actor, case.subject, DAILY)


def above(case: Case, agency: Member) -> Any:
    said = {"form": ContactForm.FIELD_VISIT, "open_day": day(0), "due_day": day(2), "note": "必要"}
    for _ in range(2):
        contact_add(actor=agency.actor, subject_id=case.subject.id, **said)


def not_moved(case: Case, agency: Member) -> Any:
    wanted = Move("五常", "230184000000", "随迁", day(0), day(0))
    row = transfer_ask(actor=agency.actor, subject_id=case.subject.id, wanted=wanted)
    said = {"accept": False, "on": day(0), "document_no": "复 1", "reason": "无住所"}
    return transfer_decide(actor=agency.actor, transfer_id=row.id, **said)


ACTS = {
    limited: Burden.CONTACT_LIMIT, lost: Burden.LOST_CONTACT, at_once: Burden.LOST_CONTACT,
    more_often: Burden.CONTACT_LIMIT, above: Burden.CONTACT_LIMIT, not_moved: Burden.TRANSFER_REFUSED,
}  # fmt: skip


@pytest.mark.law("CCL-34b", "CCL-61")
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_while_a_complaint_is_open_another_unit_decides_too(
    act: Any, accused: Case, agency: Member, bureau_head: Member
) -> None:
    with pytest.raises(Problem, match="second_decider_required"), transaction.atomic():
        act(accused, agency)
    agreed(agency.actor, bureau_head.actor, accused.subject, ACTS[act])
    act(accused, agency)
    assert BurdenRow.objects.filter(second__isnull=False, act=ACTS[act]).count() == 1


@pytest.mark.law("CCL-61")
def test_what_asks_no_more_passes_without_a_second(accused: Case, agency: Member) -> None:
    planned(agency.actor, accused.subject, WEEKLY)
    assert not BurdenRow.objects.exists()


@pytest.mark.law("CCL-61")
def test_an_agreement_that_counts_no_more_is_asked_for_anew(
    accused: Case, agency: Member, bureau_head: Member, clock: Any
) -> None:
    agreed(agency.actor, bureau_head.actor, accused.subject, Burden.CONTACT_LIMIT)
    clock.move(days(60))
    said = {"subject_id": accused.subject.id, "act": Burden.CONTACT_LIMIT, "about": "再次请求"}
    again = second_decision_ask(actor=agency.actor, **said)
    assert again.state == "asked"
    assert second_decision_ask(actor=agency.actor, **said).id == again.id


@pytest.mark.law("CCM-22")
def test_a_later_plan_rests_on_an_evaluation_or_says_why(case: Case, agency: Member) -> None:
    plan = NewPlan((WEEKLY,), QUIET, [HelpMeasure.EMPLOYMENT], day(0))
    with pytest.raises(Problem, match="plan_change_needs_reason"):
        plan_create(actor=case.actor, subject_id=case.subject.id, plan=plan)
    row = evaluation_record(
        actor=case.actor, subject_id=case.subject.id, first_day=day(0), last_day=day(0), made_on=day(0),
        text="表现良好",
    )  # fmt: skip
    made = plan_create(actor=case.actor, subject_id=case.subject.id, plan=replace(plan, evaluation_id=row.id))
    assert (made.version, made.evaluation) == (2, row)


@pytest.mark.law("CCM-22")
def test_why_a_plan_was_changed_is_read_with_a_purpose(case: Case, officer: Member) -> None:
    plan = planned(case.actor, case.subject)
    url = f"/api/v1/corrections/plans/{plan.id}"
    assert "情况变化" not in officer.client.get(url).content.decode()
    clear = officer.client.post(f"{url}/reveal", {"purpose": "handle", "reason": "核对"}, format="json")
    assert clear.json() == {"why": "情况变化"}


@pytest.mark.law("CCM-22")
def test_another_person_s_evaluation_changes_no_plan(case: Case) -> None:
    plan = NewPlan((WEEKLY,), QUIET, [HelpMeasure.EMPLOYMENT], day(0), evaluation_id=case.subject.id)
    with pytest.raises(Problem, match="invalid"):
        plan_create(actor=case.actor, subject_id=case.subject.id, plan=plan)
    said = {"first_day": day(0), "last_day": day(-1), "made_on": day(0), "text": "x"}
    with pytest.raises(Problem, match="invalid"):
        evaluation_record(actor=case.actor, subject_id=case.subject.id, **said)
    assert not Evaluation.objects.exists()


@pytest.mark.law("CCM-19")
def test_the_letter_is_signed_when_everybody_has_undertaken_something(case: Case) -> None:
    with pytest.raises(Problem, match="member_without_duty"):
        group_sign(actor=case.actor, group_id=case.group.id, signed_on=day(0))
    for member in case.group.members.all():
        member_undertake(actor=case.actor, member_id=member.id, duties=[MemberDuty.REPORT, MemberDuty.REPORT])
    signed = group_sign(actor=case.actor, group_id=case.group.id, signed_on=day(0))
    assert signed.agreement_signed_on == day(0)
    assert {tuple(row.duties) for row in case.group.members.all()} == {("report",)}

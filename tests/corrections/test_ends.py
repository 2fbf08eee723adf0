"""The end at 24:00 without anybody's act, the papers after it, detention, death."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from corrections.decisions import DecisionKind
from corrections.ends import EndPaper, EndReason, NoticeTo, reason_gap, stages_begun
from corrections.jobs import due
from corrections.leave_codes import LeaveRefusal
from corrections.models import (
    Detention,
    DueContact,
    Ending,
    EndStage,
    Leave,
    Order,
    PositioningOrder,
    Subject,
)
from corrections.services import (
    checklist,
    detention_record,
    detention_resume,
    end_paper_write,
    ending_certify,
    ending_close,
    ending_look_at,
    ending_notice,
    ending_released_by,
    ending_terminate,
    subject_read,
    subject_terminate,
)
from corrections.services.aftercare import aftercare_decline, aftercare_inform
from corrections.services.leave import leave_refuse, leave_withdraw
from kernel import clock as clocks
from kernel.problems import Problem
from tasks.models import Task
from tasks.worklist import worklist
from tests.cast import Member, Worker
from tests.corrections.decided import drafted
from tests.corrections.leaves import submitted
from tests.corrections.positioned import in_force, sent
from tests.corrections.stage import Case, item, met, submit

pytestmark = pytest.mark.usefixtures("db")
BASE = "/api/v1/corrections"
LISTS = ("subjects", "orders", "groups", "plans", "contacts", "visits", "leaves", "decisions", "findings",
         "positioning-orders", "detentions", "transfers")  # fmt: skip


def midnight(case: Case, clock: Any) -> None:
    """The clock stands a minute after the last day; no job has run."""
    Subject.objects.filter(id=case.subject.id).update(ends_on=clocks.today())
    clock.to(clocks.day_end(clocks.today()) + timedelta(minutes=1))


def ended(case: Case, clock: Any) -> Ending:
    midnight(case, clock)
    due(clocks.now())
    return Ending.objects.get()


@pytest.mark.law("CCL-44")
def test_at_midnight_every_face_answers_as_ended_without_any_job(
    case: Case, officer: Member, agency: Member, worker: Worker, clock: Any
) -> None:
    first = case.first
    midnight(case, clock)
    for who in (officer, agency):
        answers = [who.client.get(f"{BASE}/{kind}") for kind in LISTS]
        assert {answer.json().get("count", 0) for answer in answers} == {0}
        assert who.client.get(f"{BASE}/subjects/{case.subject.id}").status_code == 404
        filled = {row.section.code for row in worklist(who.actor, clocks.now())}
        assert not {code for code in filled if "contact" in code or "place" in code}
    (outcome,) = submit(worker.actor, item(met(first.id)))
    assert (outcome.code, Subject.objects.get().state) == ("visit_not_yours", "in_correction")


@pytest.mark.law("CCL-44", "CCL-29c")
def test_at_midnight_the_device_is_off_without_any_job(
    case: Case, agency: Member, bureau_head: Member, assessed: None, clock: Any
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    midnight(case, clock)
    assert sent(agency.actor, order, clocks.now()).refused == 1
    due(clocks.now())
    assert PositioningOrder.objects.get().state == "lifted"


@pytest.mark.law("CCL-44")
def test_the_job_then_makes_the_tasks_of_certificate_and_three_notices_once(case: Case, clock: Any) -> None:
    ending = ended(case, clock)
    due(clocks.now())
    kinds = Task.objects.filter(state="open", subject_kind__in=["correction_ending", "end_notice"])
    assert sorted(kinds.values_list("kind", flat=True)) == ["notify", "notify", "notify", "review"]
    assert (ending.reason, ending.notices.count(), Subject.objects.get().state) == ("term_over", 3, "ended")


@pytest.mark.law("CCL-44")
def test_an_end_is_closed_when_certificate_and_notices_are_out(
    case: Case, agency: Member, clock: Any
) -> None:
    ending = ended(case, clock)
    with pytest.raises(Problem, match="ending_other_paper"):
        ending_terminate(actor=agency.actor, ending_id=ending.id)
    ending_certify(actor=agency.actor, ending_id=ending.id, certificate_no="测解 1 号")
    with pytest.raises(Problem, match="notices_missing"):
        ending_close(actor=agency.actor, ending_id=ending.id)
    for to in NoticeTo:
        ending_notice(
            actor=agency.actor, ending_id=ending.id, to=to, sent_on=clocks.today(), document_no="通 1"
        )
    assert ending_close(actor=agency.actor, ending_id=ending.id).state == "closed"
    assert not Task.objects.filter(state="open", subject_kind="end_notice").exists()


@pytest.mark.law("CCL-44")
def test_of_category_04_the_prison_releases_and_the_burdens_stop_all_the_same(
    case: Case, agency: Member, clock: Any
) -> None:
    Order.objects.update(category="04", ground="a")
    ending = ended(case, clock)
    assert (Subject.objects.get().state, ending.state) == ("ended", "ending")
    with pytest.raises(Problem, match="ending_other_paper"):
        ending_certify(actor=agency.actor, ending_id=ending.id, certificate_no="1")
    row = ending_released_by(
        actor=agency.actor, ending_id=ending.id, organ="测试监狱", document_no="释 1 号", on=clocks.today()
    )
    assert (row.state, row.released_by) == ("released", "测试监狱")
    for notice in row.notices.all():
        said = {"to": NoticeTo(notice.to), "sent_on": clocks.today(), "document_no": "通 1"}
        ending_notice(actor=agency.actor, ending_id=row.id, **said)
    assert ending_close(actor=agency.actor, ending_id=row.id).state == "closed"


def test_an_end_in_detention_with_a_proposal_is_shown_to_the_head_and_prolonged_by_nothing(
    case: Case, agency_head: Member, clock: Any
) -> None:
    drafted(case.actor, case.subject, DecisionKind.REVOKE_SUSPENSION)
    held(case, clocks.today())
    ending = ended(case, clock)
    assert (ending.in_detention, ending.proposal_pending) == (True, True)
    filled = {row.section.code for row in worklist(agency_head.actor, clocks.now())}
    assert "endings_pending" in filled
    ending_look_at(actor=agency_head.actor, ending_id=ending.id)
    assert "endings_pending" not in {row.section.code for row in worklist(agency_head.actor, clocks.now())}


@pytest.mark.law("CCM-53")
def test_the_stages_before_the_end_begin_in_order() -> None:
    ends = date(2026, 6, 30)
    assert [stages_begun(ends, ends - timedelta(days=left)) for left in (61, 60, 29, 0)] == [
        [], [60], [60, 30], [60, 30, 7, 1],
    ]  # fmt: skip
    assert stages_begun(ends, ends + timedelta(days=1)) == []


@pytest.mark.law("CCM-53")
def test_each_stage_begins_once_and_makes_one_task(case: Case, clock: Any) -> None:
    Subject.objects.update(ends_on=clocks.today() + timedelta(days=40))
    due(clocks.now())
    due(clocks.now())
    clock.move(timedelta(days=10))
    due(clocks.now())
    assert list(EndStage.objects.values_list("days", flat=True)) == [60, 30]
    assert Task.objects.filter(subject_kind="subject").count() == 2


@pytest.mark.law("CCM-53")
def test_the_checklist_says_what_is_left(case: Case, agency: Member) -> None:
    assert checklist(case.subject)["summary"]
    for actor, kind in ((case.actor, EndPaper.SUMMARY), (agency.actor, EndPaper.APPRAISAL)):
        end_paper_write(
            actor=actor, subject_id=case.subject.id, kind=kind, written_on=clocks.today(), text="已完成"
        )
    informed = aftercare_inform(actor=case.actor, subject_id=case.subject.id, informed_on=clocks.today())
    aftercare_decline(actor=case.actor, aftercare_id=informed.id, on=clocks.today())
    assert not any(checklist(case.subject).values())
    with pytest.raises(Problem, match="role_not_allowed"):
        end_paper_write(
            actor=case.actor, subject_id=case.subject.id, kind=EndPaper.APPRAISAL,
            written_on=clocks.today(), text="x",
        )  # fmt: skip


def held(case: Case, since: date) -> Detention:
    return detention_record(
        actor=case.actor, subject_id=case.subject.id, organ="测试看守所", document_no="拘 1 号",
        since=since, told_on=clocks.today(),
    )  # fmt: skip


@pytest.mark.law("CCM-41")
@pytest.mark.parametrize(("days_ago", "late"), [(3, 0), (4, 1), (0, 0)])
def test_an_organ_that_tells_late_is_late_itself(
    case: Case, officer: Member, days_ago: int, late: int
) -> None:
    held(case, clocks.today() - timedelta(days=days_ago))
    (row,) = officer.client.get(f"{BASE}/detentions").json()["results"]
    due_on = clocks.today() - timedelta(days=days_ago - 3)
    assert (row["organ_late_days"], row["told_due_on"]) == (late, due_on.isoformat())


@pytest.mark.law("CCM-41")
def test_a_detention_told_late_turns_missed_into_excused(case: Case, clock: Any) -> None:
    since = clocks.today()
    clock.move(timedelta(days=15))
    due(clocks.now())
    assert DueContact.objects.filter(state="missed").exists()
    held(case, since)
    assert not DueContact.objects.filter(state="missed").exists()
    assert set(DueContact.objects.exclude(excuse="").values_list("excuse", flat=True)) == {"detained"}


@pytest.mark.law("CCM-41")
def test_while_somebody_is_held_nothing_is_missed_and_afterwards_duties_go_on(case: Case, clock: Any) -> None:
    row = held(case, clocks.today())
    clock.move(timedelta(days=15))
    due(clocks.now())
    assert not DueContact.objects.filter(state="missed").exists()
    detention_resume(actor=case.actor, detention_id=row.id, until=clocks.today())
    assert DueContact.objects.filter(state="planned").exists()
    clock.move(timedelta(days=15))
    due(clocks.now())
    assert DueContact.objects.filter(state="missed").exists()


def test_a_detention_is_recorded_once(case: Case) -> None:
    held(case, clocks.today())
    with pytest.raises(Problem, match="already_detained"):
        held(case, clocks.today())


def terminated(who: Member, case: Case, reason: EndReason) -> Ending:
    return subject_terminate(
        actor=who.actor, subject_id=case.subject.id, reason=reason, document_no="测 9 号", on=clocks.today()
    )


@pytest.mark.law("CCL-51")
def test_after_a_death_every_task_is_closed_and_nobody_calls_the_family(
    case: Case, agency: Member, agency_head: Member
) -> None:
    Subject.objects.update(ends_on=clocks.today() + timedelta(days=5))
    due(clocks.now())
    terminated(agency, case, EndReason.DEATH)
    assert set(Task.objects.filter(subject_kind="subject").values_list("state", flat=True)) == {"cancelled"}
    assert not DueContact.objects.filter(state__in=["planned", "open", "in_grace"]).exists()
    assert sorted(Ending.objects.get().notices.values_list("to", flat=True)) == sorted(NoticeTo.values())
    read = subject_read(
        actor=agency_head.actor, subject_id=case.subject.id, purpose="handle", reason="办理终止"
    )
    assert (read["phone"], read["name"] is not None) == (None, True)


@pytest.mark.law("CCL-51")
def test_after_a_death_no_task_of_a_leave_that_was_over_is_left(case: Case, agency: Member) -> None:
    """A refused leave whose word to the person had not gone out yet: nobody calls for it any more."""
    leave = submitted(case, length=10)
    leave_refuse(actor=agency.actor, leave_id=leave.id, code=LeaveRefusal.NO_PROOF, text="无法核实")
    leave_withdraw(actor=agency.actor, leave_id=submitted(case, length=10).id)
    Leave.objects.filter(id=leave.id).update(state="upheld")
    assert Task.objects.filter(subject_kind="leave_notice", state="open").count() == 1
    terminated(agency, case, EndReason.DEATH)
    assert not Task.objects.filter(subject_kind="leave_notice", state="open").exists()


@pytest.mark.law("CCL-45", refused="too")
def test_a_termination_has_its_own_papers_and_ends_the_detention(case: Case, agency: Member) -> None:
    held(case, clocks.today())
    ending = terminated(agency, case, EndReason.SUSPENSION_REVOKED)
    assert (Subject.objects.get().state, Detention.objects.get().state) == ("ended", "terminated")
    with pytest.raises(Problem, match="ending_other_paper"):
        ending_certify(actor=agency.actor, ending_id=ending.id, certificate_no="1")
    assert ending_terminate(actor=agency.actor, ending_id=ending.id).state == "terminated"


@pytest.mark.law("CCL-45")
def test_what_does_not_fit_the_category_is_refused() -> None:
    assert reason_gap(EndReason.PAROLE_REVOKED, {"02"}) == "kind_not_of_category"
    assert reason_gap(EndReason.TERM_OVER, {"02"}) == "end_comes_by_itself"
    assert reason_gap(EndReason.DEATH, {"02"}) is None


@pytest.mark.law("CCL-45")
def test_the_station_ends_nothing(case: Case, officer: Member) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        terminated(officer, case, EndReason.PARDON)


def test_an_end_by_a_document_has_one(case: Case, agency: Member) -> None:
    terminated(agency, case, EndReason.PARDON)
    with pytest.raises(IntegrityError, match="ending_by_document"), transaction.atomic():
        Ending.objects.update(document_no="")

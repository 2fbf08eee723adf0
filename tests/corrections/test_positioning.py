"""Orders of electronic positioning: proofs, approval, told and fitted before any point, reviewed, over by
themselves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from corrections.complaints import Burden
from corrections.decisions import DecisionKind, GuardianPart
from corrections.jobs import due
from corrections.models import NeedReview, PositioningOrder, PositioningPoint, Subject
from corrections.positioning import (
    FaultKind,
    FindingKind,
    LiftReason,
    PositioningGround,
    SuspendReason,
    last_day,
    standing,
)
from corrections.services import (
    Application,
    fault_record,
    finding_fall,
    objection_answer,
    objection_make,
    positioning_apply,
    positioning_approve,
    positioning_fit,
    positioning_lift,
    positioning_need_answer,
    positioning_refuse,
    positioning_resume,
    positioning_start,
    positioning_suspend,
    positioning_tell,
    positioning_uphold,
    track_read,
)
from kernel import clock as clocks
from kernel.problems import Problem
from privacy.models import Assessment, ReadLog
from tests.cast import Member
from tests.corrections.decided import agreed, complained, decided
from tests.corrections.positioned import (
    DEVICE,
    applied,
    approved,
    found,
    in_force,
    minutes,
    sent,
    wanted,
)
from tests.corrections.stage import ID_NUMBER, Case

pytestmark = pytest.mark.usefixtures("db", "assessed")
FOR = {"purpose": "handle", "reason": "核查禁止令"}


def again(order: PositioningOrder) -> PositioningOrder:
    return PositioningOrder.objects.get(id=order.id)


@pytest.mark.law("CCL-29a", "CCL-29b")
def test_from_the_application_to_the_first_point(
    case: Case, agency: Member, bureau_head: Member, clock: Any
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    start = clocks.now()
    clock.move(minutes(10))
    kept = sent(agency.actor, order, start - minutes(1), start, start + minutes(5))
    assert (order.state, kept.kept, kept.refused) == ("in_force", 2, 1)
    assert (again(order).refused_points, PositioningPoint.objects.count()) == (1, 2)


@pytest.mark.law("MN-1")
@pytest.mark.law("CCL-29a")
def test_without_its_proving_record_it_is_refused(case: Case, agency: Member) -> None:
    with pytest.raises(Problem, match="positioning_unproved") as refused:
        positioning_apply(actor=agency.actor, subject_id=case.subject.id, application=wanted())
    assert refused.value.extra["missing"] == ["left_without_leave"]


@pytest.mark.law("CCL-29a")
def test_the_third_ground_needs_the_warning_too(case: Case, agency: Member, agency_head: Member) -> None:
    refused = found(agency.actor, case.subject, FindingKind.REFUSED_TO_REPORT)
    ground = PositioningGround.REFUSED
    with pytest.raises(Problem, match="positioning_unproved"):
        positioning_apply(
            actor=agency.actor, subject_id=case.subject.id, application=wanted(refused.id, ground=ground)
        )
    warned = decided(case.actor, agency_head.actor, case.subject, DecisionKind.WARNING)
    application = Application(ground, "不足", (refused.id,), (warned.id,))
    order = positioning_apply(actor=agency.actor, subject_id=case.subject.id, application=application)
    assert {proof.kind for proof in order.proofs.all()} == {"refused_to_report", "warning"}


def test_a_record_about_somebody_else_proves_nothing(case: Case, minor_case: Case, agency: Member) -> None:
    foreign = found(agency.actor, minor_case.subject)
    with pytest.raises(Problem, match="proof_not_standing"):
        positioning_apply(actor=agency.actor, subject_id=case.subject.id, application=wanted(foreign.id))


@pytest.mark.law("CCL-29b")
def test_the_station_applies_for_nothing_and_the_bureaus_head_may_refuse(
    case: Case, agency: Member, bureau_head: Member
) -> None:
    finding = found(agency.actor, case.subject)
    with pytest.raises(Problem, match="role_not_allowed"):
        positioning_apply(actor=case.actor, subject_id=case.subject.id, application=wanted(finding.id))
    order = applied(agency.actor, case)
    assert positioning_refuse(actor=bureau_head.actor, order_id=order.id, reason="不必要").state == "refused"


@pytest.mark.law("CCL-29b", refused=True)
def test_who_applied_and_heads_the_bureau_since_does_not_approve(
    case: Case, agency: Member, bureau_head: Member, assessed: None
) -> None:
    order = applied(agency.actor, case)
    same = replace(bureau_head.actor, user_id=agency.user.id)
    with pytest.raises(Problem, match="approver_is_applicant"):
        positioning_approve(actor=same, order_id=order.id, ends_on=last_day(clocks.today()))
    with pytest.raises(IntegrityError, match="approver_is_another"), transaction.atomic():
        PositioningOrder.objects.filter(id=order.id).update(approved_by=agency.user)


@pytest.mark.law("MN-1", refused=True)
@pytest.mark.law("CCL-29c")
def test_longer_than_three_months_is_refused_by_service_and_database(
    case: Case, agency: Member, bureau_head: Member
) -> None:
    order = applied(agency.actor, case)
    late = last_day(clocks.today()) + timedelta(days=1)
    with pytest.raises(Problem, match="positioning_term"):
        positioning_approve(actor=bureau_head.actor, order_id=order.id, ends_on=late)
    positioning_approve(actor=bureau_head.actor, order_id=order.id, ends_on=late - timedelta(days=1))
    with pytest.raises(IntegrityError, match="three_months"), transaction.atomic():
        PositioningOrder.objects.filter(id=order.id).update(ends_on=late)


@pytest.mark.law("MN-1", refused=True)
@pytest.mark.law("CCM-37")
def test_nothing_is_fitted_before_the_person_was_told(
    case: Case, agency: Member, bureau_head: Member
) -> None:
    order = approved(agency.actor, bureau_head.actor, case)
    with pytest.raises(Problem, match="transition_not_allowed"):
        positioning_fit(actor=agency.actor, order_id=order.id, device_no=DEVICE)
    with pytest.raises(IntegrityError, match="told_and_fitted_first"), transaction.atomic():
        PositioningOrder.objects.filter(id=order.id).update(state="in_force")


@pytest.mark.law("CCM-37", refused="too")
def test_a_minor_is_told_with_the_guardian(minor_case: Case, agency: Member, bureau_head: Member) -> None:
    order = approved(agency.actor, bureau_head.actor, minor_case)
    with pytest.raises(Problem, match="guardian_part_missing"):
        positioning_tell(actor=agency.actor, order_id=order.id, told_on=clocks.today())
    told = positioning_tell(
        actor=agency.actor, order_id=order.id, told_on=clocks.today(), guardian=GuardianPart.PRESENT
    )
    assert (told.state, told.told_guardian) == ("told", "present")


@pytest.mark.law("CCL-29a")
def test_without_an_order_in_force_no_point_is_kept(case: Case, agency: Member, bureau_head: Member) -> None:
    order = approved(agency.actor, bureau_head.actor, case)
    with pytest.raises(Problem, match="positioning_other_device"):
        sent(agency.actor, order, clocks.now())
    assert PositioningPoint.objects.count() == 0


def test_another_device_delivers_nothing(case: Case, agency: Member, bureau_head: Member) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    PositioningOrder.objects.filter(id=order.id).update(device_no="W-002")
    with pytest.raises(Problem, match="positioning_other_device"):
        sent(agency.actor, order, clocks.now())


def test_the_same_point_twice_is_one(case: Case, agency: Member, bureau_head: Member) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    for _ in range(2):
        sent(agency.actor, order, clocks.now())
    assert PositioningPoint.objects.count() == 1


@pytest.mark.law("CCL-29c")
def test_it_ends_by_itself_without_any_job(
    case: Case, agency: Member, bureau_head: Member, clock: Any
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    end = again(order).ends_at
    assert end is not None
    clock.to(end + minutes(1))
    kept = sent(agency.actor, order, end - minutes(1), end)
    assert (kept.kept, kept.refused, again(order).state) == (1, 1, "in_force")
    assert standing(again(order), clocks.now()) == "ended"
    clock.to(end + timedelta(hours=24))
    assert sent(agency.actor, order, end - minutes(2)).refused == 1


@pytest.mark.law("CCL-29c")
def test_the_job_writes_the_end_at_its_true_moment_once(
    case: Case, agency: Member, bureau_head: Member, clock: Any
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    end = again(order).ends_at
    assert end is not None
    clock.to(end + timedelta(days=3))
    due(clocks.now())
    due(clocks.now())
    assert (again(order).state, again(order).over_at) == ("ended", end)


def test_with_the_persons_last_day_no_point_is_kept_either(
    case: Case, agency: Member, bureau_head: Member, clock: Any
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    Subject.objects.filter(id=case.subject.id).update(ends_on=clocks.today())
    midnight = clocks.day_end(clocks.today())
    clock.to(midnight + minutes(5))
    assert sent(agency.actor, order, midnight - minutes(1), midnight).kept == 1


def test_not_carried_out_within_seven_days_it_is_void(
    case: Case, agency: Member, bureau_head: Member, clock: Any
) -> None:
    order = approved(agency.actor, bureau_head.actor, case)
    positioning_tell(actor=agency.actor, order_id=order.id, told_on=clocks.today())
    clock.move(timedelta(days=8))
    assert standing(again(order), clocks.now()) == "not_executed"
    with pytest.raises(Problem, match="transition_not_allowed"):
        positioning_fit(actor=agency.actor, order_id=order.id, device_no=DEVICE)
    due(clocks.now())
    assert again(order).state == "not_executed"


@pytest.mark.law("CCL-29a", "CCL-29c")
@pytest.mark.parametrize("event", ["annul", "other_person"])
def test_when_its_proof_falls_it_is_reviewed_the_same_day_and_lifted_unanswered(
    case: Case, agency: Member, bureau_head: Member, clock: Any, event: str
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    clock.move(minutes(10))
    finding_fall(actor=agency.actor, finding_id=order.proofs.get().finding_id, event=event, reason="查明")
    assert again(order).state == "to_be_reviewed"
    clock.move(minutes(10))
    assert sent(agency.actor, order, clocks.now() - minutes(15), clocks.now() - minutes(5)).kept == 1
    clock.move(timedelta(days=4))
    due(clocks.now())
    assert (again(order).state, again(order).lift_reason) == ("lifted", "ground_fell")


@pytest.mark.law("CCL-29a")
def test_a_warning_annulled_on_objection_takes_the_order_along(
    case: Case, agency: Member, agency_head: Member, bureau_head: Member
) -> None:
    refused = found(agency.actor, case.subject, FindingKind.REFUSED_TO_REPORT)
    warned = decided(case.actor, agency_head.actor, case.subject, DecisionKind.WARNING)
    application = Application(PositioningGround.REFUSED, "不足", (refused.id,), (warned.id,))
    order = positioning_apply(actor=agency.actor, subject_id=case.subject.id, application=application)
    positioning_approve(actor=bureau_head.actor, order_id=order.id, ends_on=last_day(clocks.today()))
    objection = objection_make(actor=case.actor, decision_id=warned.id, text="不服", made_on=clocks.today())
    objection_answer(
        actor=agency.actor, objection_id=objection.id, event="annul", text="事实有误",
        answered_on=clocks.today(),
    )  # fmt: skip
    assert again(order).state == "to_be_reviewed"


def test_with_another_proof_the_person_is_told_anew(case: Case, agency: Member, bureau_head: Member) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    finding_fall(actor=agency.actor, finding_id=order.proofs.get().finding_id, event="annul", reason="查明")
    with pytest.raises(Problem, match="positioning_unproved"):
        positioning_uphold(actor=agency.actor, order_id=order.id, findings=(), decisions=(), reason="x")
    other = found(agency.actor, case.subject)
    positioning_uphold(
        actor=agency.actor, order_id=order.id, findings=(other.id,), decisions=(), reason="另有离开"
    )
    assert (again(order).state, again(order).told_on) == ("approved", None)


@pytest.mark.law("CCL-29c")
def test_every_thirty_days_it_is_asked_and_no_lifts_at_once(
    case: Case, agency: Member, bureau_head: Member, clock: Any
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    clock.move(timedelta(days=61))
    due(clocks.now())
    due(clocks.now())
    assert NeedReview.objects.count() == 2
    positioning_need_answer(actor=agency.actor, order_id=order.id, needed=True, reason="仍需")
    assert again(order).state == "in_force"
    row = positioning_need_answer(actor=agency.actor, order_id=order.id, needed=False, reason="表现稳定")
    assert (row.state, row.lift_reason) == ("lifted", "not_needed")


def test_suspended_it_keeps_nothing_and_a_flat_battery_is_the_devices_fault(
    case: Case, agency: Member, bureau_head: Member, clock: Any
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    fault_record(actor=agency.actor, order_id=order.id, kind=FaultKind.LOW_BATTERY, since=clocks.now())
    positioning_suspend(actor=agency.actor, order_id=order.id, why=SuspendReason.DEVICE_FAULT)
    clock.move(minutes(10))
    assert sent(agency.actor, order, clocks.now() - minutes(5)).refused == 1
    positioning_resume(actor=agency.actor, order_id=order.id)
    assert sent(agency.actor, order, clocks.now()).kept == 1


def test_no_device_has_a_fault_before_it_is_worn(case: Case, agency: Member) -> None:
    said = {"actor": agency.actor, "kind": FaultKind.BROKEN, "since": clocks.now()}
    with pytest.raises(Problem, match="transition_not_allowed"):
        fault_record(**said, order_id=applied(agency.actor, case).id)


def test_a_fault_began_after_the_fitting(case: Case, agency: Member, bureau_head: Member) -> None:
    order, since = in_force(agency.actor, bureau_head.actor, case), clocks.now() - minutes(60 * 24)
    with pytest.raises(Problem, match="invalid"):
        fault_record(actor=agency.actor, order_id=order.id, kind=FaultKind.BROKEN, since=since)


@pytest.mark.law("CCL-29c")
def test_an_extension_is_a_new_order_approved_before_the_end(
    case: Case, agency: Member, bureau_head: Member, clock: Any
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    finding = order.proofs.get().finding_id
    with pytest.raises(Problem, match="positioning_one_at_a_time"):
        positioning_apply(actor=agency.actor, subject_id=case.subject.id, application=wanted(finding))
    clock.move(timedelta(days=80))
    application = Application(PositioningGround.LEFT, "新评估", (finding,), (), order.id)
    longer = positioning_apply(actor=agency.actor, subject_id=case.subject.id, application=application)
    clock.move(timedelta(days=20))
    with pytest.raises(Problem, match="positioning_nothing_to_extend"):
        positioning_approve(actor=bureau_head.actor, order_id=longer.id, ends_on=clocks.today())


@pytest.mark.law("SF-1")
@pytest.mark.law("CCL-29d")
def test_the_points_stand_sealed_in_a_schema_of_their_own(
    case: Case, agency: Member, bureau_head: Member
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    sent(agency.actor, order, clocks.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint "
            "where contype = 'f' and connamespace = 'positioning'::regnamespace"
        )
        assert cursor.fetchall() == [("positioning.point", "corrections_positioningorder")]
        cursor.execute("select position from positioning.point")
        assert b"1266050000" not in bytes(cursor.fetchone()[0])


@pytest.mark.law("CCL-29d")
def test_reading_where_a_person_was_leaves_a_row_with_its_purpose(
    case: Case, agency: Member, bureau_head: Member
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    sent(agency.actor, order, clocks.now())
    at, asked = clocks.now(), {"actor": agency.actor, "order_id": order.id}
    points = track_read(**asked, since=at - minutes(5), until=at + minutes(5), **FOR)
    assert (len(points), ReadLog.objects.get().fields) == (1, ["points"])
    with pytest.raises(Problem, match="purpose_required"):
        track_read(**asked, since=at - minutes(5), until=at, purpose="", reason="")


@pytest.mark.law("MN-3")
@pytest.mark.law("CCL-29d")
@pytest.mark.parametrize("name", ["officer", "bureau_head", "worker", "liaison"])
def test_nobody_else_reads_where_a_person_was(
    case: Case, agency: Member, bureau_head: Member, name: str, request: pytest.FixtureRequest
) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    at, who = clocks.now(), request.getfixturevalue(name).actor
    with pytest.raises(Problem, match="not_found"):
        track_read(actor=who, order_id=order.id, since=at - minutes(5), until=at, **FOR)
    assert ReadLog.objects.count() == 0


def test_without_an_impact_assessment_nothing_starts(case: Case, agency: Member, bureau_head: Member) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    Assessment.objects.update(withdrawn_at=clocks.now(), withdrawn_because="到期")
    with pytest.raises(Problem, match="processing_off"):
        sent(agency.actor, order, clocks.now())
    with pytest.raises(Problem, match="processing_off"):
        positioning_start(actor=agency.actor, order_id=order.id)


def test_a_complaint_about_the_agency_brings_the_bureau_beside_it(
    case: Case, agency: Member, bureau_head: Member, complaints: Member
) -> None:
    complained(complaints, agency, id_number=ID_NUMBER)
    with pytest.raises(Problem, match="second_decider_required"):
        applied(agency.actor, case)
    agreed(agency.actor, bureau_head.actor, case.subject, Burden.POSITIONING)
    assert applied(agency.actor, case).state == "applied"


def test_lifting_twice_is_no_fault(case: Case, agency: Member, bureau_head: Member) -> None:
    order = in_force(agency.actor, bureau_head.actor, case)
    for who in (bureau_head, agency):
        row = positioning_lift(
            actor=who.actor, order_id=order.id, why=LiftReason.OTHER, reason="审批机关决定"
        )
    assert (row.state, row.over_at) == ("lifted", clocks.now())


@pytest.mark.law("CCL-29a", refused=True)
def test_nobody_breaks_an_injunction_who_is_under_none(case: Case, agency: Member) -> None:
    with pytest.raises(Problem, match="finding_needs_injunction"):
        found(agency.actor, case.subject, FindingKind.INJUNCTION_BREACH)

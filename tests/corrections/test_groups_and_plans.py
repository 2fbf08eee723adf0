"""Groups, plans and what officers do with due contacts."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from corrections.codes import ExcuseCode, HelpMeasure, MemberKind, Sex
from corrections.models import ContactStep, DueContact, Plan
from corrections.schedule import Quiet
from corrections.services import (
    NewPlan,
    contact_add,
    contact_excuse,
    group_activate,
    group_create,
    member_add,
    member_end,
    plan_create,
    worker_name,
)
from edge.encryption import reveal
from kernel import clock
from kernel.codes.law import ContactForm
from kernel.problems import Problem
from tests.cast import District, Member, Worker
from tests.corrections.stage import (
    QUIET,
    WEEKLY,
    Case,
    adult,
    case,
    grouped,
    member,
    minor,
    ordered,
    planned,
    registered,
)

pytestmark = pytest.mark.usefixtures("db")
WOMAN = adult(sex=Sex.FEMALE)


@pytest.mark.law("CCM-19")
def test_the_day_on_which_the_group_signed_is_kept(stage: Any, district: District, officer: Member) -> None:
    subject = registered(district, officer.actor)
    chief = member(officer.user.id, kind=MemberKind.OFFICER)
    said = {"actor": officer.actor, "subject_id": subject.id, "members": [chief]}
    assert group_create(**said, agreement_signed_on=clock.today()).agreement_signed_on == clock.today()


@pytest.mark.law("CCL-25")
def test_a_womans_group_of_men_cannot_be_activated(stage: Any, district: District, officer: Member) -> None:
    subject = registered(district, officer.actor, WOMAN)
    with pytest.raises(Problem, match="group_without_woman"):
        grouped(officer.actor, subject)


@pytest.mark.law("CCL-25")
def test_the_only_woman_cannot_leave_a_womans_group(
    stage: Any, district: District, officer: Member, worker: Worker
) -> None:
    subject = registered(district, officer.actor, WOMAN)
    group = grouped(officer.actor, subject, member(worker.user, sex=Sex.FEMALE))
    with pytest.raises(Problem, match="group_without_woman"):
        member_end(actor=officer.actor, member_id=group.members.get(user=worker.user).id)


@pytest.mark.law("CCL-25")
def test_with_a_second_woman_the_first_one_may_leave(
    stage: Any, district: District, officer: Member, worker: Worker
) -> None:
    subject = registered(district, officer.actor, WOMAN)
    group = grouped(officer.actor, subject, member(worker.user, sex=Sex.FEMALE))
    sister = member(None, kind=MemberKind.FAMILY, sex=Sex.FEMALE, name="测试家属")
    member_add(actor=officer.actor, group_id=group.id, member=sister)
    ended = member_end(actor=officer.actor, member_id=group.members.get(user=worker.user).id)
    assert (ended.state, ended.valid_to) == ("ended", clock.today())


@pytest.mark.law("CCL-52")
def test_a_minors_group_needs_somebody_who_knows_minors(
    stage: Any, district: District, officer: Member
) -> None:
    subject = registered(district, officer.actor, minor())
    with pytest.raises(Problem, match="group_without_minors_expert"):
        grouped(officer.actor, subject)


@pytest.mark.law("CCL-12")
def test_a_coordinator_cannot_be_put_into_a_group(case: Case, coordinator: Member) -> None:
    with pytest.raises(Problem, match="group_member_not_worker"):
        member_add(actor=case.actor, group_id=case.group.id, member=member(coordinator.user))


@pytest.mark.law("CCL-12")
def test_a_grid_worker_does_not_change_a_group(case: Case, worker: Worker, second_worker: Worker) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        member_add(actor=worker.actor, group_id=case.group.id, member=member(second_worker.user))


def test_a_person_has_one_group_and_activating_twice_is_no_fault(case: Case) -> None:
    again = group_activate(actor=case.actor, group_id=case.group.id)
    assert again.activated_at == case.group.activated_at
    with pytest.raises(Problem, match="already_exists"):
        group_create(actor=case.actor, subject_id=case.subject.id, members=[])


def test_a_plan_needs_order_and_group(stage: Any, district: District, officer: Member) -> None:
    subject = registered(district, officer.actor)
    with pytest.raises(Problem, match="plan_needs_order"):
        planned(officer.actor, subject)
    ordered(officer.actor, subject)
    with pytest.raises(Problem, match="plan_needs_group"):
        planned(officer.actor, subject)


@pytest.mark.law("CCL-34a")
def test_a_plan_without_enough_quiet_hours_is_refused(case: Case) -> None:
    plan = NewPlan([WEEKLY], Quiet(time(23), time(5)), [HelpMeasure.STUDY], clock.today())
    with pytest.raises(Problem, match="quiet_hours_too_short"):
        plan_create(actor=case.actor, subject_id=case.subject.id, plan=plan)


@pytest.mark.law("CCL-1")
def test_a_plan_without_help_is_refused(case: Case) -> None:
    with pytest.raises(Problem, match="plan_without_help"):
        plan_create(
            actor=case.actor, subject_id=case.subject.id, plan=NewPlan([WEEKLY], QUIET, [], clock.today())
        )


def test_contacts_stand_as_rows_for_the_window_ahead(case: Case) -> None:
    due = [row.due_day for row in case.contacts]
    assert due == [date(2026, 3, 8) + timedelta(days=7 * week) for week in range(len(due))]
    assert case.contacts[-1].open_day <= clock.today() + timedelta(days=35)
    assert {row.state for row in case.contacts} == {"open", "planned"}


@pytest.mark.law("CCM-22")
def test_a_new_plan_cancels_what_the_old_one_had_planned(case: Case) -> None:
    open_one = case.first
    planned(case.actor, case.subject, starts_on=clock.today() + timedelta(days=7))
    old = DueContact.objects.filter(line__plan=case.plan)
    assert set(old.exclude(id=open_one.id).values_list("state", flat=True)) == {"cancelled"}
    assert list(Plan.objects.order_by("version").values_list("version", "state")) == [
        (1, "replaced"),
        (2, "in_force"),
    ]


@pytest.mark.law("CCL-34a")
def test_one_more_contact_under_the_plans_most_needs_no_note(case: Case) -> None:
    row = add(case)
    assert (row.slot, row.state) == (None, "open")


@pytest.mark.law("CCL-34a")
def test_one_above_the_plans_most_needs_a_note_of_why(case: Case) -> None:
    add(case)
    with pytest.raises(Problem, match="above_plan_needs_note"):
        add(case)
    assert reveal(add(case, note="家访后须复核"), "above_plan_note") == "家访后须复核"


def add(staged: Case, note: str = "") -> DueContact:
    today = clock.today()
    return contact_add(
        actor=staged.actor, subject_id=staged.subject.id, form=ContactForm.FIELD_VISIT, open_day=today,
        due_day=today + timedelta(days=3), note=note,
    )  # fmt: skip


def test_an_officer_excuses_and_the_reason_is_sealed(case: Case) -> None:
    contact_excuse(actor=case.actor, contact_id=case.first.id, code=ExcuseCode.ILLNESS, text="住院")
    row, step = case.first, ContactStep.objects.get(event="excuse")
    assert (row.state, row.excuse, row.on_phone, row.next_at) == ("excused", "illness", False, None)
    assert (step.reason, reveal(step, "reason_text")) == ("illness", "住院")


@pytest.mark.law("CCL-12")
def test_a_grid_worker_excuses_nothing(case: Case, worker: Worker) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        contact_excuse(actor=worker.actor, contact_id=case.first.id, code=ExcuseCode.OUR_FAULT)


@pytest.mark.law("MI-103")
@pytest.mark.law("CCL-54")
def test_for_a_minor_nobody_outside_of_the_group_is_named(
    stage: Any, district: District, officer: Member, worker: Worker, second_worker: Worker
) -> None:
    young = case(district, officer.actor, member(worker.user, knows_minors=True), person=minor())
    with pytest.raises(Problem, match="minor_needs_group_member"):
        worker_name(actor=officer.actor, contact_id=young.first.id, user_id=second_worker.user.id)


@pytest.mark.law("CCL-54")
def test_for_an_adult_a_worker_may_be_named_for_one_visit(case: Case, second_worker: Worker) -> None:
    naming = worker_name(actor=case.actor, contact_id=case.first.id, user_id=second_worker.user.id)
    again = worker_name(actor=case.actor, contact_id=case.first.id, user_id=second_worker.user.id)
    assert naming == again

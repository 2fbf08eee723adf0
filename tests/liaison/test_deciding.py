"""Two people stand behind a report: who writes it, and who is on duty that hour."""

from datetime import timedelta
from typing import Any

import pytest

from kernel.actor import SYSTEM
from kernel.ids import uuid7
from kernel.problems import Problem
from liaison import access, jobs
from liaison.models import Report
from liaison.services import Source, report_propose
from tasks.models import DutyShift
from tests.cast import Member
from tests.liaison.made import Desk, seen

pytestmark = pytest.mark.django_db


@pytest.mark.law("PS-1")
def test_whoever_is_on_duty_approves_and_it_goes_to_the_station_of_the_place(desk: Desk) -> None:
    report = desk.sent()
    assert report.state == "sent"
    assert report.recipient == desk.district.organisations["police A"]


@pytest.mark.law("PS-1")
def test_a_duty_officer_off_duty_is_nobody_s_second_person(desk: Desk) -> None:
    report = desk.proposed()
    DutyShift.objects.all().delete()
    with pytest.raises(Problem, match="not_found"):
        desk.do("approve", report, desk.duty)
    assert desk.do("approve", report, desk.director).state == "approved"


@pytest.mark.law("PS-2")
def test_nobody_seconds_the_own_report(desk: Desk) -> None:
    report = desk.do("put_forward", desk.drafted("PS-2", desk.director), desk.director)
    with pytest.raises(Problem, match="own_report"):
        desk.do("approve", report, desk.director)


@pytest.mark.law("PS-2", refused="too")
def test_facts_of_a_crime_go_with_a_second_person(desk: Desk) -> None:
    assert desk.sent("PS-2").state == "sent"
    with pytest.raises(Problem, match="second_person_required"):
        desk.at_once("PS-2")


@pytest.mark.law("PM-25", "PS-1")
def test_a_clerk_does_not_report_what_only_mediators_may(desk: Desk, clerk: Member) -> None:
    with pytest.raises(Problem, match="ground_not_yours"):
        desk.drafted("PS-1", clerk)


def test_it_comes_back_with_what_is_missing_and_goes_again(desk: Desk) -> None:
    report = desk.do("return", desk.proposed(), desk.duty, reason="何时何地看到")
    assert report.state == "returned"
    assert desk.do("put_forward", report, desk.mediator).state == "proposed"


def test_sending_back_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(Problem, match="reason_required"):
        desk.do("return", desk.proposed(), desk.duty, reason=" ")


def declined(desk: Desk) -> Report:
    return desk.do("decline", desk.proposed(), desk.duty, reason="未见现实危险")


def test_a_declined_author_may_go_to_the_director_once(desk: Desk) -> None:
    report = desk.do("appeal", declined(desk), desk.mediator, reason="对方持刀")
    assert report.decide_due_at == report.appealed_at + timedelta(hours=24)
    with pytest.raises(Problem, match="appeal_not_possible"):
        desk.do("appeal", report, desk.mediator, reason="再次")
    assert desk.do("overrule", report, desk.director, reason="应当报送").state == "approved"


def test_the_director_may_also_leave_it_declined(desk: Desk) -> None:
    report = desk.do("appeal", declined(desk), desk.mediator, reason="对方持刀")
    assert desk.do("uphold", report, desk.director, reason="不符合法定情形").state == "closed"


@pytest.mark.law("PS-1", refused=True)
def test_an_author_is_heard_before_it_stays_declined_and_by_another_than_who_declined(desk: Desk) -> None:
    report = desk.do("decline", desk.proposed(), desk.director, reason="未见现实危险")
    with pytest.raises(Problem, match="appeal_not_made"):
        desk.do("uphold", report, desk.director, reason="维持")
    desk.do("appeal", report, desk.mediator, reason="对方持刀")
    with pytest.raises(Problem, match="appeal_needs_another"):
        desk.do("uphold", report, desk.director, reason="维持")
    assert desk.do("overrule", report, desk.director, reason="应当报送").state == "approved"


def test_nobody_else_appeals_or_gives_in_for_the_author(desk: Desk) -> None:
    report = declined(desk)
    for act, said in (("appeal", {"reason": "我来"}), ("accept", {})):
        with pytest.raises(Problem):
            desk.do(act, report, desk.director, **said)
    assert desk.do("accept", report, desk.mediator).state == "closed"


@pytest.mark.law("PS-5")
def test_of_a_file_of_corrections_another_officer_is_the_second(
    desk: Desk, agency: Member, agency_head: Member
) -> None:
    report = desk.do("put_forward", desk.drafted("PS-5", agency, acts=("not_found",)), agency)
    assert not access.visible_to(desk.duty.actor).filter(pk=report.pk).exists()
    with pytest.raises(Problem, match="own_report"):
        desk.do("approve", report, agency)
    assert desk.do("approve", report, agency_head).state == "approved"


@pytest.mark.law("PS-5")
@pytest.mark.parametrize("who", ["mediator", "director"])
def test_nobody_outside_the_agency_reports_from_corrections(desk: Desk, who: str) -> None:
    with pytest.raises(Problem, match="ground_not_yours"):
        desk.drafted("PS-5", getattr(desk, who))


def machine_s(desk: Desk, ground: str = "PS-1") -> Report:
    source = Source("dispute", uuid7(), rule="danger_life_limb")
    return report_propose(actor=SYSTEM, ground=ground, source=source, observed=seen(desk.district))


@pytest.mark.law("PI-24", "PS-1")
def test_what_a_machine_proposed_is_sent_only_after_a_person_made_it_the_own(desk: Desk) -> None:
    report = machine_s(desk)
    with pytest.raises(Problem, match="author_wanted"):
        desk.do("approve", report, desk.duty)
    adopted = desk.do("adopt", report, desk.mediator)
    assert adopted.author == desk.mediator.user
    assert desk.do("approve", adopted, desk.duty).state == "approved"


def test_only_one_person_makes_it_the_own(desk: Desk) -> None:
    report = desk.do("adopt", machine_s(desk), desk.mediator)
    assert desk.do("adopt", report, desk.mediator).author == desk.mediator.user
    with pytest.raises(Problem, match="report_not_open"):
        desk.do("adopt", report, desk.director)


@pytest.mark.law("PS-3")
def test_a_proposal_about_violence_at_home_is_known_to_the_director_and_who_is_on_duty(
    desk: Desk, clerk: Member
) -> None:
    report = machine_s(desk, "PS-3")
    for member, told in ((clerk, False), (desk.mediator, False), (desk.director, True), (desk.duty, True)):
        assert access.visible_to(member.actor).filter(pk=report.pk).exists() is told


@pytest.mark.law("PS-1")
def test_after_duty_officer_and_deputy_were_silent_it_goes_as_pending(desk: Desk, clock: Any) -> None:
    report = desk.proposed()
    for step in (1, 2):
        with pytest.raises(Problem, match="second_person_required"):
            desk.do("send_pending", report, desk.mediator)
        clock.move(timedelta(minutes=30))
        assert jobs.due(clock.at) == 1
        report.refresh_from_db()
        assert report.second_step == step
    sent = desk.do("send_pending", report, desk.mediator)
    assert (sent.state, sent.second_pending, sent.review_on is not None) == ("sent", True, True)

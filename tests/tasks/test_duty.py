"""The duty list: who plans it, who stands on it, how a shift passes to the next one."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from kernel import clock as now_is
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from tasks import access
from tasks.codes import TaskKind
from tasks.models import Task
from tasks.selectors import OnDuty, on_duty
from tasks.services import About, task_create
from tests.cast import District, Member, join

pytestmark = pytest.mark.django_db
SHIFTS, NOW, WORKLIST = "/api/v1/duty-shifts", "/api/v1/duty-now", "/api/v1/worklist"


@pytest.fixture
def deputy(district: District) -> Member:
    return Member(*join(district, "deputy", Role.DUTY_OFFICER, "centre A"))


def fresh(member: Member) -> Any:
    """A client signed in now: the clock moves, and a session of the morning has run out by then."""
    return Member(member.user, member.membership).client


def line(member: Member, post: str = "main", first: float = 0, last: float = 12) -> dict[str, Any]:
    at = now_is.now()
    begins, ends = ((at + timedelta(hours=hours)).isoformat() for hours in (first, last))
    return {"person_id": str(member.user.id), "post": post, "starts_at": begins, "ends_at": ends}


def plan(director: Member, *lines: dict[str, Any]) -> Any:
    return fresh(director).post(SHIFTS, {"shifts": list(lines)}, format="json")


def act(member: Member, shift: dict[str, Any], name: str, **body: Any) -> Any:
    return fresh(member).post(f"{SHIFTS}/{shift['id']}/{name}", body, format="json")


def sections(member: Member) -> dict[str, list[dict[str, Any]]]:
    return {one["code"]: one["items"] for one in fresh(member).get(WORKLIST).json()["sections"]}


def test_the_director_plans_and_the_list_says_who_is_on_duty(
    clock: Any, director: Member, duty: Member, deputy: Member
) -> None:
    assert plan(director, line(duty), line(deputy, "deputy")).status_code == 201
    place = duty.membership.organisation_id
    assert on_duty(place, now_is.now()) == OnDuty(duty.user.id, deputy.user.id)
    assert on_duty(place, now_is.now() + timedelta(hours=12)) == OnDuty()
    assert AuditEvent.objects.filter(event="duty.planned").count() == 2


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("post", ["main", "deputy"])
def test_neither_a_post_twice_nor_a_person_twice_at_once(
    post: str, director: Member, duty: Member, deputy: Member
) -> None:
    who = deputy if post == "main" else duty
    plan(director, line(duty))
    assert plan(director, line(who, post, 11, 24)).json()["code"] == "duty_overlaps"
    assert plan(director, line(who, post, 12, 24)).status_code == 201


def test_who_is_no_duty_officer_here_does_not_stand_on_the_list(
    clock: Any, director: Member, other_director: Member, duty: Member, clerk: Member
) -> None:
    assert plan(director, line(clerk)).json()["code"] == "not_a_duty_officer"
    assert plan(other_director, line(duty)).json()["code"] == "not_a_duty_officer"


@pytest.mark.parametrize(("first", "last"), [(2, 2), (3, 1), (-12, -1), (0, 73), (9700, 9708)])
def test_a_shift_of_the_past_of_impossible_length_or_far_ahead_is_refused(
    first: float, last: float, clock: Any, director: Member, duty: Member
) -> None:
    assert plan(director, line(duty, "main", first, last)).json()["code"] == "duty_times_wrong"


def test_only_the_head_of_a_station_plans_there(clock: Any, district: District, officer: Member) -> None:
    guard = Member(*join(district, "guard", Role.DUTY_OFFICER, "station A"))
    assert plan(officer, line(guard)).json()["code"] == "duty_not_yours"
    station = officer.membership.organisation
    station.head = officer.user
    station.save()
    assert plan(officer, line(guard)).status_code == 201


def test_a_clerk_reads_the_list_and_the_other_centre_does_not(
    clock: Any, director: Member, duty: Member, clerk: Member, other_clerk: Member
) -> None:
    (shift,) = plan(director, line(duty)).json()
    assert clerk.client.get(SHIFTS).json()["results"][0]["id"] == shift["id"]
    assert other_clerk.client.get(f"{SHIFTS}/{shift['id']}").status_code == 404
    assert plan(clerk, line(duty, "main", 12, 24)).json()["code"] == "role_not_allowed"


def test_a_shift_that_has_begun_is_cut_and_one_ahead_is_taken_off(
    clock: Any, director: Member, duty: Member
) -> None:
    begun, ahead = plan(director, line(duty), line(duty, "main", 12, 24)).json()
    clock.move(timedelta(hours=1))
    cut = act(director, begun, "cancel", reason="生病").json()
    gone = act(director, ahead, "cancel", reason="生病").json()
    assert (cut["ends_at"] < begun["ends_at"], cut["cancelled_at"]) == (True, None)
    assert gone["cancelled_at"] == act(director, ahead, "cancel", reason="生病").json()["cancelled_at"]
    assert on_duty(duty.membership.organisation_id, now_is.now()) == OnDuty()


def test_a_hole_is_shown_to_the_director_three_days_before(
    clock: Any, director: Member, duty: Member, deputy: Member
) -> None:
    plan(director, line(duty, "main", 0, 72), line(deputy, "deputy", 0, 72))
    plan(director, line(duty, "main", 72, 90), line(deputy, "deputy", 72, 144))
    assert "duty_holes" not in sections(director)
    clock.move(timedelta(hours=18, seconds=1))
    (hole,) = sections(director)["duty_holes"]
    assert (hole["title"], hole["marks"]) == ("主班无人值班", ["main", "soon"])
    assert [found["post"] for found in fresh(duty).get(NOW).json()["holes"]] == ["main"]


def test_a_shift_is_handed_over_and_the_next_one_signs(
    clock: Any, director: Member, duty: Member, deputy: Member
) -> None:
    shift, _next = plan(director, line(duty), line(deputy, "main", 12, 24)).json()
    assert act(deputy, shift, "take-over").json()["code"] == "duty_not_handed_over"
    act(duty, shift, "hand-over", note="一楼水管已报修")
    assert act(deputy, shift, "take-over").json()["code"] == "duty_not_over_to_you"
    clock.move(timedelta(hours=11))
    first = act(deputy, shift, "take-over").json()
    assert (first["taken_by"], first["note"]) == (str(deputy.user.id), "一楼水管已报修")
    assert act(deputy, shift, "take-over").json() == first
    assert act(duty, shift, "hand-over", note="另").json()["code"] == "handover_taken"


def test_nobody_signs_for_the_own_shift_or_hands_over_anothers(
    clock: Any, director: Member, duty: Member, deputy: Member
) -> None:
    (shift,) = plan(director, line(duty)).json()
    assert act(deputy, shift, "hand-over", note="x").json()["code"] == "duty_not_yours"
    act(duty, shift, "hand-over", note="x")
    assert act(duty, shift, "take-over").json()["code"] == "own_handover"


def test_a_shift_nobody_signed_for_stands_on_the_directors_worklist(
    clock: Any, director: Member, duty: Member
) -> None:
    (shift,) = plan(director, line(duty)).json()
    assert [one["subject_id"] for one in sections(duty)["duty_own"]] == [shift["id"]]
    clock.move(timedelta(hours=12))
    assert [one["subject_id"] for one in sections(director)["duty_unsigned"]] == [shift["id"]]


def test_a_duty_officers_tasks_are_for_who_is_on_duty(
    clock: Any, director: Member, duty: Member, deputy: Member
) -> None:
    place = duty.membership.organisation_id
    task_create(
        actor=director.actor, kind=TaskKind.ANSWER, about=About("test", uuid7()), role=Role.DUTY_OFFICER,
        organisation_id=place,
    )  # fmt: skip
    plan(director, line(duty))
    seen = [access.visible_to(one.actor).count() for one in (duty, deputy)]
    assert seen == [1, 0]
    assert Task.objects.count() == access.visible_to(director.actor).count()


def test_who_lost_the_role_is_not_on_duty(clock: Any, director: Member, duty: Member) -> None:
    plan(director, line(duty))
    duty.membership.state = "ended"
    duty.membership.save()
    assert on_duty(duty.membership.organisation_id, now_is.now()) == OnDuty()
    assert (
        access.on_duty_now(Actor(duty.user.id, Role.DUTY_OFFICER, duty.membership.organisation_id)) is False
    )

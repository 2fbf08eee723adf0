"""Danger that nobody at the centre opens: the duty officer is called up, then the deputy, each once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from disputes import jobs
from disputes.access import screenings_visible_to
from disputes.models import DangerCallUp, Screening
from disputes.services import screening_opened
from kernel import clock as now_is
from kernel.codes.roles import Role
from mediation.services import intake_read
from tasks.codes import DutyPost
from tasks.models import DutyShift, Task
from tests.cast import District, Member, join
from tests.disputes.made import BEATING, THREAT, body, dispute_of, screened
from tests.mediation.made import waiting

pytestmark = pytest.mark.django_db
DANGER = {"signs": [THREAT], "danger_now": {}}
QUARTER = timedelta(minutes=15)
OnTheList = Callable[..., DutyShift]
Report = Callable[..., Screening]


@pytest.fixture
def deputy(district: District) -> Member:
    return Member(*join(district, "deputy", Role.DUTY_OFFICER, "centre A"))


@pytest.fixture
def on_the_list(clock: Any, director: Member) -> OnTheList:
    def put(who: Member, post: DutyPost = DutyPost.MAIN, hours: int = 200) -> DutyShift:
        return DutyShift.objects.create(
            organisation_id=who.membership.organisation_id, person=who.user, post=post,
            starts_at=now_is.now(), ends_at=now_is.now() + timedelta(hours=hours),
            entered_by=director.user, entered_at=now_is.now(),
        )  # fmt: skip

    return put


@pytest.fixture
def report(on_the_list: OnTheList, district: District, worker: Member) -> Report:
    def send(**answers: Any) -> Screening:
        return screened(worker, body(district, **(answers or DANGER)))

    return send


def called() -> list[tuple[str, Any]]:
    return list(DangerCallUp.objects.values_list("post", "person_id"))


@pytest.mark.law("PS-6")
def test_unopened_danger_goes_to_the_duty_officer_then_to_the_deputy(
    report: Report, duty: Member, deputy: Member, on_the_list: OnTheList
) -> None:
    on_the_list(duty), on_the_list(deputy, DutyPost.DEPUTY)
    report()
    at = now_is.now()
    assert jobs.due(at) == 0
    for minutes in (15, 30, 45):
        with now_is.frozen(at + timedelta(minutes=minutes)):
            jobs.due(now_is.now())
    assert called() == [("main", duty.user.id), ("deputy", deputy.user.id)]
    due = DangerCallUp.objects.values_list("due_at", flat=True)
    assert list(due) == [at + QUARTER, at + 2 * QUARTER]
    assert set(Task.objects.filter(kind="call_up").values_list("assignee", flat=True)) == {
        duty.user.id, deputy.user.id,
    }  # fmt: skip


@pytest.mark.law("PS-6")
def test_after_an_outage_each_is_called_once_with_the_true_times(
    report: Report, duty: Member, deputy: Member, clock: Any, on_the_list: OnTheList
) -> None:
    on_the_list(duty), on_the_list(deputy, DutyPost.DEPUTY)
    report()
    since = clock.at
    clock.move(timedelta(days=3))
    for _ in range(3):
        jobs.due(now_is.now())
    rows = DangerCallUp.objects.values_list("due_at", "called_at")
    assert list(rows) == [(since + QUARTER, clock.at), (since + 2 * QUARTER, clock.at)]
    assert AuditEvent.objects.filter(event="screening.danger_called_up").count() == 2


def test_an_empty_post_is_told_to_the_director_and_the_deputy_called_at_once(
    report: Report, director: Member, deputy: Member, clock: Any, on_the_list: OnTheList
) -> None:
    on_the_list(deputy, DutyPost.DEPUTY)
    report()
    clock.move(QUARTER)
    jobs.due(now_is.now())
    jobs.due(now_is.now())
    assert called() == [("main", None), ("deputy", deputy.user.id)]
    assert [task.role for task in Task.objects.filter(kind="call_up").order_by("id")] == [
        "centre_director", "duty_officer",
    ]  # fmt: skip


def test_two_empty_posts_are_one_to_do_for_the_director(report: Report, director: Member, clock: Any) -> None:
    report()
    clock.move(QUARTER)
    for _ in range(2):
        jobs.due(now_is.now())
    assert (called(), Task.objects.filter(kind="call_up").count()) == ([("main", None), ("deputy", None)], 1)


def test_opening_ends_the_call_up_and_its_task(
    report: Report, duty: Member, clock: Any, on_the_list: OnTheList
) -> None:
    on_the_list(duty)
    screening = report()
    clock.move(QUARTER)
    jobs.due(now_is.now())
    screening_opened(actor=duty.actor, screening=Screening.objects.get(id=screening.id))
    clock.move(QUARTER)
    jobs.due(now_is.now())
    assert called() == [("main", duty.user.id)]
    assert Task.objects.get(kind="call_up").state == "cancelled"


def test_what_was_called_up_is_seen_while_on_duty_and_not_after(
    report: Report, duty: Member, deputy: Member, clock: Any, on_the_list: OnTheList
) -> None:
    on_the_list(duty, hours=1)
    screening = report()
    assert not screenings_visible_to(duty.actor).exists()
    clock.move(QUARTER)
    jobs.due(now_is.now())
    assert screenings_visible_to(duty.actor).get() == screening
    assert not screenings_visible_to(deputy.actor).exists()
    clock.move(timedelta(hours=1))
    assert not screenings_visible_to(duty.actor).exists()


def test_who_has_opened_it_goes_on_seeing_it(
    report: Report, duty: Member, clock: Any, on_the_list: OnTheList
) -> None:
    on_the_list(duty)
    screening = report()
    clock.move(QUARTER)
    jobs.due(now_is.now())
    url = f"/api/v1/screenings/{screening.id}"
    assert [duty.client.get(url).status_code for _ in range(2)] == [200, 200]
    (row,) = duty.client.get(f"{url}/call-ups").json()
    assert (row["post"], row["person"]) == ("main", str(duty.user.id))


def test_a_restricted_danger_is_called_up_without_being_shown_and_the_director_told(
    report: Report, duty: Member, clock: Any, on_the_list: OnTheList
) -> None:
    on_the_list(duty)
    screening = report(signs=[BEATING, THREAT], danger_now={})
    clock.move(QUARTER)
    jobs.due(now_is.now())
    assert not screenings_visible_to(duty.actor).exists()
    assert duty.client.get(f"/api/v1/screenings/{screening.id}/call-ups").status_code == 404
    tasks = Task.objects.filter(kind="call_up")
    assert {task.role for task in tasks} == {"duty_officer", "centre_director"}
    assert {task.grid_id or task.area_id for task in tasks} == {None}


def test_reading_the_intake_item_is_opening(
    district: District, worker: Member, clerk: Member, clock: Any
) -> None:
    item = waiting(district, worker, **DANGER)
    intake_read(actor=clerk.actor, item_id=item.pk)
    clock.move(QUARTER)
    jobs.due(now_is.now())
    assert called() == []
    assert dispute_of(Screening.objects.get()).pk == item.dispute_id

"""Visits: what they settle, where they were, who may report them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from corrections.bodies import FixBody
from corrections.codes import AttemptWay, NoPoint, VisitOutcome
from corrections.models import ContactStep, Judgement, PlaceFlag, Visit
from corrections.services import flag_look_at, member_end, visit_judge, visit_record
from edge.encryption import reveal
from grids.coordinates import from_wgs84
from kernel import clock as time_source
from kernel.codes.law import ContactForm, CoordinateSystem
from kernel.problems import Problem
from privacy.services import consent_withdraw
from sync.items import State
from tests.cast import Member, Worker
from tests.corrections.stage import INSIDE, OUTSIDE, Case, days, fix, item, met, newest, submit
from tests.privacy.made import located

ODD_TIMES = (
    "2034-03-02T01:00Z", "2026-03-02T01:10Z", "1970-01-01T00:00Z", "0001-01-01T00:00+14:00",
    "9999-12-31T23:59-12:00", None,
)  # fmt: skip
pytestmark = pytest.mark.usefixtures("db")


def test_a_visit_settles_its_contact_with_a_step(case: Case, worker: Worker) -> None:
    (outcome,) = submit(worker.actor, item(met(case.first.id)))
    step = ContactStep.objects.get(event="contact")
    assert (outcome.state, outcome.key_id) == (State.ACCEPTED, case.subject.key_id)
    assert (case.first.state, step.actor_id, step.visit_id) == ("done", worker.user.id, newest().id)


def test_a_second_visit_is_kept_and_settles_nothing_more(case: Case, worker: Worker) -> None:
    outcomes = submit(worker.actor, item(met(case.first.id)), item(met(case.first.id)))
    assert {outcome.state for outcome in outcomes} == {State.ACCEPTED}
    assert (Visit.objects.count(), ContactStep.objects.filter(event="contact").count()) == (2, 1)


def test_an_attempt_is_a_visit_that_settles_nothing(case: Case, worker: Worker) -> None:
    body = met(case.first.id, outcome=VisitOutcome.NOT_REACHED, way=AttemptWay.DOOR, note="无人应答")
    submit(worker.actor, item(body))
    assert (case.first.state, newest().outcome) == ("open", "not_reached")
    assert reveal(newest(), "note") == "无人应答"


def test_an_unplanned_visit_names_person_and_form(case: Case, worker: Worker) -> None:
    body = met(None, person=case.subject.id, form=ContactForm.FIELD_VISIT)
    assert submit(worker.actor, item(body))[0].state == State.ACCEPTED
    assert newest().contact_id is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"point": None}, "visit_needs_place_or_reason"),
        ({"form": ContactForm.OFFICE_REPORT}, "visit_form_not_allowed"),
        ({"way": AttemptWay.CALL}, "invalid"),
        ({"outcome": VisitOutcome.NOT_REACHED}, "invalid"),
        ({"due": None}, "visit_without_subject"),
    ],
)
def test_a_visit_that_cannot_be_taken_comes_back_with_a_code(
    case: Case, worker: Worker, changes: dict[str, Any], code: str
) -> None:
    (outcome,) = submit(worker.actor, item(met(case.first.id, **changes)))
    assert (outcome.state, outcome.code, Visit.objects.count()) == (State.REJECTED, code, 0)


def test_a_visit_without_a_point_says_why(case: Case, worker: Worker) -> None:
    body = met(case.first.id, point=None, no_location_reason=NoPoint.NO_FIX)
    assert submit(worker.actor, item(body))[0].state == State.ACCEPTED
    assert (newest().place_verdict, newest().place_reasons) == ("undecided", ["no_point"])


def test_what_was_made_before_leaving_the_group_is_still_taken(
    case: Case, worker: Worker, clock: Any
) -> None:
    made = item(met(case.first.id))
    clock.move(timedelta(hours=1))
    member_end(actor=case.actor, member_id=case.group.members.get(user=worker.user).id)
    late = item(met(case.first.id), at=clock.move(timedelta(hours=1)))
    assert [outcome.code for outcome in submit(worker.actor, made, late)] == ["", "visit_not_yours"]


def test_late_data_turns_missed_into_done_late_with_its_trail(case: Case, worker: Worker, clock: Any) -> None:
    made = clock.at
    clock.move(days(20))
    submit(worker.actor, item(met(case.first.id, point=fix(at=made)), at=made))
    steps = list(ContactStep.objects.filter(contact=case.first).values_list("event", "target"))
    assert steps == [
        ("open", "open"), ("grace", "in_grace"), ("miss", "missed"), ("late_contact", "done_late"),
    ]  # fmt: skip
    assert (case.first.settled_at, newest().made_at) == (made, made)


def test_who_comes_before_the_hour_of_the_opening_day_has_met_it(
    case: Case, worker: Worker, clock: Any
) -> None:
    later = case.contacts[1]
    clock.move(later.opens_at - time_source.now() - timedelta(hours=1))
    submit(worker.actor, item(met(later.id)))
    step = ContactStep.objects.get(contact=later)
    assert (step.source, step.event, step.target) == ("planned", "contact", "done")


def test_a_visit_in_quiet_hours_counts_and_says_so(case: Case, worker: Worker) -> None:
    at = datetime(2026, 3, 2, 22, tzinfo=time_source.TZ).astimezone(UTC)
    submit(worker.actor, item(met(case.first.id), at=at))
    assert (newest().in_quiet_hours, case.first.state) == (True, "done")


@pytest.mark.parametrize("crs", list(CoordinateSystem))
def test_the_same_spot_in_any_declared_system_has_the_same_verdict(
    case: Case, worker: Worker, crs: CoordinateSystem
) -> None:
    lon, lat = from_wgs84(INSIDE[0] / 1e7, INSIDE[1] / 1e7, crs)
    point = FixBody(round(float(lon) * 1e7), round(float(lat) * 1e7), crs, 500, time_source.now())
    submit(worker.actor, item(met(case.first.id, point=point)))
    stored = newest().fixes.get()
    assert newest().place_verdict == "inside"
    assert (stored.raw_lon_e7, stored.crs) == (point.lon_e7, crs)
    assert abs(stored.point.x - INSIDE[0] / 1e7) < 2e-6


@pytest.mark.law("MN-2", refused=True)
@pytest.mark.law("CCM-26b")
@pytest.mark.parametrize(("place", "verdict"), [(INSIDE, "inside"), (OUTSIDE, "outside")])
def test_the_verdict_is_about_the_leave_area(
    case: Case, worker: Worker, place: tuple[int, int], verdict: str
) -> None:
    submit(worker.actor, item(met(case.first.id, point=fix(place))))
    assert newest().place_verdict == verdict
    assert newest().leave_area_id is not None


@pytest.mark.parametrize("accuracy", [60, 150, 1414, None, 0, -1])
def test_g1_a_poor_fix_outside_is_undecided_and_calls_nobody(
    case: Case, worker: Worker, accuracy: float | None
) -> None:
    submit(worker.actor, item(met(case.first.id, point=fix(OUTSIDE, accuracy))))
    assert newest().place_verdict == "undecided"
    assert not PlaceFlag.objects.exists()


def test_g3_old_points_that_arrive_later_raise_nothing(case: Case, worker: Worker) -> None:
    now = time_source.now()
    submit(worker.actor, item(met(case.first.id)))
    for minutes, place in ((120, OUTSIDE), (90, INSIDE)):
        at = now - timedelta(minutes=minutes)
        submit(worker.actor, item(met(case.first.id, point=fix(place, at=at)), at=at, received_at=now))
    assert not PlaceFlag.objects.exists()


def test_g3_a_fix_outside_calls_an_officer_with_both_times(case: Case, worker: Worker, clock: Any) -> None:
    seen = clock.at
    received = clock.move(timedelta(hours=3))
    submit(worker.actor, item(met(case.first.id, point=fix(OUTSIDE, at=seen)), at=seen))
    flag = PlaceFlag.objects.get()
    assert (flag.state, flag.fix_at, flag.received_at) == ("open", seen, received)


def test_g3_late_data_takes_the_flag_back_with_its_trail(case: Case, worker: Worker) -> None:
    now = time_source.now()
    submit(worker.actor, item(met(case.first.id, point=fix(OUTSIDE, at=now - timedelta(minutes=9)))))
    submit(worker.actor, item(met(case.first.id, point=fix(INSIDE, at=now - timedelta(minutes=3)))))
    flag = PlaceFlag.objects.get()
    assert (flag.state, flag.withdrawn_by_id) == ("withdrawn", newest().id)
    events = AuditEvent.objects.filter(subject_kind="place_flag").order_by("id")
    assert list(events.values_list("event", flat=True)) == ["place_flag.opened", "place_flag.withdrawn"]


@pytest.mark.parametrize("wrong", ODD_TIMES)
def test_g4_a_point_with_a_wrong_time_is_stored_and_never_the_latest(
    case: Case, worker: Worker, wrong: str | None
) -> None:
    at = datetime.fromisoformat(wrong) if wrong else None
    odd = FixBody(*OUTSIDE, CoordinateSystem.WGS84, 500, at)
    submit(worker.actor, item(met(case.first.id, point=odd)), item(met(case.first.id)))
    odd_row, normal = Visit.objects.order_by("id")
    assert (odd_row.place_verdict, odd_row.fix_trusted) == ("undecided", False)
    assert (normal.place_verdict, normal.fix_trusted) == ("inside", True)
    assert not PlaceFlag.objects.exists()


@pytest.mark.law("CCL-12")
def test_the_officers_judgement_stands_beside_the_verdict(case: Case, worker: Worker) -> None:
    submit(worker.actor, item(met(case.first.id, point=fix(OUTSIDE))))
    visit_judge(actor=case.actor, visit_id=newest().id, accepted=True, place="inside", reason="定位漂移")
    judged = Judgement.objects.get()
    assert (newest().place_verdict, judged.place, judged.accepted) == ("outside", "inside", True)
    assert reveal(judged, "reason") == "定位漂移"


@pytest.mark.law("CCL-12")
def test_a_grid_worker_judges_nothing(case: Case, worker: Worker) -> None:
    submit(worker.actor, item(met(case.first.id)))
    with pytest.raises(Problem, match="role_not_allowed"):
        visit_judge(actor=worker.actor, visit_id=newest().id, accepted=True, place="", reason="x")


def test_a_flag_that_was_looked_at_does_not_call_again(case: Case, worker: Worker) -> None:
    submit(worker.actor, item(met(case.first.id, point=fix(OUTSIDE))))
    flag = PlaceFlag.objects.get()
    flag_look_at(actor=case.actor, flag_id=flag.id)
    submit(worker.actor, item(met(case.first.id, point=None, no_location_reason=NoPoint.NO_FIX)))
    assert list(PlaceFlag.objects.values_list("state", flat=True)) == ["looked_at"]


def test_an_officer_enters_a_contact_that_was_made_on_paper(case: Case, clock: Any) -> None:
    made = clock.at
    clock.move(days(1))
    body = met(case.first.id, point=None, no_location_reason=NoPoint.DEVICE_FAULT)
    visit_record(actor=case.actor, contact_id=case.first.id, body=body, made_at=made)
    assert (case.first.state, case.first.settled_at) == ("done", made)


def test_a_batch_costs_the_same_however_many_visits_it_holds(
    case: Case, worker: Worker, django_assert_max_num_queries: Any
) -> None:
    batch = [item(met(case.first.id)) for _ in range(200)]
    with django_assert_max_num_queries(35):
        outcomes = submit(worker.actor, *batch)
    assert {outcome.state for outcome in outcomes} == {State.ACCEPTED}
    assert Visit.objects.count() == 200


def test_another_stations_officer_finds_no_such_contact(case: Case, other_officer: Member) -> None:
    with pytest.raises(Problem, match="not_found"):
        visit_record(
            actor=other_officer.actor, contact_id=case.first.id, body=met(case.first.id),
            made_at=time_source.now(),
        )  # fmt: skip


@pytest.mark.law("PI-29/30", refused="too")
def test_who_took_back_the_own_location_gives_none_and_is_not_worse_off(
    case: Case, worker: Worker, coordinator: Member
) -> None:
    row = located(coordinator, worker)
    assert submit(worker.actor, item(met(case.first.id)))[0].state == State.ACCEPTED
    consent_withdraw(actor=coordinator.actor, consent_id=row.pk)
    (refused,) = submit(worker.actor, item(met(case.first.id)))
    assert refused.code == "own_location_withdrawn"
    body = met(case.first.id, point=None, no_location_reason=NoPoint.NO_FIX)
    assert submit(worker.actor, item(body))[0].state == State.ACCEPTED

from datetime import UTC, date, datetime, time, timedelta

import pytest

from corrections.codes import ContactState as S
from corrections.machine import CONTACT, contact_event, next_limit, standing, steps_due
from corrections.schedule import Frame, Quiet, window_between
from kernel import clock
from kernel.calendar import WorkCalendar
from kernel.codes.law import ContactForm
from kernel.codes.roles import Role
from kernel.problems import Problem

FRAME = Frame(date(2026, 9, 1), date(2027, 9, 1), Quiet(time(21), time(8)), 2, WorkCalendar(years=[2026]))
WINDOW = window_between(ContactForm.FIELD_VISIT, FRAME, 0, date(2026, 9, 10), date(2026, 9, 12))
OPEN_DAY = clock.day_start(WINDOW.open_day)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-09-{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("10T07:59:59", S.PLANNED),
        ("10T08:00:00", S.OPEN),
        ("12T23:59:59", S.OPEN),
        ("13T00:00:00", S.IN_GRACE),
        ("14T23:59:59", S.IN_GRACE),
        ("15T00:00:00", S.MISSED),
    ],
)
def test_each_limit_is_the_first_moment_of_the_next_state(moment: str, state: S) -> None:
    assert standing(WINDOW, at(moment)) == state


def test_after_days_of_downtime_all_steps_come_in_order_with_their_true_times() -> None:
    steps = steps_due(S.PLANNED, WINDOW, at("30T12:00"))
    assert [step.event for step in steps] == ["open", "grace", "miss"]
    assert [step.at for step in steps] == [WINDOW.opens_at, WINDOW.due_at, WINDOW.grace_until]


def test_time_moves_nothing_that_is_settled() -> None:
    settled = (S.DONE, S.DONE_LATE, S.EXCUSED, S.CANCELLED, S.MISSED)
    assert all(steps_due(state, WINDOW, at("30T12:00")) == [] for state in settled)
    assert next_limit(S.DONE, WINDOW) is None


def test_steps_and_standing_say_the_same_at_every_hour() -> None:
    for hour in range(24 * 10):
        moment = at("08T00:00") + timedelta(hours=hour)
        steps = steps_due(S.PLANNED, WINDOW, moment)
        assert (steps[-1].target if steps else S.PLANNED) == standing(WINDOW, moment)


def test_a_visit_in_time_settles_even_if_it_arrives_in_grace() -> None:
    assert contact_event(S.IN_GRACE, WINDOW, at("12T23:59:00"), OPEN_DAY) == "contact"


def test_a_visit_in_grace_is_late() -> None:
    assert contact_event(S.IN_GRACE, WINDOW, at("13T00:00:00"), OPEN_DAY) == "late_contact"


def test_late_data_settles_what_stood_as_missed() -> None:
    event = contact_event(S.MISSED, WINDOW, at("11T10:00:00"), OPEN_DAY)
    assert CONTACT.apply(S.MISSED, event or "", role=Role.GRID_WORKER).target == S.DONE_LATE


def test_a_visit_before_the_opening_hour_of_the_day_still_counts() -> None:
    assert contact_event(S.PLANNED, WINDOW, at("10T00:00:00"), OPEN_DAY) == "contact"


def test_a_visit_on_an_earlier_day_settles_nothing() -> None:
    assert contact_event(S.PLANNED, WINDOW, at("09T23:59:00"), OPEN_DAY) is None


@pytest.mark.parametrize("state", [S.DONE, S.DONE_LATE, S.EXCUSED, S.CANCELLED])
def test_a_second_visit_settles_nothing_more(state: S) -> None:
    assert contact_event(state, WINDOW, at("11T10:00:00"), OPEN_DAY) is None


@pytest.mark.law("CCL-12")
def test_a_grid_worker_may_report_a_contact() -> None:
    assert CONTACT.apply(S.OPEN, "contact", role=Role.GRID_WORKER).target == S.DONE


@pytest.mark.law("CCL-12")
@pytest.mark.parametrize("event", ["excuse", "replan", "term_end", "miss"])
def test_a_grid_worker_may_change_no_status(event: str) -> None:
    source = next(row.source for row in CONTACT.transitions if row.event == event)
    with pytest.raises(Problem, match="role_not_allowed"):
        CONTACT.apply(source, event, role=Role.GRID_WORKER)


def test_an_officer_excuses_also_what_was_missed() -> None:
    assert CONTACT.apply(S.MISSED, "excuse", role=Role.STATION_OFFICER).target == S.EXCUSED

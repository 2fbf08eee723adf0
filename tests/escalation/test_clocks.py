"""Level clocks: local days, make-up Saturdays, Golden Week."""

from datetime import UTC, date, datetime, timedelta

import pytest

from escalation.clocks import Profile, ProfileError, after_pause, clock_due, read_profile
from kernel.calendar import WorkCalendar
from kernel.clock import TZ, day_end, local_day
from kernel.deadlines import ran_out

FAST = read_profile("grid=1 community=2 street=2 district=2")
EVENT = read_profile("grid=0 community=3 street=7")
GOLDEN_2026 = [date(2026, 10, 1) + timedelta(days=n) for n in range(7)]
CALENDAR = WorkCalendar(off=GOLDEN_2026, working=[date(2026, 9, 20), date(2026, 10, 10)], years=[2026])


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TZ).astimezone(UTC)


def last_day(
    level: str, begun: datetime, profile: Profile = Profile.FAST, days: dict[str, int] = FAST
) -> date:
    due = clock_due(
        profile, days, level, begun_on=local_day(begun), registered_on=local_day(begun), calendar=CALENDAR
    )
    assert due is not None
    return due.last_day


@pytest.mark.parametrize(("hour", "minute"), [(0, 5), (7, 59), (8, 1), (15, 59), (16, 1), (23, 59)])
@pytest.mark.law("EF-4")
def test_the_hour_of_the_start_does_not_matter(hour: int, minute: int) -> None:
    assert last_day("grid", at(11, 25, hour, minute)) == date(2026, 11, 26)


@pytest.mark.law("EF-4")
@pytest.mark.parametrize(
    ("level", "begun", "expected"),
    [
        ("grid", at(9, 30), date(2026, 10, 8)),
        ("community", at(9, 30), date(2026, 10, 9)),
        ("community", at(10, 9), date(2026, 10, 12)),
        ("street", at(10, 8), date(2026, 10, 10)),
        ("grid", at(11, 27), date(2026, 11, 30)),
    ],
)
def test_working_days_across_golden_week_and_a_make_up_saturday(
    level: str, begun: datetime, expected: date
) -> None:
    assert last_day(level, begun) == expected


@pytest.mark.law("EF-5")
def test_the_event_profile_counts_from_the_registration() -> None:
    due = clock_due(
        Profile.EVENT,
        EVENT,
        "street",
        begun_on=date(2026, 11, 28),
        registered_on=date(2026, 11, 25),
        calendar=CALENDAR,
    )
    assert due is not None
    assert due.last_day == date(2026, 12, 2)


@pytest.mark.law("EF-5")
def test_the_event_profile_has_no_district_clock() -> None:
    begun = at(11, 25)
    assert (
        clock_due(
            Profile.EVENT,
            EVENT,
            "district",
            begun_on=local_day(begun),
            registered_on=local_day(begun),
            calendar=CALENDAR,
        )
        is None
    )


def test_a_level_is_never_late_before_it_begins() -> None:
    due = clock_due(
        Profile.EVENT,
        EVENT,
        "grid",
        begun_on=date(2026, 11, 28),
        registered_on=date(2026, 11, 20),
        calendar=CALENDAR,
    )
    assert due is not None
    assert due.last_day == date(2026, 11, 28)


def test_a_clock_runs_to_midnight_and_not_a_moment_less() -> None:
    due_at = day_end(date(2026, 11, 26))
    assert not ran_out(due_at, due_at - timedelta(microseconds=1))
    assert ran_out(due_at, due_at)


def test_beyond_the_calendar_the_day_is_provisional() -> None:
    due = clock_due(
        Profile.FAST,
        FAST,
        "street",
        begun_on=date(2026, 12, 31),
        registered_on=date(2026, 12, 31),
        calendar=CALENDAR,
    )
    assert due is not None
    assert (due.last_day, due.provisional) == (date(2027, 1, 4), True)


@pytest.mark.parametrize("profile", list(Profile))
def test_what_was_left_before_a_pause_is_left_after_it(profile: Profile) -> None:
    due = after_pause(
        profile, date(2026, 11, 27), paused_at=at(11, 25), resumed_at=at(11, 30), calendar=CALENDAR
    )
    assert due.last_day == date(2026, 12, 2)


@pytest.mark.parametrize("text", ["grid", "village=2", "grid=1 grid=2", "grid=-1", "grid=1.5"])
def test_a_profile_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ProfileError):
        read_profile(text)

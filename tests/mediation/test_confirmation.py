"""Judicial confirmation: thirty days from the stated day of effect, both together, the court's answer."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from kernel import clock as kernel_clock
from kernel.calendar import WorkCalendar
from kernel.ids import uuid7
from kernel.problems import Problem
from mediation import deadlines, jobs
from mediation.agreed_sections import to_confirm
from mediation.confirmation import CONFIRMATION, asked_to_remind, precheck, reminder_from
from mediation.hours import Hours
from mediation.models import Case, Confirmation, ConfirmationReminder, ConfirmationTransition
from mediation.services import (
    AgreementSaid,
    agreement_amend,
    confirmation_decide,
    confirmation_file,
    confirmation_offer,
    confirmation_precheck,
    confirmation_withdraw,
    confirmation_word,
)
from tasks.models import Task
from tests.cast import Member
from tests.mediation.agreed import party, signed
from tests.mediation.test_cases import refused_with

Cast = dict[str, Member]
MONDAY, LAST = date(2026, 3, 2), date(2026, 4, 1)
GOLDEN = WorkCalendar(
    off=[date(2026, 10, day) for day in range(1, 8)], working=[date(2026, 10, 10)], years=[2026]
)


@pytest.mark.law("PM-33")
def test_the_first_day_is_not_counted() -> None:
    window = deadlines.confirmation_window(MONDAY, calendar=GOLDEN)
    assert (window.last_day, window.moved_day, window.provisional) == (LAST, LAST, False)


@pytest.mark.law("PM-33")
def test_a_last_day_on_a_holiday_moves_and_the_earlier_day_warns() -> None:
    window = deadlines.confirmation_window(date(2026, 9, 2), calendar=GOLDEN)
    assert (window.last_day, window.moved_day) == (date(2026, 10, 2), date(2026, 10, 8))
    assert (window.due_at, window.closes_at) == (
        kernel_clock.day_end(date(2026, 10, 2)),
        kernel_clock.day_end(date(2026, 10, 8)),
    )


@pytest.mark.law("PM-33")
@pytest.mark.parametrize("local", ["00:05", "15:59", "16:01", "23:59"])
def test_w1_the_hour_of_the_last_mark_does_not_matter(local: str) -> None:
    hour, minute = map(int, local.split(":"))
    made = datetime(2026, 3, 2, hour, minute, tzinfo=kernel_clock.TZ).astimezone(UTC)
    window = deadlines.confirmation_window(kernel_clock.local_day(made), calendar=GOLDEN)
    assert window.last_day == LAST


@pytest.mark.law("PM-33e")
def test_the_precheck_warns_of_what_was_seen_and_of_what_the_kind_suggests() -> None:
    doubts = precheck("01", ["not_voluntary"], written=True, dated=True)
    assert [(doubt.code, doubt.sure) for doubt in doubts] == [("not_voluntary", True), ("status", False)]
    assert precheck("02", [], written=True, dated=True) == []


@pytest.mark.law("PM-33e")
def test_an_oral_agreement_is_not_clear_to_a_court() -> None:
    assert [doubt.code for doubt in precheck("02", [], written=False, dated=True)] == ["unclear"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-09-30T10:00", "2026-09-30T10:00"),
        ("2026-09-30T08:59", "2026-09-30T09:00"),
        ("2026-09-30T18:00", "2026-10-08T09:00"),
        ("2026-10-10T00:00", "2026-10-10T09:00"),
        ("2026-10-11T12:00", "2026-10-12T09:00"),
    ],
)
def test_w4_reminders_wait_for_allowed_hours_of_working_days(at: str, expected: str) -> None:
    hours = Hours(time(9), time(18))
    moved = reminder_from(datetime.fromisoformat(at).replace(tzinfo=kernel_clock.TZ), hours, GOLDEN)
    assert moved == datetime.fromisoformat(expected).replace(tzinfo=kernel_clock.TZ)


@pytest.mark.parametrize(
    ("wishes", "asked"), [([True, True], True), ([True, False], False), ([True, None], False), ([], False)]
)
def test_parties_are_reminded_only_if_every_one_wants_it(wishes: Any, asked: bool) -> None:
    assert asked_to_remind(wishes) is asked


def test_no_confirmed_agreement_is_filed_again() -> None:
    with pytest.raises(Problem, match="transition_not_allowed"):
        CONFIRMATION.apply("valid", "file", role=None)


@pytest.fixture
def window(db: None, at_table: Case, cast: Cast) -> Confirmation:
    """In effect from Monday 2026-03-02: the last day is 2026-04-01."""
    return Confirmation.objects.get(agreement=signed(at_table, cast))


def wish(window: Confirmation, clerk: Member, number: int, **said: Any) -> None:
    who = party(window.agreement.case, number).pk
    confirmation_word(actor=clerk.actor, confirmation_id=window.pk, party_id=who, **{"joint": True, **said})


def filing(window: Confirmation, clerk: Member, day: date) -> dict[str, Any]:
    court = {"court": "南岗区人民法院", "court_basis": "organisation"}
    return {"actor": clerk.actor, "confirmation_id": window.pk, "filed_on": day, **court}


@pytest.mark.law("PM-33")
def test_one_alone_does_not_file(clock: Any, window: Confirmation, cast: Cast) -> None:
    wish(window, cast["clerk"], 0)
    assert (
        refused_with(confirmation_file, **filing(window, cast["clerk"], MONDAY)) == "confirmation_not_joint"
    )
    wish(window, cast["clerk"], 1, joint=False)
    assert (
        refused_with(confirmation_file, **filing(window, cast["clerk"], MONDAY)) == "confirmation_not_joint"
    )


@pytest.mark.law("PM-33")
def test_both_file_on_the_last_day_and_the_clock_ends(clock: Any, window: Confirmation, cast: Cast) -> None:
    clock.move(timedelta(days=30))
    for number in range(2):
        wish(window, cast["clerk"], number)
    filed, _ = confirmation_file(**filing(window, cast["clerk"], LAST))
    assert (filed.state, filed.due_at, filed.closes_at) == ("filed", None, None)
    assert not ConfirmationReminder.objects.filter(due_at__isnull=False).exists()


@pytest.mark.law("PM-33")
def test_filed_a_day_late_is_refused_but_late_entry_is_not(
    clock: Any, window: Confirmation, cast: Cast
) -> None:
    for number in range(2):
        wish(window, cast["clerk"], number)
    clock.move(timedelta(days=40))
    jobs.due(clock.at)
    late = filing(window, cast["clerk"], LAST + timedelta(days=1))
    assert refused_with(confirmation_file, **late) == "confirmation_too_late"
    assert confirmation_file(**filing(window, cast["clerk"], LAST))[0].state == "filed"


@pytest.mark.law("PM-33")
def test_the_time_runs_out_once_with_the_true_time(clock: Any, window: Confirmation) -> None:
    clock.move(timedelta(days=33))
    jobs.due(clock.at)
    jobs.due(clock.at)
    window.refresh_from_db()
    assert (window.state, window.expired_at, window.over_at) == (
        "expired",
        kernel_clock.day_end(LAST),
        kernel_clock.day_end(LAST),
    )
    assert ConfirmationTransition.objects.filter(confirmation=window, event="expire").count() == 1


@pytest.mark.law("PM-33b", "PM-33e", refused="too")
@pytest.mark.parametrize("decision", ["valid", "rejected", "not_accepted"])
def test_the_courts_answer_has_its_document(
    clock: Any, window: Confirmation, cast: Cast, decision: str
) -> None:
    for number in range(2):
        wish(window, cast["clerk"], number)
    confirmation_file(**filing(window, cast["clerk"], MONDAY))
    said = {"actor": cast["clerk"].actor, "confirmation_id": window.pk, "decision": decision}
    assert refused_with(confirmation_decide, **said, document_no="", decided_on=MONDAY) == "document_required"
    done, _ = confirmation_decide(**said, document_no="（2026）民特1号", decided_on=MONDAY)
    assert (done.state, done.document_no) == (decision, "（2026）民特1号")


@pytest.mark.law("PM-33")
def test_taken_back_what_is_left_runs_on(clock: Any, window: Confirmation, cast: Cast) -> None:
    for number in range(2):
        wish(window, cast["clerk"], number)
    confirmation_offer(actor=cast["clerk"].actor, confirmation_id=window.pk)
    confirmation_file(**filing(window, cast["clerk"], MONDAY))
    back, _ = confirmation_withdraw(actor=cast["clerk"].actor, confirmation_id=window.pk, on=MONDAY)
    assert (back.state, back.due_at) == ("withdrawn", kernel_clock.day_end(LAST))


@pytest.mark.law("PM-33")
def test_of_a_replaced_agreement_nothing_is_asked(clock: Any, window: Confirmation, cast: Cast) -> None:
    said = AgreementSaid("oral", "改期履行")
    act = {"agreement_id": window.agreement_id, "id": uuid7(), "reason": "协商"}
    agreement_amend(actor=cast["mediator"].actor, said=said, **act)
    window.refresh_from_db()
    offer = {"actor": cast["clerk"].actor, "confirmation_id": window.pk}
    assert (window.due_at, refused_with(confirmation_offer, **offer)) == (None, "agreement_not_open")


def test_the_precheck_keeps_nobody_from_the_court(clock: Any, window: Confirmation, cast: Cast) -> None:
    confirmation_precheck(actor=cast["clerk"].actor, confirmation_id=window.pk, doubts=["ownership"])
    for number in range(2):
        wish(window, cast["clerk"], number)
    assert confirmation_file(**filing(window, cast["clerk"], MONDAY))[0].precheck == ["ownership"]


@pytest.mark.law("PM-33")
@pytest.mark.parametrize("both", [True, False])
def test_reminders_go_to_the_centre_and_to_parties_only_if_both_want_it(
    clock: Any, window: Confirmation, cast: Cast, both: bool
) -> None:
    wish(window, cast["clerk"], 0, joint=False, remind=True)
    wish(window, cast["clerk"], 1, joint=False, remind=both)
    clock.to(datetime(2026, 3, 12, 3, tzinfo=kernel_clock.TZ))
    jobs.due(clock.at)
    assert not ConfirmationReminder.objects.filter(reminded_at__isnull=False).exists()
    clock.to(datetime(2026, 3, 12, 8, tzinfo=kernel_clock.TZ))
    jobs.due(clock.at)
    assert ConfirmationReminder.objects.filter(reminded_at=clock.at, to_parties=both).count() == 1
    assert Task.objects.filter(subject_kind="mediation_confirmation").exists() is both


@pytest.mark.parametrize("days", range(29, 36))
def test_w3_job_detail_filter_and_worklist_agree_on_every_day(
    clock: Any, window: Confirmation, cast: Cast, days: int
) -> None:
    clock.move(timedelta(days=days, hours=14))
    over = deadlines.is_over(kernel_clock.day_end(LAST), kernel_clock.now())
    clerk = cast["clerk"].client
    shown = clerk.get(f"/api/v1/mediation/confirmations/{window.pk}").json()["overdue"]
    listed = clerk.get("/api/v1/mediation/confirmations", {"overdue": "true"}).json()["count"]
    agreements = clerk.get("/api/v1/mediation/agreements", {"overdue": "true"}).json()["count"]
    assert over == shown == bool(listed) == bool(agreements) == (days >= 31)
    jobs.due(kernel_clock.now())
    window.refresh_from_db()
    waiting = [line.subject_id for line in to_confirm(cast["clerk"].actor, kernel_clock.now())]
    assert (window.over_at is not None, waiting) == (over, [] if over else [window.pk])

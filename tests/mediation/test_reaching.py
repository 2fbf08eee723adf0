"""A party that cannot be reached, cases that stand still, and time that runs out."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from disputes.models import Dispute
from kernel import calendar
from mediation import deadlines, jobs, selectors
from mediation.deadlines import More, Pause
from mediation.models import Case, CaseParty, Extension, ReachAttempt, Suspension
from mediation.reached import tried_enough
from mediation.services import (
    case_accept,
    case_ask_again,
    case_cannot_reach,
    case_decline,
    case_extend,
    case_fail,
    case_resume,
    case_suspend,
    extension_ask,
    mediation_offer,
    party_refuse,
    reach_attempt,
    review_put_off,
)
from tests.cast import District, Member
from tests.disputes.made import BEATING
from tests.mediation.made import asking, consented, in_state, refused_with, say, waiting

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
LATER = DAY + timedelta(days=14)


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    return asking(district, worker, clerk)


@pytest.fixture
def accepted(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    """Accepted on 2026-03-02: until 2026-04-01."""
    return case_accept(actor=clerk.actor, case_id=consented(district, worker, clerk).pk)


def first(case: Case) -> CaseParty:
    return CaseParty.objects.filter(case=case)[0]


def try_all(case: Case, who: Member, clock: Any, *, last: str = "sent") -> None:
    """By phone, a day later by a slip in a neutral envelope."""
    said = {"actor": who.actor, "case_id": case.pk, "party_id": first(case).pk}
    reach_attempt(**said, way="phone", result="no_answer", tried_at=clock.at)
    clock.move(timedelta(days=1))
    reach_attempt(**said, way="post", result=last, tried_at=clock.at)


def unreachable(case: Case, who: Member) -> dict[str, Any]:
    return {
        "actor": who.actor, "case_id": case.pk, "party_id": first(case).pk, "review_on": LATER,
        "reason": "两日两种方式未联系上",
    }  # fmt: skip


# The rule


@pytest.mark.parametrize(
    ("tries", "left"),
    [
        ([], ["second_way", "second_day", "slip_by_post"]),
        ([("phone", 2, "no_answer"), ("post", 2, "sent")], ["second_day"]),
        ([("phone", 2, "no_answer"), ("visit", 3, "not_there")], ["slip_by_post"]),
        ([("post", 2, "sent"), ("post", 3, "returned")], ["second_way"]),
        ([("phone", 2, "no_answer"), ("post", 3, "sent")], []),
        (
            [("phone", 2, "no_answer"), ("post", 3, "sent"), ("phone", 4, "reached")],
            ["second_way", "second_day", "slip_by_post"],
        ),
    ],
)
def test_two_ways_two_days_and_a_slip(tries: Any, left: list[str]) -> None:
    assert tried_enough([(way, date(2026, 3, day), result) for way, day, result in tries]) == left


@pytest.mark.law("PM-T1", "PM-T3")
def test_a_deadline_is_played_again_with_its_pauses_and_extensions() -> None:
    known = calendar.current()
    due = deadlines.due_of(date(2026, 4, 1), "PM-T1")
    changes = [
        Pause(date(2026, 3, 10), date(2026, 3, 15)),
        More(10),
        Pause(date(2026, 4, 1), date(2026, 4, 2)),
    ]
    assert deadlines.replayed(due, changes, calendar=known).last_day == date(2026, 4, 17)
    assert deadlines.review_due(DAY, DAY)
    assert not deadlines.register_ends_soon(DAY + timedelta(days=31), DAY, 30)


# Unreachable


def test_who_cannot_be_reached_has_not_refused(clock: Any, case: Case, clerk: Member) -> None:
    assert refused_with(case_cannot_reach, **unreachable(case, clerk)) == "not_tried_enough"
    try_all(case, clerk, clock)
    away = case_cannot_reach(**unreachable(case, clerk))
    assert (away.state, away.review_on, Dispute.objects.get().state) == (
        "unreachable",
        LATER,
        "with_mediation",
    )
    assert not Dispute.objects.get().mediation_refused
    back = case_ask_again(actor=clerk.actor, case_id=case.pk)
    assert (back.state, back.review_on) == ("asking", None)


@pytest.mark.law("PM-T6")
def test_from_there_the_committee_may_decline_with_the_other_ways(
    clock: Any, case: Case, clerk: Member
) -> None:
    try_all(case, clerk, clock)
    case_cannot_reach(**unreachable(case, clerk))
    said: dict[str, Any] = {"actor": clerk.actor, "case_id": case.pk, "reason": "无法联系"}
    said |= {"form": "not_deliverable", "tried_on": [DAY, DAY + timedelta(days=1)]}
    assert refused_with(case_decline, **said, ways=[]) == "ways_notice_required"
    assert case_decline(**said, ways=["10"]).state == "not_accepted"


def test_a_review_date_lies_ahead_and_can_be_put_off(clock: Any, case: Case, clerk: Member) -> None:
    try_all(case, clerk, clock)
    today = clock.at.date()
    assert refused_with(case_cannot_reach, **(unreachable(case, clerk) | {"review_on": today})) == (
        "review_not_ahead"
    )
    case_cannot_reach(**unreachable(case, clerk))
    said = {"actor": clerk.actor, "case_id": case.pk}
    assert review_put_off(**said, review_on=LATER + timedelta(days=7)).review_on == LATER + timedelta(days=7)
    case_ask_again(**said)
    assert refused_with(review_put_off, **said, review_on=LATER) == "transition_not_allowed"


@pytest.mark.law("DV-23")
def test_on_the_protected_track_nobody_is_looked_for_without_her_wish(
    clock: Any, district: District, worker: Member, director: Member
) -> None:
    item = waiting(district, worker, signs=[BEATING])
    case = mediation_offer(actor=director.actor, item_id=item.pk, wish="愿意", reason="本人自愿")
    said = {"actor": director.actor, "case_id": case.pk, "party_id": first(case).pk, "way": "phone"}
    code = refused_with(reach_attempt, **said, result="no_answer", tried_at=clock.at)
    assert (code, ReachAttempt.objects.count()) == ("contact_not_wished", 0)


@pytest.mark.law("PM-17")
@pytest.mark.parametrize("state", ["refused", "withdrawn", "failed", "agreed"])
def test_nobody_is_looked_for_after_the_end(
    clock: Any, district: District, worker: Member, clerk: Member, state: str
) -> None:
    case = in_state(consented(district, worker, clerk), clerk, state)
    said = {"actor": clerk.actor, "case_id": case.pk, "party_id": first(case).pk, "way": "visit"}
    code = refused_with(reach_attempt, **said, result="not_there", tried_at=clock.at)
    assert code == "transition_not_allowed"


# Suspension


def suspend(case: Case, who: Member, **more: Any) -> Case:
    said = {"actor": who.actor, "case_id": case.pk, "reason": "illness", "review_on": LATER}
    return case_suspend(**(said | more))


@pytest.mark.law("PM-T1", "PM-T5")
def test_a_suspended_clock_stands_still_and_runs_on_with_the_days_left(
    clock: Any, accepted: Case, clerk: Member
) -> None:
    clock.move(timedelta(days=10))
    case = suspend(
        accepted, clerk, asked_by=first(accepted).pk, reason="appraisal", review_on=date(2026, 5, 1)
    )
    assert (case.state, case.mediation_due_at, case.review_on) == ("suspended", None, date(2026, 5, 1))
    clock.move(timedelta(days=40))
    assert jobs.due(clock.at) == 0
    case = case_resume(actor=clerk.actor, case_id=case.pk)
    assert (case.mediation_last_day, case.mediation_over_at) == (date(2026, 5, 11), None)
    pause = Suspension.objects.get()
    assert (pause.from_day, pause.to_day) == (date(2026, 3, 12), date(2026, 4, 21))


@pytest.mark.law("PM-T3")
def test_a_medical_case_goes_on_with_its_working_days(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = consented(district, worker, clerk, category="13")
    case = case_accept(actor=clerk.actor, case_id=case.pk)
    clock.move(timedelta(days=4))
    suspend(case, clerk, reason="appraisal")
    clock.move(timedelta(days=10))
    resumed = case_resume(actor=clerk.actor, case_id=case.pk)
    # 2026-04-14 with 26 working days left on Friday 2026-03-06; they count again from Monday 2026-03-16.
    assert (resumed.mediation_last_day, resumed.mediation_law) == (date(2026, 4, 22), "PM-T3")
    first_due = deadlines.mediation_due("13", DAY, calendar=calendar.current())
    again = deadlines.replayed(first_due, selectors.term_changes(case), calendar=calendar.current())
    assert again.last_day == resumed.mediation_last_day


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"review_on": DAY}, "review_not_ahead"),
        ({"from_day": DAY - timedelta(days=1)}, "accepted_before_receipt"),
        ({"from_day": DAY + timedelta(days=1)}, "date_in_future"),
    ],
)
def test_a_suspension_with_a_wrong_day_is_refused(
    accepted: Case, clerk: Member, said: dict[str, Any], code: str
) -> None:
    assert refused_with(suspend, case=accepted, who=clerk, **said) == code


@pytest.mark.law("PM-T5")
def test_suspended_twice_is_once_and_so_is_resumed(clock: Any, accepted: Case, clerk: Member) -> None:
    suspend(accepted, clerk)
    suspend(accepted, clerk)
    assert Suspension.objects.filter(case=accepted).count() == 1
    said = {"actor": clerk.actor, "case_id": accepted.pk}
    clock.move(timedelta(days=2))
    assert refused_with(case_resume, **said, to_day=DAY - timedelta(days=1)) == "resumed_before_pause"
    days = {case_resume(**said).mediation_last_day for _ in range(2)}
    assert days == {date(2026, 4, 3)}
    assert refused_with(suspend, case=accepted, who=clerk, from_day=DAY) == "invalid"


@pytest.mark.law("PM-23")
def test_a_party_withdraws_from_a_suspended_case_and_nobody_looks_again(
    clock: Any, accepted: Case, clerk: Member
) -> None:
    suspend(accepted, clerk)
    case = party_refuse(actor=clerk.actor, case_id=accepted.pk)
    assert (case.state, case.review_on, case.mediation_due_at) == ("withdrawn", None, None)
    assert not selectors.to_review(Case.objects.all(), LATER).exists()


# After acceptance: who cannot be reached, and time over


def failing(case: Case, who: Member, **more: Any) -> dict[str, Any]:
    said = {"actor": who.actor, "case_id": case.pk, "reason": "调解不成", "ways": ["10"], "form": "post"}
    return said | more


@pytest.mark.law("PM-26")
def test_unreachable_after_acceptance_fails_or_stands_still(
    clock: Any, accepted: Case, clerk: Member
) -> None:
    party = first(accepted).pk
    failed = failing(accepted, clerk, code="unreachable", unreached=party)
    assert refused_with(case_fail, **failed) == "not_tried_enough"
    assert refused_with(suspend, case=accepted, who=clerk, unreached=party) == "not_tried_enough"
    assert refused_with(case_fail, **failing(accepted, clerk, code="unreachable")) == "invalid"
    try_all(accepted, clerk, clock)
    assert suspend(accepted, clerk, reason="absence", unreached=party).state == "suspended"
    assert case_fail(**failed).fail_code == "unreachable"


@pytest.mark.law("PM-T2")
def test_time_over_is_asked_once_and_without_everybodys_yes_it_fails(
    clock: Any, accepted: Case, clerk: Member
) -> None:
    said = {"actor": clerk.actor, "case_id": accepted.pk}
    over = failing(accepted, clerk, code="time_over")
    assert refused_with(extension_ask, **said) == refused_with(case_fail, **over) == "time_not_over"
    clock.move(timedelta(days=31))
    assert refused_with(case_fail, **over) == "extension_not_asked"
    asked = [extension_ask(**said).extension_asked_at]
    clock.move(timedelta(days=1))
    assert [*asked, extension_ask(**said).extension_asked_at] == asked * 2
    say(accepted, clerk, "refused", steps=["extension"])
    assert case_fail(**over).fail_code == "time_over"


@pytest.mark.law("PM-T2")
def test_everybodys_yes_gives_more_time_and_the_question_is_closed(
    clock: Any, accepted: Case, clerk: Member
) -> None:
    clock.move(timedelta(days=31))
    extension_ask(actor=clerk.actor, case_id=accepted.pk)
    for party in range(2):
        say(accepted, clerk, party=party, steps=["extension"])
    case = case_extend(actor=clerk.actor, case_id=accepted.pk, days=15)
    assert (case.extension_asked_at, case.mediation_last_day) == (None, date(2026, 4, 16))
    assert [row.days for row in Extension.objects.all()] == [15]


def test_a_try_that_has_not_been_yet_is_refused(clock: Any, case: Case, clerk: Member) -> None:
    said = {"actor": clerk.actor, "case_id": case.pk, "party_id": first(case).pk, "way": "phone"}
    at: datetime = clock.at + timedelta(minutes=1)
    assert refused_with(reach_attempt, **said, result="no_answer", tried_at=at) == "date_in_future"

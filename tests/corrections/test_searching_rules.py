"""The table of reviews and searches, and the counting of days."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from corrections.leave import AGENCY
from corrections.search_codes import SearchJudgement, SearchWay, TakenOut
from corrections.searching import ENDINGS, OPEN, SEARCH, Out, count_days, review_due, tried_enough
from kernel.codes.roles import Role
from kernel.problems import Problem

FIRST = date(2026, 1, 10)
OFFICER = Role.AGENCY_OFFICER
FOUND = {"place": "外地", "since_on": FIRST, "told": "手机丢失", "judgement": SearchJudgement.JUSTIFIED}


def refusal(state: str, event: str, role: Role = OFFICER, **facts: Any) -> str:
    with pytest.raises(Problem) as caught:
        SEARCH.apply(state, event, role=role, facts={"text": ""} | facts)
    return caught.value.code


@pytest.mark.law("CCL-30", "CCL-12")
def test_only_the_agency_answers_a_review_or_a_search() -> None:
    assert all(row.roles == AGENCY or not row.roles for row in SEARCH.transitions)
    assert refusal("review", "lose", Role.STATION_OFFICER, text="x") == "role_not_allowed"
    assert refusal("review", "lose", Role.GRID_WORKER, text="x") == "role_not_allowed"


@pytest.mark.law("CCL-30")
def test_time_alone_makes_nobody_lost() -> None:
    assert not [row for row in SEARCH.transitions if row.target == "lost_contact" and not row.roles]
    assert refusal("review", "lose") == "search_needs_reason"
    assert SEARCH.apply("review", "lose", role=OFFICER, facts={"text": "多日无音讯"}).target == "lost_contact"


@pytest.mark.law("CCM-38")
@pytest.mark.parametrize("missing", sorted(FOUND))
def test_found_needs_where_since_when_why_and_a_judgement(missing: str) -> None:
    assert refusal("lost_contact", "find", **FOUND | {missing: None}) == "search_end_incomplete"
    assert SEARCH.apply("lost_contact", "find", role=OFFICER, facts=FOUND).target == "found"


@pytest.mark.law("CCM-41", "CCL-51")
@pytest.mark.parametrize("event", ["detained", "die", "leave_category"])
def test_detention_and_death_rest_on_a_document(event: str) -> None:
    assert refusal("lost_contact", event, since_on=FIRST) == "search_end_incomplete"
    assert SEARCH.apply("lost_contact", event, role=OFFICER, facts={"since_on": FIRST, "document_no": "1"})


def test_every_ending_leads_out() -> None:
    targets = {row.target for row in SEARCH.transitions if row.event in ENDINGS}
    assert targets.isdisjoint(OPEN)
    assert len(targets) == len(ENDINGS)


@pytest.mark.law("CCL-26")
def test_nobody_at_work_at_school_or_next_door_is_a_way_to_search() -> None:
    assert set(SearchWay.values()) == {"communication", "informatised_check", "field_visit"}


def test_two_ways_are_two_different_ones() -> None:
    assert not tried_enough(["call", "call"])
    assert tried_enough(["call", "door"])


def test_the_review_opens_hours_after_the_contact_was_missed() -> None:
    missed = datetime.fromisoformat("2026-03-05T00:00:00+08:00")
    assert review_due(missed, 24) == missed + timedelta(days=1)


@pytest.mark.law("CCL-X1", "CCM-34")
def test_hospital_detention_leave_and_our_outages_are_out_of_the_count() -> None:
    outs = [
        Out(TakenOut.HOSPITAL, date(2026, 1, 12), date(2026, 1, 14)),
        Out(TakenOut.OUTAGE, date(2026, 1, 14), date(2026, 1, 15)),
        Out(TakenOut.DETENTION, date(2025, 12, 1), date(2026, 1, 10)),
    ]
    counted = count_days(FIRST, date(2026, 1, 20), outs, limit=10)
    assert (counted.days, counted.taken_out, counted.above_days) == (6, 5, False)


@pytest.mark.law("CCM-34")
@pytest.mark.parametrize(("last", "above"), [(date(2026, 1, 19), False), (date(2026, 1, 20), True)])
def test_more_than_ten_days_is_said_and_nothing_follows(last: date, *, above: bool) -> None:
    assert count_days(FIRST, last, [], limit=10).above_days is above


@pytest.mark.law("CCL-X1")
@pytest.mark.parametrize(("last", "above"), [(date(2026, 2, 9), False), (date(2026, 2, 10), True)])
def test_more_than_a_month_is_said_and_nothing_follows(last: date, *, above: bool) -> None:
    assert count_days(FIRST, last, [], limit=10).above_month is above

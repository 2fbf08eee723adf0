"""Follow-up as each party chose, or not at all; and the notice of other ways."""

from datetime import date, timedelta
from typing import Any

import pytest

from disputes.models import Dispute
from mediation import deadlines, jobs
from mediation.follow_up import contact_refused
from mediation.models import Agreement, Case, FollowUp
from mediation.services import follow_up_do, follow_up_wish, party_refuse, ways_tell
from mediation.services.effect import follow_ups_plan
from tasks.models import Task
from tests.cast import Member
from tests.mediation.agreed import instalments, party, reached, signed
from tests.mediation.test_cases import refused_with, state_of

Cast = dict[str, Member]
MONDAY, APRIL = date(2026, 3, 2), date(2026, 4, 1)


@pytest.mark.law("PM-FU")
def test_seven_and_thirty_days_after_each_day_of_performance() -> None:
    days = deadlines.follow_up_days(MONDAY, [APRIL, APRIL, date(2026, 4, 24)], after=[7, 30], nothing_due=30)
    assert days == [date(2026, 4, 8), date(2026, 5, 1), date(2026, 5, 24)]


@pytest.mark.law("PM-FU")
def test_with_nothing_due_once_after_thirty_days() -> None:
    assert deadlines.follow_up_days(MONDAY, [], after=[7, 30], nothing_due=30) == [APRIL]


@pytest.mark.law("PM-FU")
@pytest.mark.parametrize(
    ("choice", "form", "code"),
    [
        (None, "phone", "follow_up_not_chosen"),
        ("declined", "phone", "follow_up_declined"),
        ("visit", "phone", "follow_up_other_way"),
        ("phone", "phone", None),
    ],
)
def test_a_party_is_contacted_in_the_way_it_chose(choice: str | None, form: str, code: str | None) -> None:
    assert contact_refused(choice, form) == code


@pytest.fixture
def agreement(db: None, at_table: Case, cast: Cast) -> Agreement:
    """Something is due on 2026-04-01."""
    return signed(at_table, cast, obligations=[instalments(at_table, (APRIL, "9.00"))])


def owed_to(agreement: Agreement, number: int) -> list[date]:
    rows = FollowUp.objects.filter(agreement=agreement, party=party(agreement.case, number), state="owed")
    return [row.due_on for row in rows]


def choose(agreement: Agreement, clerk: Member, number: int, choice: str) -> bool:
    who = party(agreement.case, number).pk
    said = {"case_id": agreement.case_id, "party_id": who, "choice": choice}
    return follow_up_wish(actor=clerk.actor, **said)[1]


def doing(agreement: Agreement, clerk: Member, form: str = "phone") -> dict[str, Any]:
    row = FollowUp.objects.filter(agreement=agreement, party=party(agreement.case))[0]
    said = {"form": form, "done_on": MONDAY, "result": "performed", "note": "双方已和好"}
    return {"actor": clerk.actor, "follow_up_id": row.pk, **said}


def test_each_party_has_its_own(agreement: Agreement) -> None:
    assert [owed_to(agreement, n) for n in range(2)] == [[date(2026, 4, 8), date(2026, 5, 1)]] * 2


@pytest.mark.law("PM-FU")
def test_a_decline_ends_all_of_that_party_and_none_come_back(agreement: Agreement, cast: Cast) -> None:
    assert [choose(agreement, cast["clerk"], 0, "declined") for _ in range(2)] == [False, True]
    follow_ups_plan(agreement)
    assert (owed_to(agreement, 0), len(owed_to(agreement, 1))) == ([], 2)
    assert not Dispute.objects.get(pk=agreement.case.dispute_id).follow_up_declined


@pytest.mark.law("PM-FU")
def test_when_all_decline_the_dispute_owes_none(agreement: Agreement, cast: Cast) -> None:
    for number in range(2):
        choose(agreement, cast["clerk"], number, "declined")
    assert Dispute.objects.get(pk=agreement.case.dispute_id).follow_up_declined
    assert not FollowUp.objects.filter(state="owed").exists()


@pytest.mark.law("PM-FU")
def test_before_it_has_chosen_nobody_is_contacted(agreement: Agreement, cast: Cast) -> None:
    assert refused_with(follow_up_do, **doing(agreement, cast["clerk"])) == "follow_up_not_chosen"


@pytest.mark.law("PM-FU")
def test_done_as_chosen_the_dispute_is_followed_up(agreement: Agreement, cast: Cast) -> None:
    choose(agreement, cast["clerk"], 0, "phone")
    assert refused_with(follow_up_do, **doing(agreement, cast["clerk"], "visit")) == "follow_up_other_way"
    said = doing(agreement, cast["clerk"])
    assert [follow_up_do(**said)[1] for _ in range(2)] == [False, True]
    assert state_of(agreement.case) == ("performing", "follow_up")


@pytest.mark.law("PM-FU")
def test_a_withdrawn_case_is_never_followed_up(at_table: Case, cast: Cast) -> None:
    reached(at_table, cast["mediator"])
    party_refuse(actor=cast["clerk"].actor, case_id=at_table.pk)
    said = {"case_id": at_table.pk, "party_id": party(at_table).pk, "choice": "phone"}
    assert refused_with(follow_up_wish, actor=cast["clerk"].actor, **said) == "follow_up_not_owed"
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("days", range(36, 43))
def test_w3_follow_ups_job_list_and_worklist_agree(
    clock: Any, agreement: Agreement, cast: Cast, days: int
) -> None:
    clock.move(timedelta(days=days))
    listed = cast["clerk"].client.get("/api/v1/mediation/follow-ups", {"overdue": "true"}).json()["count"]
    jobs.due(clock.at)
    flagged = FollowUp.objects.filter(overdue_at__isnull=False).count()
    assert listed == flagged == (2 if days >= 38 else 0)


def ways_task() -> Task:
    return Task.objects.get(subject_kind="mediation_case", kind="notify")


@pytest.mark.law("PM-26")
def test_the_other_ways_are_a_task_that_telling_ends(at_table: Case, cast: Cast) -> None:
    party_refuse(actor=cast["clerk"].actor, case_id=at_table.pk)
    assert (ways_task().state, ways_task().role) == ("open", "centre_clerk")
    told = ways_tell(actor=cast["mediator"].actor, case_id=at_table.pk, form="post", ways=["10", "08"])
    assert (ways_task().state, told.ways_told) == ("done", ["08", "10"])


@pytest.mark.law("PM-26")
def test_not_deliverable_takes_two_tries_on_two_days(clock: Any, at_table: Case, cast: Cast) -> None:
    party_refuse(actor=cast["clerk"].actor, case_id=at_table.pk)
    clock.move(timedelta(days=3))
    said = {"actor": cast["clerk"].actor, "case_id": at_table.pk, "form": "not_deliverable"}
    assert refused_with(ways_tell, **said, tried_on=[MONDAY, MONDAY]) == "two_tries_needed"
    told = ways_tell(**said, tried_on=[MONDAY, date(2026, 3, 4)])
    assert (told.ways_told_on, told.ways_tried) == (date(2026, 3, 4), ["2026-03-02", "2026-03-04"])

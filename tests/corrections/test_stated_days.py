"""Days that papers state about a person in correction lie in the term, in their order, not ahead of us."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from corrections.ends import EndReason
from corrections.positioning import FindingKind
from corrections.services import (
    finding_record,
    searches,
    subject_terminate,
)
from corrections.services.aftercare import aftercare_inform
from corrections.services.evaluations import evaluation_record
from kernel import clock as clocks
from kernel.problems import Problem
from tests.cast import Member
from tests.corrections.stage import Case, days

pytestmark = pytest.mark.usefixtures("db")
LONG_AGO = date(1990, 1, 1)


def _count(case: Case, agency: Member, day: date) -> Any:
    row = searches.review_ask(actor=agency.actor, subject_id=case.subject.id, text="核查")
    return searches.days_count(
        actor=agency.actor, search_id=row.id, first_day=day, last_day=clocks.today(), outs=[]
    )


def _finding(case: Case, agency: Member, day: date) -> Any:
    return finding_record(
        actor=agency.actor, subject_id=case.subject.id, kind=FindingKind.LEFT_WITHOUT_LEAVE, happened_on=day,
        facts="离开", evidence="记录",
    )  # fmt: skip


def _aftercare(case: Case, agency: Member, day: date) -> Any:
    return aftercare_inform(actor=agency.actor, subject_id=case.subject.id, informed_on=day)


def _evaluation(case: Case, agency: Member, day: date) -> Any:
    return evaluation_record(
        actor=agency.actor, subject_id=case.subject.id, first_day=day, last_day=clocks.today(), text="评估",
        made_on=clocks.today(),
    )  # fmt: skip


def _death(case: Case, agency: Member, day: date) -> Any:
    return subject_terminate(
        actor=agency.actor, subject_id=case.subject.id, reason=EndReason.DEATH, document_no="死亡 1", on=day
    )


ACTS = [_count, _finding, _aftercare, _evaluation, _death]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__[1:])
@pytest.mark.parametrize("day", ["before the term", "ahead of us"])
def test_no_day_lies_outside_of_what_has_been(
    case: Case, agency: Member, act: Callable[..., Any], day: str
) -> None:
    ahead = clocks.today() + timedelta(days=1)
    with pytest.raises(Problem, match="invalid"):
        act(case, agency, LONG_AGO if day == "before the term" else ahead)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__[1:])
def test_today_is_taken(case: Case, agency: Member, act: Callable[..., Any]) -> None:
    assert act(case, agency, clocks.today()) is not None


@pytest.mark.law("CCM-38", refused="too")
def test_nobody_is_told_of_a_search_before_it_began_and_none_twice_otherwise(
    case: Case, agency: Member
) -> None:
    row = searches.search_at_once(actor=agency.actor, subject_id=case.subject.id, text="失联")
    said = {"actor": agency.actor, "search_id": row.id, "police": True}
    with pytest.raises(Problem, match="invalid"):
        searches.search_told(**said, told_on=clocks.today() - timedelta(days=1), document_no="函 1")
    told = [searches.search_told(**said, told_on=clocks.today(), document_no="函 1") for _ in range(2)]
    assert [row.police_document for row in told] == ["函 1", "函 1"]
    with pytest.raises(Problem, match="already_exists"):
        searches.search_told(**said, told_on=clocks.today(), document_no="函 2")


def test_found_is_not_before_since_when(case: Case, agency: Member, clock: Any) -> None:
    row = searches.search_at_once(actor=agency.actor, subject_id=case.subject.id, text="失联")
    clock.move(days(2))
    how = searches.Ending(
        "hospital", since_on=clocks.today(), found_on=clocks.today() - timedelta(days=1), text="住院"
    )
    with pytest.raises(Problem, match="invalid"):
        searches.search_end(actor=agency.actor, search_id=row.id, ending=how)

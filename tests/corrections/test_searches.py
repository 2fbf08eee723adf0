"""Missed, reviewed, lost, found: by whom, when, and with which effects."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.codes import AttemptWay, ExcuseCode, VisitOutcome
from corrections.jobs import due
from corrections.models import ActStep, DueContact, Search
from corrections.search_codes import SearchJudgement, SearchResult, SearchWay, TakenOut
from corrections.searching import Out
from corrections.services import contact_excuse
from corrections.services import searches as acts
from corrections.services.search_ending import search_close
from kernel import clock as time_source
from kernel.problems import Problem
from tasks.models import Task
from tasks.worklist import worklist
from tests.cast import Member, Worker
from tests.corrections.leaves import approved, day
from tests.corrections.stage import Case, days, item, met, submit

pytestmark = pytest.mark.usefixtures("db")
BASE = "/api/v1/corrections"


def missed(case: Case, clock: Any) -> DueContact:
    """The first contact is missed, and the day after has not begun."""
    clock.to(case.first.grace_until + timedelta(hours=1))
    due(clock.at)
    return case.first


def attempt(case: Case, way: AttemptWay) -> None:
    """A failed attempt at the missed contact, from the officer's desk."""
    body = met(case.first.id, outcome=VisitOutcome.NOT_REACHED, way=way)
    submit(case.actor, item(body))


def lost(case: Case, agency: Member) -> Search:
    return acts.search_at_once(actor=agency.actor, subject_id=case.subject.id, text="多方联系未果")


def ending(event: str, **facts: Any) -> acts.Ending:
    return acts.Ending(event, **facts)


@pytest.mark.law("CCL-30")
def test_a_review_opens_by_itself_a_day_after_and_nobody_is_lost_by_that(case: Case, clock: Any) -> None:
    contact = missed(case, clock)
    assert not Search.objects.exists()
    clock.to(contact.grace_until + timedelta(hours=24))
    due(clock.at)
    due(clock.at)
    search = Search.objects.get()
    assert (search.state, search.why, search.contact) == ("review", "time_over", contact)
    assert search.opened_by is None


@pytest.mark.law("CCL-30")
def test_two_ways_that_failed_bring_the_review_forward(case: Case, clock: Any) -> None:
    missed(case, clock)
    for way in (AttemptWay.CALL, AttemptWay.CALL):
        attempt(case, way)
        due(clock.at)
    assert not Search.objects.exists()
    attempt(case, AttemptWay.DOOR)
    due(clock.at)
    assert Search.objects.get().why == "two_ways"


def test_late_data_closes_the_review_with_its_trail(case: Case, clock: Any) -> None:
    contact = missed(case, clock)
    clock.move(days(1))
    due(clock.at)
    submit(case.actor, item(met(contact.id), at=contact.due_at - timedelta(hours=2)))
    due(clock.at)
    search = Search.objects.get()
    assert (search.state, ActStep.objects.get(row_id=search.id).event) == ("explained", "late_data")
    assert DueContact.objects.get(id=contact.id).state == "done_late"


def test_a_contact_that_was_excused_in_time_is_never_reviewed(case: Case, clock: Any) -> None:
    contact = missed(case, clock)
    contact_excuse(actor=case.actor, contact_id=contact.id, code=ExcuseCode.ILLNESS)
    clock.move(days(2))
    due(clock.at)
    assert not Search.objects.exists()


@pytest.mark.law("CCL-30")
def test_the_agency_opens_a_search_at_once_and_a_station_does_not(case: Case, agency: Member) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.search_at_once(actor=case.actor, subject_id=case.subject.id, text="失联")
    with pytest.raises(Problem, match="search_needs_reason"):
        acts.search_at_once(actor=agency.actor, subject_id=case.subject.id, text="")
    assert lost(case, agency).state == "lost_contact"


@pytest.mark.law("CCL-12", "CCL-30")
def test_a_grid_worker_files_an_attempt_and_opens_nothing(case: Case, worker: Worker) -> None:
    submit(worker.actor, item(met(case.first.id, outcome=VisitOutcome.NOT_REACHED, way=AttemptWay.DOOR)))
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.review_ask(actor=worker.actor, subject_id=case.subject.id, text="未能联系")
    assert worker.client.get(f"{BASE}/searches").json()["code"] == "role_not_allowed"


@pytest.mark.law("CCM-38")
def test_police_and_procuratorate_are_told_by_the_agency_with_day_and_document(
    case: Case, agency: Member
) -> None:
    search = lost(case, agency)
    (filled,) = [f for f in worklist(agency.actor, time_source.now()) if f.section.code == "searches_open"]
    assert filled.items[0].marks == ("police", "procuratorate")
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.search_told(
            actor=case.actor, search_id=search.id, police=True, told_on=day(0), document_no="通 1"
        )
    for police in (True, False):
        acts.search_told(
            actor=agency.actor, search_id=search.id, police=police, told_on=day(0), document_no="通 1"
        )
    states = Task.objects.filter(subject_kind__startswith="search_").values_list("state", flat=True)
    assert set(states) == {"done"}


@pytest.mark.law("CCM-38", refused="too")
def test_found_is_written_down_with_the_officer_s_judgement(case: Case, agency: Member) -> None:
    search = lost(case, agency)
    acts.search_log(
        actor=case.actor, search_id=search.id, way=SearchWay.VISIT, result=SearchResult.REACHED,
        made_at=time_source.now(), note="在亲属家中",
    )  # fmt: skip
    with pytest.raises(Problem, match="search_end_incomplete"):
        acts.search_end(actor=agency.actor, search_id=search.id, ending=ending("find"))
    full = ending(
        "find", place="外县", told="手机丢失", since_on=day(-3), found_on=day(0),
        judgement=SearchJudgement.JUSTIFIED,
    )  # fmt: skip
    found = acts.search_end(actor=agency.actor, search_id=search.id, ending=full)
    assert (found.state, found.judgement, bytes(found.place or b"") == b"") == ("found", "justified", False)
    assert not Task.objects.filter(subject_id=search.id, state="open").exists()


@pytest.mark.law("CCM-41")
@pytest.mark.parametrize(
    ("event", "code"), [("detained", "detained"), ("hospital", "illness"), ("our_error", "our_fault")]
)
def test_what_was_no_fault_of_the_person_is_excused_when_it_is_told_late(
    case: Case, agency: Member, clock: Any, event: str, code: str
) -> None:
    contact = missed(case, clock)
    search = lost(case, agency)
    facts = {"since_on": contact.open_day, "document_no": "拘 1", "text": "核实"}
    acts.search_end(actor=agency.actor, search_id=search.id, ending=ending(event, **facts))
    contact.refresh_from_db()
    assert (contact.state, contact.excuse) == ("excused", code)


@pytest.mark.parametrize("event", ["find_refusing", "die", "leave_category"])
def test_other_endings_excuse_nothing(case: Case, agency: Member, clock: Any, event: str) -> None:
    contact = missed(case, clock)
    facts = {
        "since_on": day(-1), "document_no": "文 1", "place": "外县", "told": "拒绝说明",
        "judgement": SearchJudgement.NOT_JUSTIFIED,
    }  # fmt: skip
    search = lost(case, agency)
    acts.search_end(actor=agency.actor, search_id=search.id, ending=ending(event, **facts))
    assert DueContact.objects.get(id=contact.id).state == "missed"


@pytest.mark.parametrize(
    ("act", "state"),
    [(acts.search_explain, "explained"), (acts.search_consider_admonition, "admonition_considered")],
)
def test_a_review_is_answered_in_words(case: Case, agency: Member, act: Any, state: str) -> None:
    search = acts.review_ask(actor=case.actor, subject_id=case.subject.id, text="三日未联系上")
    with pytest.raises(Problem, match="search_needs_reason"):
        act(actor=agency.actor, search_id=search.id, text="")
    assert act(actor=agency.actor, search_id=search.id, text="已说明").state == state
    assert act(actor=agency.actor, search_id=search.id, text="再次").state == state


def test_one_is_open_at_a_time(case: Case, agency: Member) -> None:
    first = acts.review_ask(actor=case.actor, subject_id=case.subject.id, text="未联系上")
    assert lost(case, agency).id == first.id
    assert acts.review_ask(actor=case.actor, subject_id=case.subject.id, text="再问").id == first.id


@pytest.mark.law("CCM-28")
def test_a_leave_that_is_over_goes_the_same_way(case: Case, agency: Member, clock: Any) -> None:
    leave = approved(case, agency, first=1, length=2)
    clock.move(days(4))
    due(clock.at)
    leave = acts.leave_review(actor=case.actor, leave_id=leave.id, text="电话不通")
    search = Search.objects.get()
    assert (leave.state, search.why, search.leave_id) == ("under_review", "leave_over", leave.id)


@pytest.mark.law("CCL-X1")
def test_days_are_counted_by_the_agency_from_stated_dates(case: Case, agency: Member, clock: Any) -> None:
    clock.move(days(60))
    search = lost(case, agency)
    body: dict[str, Any] = {"first_day": day(-40), "last_day": day(-1)}
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.days_count(actor=case.actor, search_id=search.id, outs=[], **body)
    outs = [Out(TakenOut.HOSPITAL, day(-30), day(-21), "病历 1")]
    row = acts.days_count(actor=agency.actor, search_id=search.id, outs=outs, **body)
    (shown,) = agency.client.get(f"{BASE}/searches/{search.id}").json()["counts"]
    assert (row.days, shown["above_days"], shown["above_month"]) == (30, True, False)


@pytest.mark.law("CCL-44")
def test_the_end_of_the_term_ends_every_search(case: Case, agency: Member, clock: Any) -> None:
    search = lost(case, agency)
    clock.move(days(366))
    due(clock.at)
    search.refresh_from_db()
    assert search.state == "left_category"


@pytest.mark.law("CCL-61")
def test_words_of_a_search_are_read_with_purpose(case: Case, agency: Member) -> None:
    search = acts.review_ask(actor=case.actor, subject_id=case.subject.id, text="三日未联系上")
    path = f"{BASE}/searches/{search.id}/reveal"
    assert agency.client.post(path, {}, format="json").status_code == 400
    read = agency.client.post(path, {"purpose": "handle", "reason": "核查"}, format="json").json()
    assert read["reason"] == "三日未联系上"


@pytest.mark.law("CCL-51")
def test_who_is_found_to_have_died_is_visited_no_more(case: Case, agency: Member) -> None:
    said = ending("die", since_on=time_source.today(), document_no="死亡证明 1")
    row = search_close(actor=agency.actor, search_id=lost(case, agency).id, ending=said)
    case.subject.refresh_from_db()
    assert (row.state, case.subject.state) == ("died", "ended")
    assert {contact.state for contact in case.contacts} <= {"cancelled", "missed"}


@pytest.mark.law("CCM-41")
def test_who_is_found_to_be_held_misses_nothing_from_then_on(case: Case, agency: Member, clock: Any) -> None:
    said = ending("detained", since_on=time_source.today(), document_no="拘 1", place="道里分局")
    search_close(actor=agency.actor, search_id=lost(case, agency).id, ending=said)
    clock.to(case.first.grace_until + timedelta(days=2))
    due(clock.at)
    assert case.first.state == "excused"

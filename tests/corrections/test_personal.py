"""What people report of themselves (CCM-24a): periodically on five matters, and promptly of four events."""

from datetime import date, timedelta
from typing import Any

import pytest

from corrections.models import Decision, DueContact, Finding, PeriodicReport, Search, TimelyReport, Visit
from corrections.reports import (
    TIMELY,
    ReportMatter,
    TimelyKind,
    ToldWay,
    days_until_told,
    report_form,
    report_gaps,
)
from corrections.services import visit_record
from corrections.services.personal import (
    Event,
    Reported,
    periodic_report_take,
    timely_report_look_at,
    timely_report_take,
    timely_report_take_back,
)
from kernel import clock as clocks
from kernel.problems import Problem
from kernel.transitions import StateTable
from tasks.models import Task
from tasks.worklist import worklist
from tests.cast import Member
from tests.corrections.stage import AT_OFFICE, Case, met, planned

pytestmark = pytest.mark.usefixtures("db")
BASE = "/api/v1/corrections"
READ = {"purpose": "handle", "reason": "核对定期报告"}
TOLD = {matter.value: f"{matter.zh}：无异常" for matter in ReportMatter}


@pytest.fixture
def due(stage: Any, case: Case) -> DueContact:
    """A report at the office in each week, and the first one that is due."""
    plan = planned(case.actor, case.subject, AT_OFFICE)
    found = DueContact.objects.filter(line__plan=plan).order_by("due_at").first()
    assert found is not None
    return found


def reported(**changes: Any) -> Reported:
    today = clocks.today()
    values = {
        "made_at": clocks.now(),
        "first_day": today - timedelta(days=7),
        "last_day": today,
        "told": TOLD,
    }
    return Reported(**(values | changes))


def event(**changes: Any) -> Event:
    today = clocks.today()
    values = {"happened_on": today - timedelta(days=2), "told_on": today, "text": "搬至测试路 2 号"}
    return Event(**({"kind": TimelyKind.ADDRESS, "way": ToldWay.PHONE} | values | changes))


def sections(who: Member) -> set[str]:
    return {filled.section.code for filled in worklist(who.actor, clocks.now())}


@pytest.mark.law("CCM-24a")
def test_a_periodic_report_tells_of_five_matters_and_settles_its_contact(case: Case, due: DueContact) -> None:
    row = periodic_report_take(actor=case.actor, contact_id=due.id, report=reported())
    due.refresh_from_db()
    assert (due.state, row.visit.contact_id, row.visit.form) == ("done", due.id, "4")


@pytest.mark.law("CCM-24a", refused=True)
@pytest.mark.parametrize("missing", list(ReportMatter))
def test_one_that_says_nothing_of_a_matter_is_refused_and_settles_nothing(
    case: Case, due: DueContact, missing: ReportMatter
) -> None:
    with pytest.raises(Problem, match="report_incomplete") as found:
        periodic_report_take(
            actor=case.actor, contact_id=due.id, report=reported(told=TOLD | {missing.value: " "})
        )
    due.refresh_from_db()
    assert found.value.extra["gaps"] == [missing.value]
    assert (due.state, PeriodicReport.objects.count(), Visit.objects.count()) == ("open", 0, 0)


@pytest.mark.law("CCM-24a", refused=True)
def test_a_visit_asks_for_no_report(case: Case) -> None:
    with pytest.raises(Problem, match="report_not_asked"):
        periodic_report_take(actor=case.actor, contact_id=case.first.id, report=reported())


def test_days_that_have_not_been_are_not_told_of(case: Case, due: DueContact) -> None:
    late = reported(last_day=clocks.today() + timedelta(days=1))
    with pytest.raises(Problem, match="invalid"):
        periodic_report_take(actor=case.actor, contact_id=due.id, report=late)


def test_taken_twice_it_is_the_first_one(case: Case, due: DueContact) -> None:
    first, again = (
        periodic_report_take(actor=case.actor, contact_id=due.id, report=reported()) for _ in range(2)
    )
    assert (first, Visit.objects.count()) == (again, 1)


def test_a_contact_that_was_entered_before_takes_its_report_along(case: Case, due: DueContact) -> None:
    visit = visit_record(
        actor=case.actor, contact_id=due.id, body=met(due.id, point=None), made_at=clocks.now()
    )
    row = periodic_report_take(actor=case.actor, contact_id=due.id, report=reported())
    assert (row.visit_id, Visit.objects.count()) == (visit, 1)


def test_another_station_finds_no_contact_to_report_at(due: DueContact, other_officer: Member) -> None:
    with pytest.raises(Problem, match="not_found"):
        periodic_report_take(actor=other_officer.actor, contact_id=due.id, report=reported())


@pytest.mark.law("CCL-54")
def test_its_words_are_read_for_a_purpose_alone(case: Case, due: DueContact, officer: Member) -> None:
    today = clocks.today().isoformat()
    body = {"contact": str(due.id), "made_at": clocks.now().isoformat(), "first_day": today, "told": TOLD}
    made = officer.client.post(f"{BASE}/periodic-reports", body | {"last_day": today}, format="json").json()
    assert not set(TOLD) & set(made)
    url = f"{BASE}/periodic-reports/{made['id']}/reveal"
    assert officer.client.post(url, {}, format="json").status_code == 400
    assert officer.client.post(url, READ, format="json").json() == TOLD


def test_a_plan_says_by_which_form_the_person_reports(due: DueContact, officer: Member) -> None:
    rows = officer.client.get(f"{BASE}/plans").json()["results"]
    assert [(row["state"], row["report_form"]) for row in rows] == [("in_force", "4"), ("replaced", "")]


@pytest.mark.law("CCM-24a")
@pytest.mark.parametrize("kind", list(TimelyKind))
def test_an_event_that_is_told_waits_for_an_officer_and_starts_nothing(
    case: Case, officer: Member, kind: TimelyKind
) -> None:
    tasks = Task.objects.count()
    row = timely_report_take(actor=case.actor, subject_id=case.subject.id, event=event(kind=kind))
    assert "timely_reports" in sections(officer)
    timely_report_look_at(actor=case.actor, report_id=row.id, text="已上门核实")
    assert "timely_reports" not in sections(officer)
    begun = [model.objects.count() for model in (Decision, Finding, Search)]
    assert (begun, Task.objects.count()) == ([0, 0, 0], tasks)


@pytest.mark.law("CCM-24a", refused=True)
def test_an_event_of_another_kind_cannot_be_entered(case: Case, officer: Member) -> None:
    today = clocks.today().isoformat()
    body = {"subject": str(case.subject.id), "way": "phone", "happened_on": today, "told_on": today}
    answer = officer.client.post(
        f"{BASE}/timely-reports", body | {"kind": "mood", "text": "情绪低落"}, format="json"
    )
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["kind"])


@pytest.mark.parametrize("days", [{"told_on": 1}, {"happened_on": 1, "told_on": 0}])
def test_what_has_not_happened_is_not_told(case: Case, days: dict[str, int]) -> None:
    wrong = {name: clocks.today() + timedelta(days=ahead) for name, ahead in days.items()}
    with pytest.raises(Problem, match="invalid"):
        timely_report_take(actor=case.actor, subject_id=case.subject.id, event=event(**wrong))


def test_an_officer_says_what_is_done_about_it(case: Case) -> None:
    row = timely_report_take(actor=case.actor, subject_id=case.subject.id, event=event())
    with pytest.raises(Problem, match="reason_required"):
        timely_report_look_at(actor=case.actor, report_id=row.id, text="")


@pytest.mark.parametrize("looked_at", [True, False])
def test_one_that_was_not_so_stays_and_counts_no_more(case: Case, looked_at: bool) -> None:
    row = timely_report_take(actor=case.actor, subject_id=case.subject.id, event=event())
    if looked_at:
        timely_report_look_at(actor=case.actor, report_id=row.id, text="已核实")
    again = [
        timely_report_take_back(actor=case.actor, report_id=row.id, text="登记错人").state for _ in range(2)
    ]
    assert (again, TimelyReport.objects.count()) == (["not_so", "not_so"], 1)


def test_another_station_finds_no_event(case: Case, other_officer: Member) -> None:
    row = timely_report_take(actor=case.actor, subject_id=case.subject.id, event=event())
    for act in (timely_report_look_at, timely_report_take_back):
        with pytest.raises(Problem, match="not_found"):
            act(actor=other_officer.actor, report_id=row.id, text="看到")


def test_the_days_until_it_was_told_are_shown(case: Case, officer: Member) -> None:
    timely_report_take(actor=case.actor, subject_id=case.subject.id, event=event())
    (row,) = officer.client.get(f"{BASE}/timely-reports?kind=address").json()["results"]
    assert (row["days_until_told"], "text" in row) == (2, False)


@pytest.mark.parametrize(("told", "gaps"), [({}, list(TOLD)), (TOLD, []), (TOLD | {"study": ""}, ["study"])])
def test_gaps_are_named_in_their_order(told: dict[str, str], gaps: list[str]) -> None:
    assert report_gaps(told) == gaps


@pytest.mark.parametrize(("forms", "form"), [("35", "5"), ("543", "4"), ("13", ""), ("", "")])
def test_the_office_comes_before_the_paper(forms: str, form: str) -> None:
    assert report_form(forms) == form


def test_time_does_nothing_to_an_event_and_no_number_is_late() -> None:
    assert isinstance(TIMELY, StateTable)
    assert all(row.roles for row in TIMELY.transitions)
    assert days_until_told(date(2026, 3, 1), date(2026, 3, 1)) == 0

"""What a court does with a proposal, and its clocks; the dated facts of an order."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from corrections.court import CourtFactKind, court_clocks, court_gap
from corrections.decisions import DecisionKind
from corrections.models import CourtFact, Decision, OrderDate
from corrections.reception_codes import OrderDateKind, ReceptionPlace
from corrections.services.arrivals import order_date_record
from corrections.services.courts import AtCourt, clocks_of, court_fact_record
from corrections.services.receiving import reception_open, reception_report_in
from kernel import clock as time_source
from kernel.problems import Problem
from tasks.worklist import worklist
from tests.cast import Member
from tests.corrections.decided import decided
from tests.corrections.leaves import day
from tests.corrections.stage import Case, days

MONDAY = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
K = CourtFactKind


@pytest.mark.law("CCL-46/48", "CCL-47")
def test_each_clock_of_the_court_has_its_source_and_its_end() -> None:
    facts = [(K.RECEIVED, MONDAY), (K.ARREST_ASKED, MONDAY), (K.ARRESTED, MONDAY)]
    found = {row.key: row for row in court_clocks(DecisionKind.REVOKE_SUSPENSION, facts)}
    assert found["court_ruling"].law == "CCL-46/48"
    assert found["court_ruling"].due_at == datetime.fromisoformat("2026-04-02T00:00:00+08:00")
    assert found["court_arrest"].due_at == MONDAY + timedelta(hours=48)
    assert found["court_custody"].due_at == found["court_ruling"].due_at


@pytest.mark.law("CCL-33", "CCL-49")
@pytest.mark.parametrize(
    ("kind", "law"), [(DecisionKind.COMMUTE, "CCL-33"), (DecisionKind.IMPRISON, "CCL-49")]
)
def test_a_ruling_in_time_never_ran_out(kind: DecisionKind, law: str) -> None:
    (row,) = court_clocks(kind, [(K.RECEIVED, MONDAY), (K.RULED, MONDAY + days(9))])
    assert (row.law, row.ran_out(MONDAY + days(99))) == (law, False)


@pytest.mark.law("CCL-47", "CCL-49")
def test_only_a_proposal_of_revocation_may_lead_to_an_arrest() -> None:
    assert court_gap(DecisionKind.IMPRISON, True, K.ARREST_ASKED) == "arrest_not_of_kind"
    assert court_gap(DecisionKind.WARNING, True, K.RECEIVED) == "court_needs_proposal"
    assert court_gap(DecisionKind.IMPRISON, False, K.RECEIVED) == "court_needs_proposal"
    assert court_gap(DecisionKind.IMPRISON, True, K.RECEIVED) is None


@pytest.fixture
def proposal(case: Case, agency: Member) -> Decision:
    return decided(case.actor, agency.actor, case.subject, DecisionKind.REVOKE_SUSPENSION)


def at(kind: CourtFactKind, **changes: Any) -> AtCourt:
    return AtCourt(**{"kind": kind, "at": time_source.now(), "organ": "测试法院"} | changes)


@pytest.mark.law("CCL-46/48")
def test_a_hearing_names_the_lawyer_and_the_newest_fact_holds(
    proposal: Decision, agency: Member, clock: Any
) -> None:
    said = {"actor": agency.actor, "decision_id": proposal.id}
    court_fact_record(**said, fact=at(K.HEARD, lawyer="测试律师"))
    for document_no in ("收 1", "收 1", "收 2"):
        court_fact_record(**said, fact=at(K.RECEIVED, document_no=document_no))
    assert CourtFact.objects.filter(kind=K.RECEIVED).count() == 2
    assert [row.key for row in clocks_of(proposal)] == ["court_ruling"]
    shown = agency.client.get(f"/api/v1/corrections/decisions/{proposal.id}/court-clocks").json()
    assert [(row["law"], row["ran_out"]) for row in shown] == [("CCL-46/48", False)]


@pytest.mark.law("CCL-9/10", "CCL-46/48")
def test_a_station_writes_nothing_of_the_court_down(proposal: Decision, officer: Member) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        court_fact_record(actor=officer.actor, decision_id=proposal.id, fact=at(K.RECEIVED))


@pytest.mark.law("CCL-47")
def test_a_fact_that_does_not_fit_is_refused(proposal: Decision, agency: Member) -> None:
    wrong = (at(K.RECEIVED, lawyer="测试律师"), at(K.RECEIVED, at=time_source.now() + days(1)))
    for fact in wrong:
        with pytest.raises(Problem, match="invalid"):
            court_fact_record(actor=agency.actor, decision_id=proposal.id, fact=fact)


@pytest.mark.law("CCL-20", "CCM-16")
def test_the_organ_s_lateness_is_its_own_and_the_receipt_is_ours(
    case: Case, officer: Member, clock: Any
) -> None:
    order, url = case.order, f"/api/v1/corrections/orders/{case.order.id}/dates"
    reception_open(actor=officer.actor, subject_id=case.subject.id, place=ReceptionPlace.OFFICE)
    clock.move(days(12))
    for kind, on in (("notified", day(-6)), ("documents", day(0))):
        answer = officer.client.post(url, {"kind": kind, "on": str(on)}, format="json")
        assert answer.status_code == 201
    assert "receipts_due" in {row.section.code for row in worklist(officer.actor, clock.at)}
    order_date_record(actor=officer.actor, order_id=order.id, kind=OrderDateKind.RECEIPT, on=day(0))
    (row,) = officer.client.get("/api/v1/corrections/receptions").json()["results"]
    clocks = [(c["key"], c["owed_by"], c["late_days"]) for c in row["clocks"][0]["clocks"]]
    assert clocks == [
        ("notice", "organ", 1), ("service", "organ", 2), ("report_in", "person", 2), ("receipt", "agency", 0),
    ]  # fmt: skip
    assert "receipts_due" not in {row.section.code for row in worklist(officer.actor, clock.at)}


@pytest.mark.law("CCM-16")
def test_no_receipt_goes_back_for_papers_that_have_not_come(case: Case) -> None:
    with pytest.raises(Problem, match="receipt_needs_documents"):
        order_date_record(actor=case.actor, order_id=case.order.id, kind=OrderDateKind.RECEIPT, on=day(0))


@pytest.mark.law("CCL-20")
def test_a_day_that_was_read_wrong_is_put_right_by_a_new_row(case: Case) -> None:
    for on in (day(-1), day(-1), day(0)):
        order_date_record(actor=case.actor, order_id=case.order.id, kind=OrderDateKind.NOTIFIED, on=on)
    assert list(OrderDate.objects.values_list("on", flat=True)) == [day(-1), day(0)]
    with pytest.raises(Problem, match="invalid"):
        order_date_record(actor=case.actor, order_id=case.order.id, kind=OrderDateKind.NOTIFIED, on=day(1))


@pytest.mark.law("CCL-21")
def test_a_report_in_that_comes_later_stops_the_clock(case: Case, officer: Member, clock: Any) -> None:
    row = reception_open(actor=officer.actor, subject_id=case.subject.id, place=ReceptionPlace.OFFICE)
    clock.move(days(11))
    for on in (day(-2), day(-1), day(-1)):
        row = reception_report_in(actor=officer.actor, reception_id=row.id, on=on)
    assert row.reported_in_on == day(-1)
    assert "reports_in_late" not in {each.section.code for each in worklist(officer.actor, clock.at)}
    with pytest.raises(Problem, match="invalid"):
        reception_report_in(actor=officer.actor, reception_id=row.id, on=day(1))


@pytest.mark.law("CCM-17")
def test_who_owes_the_report_in_and_does_not_come_is_shown_until_the_organ_knows(
    case: Case, officer: Member, clock: Any
) -> None:
    reception_open(actor=officer.actor, subject_id=case.subject.id, place=ReceptionPlace.OFFICE)
    assert "reports_in_late" not in {row.section.code for row in worklist(officer.actor, clock.at)}
    clock.move(days(11))
    assert "reports_in_late" in {row.section.code for row in worklist(officer.actor, clock.at)}
    order_date_record(actor=case.actor, order_id=case.order.id, kind=OrderDateKind.LATE_TOLD, on=day(0))
    assert "reports_in_late" not in {row.section.code for row in worklist(officer.actor, clock.at)}

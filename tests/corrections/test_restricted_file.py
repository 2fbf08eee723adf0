"""A restricted file is in no list; the agency's head and the procurator open its index and each record of it,
against a row in the read log."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.codes import VisitOutcome
from corrections.jobs import due
from corrections.models import Decision, Plan, Subject
from corrections.services import receiving
from corrections.services.evaluations import evaluation_record
from kernel import clock as clocks
from privacy.models import ReadLog
from tests.cast import Member
from tests.corrections import decided, leaves
from tests.corrections.leaves import day
from tests.corrections.positioned import found
from tests.corrections.stage import Case, item, met, submit

pytestmark = pytest.mark.usefixtures("db")
BASE = "/api/v1/corrections"
READ = {"purpose": "supervise", "reason": "检察监督"}


@pytest.fixture
def over(case: Case, officer: Member, agency: Member, clock: Any) -> Case:
    """A file with something of many kinds, a minute after the last day."""
    submit(case.actor, item(met(case.first.id, outcome=VisitOutcome.MET)))
    decided.decided(case.actor, agency.actor, case.subject)
    leaves.approved(case, agency, length=10)
    found(agency.actor, case.subject)
    filed = receiving.Filed("correction", "legal", "判决书", day(0), 3, "柜 1")
    receiving.item_file(actor=officer.actor, subject_id=case.subject.id, filed=filed)
    evaluation_record(
        actor=officer.actor, subject_id=case.subject.id, first_day=day(0), last_day=day(0), made_on=day(0),
        text="表现平稳",
    )  # fmt: skip
    last = Subject.objects.get().ends_on
    assert last is not None
    clock.to(clocks.day_end(last) + timedelta(minutes=1))
    due(clock.at)
    return case


def index(who: Member, case: Case) -> Any:
    return who.client.post(f"{BASE}/subjects/{case.subject.id}/file", READ, format="json")


def reveal(who: Member, row: dict[str, Any]) -> int:
    url = f"{BASE}/{row['kind']}/{row['id']}/reveal"
    answered: int = who.client.post(url, READ, format="json").status_code
    return answered


@pytest.mark.law("PI-19/47", "CCL-8")
def test_head_and_procurator_open_the_index_and_each_record(
    over: Case, agency_head: Member, procurator: Member
) -> None:
    assert agency_head.client.get(f"{BASE}/decisions").json()["count"] == 0
    kinds = {"visits", "decisions", "leaves", "findings", "file-items", "plans", "evaluations"}
    for who in (agency_head, procurator):
        rows = [row for row in index(who, over).json()["records"] if row["kind"] in kinds]
        assert {row["kind"] for row in rows} == kinds
        assert {row["kind"]: reveal(who, row) for row in rows} == dict.fromkeys(kinds, 200)


@pytest.mark.law("PI-19/47")
def test_each_reading_leaves_its_row(over: Case, agency_head: Member) -> None:
    index(agency_head, over)
    reveal(agency_head, {"kind": "decisions", "id": Decision.objects.get().id})
    rows = ReadLog.objects.order_by("read_at", "id").values_list("subject_kind", "fields")
    assert [(kind, len(fields) > 0) for kind, fields in rows] == [
        ("subject", True), ("correction_decision", True),
    ]  # fmt: skip


@pytest.mark.law("MN-18", refused=True)
def test_for_everybody_else_there_is_no_such_file(
    over: Case, officer: Member, agency: Member, other_officer: Member
) -> None:
    for who in (officer, agency, other_officer):
        assert index(who, over).status_code == 404
        for kind, pk in (("decisions", Decision.objects.get().id), ("plans", Plan.objects.get().id)):
            assert reveal(who, {"kind": kind, "id": pk}) == 404


def test_a_purpose_and_a_reason_are_asked_for(over: Case, agency_head: Member) -> None:
    url = f"{BASE}/subjects/{over.subject.id}/file"
    assert agency_head.client.post(url, {"purpose": "supervise"}, format="json").status_code == 400


@pytest.mark.law("CCL-29d", refused=True)
def test_the_index_tells_a_station_nothing_of_positioning(
    case: Case, agency: Member, officer: Member
) -> None:
    found(agency.actor, case.subject)
    kinds = [{row["kind"] for row in index(who, case).json()["records"]} for who in (officer, agency)]
    assert ["findings" in of for of in kinds] == [False, True]

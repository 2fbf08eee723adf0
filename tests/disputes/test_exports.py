"""Disputes as a file: neutral cells, one zone, nothing protected, a share-log row; its days are the
dashboard's."""

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from disputes.models import Dispute
from kernel.clock import day_start
from privacy.codes import Processing
from privacy.models import Share
from tests.cast import District, Member, Worker
from tests.disputes.made import BEATING, LI, WANG, ZHANG, body, dispute_of, screened
from tests.privacy import made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
EXPORT, DAYS = "/api/v1/disputes/export", "/api/v1/disputes/by-day"


@pytest.fixture
def switched_on(clock: Any, director: Member) -> None:
    made.switched_on(Processing.EXPORT_CASES)


def fresh(member: Member) -> Any:
    return Member(member.user, member.membership).client


def export(member: Member, **asked: Any) -> Any:
    return fresh(member).get(EXPORT, {"format": "csv", "purpose": "季度研判", **asked})


def rows(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "-1+1", "@SUM", "\t=1", "＝1"])
def test_e1_a_brief_does_not_run_as_a_formula(
    text: str, district: District, worker: Worker, director: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    Dispute.objects.filter(id=dispute.id).update(brief=text)
    (row,) = rows(export(director))
    assert (row["编号"], row["简要情况"], row["当事人数"]) == (dispute.code, f"'{text}", "2")
    sheet = load_workbook(io.BytesIO(export(director, format="xlsx").content)).active
    (cell,) = [cell for line in sheet.iter_rows() for cell in line if text in str(cell.value)]
    assert (cell.data_type, cell.value) == ("s", f"'{text}")


@pytest.mark.usefixtures("switched_on")
def test_e2_days_of_the_file_are_those_of_the_dashboard(
    clock: Any, district: District, worker: Worker, director: Member
) -> None:
    parties = iter([[ZHANG], [LI], [WANG]])
    for at in ((1, 16, 30), (1, 23, 59), (2, 16, 1)):  # 00:30 and 07:59 of the 2nd, 00:01 of the 3rd
        clock.to(datetime(2026, 3, at[0], at[1], at[2], tzinfo=UTC))
        screened(worker, body(district, parties=next(parties)))
    days = Counter(row["登记日"] for row in rows(export(director)))
    told = {line["day"]: line["count"] for line in fresh(director).get(DAYS).json()}
    assert days == told == {"2026-03-02": 2, "2026-03-03": 1}
    assert {row["登记时间（UTC+08:00）"][-6:] for row in rows(export(director))} == {"+08:00"}


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize("days", range(-1, 6))
def test_w3_list_file_and_dashboard_count_the_same_ended_watches(
    clock: Any, district: District, worker: Worker, director: Member, days: int
) -> None:
    until = date(2026, 3, 10)
    watched = body(district, parties=[], outcome="watching", watch_until=until.isoformat())
    screened(worker, watched)
    clock.to(day_start(until + timedelta(days=days)) + timedelta(hours=23))
    over = {"watch_over": "true"}
    listed = fresh(director).get("/api/v1/disputes", over).json()["results"]
    counted = sum(line["count"] for line in fresh(director).get(DAYS, over).json())
    assert len(listed) == len(rows(export(director, **over))) == counted == int(days >= 1)


@pytest.mark.law("DV-23")
@pytest.mark.usefixtures("switched_on")
def test_what_is_protected_stands_in_no_file_and_no_count(
    district: District, worker: Worker, director: Member
) -> None:
    screened(worker, body(district, signs=[BEATING]))
    assert rows(export(director)) == []
    assert director.client.get(DAYS).json() == []


@pytest.mark.law("PI-55/56")
def test_without_an_impact_assessment_nothing_is_exported(director: Member) -> None:
    assert export(director).json()["code"] == "processing_off"


@pytest.mark.law("PI-33/34/37", refused="too")
@pytest.mark.usefixtures("switched_on")
def test_each_file_leaves_a_row_and_needs_a_purpose(
    district: District, worker: Worker, director: Member
) -> None:
    screened(worker, body(district))
    assert export(director, purpose="").json()["code"] == "share_incomplete"
    export(director)
    share = Share.objects.get()
    assert (share.recipient_kind, share.records, share.purpose) == ("export", 1, "季度研判")


@pytest.mark.usefixtures("switched_on")
def test_a_file_has_the_filters_and_pages_of_the_list(
    district: District, worker: Worker, director: Member
) -> None:
    for party in (ZHANG, LI, WANG):
        screened(worker, body(district, parties=[party]))
    first = export(director, limit=2)
    assert (len(rows(first)), first["X-Total-Count"]) == (2, "3")
    assert len(rows(export(director, limit=2, offset=2))) == 1
    assert rows(export(director, state="archived")) == []
    assert export(director, format="pdf").json()["code"] == "bad_parameter"


@pytest.mark.usefixtures("switched_on")
def test_the_other_street_and_the_worker_get_none_of_it(
    district: District, worker: Worker, other_director: Member
) -> None:
    screened(worker, body(district))
    assert rows(export(other_director)) == []
    assert worker.client.get(EXPORT).json()["code"] == "role_not_allowed"

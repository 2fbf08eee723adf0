from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, transaction

from kernel import clock
from privacy.models import ReadLog
from privacy.selectors import bulk_reads
from tests.cast import Member

pytestmark = pytest.mark.django_db


def _row(**changes: Any) -> ReadLog:
    said = {
        "read_at": clock.now(), "reader_id": uuid4(), "role": "mediator", "subject_kind": "dispute",
        "subject_id": uuid4(), "fields": ["phone"], "purpose": "contact", "reason": "约定调解时间",
    }  # fmt: skip
    return ReadLog.objects.create(**(said | changes))


def _read(reader: UUID, times: int, at: datetime, subject: UUID | None = None) -> None:
    for _ in range(times):
        _row(reader_id=reader, read_at=at, subject_id=subject or uuid4())


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_read_log_only_grows(act: str) -> None:
    row = _row()
    with pytest.raises(ProgrammingError), transaction.atomic():
        ReadLog.objects.filter(pk=row.pk).update(reason="x") if act == "update" else row.delete()


def test_the_auditor_reads_who_opened_what_and_why(auditor: Member) -> None:
    row, _other = _row(), _row()
    listed = auditor.client.get("/api/v1/privacy/reads", {"reader_id": str(row.reader_id)}).json()
    (shown,) = listed["results"]
    assert (shown["purpose"], shown["reason"], shown["fields"]) == ("contact", "约定调解时间", ["phone"])


@pytest.mark.law("CCL-61", refused=True)
@pytest.mark.parametrize("name", ["bureau_head", "agency_head", "admin", "officer"])
def test_nobody_else_reads_it(request: pytest.FixtureRequest, name: str) -> None:
    who: Member = request.getfixturevalue(name)
    _row()
    assert who.client.get("/api/v1/privacy/reads").json()["code"] == "role_not_allowed"


@pytest.mark.law("CCL-61", "PI-51")
def test_who_opens_many_records_on_one_day_stands_in_the_report(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDGOV_BULK_READ_RECORDS", "3")
    today, curious, busy = clock.at, uuid4(), uuid4()
    _read(curious, 4, today)
    _read(busy, 9, today, subject=uuid4())
    _read(busy, 2, today)
    (row,) = bulk_reads(date(2026, 3, 1))["rows"]
    assert (row["reader_id"], row["readings"], row["records"]) == (curious, 4, 4)
    assert row["day"] == date(2026, 3, 2)
    assert bulk_reads(date(2026, 2, 1))["rows"] == []


@pytest.mark.law("CCL-61")
def test_a_day_is_a_local_day(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDGOV_BULK_READ_RECORDS", "3")
    midnight, reader = clock.at.replace(hour=16, minute=0), uuid4()
    _read(reader, 2, midnight - timedelta(minutes=1))
    _read(reader, 2, midnight)
    assert bulk_reads(date(2026, 3, 1))["rows"] == []
    _read(reader, 2, midnight + timedelta(hours=23))
    assert [row["day"].day for row in bulk_reads(date(2026, 3, 1))["rows"]] == [3]


def test_the_report_is_for_auditor_and_bureau_by_month(auditor: Member, bureau_head: Member) -> None:
    url = "/api/v1/privacy/bulk-reads"
    said = [who.client.get(url, {"month": "2026-03"}).status_code for who in (auditor, bureau_head)]
    assert said == [200, 200]
    assert auditor.client.get(url, {"month": "2026-13"}).json()["code"] == "bad_parameter"

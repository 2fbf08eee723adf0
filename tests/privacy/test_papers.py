"""Forms of privacy, blank and filled."""

import io
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from disputes.models import Dispute
from kernel import clock as time_source
from kernel.ids import uuid7
from privacy import selectors
from privacy.models import Closing, DestructionEntry, DestructionList, LawfulQuery, PersonRequest, ReadLog
from privacy.papers.forms import FORMS
from privacy.services import query_approve, query_enter, query_refuse
from privacy.services.papers import query_paper
from tests.cast import Member
from tests.privacy.test_people import asked, dispute, post

pytestmark = pytest.mark.django_db
__all__ = ["dispute"]
URL = "/api/v1/privacy"


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def lacks(found: str, *words: str) -> list[str]:
    return [word for word in words if word not in found]


def query(keeper: Member) -> LawfulQuery:
    return query_enter(
        actor=keeper.actor, unit="区检察院", basis="MI-59", document_no="查 1 号", scope=("name",),
        seal_number="封 7",
    )  # fmt: skip


def listed(keeper: Member, head: Member) -> DestructionList:
    """A list with one sealed and one restricted record, signed once."""
    now, day = time_source.now(), time_source.today()
    made = DestructionList.objects.create(
        subject_kind="subject", state="signed", drafted_at=now, first_id=keeper.user.id, first_at=now,
        document_no="销毁 1 号",
    )  # fmt: skip
    for state, number in (("sealed", "封 7"), ("restricted", None)):
        row = Closing.objects.create(
            subject_kind="subject", subject_id=uuid7(), state=state, seal_number=number, retention_until=day
        )
        DestructionEntry.objects.create(list=made, closing=row, retention_until=day)
    return made


def test_every_form_is_there_blank(clock: Any, worker: Member) -> None:
    rows = worker.client.get(f"{URL}/forms").json()
    assert [form["key"] for form in rows] == [form.key for form in FORMS]
    for form in rows:
        assert form["title"] in text_of(worker.client.get(f"{URL}/forms/{form['key']}/blank"))


@pytest.mark.law("PI-45/46/50")
def test_a_refused_request_prints_its_reason_and_where_to_complain(clock: Any, clerk: Member) -> None:
    pk = asked(clerk).json()["id"]
    post(clerk, f"requests/{pk}/refuse", reason="涉及他人隐私")
    found = text_of(clerk.client.get(f"{URL}/requests/{pk}/paper"))
    words = ("■查阅", "申请1号", "2026年3月23日", "■不予办理", "涉及他人隐私", "投诉、举报", clerk.user.name)
    assert lacks(found, *words) == []
    assert "■已核验" not in found


def test_an_answered_request_says_who_checked_the_identity_and_not_whose_record(
    clock: Any, clerk: Member
) -> None:
    subject, pk = uuid7(), asked(clerk).json()["id"]
    PersonRequest.objects.filter(pk=pk).update(
        state="identified", identified_by=clerk.user.id, subject_kind="dispute", subject_id=subject
    )
    post(clerk, f"requests/{pk}/answer", document_no="复 1 号")
    found = text_of(clerk.client.get(f"{URL}/requests/{pk}/paper"))
    assert lacks(found, "■已核验", f"身份核验人：{clerk.user.name}", "■已答复", "复1号") == []
    assert str(subject) not in found


def test_a_request_is_printed_by_its_own_office(clock: Any, clerk: Member, other_clerk: Member) -> None:
    pk = asked(clerk).json()["id"]
    assert other_clerk.client.get(f"{URL}/requests/{pk}/paper").status_code == 404
    assert clerk.client.get(f"{URL}/requests/{pk}/paper?format=odt").json()["code"] == "bad_parameter"


@pytest.mark.law("PI-19/47")
def test_a_destruction_list_has_number_class_and_day_and_two_lines_to_sign(
    clock: Any, archivist: Member, bureau_head: Member, clerk: Member
) -> None:
    made = listed(archivist, bureau_head)
    url = f"{URL}/destruction-lists/{made.pk}/paper"
    found = text_of(archivist.client.get(url))
    words = ("封7", "销毁1号", "一人已签", "第一签字人", "第二签字人", archivist.user.name, "2026年3月")
    assert lacks(found, *words) == []
    ids = [str(pk) for pk in Closing.objects.values_list("subject_id", flat=True)]
    assert len(lacks(found, *ids)) == len(ids)
    assert clerk.client.get(url).status_code == 403


@pytest.mark.law("MI-SEAL", "CCL-54")
def test_a_query_prints_who_asked_for_what_and_who_approved(
    clock: Any, archivist: Member, bureau_head: Member, auditor: Member
) -> None:
    row = query_approve(actor=bureau_head.actor, query_id=query(archivist).pk)
    found = text_of(auditor.client.get(f"{URL}/lawful-queries/{row.pk}/paper"))
    words = ("区检察院", "MI-59", "封7", "name", "■批准查询", archivist.user.name, bureau_head.user.name)
    assert lacks(found, *words) == []


def test_a_query_refused_after_its_approval_names_no_approval(
    clock: Any, archivist: Member, bureau_head: Member
) -> None:
    row = query_approve(actor=bureau_head.actor, query_id=query(archivist).pk)
    query_refuse(actor=bureau_head.actor, query_id=row.pk, reason="依据不足")
    found = text_of(archivist.client.get(f"{URL}/lawful-queries/{row.pk}/paper"))
    assert lacks(found, "■不予查询", "依据不足") == []
    assert bureau_head.user.name not in found
    assert query_paper(actor=archivist.actor, query_id=row.pk).title == "封存记录依法查询审批表"


def readings(pk: Any, *hours: int) -> None:
    """One reading at each hour from now."""
    ReadLog.objects.bulk_create(
        ReadLog(
            read_at=time_source.now() + timedelta(hours=hour), reader_id=uuid7(), role="mediator",
            subject_kind="dispute", subject_id=pk, fields=["name"], purpose="contact", reason="约时间",
        )
        for hour in hours
    )  # fmt: skip


@pytest.fixture
def checked(clerk: Member, dispute: Dispute) -> str:
    """The log of a request whose identity was checked."""
    pk = asked(clerk).json()["id"]
    post(clerk, f"requests/{pk}/identify", subject_kind="dispute", subject_id=str(dispute.pk))
    return f"{URL}/requests/{pk}/log"


@pytest.mark.law("PI-45/46/50")
def test_the_log_is_printed_by_role_and_purpose(
    checked: str, dispute: Dispute, clerk: Member, other_clerk: Member
) -> None:
    readings(dispute.pk, 0)
    found = text_of(clerk.client.get(f"{checked}/paper"))
    assert lacks(found, "申请1号", "查阅", "人民调解员", "联系当事人") == []
    assert "没有列出" not in found
    assert other_clerk.client.get(f"{checked}/paper").status_code == 404


@pytest.mark.law("PI-45/46/50")
def test_a_long_log_says_what_is_left_off_and_goes_on_from_there(
    checked: str, dispute: Dispute, clerk: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "MOST", 2)
    readings(dispute.pk, -3, -2, -1)
    first = clerk.client.get(checked).json()
    assert (len(first["rows"]), first["left_off"]) == (2, {"read": 1})
    assert "另有查阅1条没有列出" in text_of(clerk.client.get(f"{checked}/paper"))
    rest = clerk.client.get(checked, {"since": first["go_on_from"]}).json()
    assert (len(rest["rows"]), rest["left_off"], rest["go_on_from"]) == (1, {}, None)


def test_a_log_starts_at_no_odd_moment(checked: str, clerk: Member) -> None:
    codes = [clerk.client.get(checked, {"since": at}).json()["code"] for at in ("9999-01-01T00:00:00Z", "x")]
    assert codes == ["bad_parameter"] * 2

"""Copies of a file: what stands in each, for whom it is made, and that it is on record."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import docx
import pytest
from pypdf import PdfReader

from audit.models import AuditEvent
from disputes.services import protection_set, wish_record
from kernel.problems import Problem
from mediation.models import DossierCopy, Referral
from mediation.services.dossiers import Asked, Made, dossier_make
from privacy.models import ReadLog, Share
from tests.cast import District, Member
from tests.disputes.made import LI, ZHANG
from tests.mediation import filed as made_file
from tests.mediation.filed import MINUTES, SECRET, WORDS, Filed
from tests.mediation.made import asking, referred

pytestmark = pytest.mark.django_db
CASES = "/api/v1/mediation/cases"
WHY = {"purpose": "handle", "reason": "立卷归档"}


@pytest.fixture
def filed(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Filed:
    return made_file.filled(district, worker, clerk, mediator)


def copy(filed: Filed, kind: str, *, who: Member | None = None, form: str = "pdf", **asked: Any) -> Made:
    actor = (who or filed.clerk).actor
    return dossier_make(actor=actor, case_id=filed.case.pk, asked=Asked(kind, **asked), form=form, **WHY)


def every(filed: Filed, who: Member | None = None) -> dict[str, str]:
    """The text of each copy of the file, by a name."""
    sent = referred(filed.clerk, filed.first, papers=["identity", "evidence", "application"])
    asked = {
        "committee": {"kind": "committee"},
        "first": {"kind": "party", "party_id": filed.first.pk},
        "second": {"kind": "party", "party_id": filed.second.pk},
        "court": {"kind": "court", "recipient": "某区人民法院"},
        "transfer": {"kind": "transfer", "referral_id": sent.pk},
    }
    if who is filed.mediator:
        del asked["transfer"]  # only the desk sends anything
    return {name: text_of(copy(filed, who=who, **body).content) for name, body in asked.items()}


def text_of(content: bytes) -> str:
    found = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return "".join(found.split())


def holding(copies: dict[str, str], text: str) -> set[str]:
    return {name for name, found in copies.items() if text in found}


@pytest.mark.law("PM-15")
def test_what_was_said_alone_is_in_no_copy_whoever_makes_it(filed: Filed, director: Member) -> None:
    for who in (filed.clerk, director, filed.mediator):
        copies = every(filed, who)
        assert holding(copies, SECRET) == set()
        assert holding(copies, WORDS["mediators"]) == set()


def test_each_visibility_stands_in_its_copies_and_no_other(filed: Filed) -> None:
    copies = every(filed)
    found = {name: holding(copies, text) for name, text in WORDS.items()}
    assert found == {
        "all_parties": {"committee", "first", "second", "court", "transfer"},
        "one_party": {"committee", "first", "transfer"},
        "mediators": set(),
        "centre": {"committee"},
    }


def test_a_partys_copy_shows_nothing_of_the_other_side(filed: Filed) -> None:
    copies = every(filed)
    assert holding(copies, ZHANG["id_number"]) == {"committee", "first", "transfer"}
    assert holding(copies, LI["phone"]) == {"committee", "second"}
    assert holding(copies, "甲方说已修好") == {"committee", "first"}
    assert holding(copies, "二号室") == {"committee", "first"}


@pytest.mark.law("PM-33d")
def test_the_set_for_the_court_holds_nothing_said_at_the_table(filed: Filed) -> None:
    court = every(filed)["court"]
    assert (MINUTES in court, "司法确认申请书" in court, "乙方于三月底前修好管道" in court) == (
        False,
        True,
        True,
    )


def test_the_committees_file_is_whole_with_cover_index_and_pages(filed: Filed) -> None:
    made = copy(filed, "committee")
    found = text_of(made.content)
    reader = PdfReader(io.BytesIO(made.content))
    texts = ("人民调解卷宗", "卷内目录", "人民调解受理登记表", MINUTES, "12,345.60元", "卷内备考表", "三号柜")
    assert [text for text in texts if text not in found] == []
    assert f"第1页共{len(reader.pages)}页" in found
    assert str(filed.case.number) in found
    assert len(made.content) < 1_000_000


def test_a_docx_of_the_file_opens(filed: Filed) -> None:
    opened = docx.Document(io.BytesIO(copy(filed, "committee", form="docx").content))
    cells = {cell.text for table in opened.tables for row in table.rows for cell in row.cells}
    assert MINUTES in cells


def test_the_same_file_gives_the_same_bytes(filed: Filed) -> None:
    assert copy(filed, "committee").content == copy(filed, "committee").content


def test_a_copy_names_its_recipient_and_stands_in_every_log(filed: Filed) -> None:
    made = copy(filed, "party", party_id=filed.first.pk)
    share, row = Share.objects.get(), DossierCopy.objects.get()
    assert f"本件提供给：{ZHANG['name']}" in text_of(made.content)
    assert (share.document_id, share.recipient_kind, share.basis) == (row.pk, "person", "PM-29")
    assert "disputes.ScreeningParty.id_number" in share.fields
    assert ReadLog.objects.filter(subject_id=filed.case.pk, reason=WHY["reason"]).count() == 1
    assert AuditEvent.objects.filter(event="mediation.dossier_made").count() == 1


def test_the_logs_hold_no_name_of_a_party(filed: Filed) -> None:
    copy(filed, "party", party_id=filed.first.pk)
    share = Share.objects.get()
    assert ZHANG["name"] not in f"{share.recipient} {DossierCopy.objects.get().recipient}"


@pytest.mark.law("PM-3")
def test_a_transfer_set_needs_the_partys_word(filed: Filed) -> None:
    sent = referred(filed.clerk, filed.first)
    Referral.objects.filter(pk=sent.pk).update(state="draft")
    with pytest.raises(Problem) as refused:
        copy(filed, "transfer", referral_id=sent.pk)
    assert refused.value.code == "transfer_not_agreed"
    assert not Share.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "party"},
        {"kind": "court"},
        {"kind": "transfer"},
        {"kind": "committee", "referral_id": uuid4()},
    ],
)
def test_a_copy_without_what_it_needs_is_refused(filed: Filed, asked: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refused:
        copy(filed, **asked)
    assert refused.value.code == "invalid"


def test_a_copy_for_a_party_of_another_case_is_refused(
    filed: Filed, district: District, worker: Member
) -> None:
    people = [
        {"role": role, "name": "某人", "phone": f"1361111000{number}"}
        for number, role in enumerate(("applicant", "respondent"))
    ]
    other = asking(district, worker, filed.clerk, parties=people)
    with pytest.raises(Problem) as refused:
        copy(filed, "party", party_id=other.parties.first().pk)
    assert refused.value.code == "party_not_of_case"


def test_over_http_the_answer_is_the_file_with_its_number(filed: Filed) -> None:
    body = {"kind": "committee", "format": "pdf", **WHY}
    answer = filed.clerk.client.post(f"{CASES}/{filed.case.pk}/dossier", body, format="json")
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    (row,) = filed.clerk.client.get(f"{CASES}/{filed.case.pk}/copies").json()
    assert (answer["X-Copy-Id"], answer["X-Missing"]) == (row["id"], ",".join(row["missing"]))


def test_a_reason_is_asked_for_and_other_people_find_nothing(filed: Filed, other_clerk: Member) -> None:
    url, body = f"{CASES}/{filed.case.pk}/dossier", {"kind": "committee", **WHY}
    answers = [
        filed.clerk.client.post(url, {**body, "reason": " "}, format="json"),
        other_clerk.client.post(url, body, format="json"),
    ]
    assert [answer.status_code for answer in answers] == [400, 404]


@pytest.mark.law("PM-F1", "PM-27")
def test_what_a_file_lacks_is_listed_and_stops_nothing(filed: Filed) -> None:
    url = f"{CASES}/{filed.case.pk}/completeness"
    lacks = {item["key"] for item in filed.clerk.client.get(url).json() if item["missing"]}
    made = copy(filed, "committee")
    assert lacks == {"rights_notice", "identity"}
    assert made.row.missing == ["rights_notice", "identity", "agreement_scans"]
    assert "缺：权利义务告知书" in text_of(made.content)


def test_completeness_opens_nothing(filed: Filed) -> None:
    filed.clerk.client.get(f"{CASES}/{filed.case.pk}/completeness")
    assert not ReadLog.objects.exists()


def test_a_case_in_which_nothing_has_happened_has_its_copies_too(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = asking(district, worker, clerk)
    clock.move(timedelta(minutes=1))
    made = dossier_make(actor=clerk.actor, case_id=case.pk, asked=Asked("committee"), form="pdf", **WHY)
    assert case.dispute.code in text_of(made.content)


def test_a_form_is_filled_from_the_file(filed: Filed) -> None:
    url = f"{CASES}/{filed.case.pk}/papers/agreement"
    answer = filed.clerk.client.post(url, WHY, format="json")
    assert "乙方于三月底前修好管道" in text_of(answer.content)
    assert filed.clerk.client.post(f"{url}x", WHY, format="json").status_code == 404


# The protected track


@pytest.mark.law("DV-23")
def test_on_the_protected_track_no_copy_says_where_somebody_can_be_found(
    clock: Any, district: District, worker: Member, director: Member, mediator: Member
) -> None:
    filed = protected(district, worker, director, mediator)
    track = {"actor": director.actor, "dispute_id": filed.case.dispute_id}
    protection_set(**track, reason="她说了受伤的事")
    wish_record(**track, kind="contact", wanted=True, said_alone_on=filed.case.accepted_on)
    copies = every(filed)
    hidden = (ZHANG["phone"], LI["phone"], "楼上漏水，两家多次争吵")
    assert [holding(copies, text) for text in hidden] == [set()] * 3
    assert holding(copies, "保护，不予记载") == {"committee", "first", "second", "court", "transfer"}


@pytest.mark.law("DV-23")
@pytest.mark.usefixtures("clock")
def test_a_protected_file_does_not_exist_for_a_clerk_who_is_not_named(
    district: District, worker: Member, clerk: Member, director: Member, mediator: Member
) -> None:
    filed = protected(district, worker, director, mediator)
    with pytest.raises(Problem) as refused:
        copy(filed, "committee", who=clerk)
    assert refused.value.code == "not_found"


def protected(district: District, worker: Member, director: Member, mediator: Member) -> Filed:
    filed = made_file.filled(district, worker, director, mediator)
    filed.case.protected = True
    filed.case.save(update_fields=["protected"])
    return filed
